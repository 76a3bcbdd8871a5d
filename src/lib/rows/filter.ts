/** Which rows a query means, and the index range that finds them in order. */
import { Dexie, type Collection, type Table } from 'dexie';
import type { OrgId, RecordId } from '#domain/ids.ts';
import type { FamilyName } from '#domain/kinds/index.ts';
import type { Columns } from './columns.ts';
import type { RowRecord } from './rows-db.ts';

export interface Filter<F extends FamilyName> {
	readonly family: F;
	readonly state?: string | readonly string[] | undefined;
	readonly person?: string | undefined;
	/** What the rows hang on; of several records, what hangs on any of them. */
	readonly on?: string | readonly string[] | undefined;
	readonly org?: OrgId | undefined;
}

/** The place of a row in its list: what follows it is the next page. */
export interface Cursor {
	readonly sort: number;
	readonly record: RecordId;
}

interface Direction {
	readonly newestFirst: boolean;
}

export function matches(held: Columns, filter: Filter<FamilyName>): boolean {
	const states = statesOf(filter);
	return (
		held.family === filter.family &&
		(states === null || (held.state !== undefined && states.includes(held.state))) &&
		(filter.person === undefined || held.person === filter.person) &&
		(filter.on === undefined || (held.on !== undefined && listOf(filter.on).includes(held.on))) &&
		(filter.org === undefined || held.org === filter.org)
	);
}

/**
 * The first rows of each index range, `limit` of each; their union, merged by `compareIn`, is the answer.
 * What the index does not tell apart is sorted out here, a piece at a time: a cursor would step through it row by row.
 */
export async function firstIn(
	table: Table<RowRecord, string>,
	filter: Filter<FamilyName>,
	{ from, newestFirst, limit }: { from?: Cursor | undefined; limit: number } & Direction
): Promise<readonly RowRecord[]> {
	const { ranges, isExact } = rangesOf(filter);
	const parts = await Promise.all(
		ranges.map(async (range) => {
			const found: RowRecord[] = [];
			let edge = from;
			for (;;) {
				const piece = await collectionIn(table, range, { from: edge, newestFirst })
					.limit(limit)
					.toArray();
				found.push(...(isExact ? piece : piece.filter((held) => matches(held, filter))));
				edge = piece[piece.length - 1];
				if (piece.length < limit || found.length >= limit) return found.slice(0, limit);
			}
		})
	);
	return parts.flat();
}

/** The first rows that have, for each of the keys, a word that begins with it. */
export async function firstWith(
	table: Table<RowRecord, string>,
	keys: readonly string[],
	limit: number
): Promise<readonly RowRecord[]> {
	const beginning = (key: string) => table.where('words').startsWith(key);
	const [key, ...others] = keys;
	if (key === undefined) return [];
	if (others.length > 0) {
		// Keys come in one answer, and only what is shown is read: a cursor steps through every door of a street.
		const found = await Promise.all(keys.map((each) => beginning(each).primaryKeys()));
		const [first = [], ...rest] = found.map((records) => new Set(records));
		const all = [...first].filter((record) => rest.every((records) => records.has(record)));
		return (await table.bulkGet(all.slice(0, limit))).flatMap((each) => each ?? []);
	}
	// One letter is in every other name. A row with several such words comes as often.
	for (let count = 2 * limit; ; count *= 4) {
		const read = await beginning(key).limit(count).toArray();
		const rows = [...new Map(read.map((row) => [row.record, row])).values()];
		if (rows.length >= limit || read.length < count) return rows.slice(0, limit);
	}
}

export async function countIn(
	table: Table<RowRecord, string>,
	filter: Filter<FamilyName>
): Promise<number> {
	const { ranges, isExact } = rangesOf(filter);
	const counts = await Promise.all(
		ranges.map(async (range) => {
			const all = collectionIn(table, range, { newestFirst: false });
			if (isExact) return all.count();
			return (await all.toArray()).filter((held) => matches(held, filter)).length;
		})
	);
	return counts.reduce((sum, count) => sum + count, 0);
}

/** All rows, in no order. */
export async function allIn(
	table: Table<RowRecord, string>,
	filter: Filter<FamilyName>
): Promise<readonly RowRecord[]> {
	const { ranges } = rangesOf(filter);
	const parts = await Promise.all(
		ranges.map((range) => collectionIn(table, range, { newestFirst: false }).toArray())
	);
	return parts.flat().filter((held) => matches(held, filter));
}

/** The newest row that `isMeant` means too. */
export async function newestIn(
	table: Table<RowRecord, string>,
	filter: Filter<FamilyName>,
	isMeant: (held: RowRecord) => boolean
): Promise<RowRecord | undefined> {
	const parts = await Promise.all(
		rangesOf(filter).ranges.map((range) =>
			collectionIn(table, range, { newestFirst: true })
				.filter((held) => matches(held, filter) && isMeant(held))
				.first()
		)
	);
	return parts.flatMap((held) => held ?? []).sort(compareIn({ newestFirst: true }))[0];
}

function collectionIn(
	table: Table<RowRecord, string>,
	{ index, prefix }: Range,
	{ from, newestFirst }: { from?: Cursor | undefined } & Direction
): Collection<RowRecord, string> {
	const edge = from === undefined ? null : [...prefix, from.sort, from.record];
	const low = edge === null || newestFirst ? [...prefix, Dexie.minKey] : edge;
	const high = edge === null || !newestFirst ? [...prefix, Dexie.maxKey] : edge;
	const range = table.where(index).between(low, high, false, false);
	return newestFirst ? range.reverse() : range;
}

export function compareIn({ newestFirst }: Direction): (a: Columns, b: Columns) => number {
	const sign = newestFirst ? -1 : 1;
	return (a, b) => sign * (a.sort - b.sort || compareText(a.record, b.record));
}

export function isBeyond(
	held: Columns,
	from: Cursor | undefined,
	{ newestFirst }: Direction
): boolean {
	if (from === undefined) return true;
	const order = held.sort - from.sort || compareText(held.record, from.record);
	return newestFirst ? order < 0 : order > 0;
}

interface Range {
	readonly index: string;
	readonly prefix: readonly string[];
}

function rangesOf(filter: Filter<FamilyName>): {
	readonly ranges: readonly Range[];
	/** The range alone answers; nothing is left to filter. */
	readonly isExact: boolean;
} {
	const { family, person, on, org } = filter;
	const states = statesOf(filter);
	if (on !== undefined)
		return {
			ranges: listOf(on).map((each) => ({
				index: '[family+on+sort+record]',
				prefix: [family, each]
			})),
			isExact: person === undefined && states === null && org === undefined
		};
	if (person !== undefined)
		return {
			ranges: [{ index: '[family+person+sort+record]', prefix: [family, person] }],
			isExact: states === null && org === undefined
		};
	if (states !== null && org !== undefined)
		return {
			ranges: states.map((state) => ({
				index: '[family+org+state+sort+record]',
				prefix: [family, org, state]
			})),
			isExact: true
		};
	return {
		ranges: [{ index: '[family+sort+record]', prefix: [family] }],
		isExact: states === null && org === undefined
	};
}

function statesOf({ state }: Filter<FamilyName>): readonly string[] | null {
	return state === undefined ? null : listOf(state);
}

function listOf(asked: string | readonly string[]): readonly string[] {
	return typeof asked === 'string' ? [asked] : [...new Set(asked)];
}

function compareText(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
