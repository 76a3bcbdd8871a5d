/** Searching the register: doors and people in one answer, since a slow tablet draws anew for each. */
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import type { Register } from '#lib/homes/register.svelte.ts';
import type { Query, RowQueries, Seen } from '#lib/rows/queries.ts';

export interface Hits {
	readonly doors: readonly Seen<HouseholdRow>[];
	readonly people: readonly Seen<ResidentRow>[];
	/** Where these people live, as far as the register does not hold it in memory. */
	readonly homes: ReadonlyMap<RecordId, Seen<HouseholdRow>>;
}

export const noHits: Hits = { doors: [], people: [], homes: new Map() };

export function searchRegister(
	rows: Pick<RowQueries, 'search' | 'many'>,
	register: Pick<Register, 'door'>,
	asked: { readonly words: string; readonly limit: number }
): Query<Hits> {
	const named = rows.search({ family: 'household', ...asked });
	const living = rows.search({ family: 'resident', ...asked });
	return async () => {
		const [doors, people] = await Promise.all([named(), living()]);
		const elsewhere = people
			.map(({ row }) => row.household)
			.filter((record) => register.door(record) === undefined);
		return { doors, people, homes: await rows.many('household', elsewhere)() };
	};
}
