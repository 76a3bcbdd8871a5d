/** 更正 and 作废 of a visit with what goes along: its demands to the right door, a major change away from the wrong one. */
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { VisitCorrected, type VisitRow } from '#domain/kinds/visit.ts';
import type { Utterance } from '#lib/app.ts';
import { atOtherDoor, goesAlong } from '#lib/demands/other-door.ts';
import { asksForChange, changeSaid, toldInVisit, withdrawalSaid } from '#lib/field/major-change.ts';
import type { RowQueries } from '#lib/rows/queries.ts';

type Rows = Pick<RowQueries, 'many'>;

/** One commit, so that a visit and what it told never stand at two doors (E7). */
export async function correctionSaid(
	rows: Rows,
	row: VisitRow,
	said: Pick<Utterance, 'body' | 'seen'>
): Promise<readonly Utterance[]> {
	const visit = { kind: 'visit.corrected.v1', record: row.record, ...said };
	const { household, interviewee, reason } = VisitCorrected.parse(said.body);
	if (household === undefined || row.household === undefined || household === row.household)
		return [visit];
	const doors = await rows.many('household', [row.household, household])();
	const [from, to] = [doors.get(row.household)?.row, doors.get(household)?.row];
	if (to === undefined) return [visit];
	const demands = await rows.many('demand', row.demands)();
	const moved = [...demands.values()]
		.filter(({ row: demand }) => goesAlong(demand, row.household))
		.map(({ row: demand }) => {
			const isMet = demand.requester !== undefined && demand.requester === row.interviewee;
			const requester = isMet ? interviewee : undefined;
			const body = { ...atOtherDoor(demand, { from, to, requester }), reason };
			return { kind: 'demand.corrected.v1', record: demand.record, body };
		});
	// A visit with as many demands as it may have: the change is told of the right door by hand.
	return [visit, ...moved, ...changeMoved(row, { from, to, reason })].slice(0, COMMIT_ENTRIES);
}

export async function voidSaid(
	rows: Rows,
	row: VisitRow,
	reason: string
): Promise<readonly Utterance[]> {
	const doors = await rows.many('household', row.household === undefined ? [] : [row.household])();
	const homes = [...doors.values()].map(({ row: home }) => home);
	const withdrawn = homes.flatMap((home) => changesWithdrawn(row, home, reason));
	return [{ kind: 'visit.voided.v1', record: row.record, body: { reason } }, ...withdrawn];
}

function changesWithdrawn(
	{ record }: VisitRow,
	home: HouseholdRow,
	reason: string
): readonly Utterance[] {
	return toldInVisit(home, record).flatMap(({ entry }) =>
		entry === undefined ? [] : [withdrawalSaid(home.record, entry, reason)]
	);
}

function changeMoved(
	row: VisitRow,
	{ from, to, reason }: { from: HouseholdRow | undefined; to: HouseholdRow; reason: string }
): readonly Utterance[] {
	if (from === undefined) return [];
	const told = toldInVisit(from, row.record);
	const last = told[told.length - 1];
	const isAsked = last !== undefined && last.what !== 'tierRaised' && asksForChange(to);
	return [
		...changesWithdrawn(row, from, reason),
		...(isAsked ? [changeSaid(to.record, last.what, { note: last.note, visit: row.record })] : [])
	];
}
