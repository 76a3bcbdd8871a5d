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

/** One collection for each index range; their union, merged by `compareIn`, is the answer. */
export function collectionOf(
	table: Table<RowRecord, string>,
	filter: Filter<FamilyName>,
	{ from, newestFirst }: { from?: Cursor | undefined; newestFirst: boolean } = {
		newestFirst: true
	}
): readonly Collection<RowRecord, string>[] {
	const { ranges, isExact } = rangesOf(filter);
	return ranges.map(({ index, prefix }) => {
		const edge = from === undefined ? null : [...prefix, from.sort, from.record];
		const low = edge === null || newestFirst ? [...prefix, Dexie.minKey] : edge;
		const high = edge === null || !newestFirst ? [...prefix, Dexie.maxKey] : edge;
		const range = table.where(index).between(low, high, false, false);
		const ordered = newestFirst ? range.reverse() : range;
		return isExact ? ordered : ordered.filter((held) => matches(held, filter));
	});
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

function rangesOf(filter: Filter<FamilyName>): {
	readonly ranges: readonly { index: string; prefix: readonly string[] }[];
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
	if (states !== null)
		return {
			ranges: states.map((state) => ({
				index: '[family+state+sort+record]',
				prefix: [family, state]
			})),
			isExact: org === undefined
		};
	return {
		ranges: [{ index: '[family+sort+record]', prefix: [family] }],
		isExact: org === undefined
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
