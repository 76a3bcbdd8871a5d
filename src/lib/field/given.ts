/** 交我办: the demands that somebody is responsible for at their community, and those they answered. */
import type { PersonId } from '#domain/ids.ts';
import { dueSort, isOverdue, type DemandRow } from '#domain/kinds/demand.ts';
import { assignedReader } from '#domain/kinds/demand-moves.ts';
import { m } from '#lib/i18n/index.ts';
import type { Seen } from '#lib/rows/queries.ts';

export interface Given {
	/** What is due first stands first: the overdue before all others. */
	readonly open: readonly Seen<DemandRow>[];
	/** The last one first. */
	readonly done: readonly Seen<DemandRow>[];
	readonly overdue: number;
}

export function givenTo(person: PersonId, demands: readonly Seen<DemandRow>[], now: number): Given {
	const theirs = demands.filter(({ row }) => isGivenTo(person, row));
	const sorted = (state: DemandRow['state']) =>
		theirs.filter(({ row }) => row.state === state).sort((a, b) => dueSort(a.row) - dueSort(b.row));
	const open = sorted('accepted');
	const overdue = open.filter(({ row }) => isOverdue(row, now)).length;
	return { open, done: sorted('handled').reverse(), overdue };
}

export function isGivenTo(person: PersonId, row: DemandRow): boolean {
	return assignedReader(row) === person;
}

/** Whose it is and where. */
export function givenLine(row: DemandRow, door: string | undefined): string {
	const where = door ?? row.assignedPlace ?? row.place;
	return [row.requester ?? row.assignedRequester, where].filter(Boolean).join(m.member.comma);
}
