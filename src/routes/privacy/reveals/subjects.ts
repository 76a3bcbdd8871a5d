/** Whose number it was, where this device holds the record: a resident, a household, a demand. */
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isResident } from '#domain/kinds/resident.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';
import { doorWords } from '#lib/ui/demand-words.ts';

export function subjectsOf(
	rows: Pick<RowQueries, 'many'>,
	records: readonly RecordId[]
): Query<ReadonlyMap<RecordId, Row>> {
	return async () => {
		const held = await Promise.all([
			rows.many('resident', records)(),
			rows.many('household', records)(),
			rows.many('demand', records)()
		]);
		return new Map(held.flatMap((each) => [...each].map(([record, { row }]) => [record, row])));
	};
}

export function subjectWords(row: Row | undefined): string | undefined {
	if (isResident(row)) return row.name;
	if (isHousehold(row)) return doorWords(row);
	return isDemand(row) ? row.title : undefined;
}
