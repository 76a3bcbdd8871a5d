/** Households by their record, for lists that name a door on every line. */
import type { HouseholdRow } from '#domain/kinds/household.ts';

type Seen = ReadonlyMap<string, { readonly row: HouseholdRow }>;

/** Before the first answer. */
export const noDoors: Seen = new Map();

export function doorsById(homes: Seen): ReadonlyMap<string, HouseholdRow> {
	return new Map([...homes].map(([record, { row }]) => [record, row]));
}
