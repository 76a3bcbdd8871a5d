/** What hangs on a household: also what was said of doors that later turned out to be the same. */
import type { RecordId } from '#domain/ids.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';

/** The door and every door that was merged into it, however often. */
export function doorsOf(
	rows: Pick<RowQueries, 'all'>,
	record: RecordId
): Query<readonly RecordId[]> {
	return async () => [...(await doorsOfEach(rows, [record])()).keys()];
}

/** The same of many doors at once: each door by the one of `records` that it is read as. */
export function doorsOfEach(
	rows: Pick<RowQueries, 'all'>,
	records: readonly RecordId[]
): Query<ReadonlyMap<RecordId, RecordId>> {
	return async () => {
		const found = new Map(records.map((record) => [record, record]));
		let into = records;
		while (into.length > 0) {
			const merged = await rows.all({ family: 'household', on: into, state: 'merged' })();
			const next: RecordId[] = [];
			for (const { row } of merged) {
				const standing = row.mergedInto && found.get(row.mergedInto);
				if (standing === undefined || found.has(row.record)) continue;
				found.set(row.record, standing);
				next.push(row.record);
			}
			into = next;
		}
		return found;
	};
}
