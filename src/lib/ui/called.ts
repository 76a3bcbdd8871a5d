/** What the demands and doors that changes name are called, where this device holds them. */
import type { Change } from '#domain/fold.ts';
import { m } from '#lib/i18n/index.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';
import { doorWords } from './demand-words.ts';
import { recordsNamed } from './record-words.ts';

export function recordsCalled(
	rows: Pick<RowQueries, 'many'>,
	changes: readonly Change[]
): Query<ReadonlyMap<string, string>> {
	const named = recordsNamed(changes);
	const demands = rows.many('demand', named);
	const doors = rows.many('household', named);
	return async () => {
		const [asked, homes] = await Promise.all([demands(), doors()]);
		return new Map([
			...[...asked].map(
				([id, { row }]) => [id, m.records.demandCalled(row.no, row.title)] as const
			),
			...[...homes].map(([id, { row }]) => [id, doorWords(row)] as const)
		]);
	};
}
