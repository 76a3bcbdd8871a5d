/** The few generic columns that every family's row is indexed by, here and in the overlay. */
import type { Indexes, Row } from '#domain/family.ts';
import type { OrgId, RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { tokensOf } from './tokens.ts';

export interface Columns {
	readonly record: RecordId;
	readonly family: string;
	readonly org: OrgId;
	readonly state?: string;
	readonly person?: string;
	readonly on?: string;
	readonly sort: number;
	readonly words?: readonly string[];
	readonly row: Row;
}

/** What is kept alone (封存) stands in no queue, hangs on nothing and is not found by words: its own page shows it. */
export function columnsOf(row: Row): Columns {
	const isKept = row.restrictedAt !== undefined;
	const indexes = isKept ? {} : (familyNamed(row.family)?.indexes(row) ?? {});
	const { state, person, on, sort, words, names }: Indexes = indexes;
	return {
		record: row.record,
		family: row.family,
		org: row.org,
		...(state === undefined ? {} : { state }),
		...(person === undefined ? {} : { person }),
		...(on === undefined ? {} : { on }),
		sort: sort ?? row.updatedAt,
		...(words === undefined && names === undefined ? {} : { words: tokensOf(words ?? [], names) }),
		row
	};
}
