/** A visit in words for the desk: its state and its line in a list. */
import type { HouseholdRow } from '#domain/kinds/household.ts';
import {
	isOutOfReach,
	type VisitOutcome,
	type VisitRow,
	type VisitState
} from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import { momentWords } from './format.ts';
import { doorWords } from './demand-words.ts';
import type { Speaking } from './record-words.ts';
import type { Status, StatusIs } from './status.ts';
import { storedStatus, type Stored } from './stored-status.ts';

const looks = {
	met: 'done',
	notHome: 'notStarted',
	declined: 'closed'
} as const satisfies Record<VisitOutcome, StatusIs>;

const reviewLooks = {
	done: 'notStarted',
	reviewed: 'done',
	returned: 'dueSoon'
} as const satisfies Record<Exclude<VisitState, 'voided'>, StatusIs>;

export function visitStatuses(
	{ row, ...stored }: { readonly row: VisitRow } & Stored,
	door?: HouseholdRow
): readonly Status[] {
	if (row.state === 'voided') return [{ is: 'closed', words: m.demandState.voided }];
	const statuses: Status[] = [
		{ is: looks[row.outcome], words: m.visitOutcome[row.outcome] },
		row.state === 'returned' && isOutOfReach(row, door)
			? { is: reviewLooks.returned, words: m.visit.review.ours }
			: reviewStatus(row.state)
	];
	if (row.demands.length > 0)
		statuses.push({ is: 'inProgress', words: m.secretary.visits.demands(row.demands.length) });
	statuses.push(...storedStatus(stored));
	if (row.late) statuses.push({ is: 'late', words: m.records.fieldWords.late });
	if (row.conflicts !== undefined) statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}

/** How far the desk has come with it. */
export function reviewStatus(state: Exclude<VisitState, 'voided'>): Status {
	return { is: reviewLooks[state], words: m.visit.state[state] };
}

/** 王素芬，今天 9:48; and who wrote it down, where that was somebody else (代录). */
export function visitLine(row: VisitRow, { names, now }: Speaking): string {
	const who = names.get(row.visitor) ?? m.records.someone;
	const line = m.secretary.visits.line(who, momentWords(row.startedAt, now));
	if (row.createdBy === row.visitor) return line;
	const clerk = names.get(row.createdBy) ?? m.records.someone;
	return [line, m.round.record.by(clerk)].join(m.secretary.comma);
}

/** 梧桐里小区 3栋2单元301，陈桂香; a meeting by its place. */
export function visitDoor(
	row: Pick<VisitRow, 'household' | 'place'>,
	door: HouseholdRow | undefined
): string {
	if (row.household === undefined) return m.visit.meeting.name(row.place ?? '');
	if (door === undefined) return m.secretary.visits.unknownDoor;
	const parts = [doorWords(door), door.head ?? ''].filter((part) => part !== '');
	return parts.join(m.secretary.comma);
}
