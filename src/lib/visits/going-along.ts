/** 更正 of a visit with what goes along: where it was at another door, its demands go there too. */
import { VisitCorrected, type VisitRow } from '#domain/kinds/visit.ts';
import type { Utterance } from '#lib/app.ts';
import { atOtherDoor, goesAlong } from '#lib/demands/other-door.ts';
import type { RowQueries } from '#lib/rows/queries.ts';

type Rows = Pick<RowQueries, 'many'>;

/** One commit, so that a visit and its demands never stand at two doors (E7). */
export async function correctionSaid(
	rows: Rows,
	row: VisitRow,
	said: Pick<Utterance, 'body' | 'seen'>
): Promise<readonly Utterance[]> {
	const visit = { kind: 'visit.corrected.v1', record: row.record, ...said };
	return [visit, ...(await demandsAlong(rows, row, said.body))];
}

async function demandsAlong(
	rows: Rows,
	row: VisitRow,
	body: Utterance['body']
): Promise<readonly Utterance[]> {
	const { household, interviewee, reason } = VisitCorrected.parse(body);
	if (household === undefined || row.household === undefined || household === row.household)
		return [];
	const [doors, demands] = await Promise.all([
		rows.many('household', [row.household, household])(),
		rows.many('demand', row.demands)()
	]);
	const [from, to] = [doors.get(row.household)?.row, doors.get(household)?.row];
	if (to === undefined) return [];
	return [...demands.values()]
		.filter(({ row: demand }) => goesAlong(demand, row.household))
		.map(({ row: demand }) => {
			const isMet = demand.requester !== undefined && demand.requester === row.interviewee;
			const requester = isMet ? interviewee : undefined;
			const moved = atOtherDoor(demand, { from, to, requester });
			return { kind: 'demand.corrected.v1', record: demand.record, body: { ...moved, reason } };
		});
}
