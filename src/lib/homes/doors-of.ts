/** What hangs on a household: also what was said of doors that later turned out to be the same. */
import type { RecordId } from '#domain/ids.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';

/** The door and every door that was merged into it, however often. */
export function doorsOf(
	rows: Pick<RowQueries, 'all'>,
	record: RecordId
): Query<readonly RecordId[]> {
	return async () => {
		const found: RecordId[] = [record];
		for (const into of found) {
			const merged = await rows.all({ family: 'household', on: into, state: 'merged' })();
			for (const { row } of merged) if (!found.includes(row.record)) found.push(row.record);
		}
		return found;
	};
}
