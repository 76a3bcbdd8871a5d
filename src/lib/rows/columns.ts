/** The few generic columns that every family's row is indexed by, here and in the overlay. */
import type { Indexes, Row } from '#domain/family.ts';
import type { OrgId, RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { tokensOf, wordKey } from './tokens.ts';

export interface Columns {
	readonly record: RecordId;
	readonly family: string;
	readonly org: OrgId;
	readonly state?: string;
	readonly person?: string;
	readonly on?: string;
	readonly sort: number;
	/** What it is found by, as `wordKey` has it. */
	readonly words?: readonly string[];
	readonly row: Row;
}

export function columnsOf(row: Row): Columns {
	const { state, person, on, sort, words = [], names = [] } = indexesOf(row);
	const keys = tokensOf(words, names).map((token) => wordKey(row.family, token));
	return {
		record: row.record,
		family: row.family,
		org: row.org,
		...(state === undefined ? {} : { state }),
		...(person === undefined ? {} : { person }),
		...(on === undefined ? {} : { on }),
		sort: sort ?? row.updatedAt,
		...(keys.length === 0 ? {} : { words: keys }),
		row
	};
}

/** What is kept alone (封存) stands in no queue and is not found by words; its door leads to it, and an erasure too. */
function indexesOf(row: Row): Indexes {
	const indexes = familyNamed(row.family)?.indexes(row) ?? {};
	if (row.restrictedAt === undefined) return indexes;
	const { on, sort } = indexes;
	return { ...(on === undefined ? {} : { on }), ...(sort === undefined ? {} : { sort }) };
}
