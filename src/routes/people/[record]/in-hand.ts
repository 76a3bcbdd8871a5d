/** What somebody still has to answer under a duty that ends. */
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';

/** Demands they are responsible for; one that is with the office may come back to them. */
export function mattersInHand(
	rows: Pick<RowQueries, 'all'>,
	{ person, org }: Pick<DutyRow, 'person' | 'org'>
): Query<number> {
	const ask = rows.all({ family: 'demand', org, state: ['accepted', 'escalatedSub'] });
	return async () => (await ask()).filter(({ row }) => row.assignee === person).length;
}
