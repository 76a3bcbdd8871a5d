/** A member's demand in a list: whose it is, who is responsible, and how it stands. */
import type { DemandRow, DemandState } from '#domain/kinds/demand.ts';
import { m } from '#lib/i18n/index.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { demandClock, demandState, responsible } from '#lib/ui/demand-words.ts';
import { nearDayWords, type Looking } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';

export const views = ['open', 'done', 'all'] as const;
export type View = (typeof views)[number];

const open: readonly DemandState[] = ['registered', 'accepted', 'escalatedSub'];
const done: readonly DemandState[] = ['handled', 'declined', 'merged', 'withdrawn', 'voided'];
const states: Readonly<Record<View, readonly DemandState[]>> = {
	open,
	done,
	all: [...open, ...done]
};

export function statesOf(view: View): readonly DemandState[] {
	return states[view];
}

export function demandLine(
	row: DemandRow,
	about: {
		readonly whose: string | undefined;
		readonly names: ReadonlyMap<string, string>;
		readonly now: number;
	}
): string {
	const assignee = about.names.get(responsible(row) ?? '');
	return [
		about.whose,
		nearDayWords(row.raisedAt ?? row.createdAt, about.now),
		assignee && m.member.demands.assignee(assignee)
	]
		.filter(Boolean)
		.join(m.member.comma);
}

/** One that is still on this phone says only that: nobody else has seen it yet. */
export function demandStatuses(
	{ row, stage }: Seen<DemandRow>,
	looking: Looking
): readonly Status[] {
	if (stage === 'waiting' && row.steps.length === 1)
		return [{ is: 'onDevice', words: m.status.onDevice }];
	const statuses = [demandState(row)];
	const clock = demandClock(row, looking);
	if (clock !== undefined) statuses.push(clock);
	if (row.clockOff) statuses.push({ is: 'late', words: m.status.clock });
	if (row.late) statuses.push({ is: 'late', words: m.records.fieldWords.late });
	if (row.conflicts && row.conflicts.length > 0)
		statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}
