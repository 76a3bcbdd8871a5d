/** What screens ask of rows: pages by keyset, single rows, counts, history; the overlay lies on top. */
import type { Counted } from '#domain/figures.ts';
import type { HistoryLine } from '#domain/fold.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { families, familyNamed, type FamilyName } from '#domain/kinds/index.ts';
import { isDuty } from '#domain/kinds/duty.ts';
import { isPerson } from '#domain/kinds/person.ts';
import { pendingLines, readBases, type Stores } from '#lib/outbox/overlay.ts';
import { columnsOf, type Columns } from './columns.ts';
import {
	allIn,
	compareIn,
	countIn,
	firstIn,
	firstWith,
	isBeyond,
	matches,
	newestIn,
	type Cursor,
	type Filter
} from './filter.ts';
import { readyInitials } from './initials.ts';
import type { RowOf } from './row-of.ts';
import { linesOf, type FactRecord } from './rows-db.ts';
import { asksInitials, prefixesOf, wordKey } from './tokens.ts';

/** Something to ask, now or whenever the answer may have changed (`live`). */
export type Query<T> = () => Promise<T>;

/** A row as this device sees it. */
export interface Seen<R> {
	readonly row: R;
	/** Own entries lie on it that are not folded back yet. */
	readonly pending: boolean;
	readonly stage: 'waiting' | 'received' | 'folded';
	/** [O5] Whose device it came from, where this one carries it. */
	readonly carriedFor?: PersonId | undefined;
}

export interface Page<R> {
	readonly items: readonly Seen<R>[];
	readonly next: Cursor | null;
}

export type { Cursor, Filter };

export interface PageFilter<F extends FamilyName> extends Filter<F> {
	readonly from?: Cursor | undefined;
	readonly limit?: number | undefined;
	readonly newestFirst?: boolean | undefined;
}

/** What a page is before its first answer. */
export const emptyPage: Page<never> = { items: [], next: null };

const ALL_LIMIT = 5_000;

export interface RowQueries {
	page<F extends FamilyName>(filter: PageFilter<F>): Query<Page<RowOf<F>>>;
	all<F extends FamilyName>(filter: Filter<F>): Query<readonly Seen<RowOf<F>>[]>;
	count(filter: Filter<FamilyName>): Query<number>;
	one<F extends FamilyName>(family: F, record: RecordId): Query<Seen<RowOf<F>> | null>;
	many<F extends FamilyName>(
		family: F,
		records: readonly RecordId[]
	): Query<ReadonlyMap<RecordId, Seen<RowOf<F>>>>;
	/** Of what hangs on each of these records, the last that is meant. */
	lastOn<F extends FamilyName>(
		family: F,
		records: readonly RecordId[],
		isMeant: (row: RowOf<F>) => boolean
	): Query<ReadonlyMap<RecordId, RowOf<F>>>;
	search<F extends FamilyName>(asked: {
		readonly family: F;
		readonly words: string;
		readonly limit?: number | undefined;
	}): Query<readonly Seen<RowOf<F>>[]>;
	history(record: RecordId): Query<readonly HistoryLine[]>;
	names(): Query<ReadonlyMap<string, string>>;
	facts(asked?: {
		readonly orgs?: readonly OrgId[] | undefined;
		readonly family?: string | undefined;
	}): Query<readonly FactRecord[]>;
	ownFacts(asked?: {
		readonly family?: FamilyName | undefined;
		readonly person?: string | undefined;
	}): Query<readonly Counted[]>;
	ledgersAsOf(): Query<number | null>;
}

export function rowQueries({ device, rows }: Stores): RowQueries {
	async function overlayOfFamily(family: string): Promise<readonly (Columns & Laid)[]> {
		return device.overlay.where('family').equals(family).toArray();
	}

	async function pageOf<F extends FamilyName>(filter: PageFilter<F>): Promise<Page<RowOf<F>>> {
		const { limit = 50, newestFirst = true, from } = filter;
		const laid = await overlayOfFamily(filter.family);
		const hidden = new Set(laid.map((each) => each.record));
		const most = limit + 1 + hidden.size;
		const found = await firstIn(rows.rows, filter, { from, newestFirst, limit: most });
		const base = found.filter((each) => !hidden.has(each.record));
		const top = laid.filter(
			(each) => matches(each, filter) && isBeyond(each, from, { newestFirst })
		);
		const sorted = [...base, ...top].sort(compareIn({ newestFirst }));
		const shown = sorted.slice(0, limit);
		const last = shown[shown.length - 1];
		const next = sorted.length > limit && last ? { sort: last.sort, record: last.record } : null;
		return { items: shown.map((each) => seen<F>(each)), next };
	}

	async function countOf(filter: Filter<FamilyName>): Promise<number> {
		const laid = await overlayOfFamily(filter.family);
		const folded = await countIn(rows.rows, filter);
		const under = await rows.rows.bulkGet(laid.map((each) => each.record));
		const hidden = under.filter((each) => each !== undefined && matches(each, filter)).length;
		const top = laid.filter((each) => matches(each, filter)).length;
		return folded - hidden + top;
	}

	async function manyOf<F extends FamilyName>(
		family: F,
		records: readonly RecordId[]
	): Promise<ReadonlyMap<RecordId, Seen<RowOf<F>>>> {
		const ids = [...new Set(records)];
		if (ids.length === 0) return new Map();
		const [laid, base] = await Promise.all([device.overlay.bulkGet(ids), rows.rows.bulkGet(ids)]);
		const found = ids.flatMap((_, at) => laid[at] ?? base[at] ?? []);
		return new Map(
			found.filter((each) => each.family === family).map((each) => [each.record, seen<F>(each)])
		);
	}

	async function lastOn<F extends FamilyName>(
		family: F,
		records: readonly RecordId[],
		isMeant: (row: RowOf<F>) => boolean
	): Promise<ReadonlyMap<RecordId, RowOf<F>>> {
		const laid = await overlayOfFamily(family);
		const hidden = new Set(laid.map((each) => each.record));
		const means = (each: Columns) => isMeant(seen<F>(each).row);
		const found = await Promise.all(
			records.map(async (on) => {
				const filter = { family, on };
				const base = await newestIn(
					rows.rows,
					filter,
					(each) => !hidden.has(each.record) && means(each)
				);
				const top = laid.filter((each) => matches(each, filter) && means(each));
				const [last] = [...top, ...(base ? [base] : [])].sort(compareIn({ newestFirst: true }));
				return last === undefined ? [] : [[on, seen<F>(last).row] as const];
			})
		);
		return new Map(found.flat());
	}

	return {
		page: (filter) => () => pageOf(filter),
		all: (filter) => async () =>
			(await pageOf({ ...filter, limit: ALL_LIMIT, newestFirst: false })).items,
		count: (filter) => () => countOf(filter),
		one: (family, record) => async () => (await manyOf(family, [record])).get(record) ?? null,
		many: (family, records) => () => manyOf(family, records),
		lastOn: (family, records, isMeant) => () => lastOn(family, records, isMeant),
		search: (asked) => () => searchIn({ device, rows }, asked),
		history: (record) => () => historyOf({ device, rows }, record),
		names: () => () => namesIn({ device, rows }),
		facts:
			(asked = {}) =>
			async () => {
				const { orgs, family } = asked;
				const found =
					orgs === undefined
						? await rows.facts.toArray()
						: await rows.facts.where('org').anyOf(orgs).toArray();
				return family === undefined ? found : found.filter((each) => each.family === family);
			},
		ownFacts:
			(asked = {}) =>
			() =>
				ownFactsIn({ device, rows }, asked),
		ledgersAsOf: () => async () => {
			const marks = await rows.ledgers.toArray();
			return marks.reduce<number | null>((last, mark) => Math.max(last ?? 0, mark.at), null);
		}
	};
}

interface Laid {
	readonly stage?: 'waiting' | 'received' | undefined;
	readonly carriedFor?: PersonId | undefined;
}

function seen<F extends FamilyName>(held: Columns & Laid): Seen<RowOf<F>> {
	const stage = held.stage ?? 'folded';
	const { carriedFor } = held;
	return {
		// The family column was asked for, and a family's rows are made by its own kinds alone.
		row: held.row as RowOf<F>,
		pending: stage !== 'folded',
		stage,
		...(carriedFor === undefined ? {} : { carriedFor })
	};
}

async function searchIn<F extends FamilyName>(
	{ device, rows }: Stores,
	{ family, words, limit = 50 }: { family: F; words: string; limit?: number | undefined }
): Promise<readonly Seen<RowOf<F>>[]> {
	const prefixes = prefixesOf(words);
	const keys = prefixes.map((prefix) => wordKey(family, prefix));
	if (keys.length === 0) return [];
	// What is still pending was laid without the table of initials: its words are made again.
	const isByInitials = asksInitials(prefixes);
	if (isByInitials) await Promise.resolve(readyInitials());
	const [pending, first] = await Promise.all([
		device.overlay.where('family').equals(family).toArray(),
		firstWith(rows.rows, keys, limit)
	]);
	const laid = isByInitials
		? pending.map((each) => ({ ...each, words: columnsOf(each.row).words }))
		: pending;
	const has = (each: Columns) =>
		keys.every((key) => each.words?.some((word) => word.startsWith(key)));
	const hidden = new Set<string>(laid.map((each) => each.record));
	const isShown = ({ record }: Columns) => !hidden.has(record);
	const base = first.every(isShown)
		? first
		: (await firstWith(rows.rows, keys, limit + hidden.size)).filter(isShown);
	return [...laid.filter(has), ...base].slice(0, limit).map((each) => seen<F>(each));
}

async function historyOf(
	{ device, rows }: Stores,
	record: RecordId
): Promise<readonly HistoryLine[]> {
	const [held, bases, commits] = await Promise.all([
		rows.rows.get(record),
		readBases(rows, [record]),
		device.outbox.where('records').equals(record).sortBy('local')
	]);
	const pending = pendingLines(record, bases.get(record), commits);
	return [...linesOf(held), ...pending.lines];
}

/** Names of people, from the duties of officials and the cards this device may hold. */
async function namesIn({ rows }: Stores): Promise<ReadonlyMap<string, string>> {
	const held = await Promise.all(
		(['duty', 'person'] as const).map((family) =>
			rows.rows.where('[family+sort+record]').between([family, -Infinity], [family, []]).toArray()
		)
	);
	const names = new Map<string, string>();
	for (const { row } of held.flat()) {
		if (isDuty(row)) names.set(row.person, row.displayName);
		if (isPerson(row)) names.set(row.person, row.name);
	}
	return names;
}

/** Facts as this device's own rows make them, pending ones included, for the phone's own figures. */
async function ownFactsIn(
	{ device, rows }: Stores,
	{ family, person }: { family?: FamilyName | undefined; person?: string | undefined }
): Promise<readonly Counted[]> {
	const names = family === undefined ? Object.values(families).map((each) => each.name) : [family];
	const parts = await Promise.all(
		names.flatMap((name) => {
			const counting = familyNamed(name);
			if (counting?.fact === undefined) return [];
			return [factsOfFamily({ device, rows }, name, person)];
		})
	);
	return parts.flat();
}

async function factsOfFamily(
	{ device, rows }: Stores,
	name: string,
	person: string | undefined
): Promise<readonly Counted[]> {
	const { fact } = familyNamed(name) ?? {};
	if (fact === undefined) return [];
	// A family's name came from the registry of families.
	const filter = { family: name as FamilyName, person };
	const laid = await device.overlay.where('family').equals(name).toArray();
	const hidden = new Set(laid.map((each) => each.record));
	const base = await allIn(rows.rows, filter);
	return [
		...base.filter((each) => !hidden.has(each.record)),
		...laid.filter((each) => matches(each, filter))
	].map(({ record, row }) => ({ record, fact: fact(row) }));
}
