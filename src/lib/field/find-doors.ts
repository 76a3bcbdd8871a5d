/** Finding a door by what people call it: its head, its number, or anybody who lives behind it. */
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { m } from '#lib/i18n/index.ts';
import type { Query, RowQueries, Seen } from '#lib/rows/queries.ts';
import { doorWords } from '#lib/ui/demand-words.ts';

export interface FoundDoor {
	readonly row: HouseholdRow;
	/** By whom of those who live there it was found, where that is not the head. */
	readonly person?: ResidentRow;
}

export interface AskedDoors {
	readonly words: string;
	readonly limit?: number;
	/** Doors that are not meant take up no place among those that are. */
	readonly isMeant?: (door: HouseholdRow) => boolean;
}

/** Each door once, those that are called so themselves first. */
export function findDoors(
	rows: Pick<RowQueries, 'search' | 'many'>,
	{ words, limit = 50, isMeant = () => true }: AskedDoors
): Query<readonly FoundDoor[]> {
	return async () => {
		for (let count = limit; ; count *= 4) {
			const [named, living] = await Promise.all([
				rows.search({ family: 'household', words, limit: count })(),
				rows.search({ family: 'resident', words, limit: count })()
			]);
			const found = await doorsOf(rows, named, living);
			const meant = found.filter(({ row }) => isMeant(row));
			if (meant.length >= limit || Math.max(named.length, living.length) < count)
				return meant.slice(0, limit);
		}
	};
}

async function doorsOf(
	rows: Pick<RowQueries, 'many'>,
	named: readonly Seen<HouseholdRow>[],
	living: readonly Seen<ResidentRow>[]
): Promise<readonly FoundDoor[]> {
	const here = living.map(({ row }) => row).filter(({ state }) => state === 'here');
	const homes = await rows.many(
		'household',
		here.map(({ household }) => household)
	)();
	const found = new Map<RecordId, FoundDoor>(named.map(({ row }) => [row.record, { row }]));
	for (const person of here) {
		const row = homes.get(person.household)?.row;
		if (row === undefined || found.has(row.record)) continue;
		found.set(row.record, row.head === person.name ? { row } : { row, person });
	}
	return [...found.values()];
}

/** Where it is, and who lives there where that is why it was found. */
export function foundWords({ row, person }: FoundDoor): string {
	return [doorWords(row), person && personWords(person)].filter(Boolean).join(m.member.comma);
}

/** 李小明（子女） */
export function personWords({ name, relationToHead }: ResidentRow): string {
	return relationToHead === undefined ? name : m.homes.livesHere(name, m.relation[relationToHead]);
}
