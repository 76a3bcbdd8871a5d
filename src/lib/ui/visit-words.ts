/** A visit in words: its state, its line in a list, its facts. */
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitOutcome, VisitRow } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords, momentWords } from './format.ts';
import { doorWords } from './demand-words.ts';
import type { Speaking } from './record-words.ts';
import type { Status, StatusIs } from './status.ts';

const looks = {
	met: 'done',
	notHome: 'notStarted',
	declined: 'closed'
} as const satisfies Record<VisitOutcome, StatusIs>;

export function visitStatuses({
	row,
	pending
}: {
	readonly row: VisitRow;
	readonly pending: boolean;
}): readonly Status[] {
	const statuses: Status[] = [
		row.state === 'voided'
			? { is: 'closed', words: m.demandState.voided }
			: { is: looks[row.outcome], words: m.visitOutcome[row.outcome] }
	];
	if (row.demands.length > 0)
		statuses.push({ is: 'inProgress', words: m.secretary.visits.demands(row.demands.length) });
	if (pending) statuses.push({ is: 'onDevice', words: m.status.onDevice });
	if (row.conflicts !== undefined) statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}

/** 王素芬，今天 9:48 */
export function visitLine(row: VisitRow, { names, now }: Speaking): string {
	const who = names.get(row.visitor) ?? m.records.someone;
	return m.secretary.visits.line(who, momentWords(row.startedAt, now));
}

/** 梧桐里小区 3栋2单元301，陈桂香 */
export function visitDoor(door: HouseholdRow | undefined): string {
	if (door === undefined) return m.secretary.visits.unknownDoor;
	const parts = [doorWords(door), door.head ?? ''].filter((part) => part !== '');
	return parts.join(m.secretary.comma);
}

export function visitFacts(
	row: VisitRow,
	{ names, now }: Speaking
): readonly { readonly term: string; readonly words: string }[] {
	const fields = m.records.fieldWords;
	const facts: readonly (readonly [string, string | undefined])[] = [
		[m.secretary.visits.detail.when, momentWords(row.startedAt, now)],
		[fields.visitor, names.get(row.visitor) ?? m.records.someone],
		[fields.mode, m.visitMode[row.mode]],
		[fields.outcome, m.visitOutcome[row.outcome]],
		[fields.interviewee, row.interviewee],
		[fields.allWell, row.allWell === true ? m.records.yes : undefined],
		[fields.groups, row.groups?.map((group) => m.group[group]).join(m.records.separator)],
		[fields.size, row.size === undefined ? undefined : m.records.size(row.size)],
		[fields.changes, row.changes],
		[fields.hardships, row.hardships],
		[fields.suggestions, row.suggestions],
		[fields.hazards, row.hazards],
		[fields.solvedOnSpot, row.solvedOnSpot],
		[fields.nextDueOn, row.nextDueOn === undefined ? undefined : dayWords(row.nextDueOn)],
		[fields.voidedReason, row.voidedReason]
	];
	return facts.flatMap(([term, words]) =>
		words === undefined || words === '' ? [] : [{ term, words }]
	);
}
