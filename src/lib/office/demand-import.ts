/**
 * Importing demands: a number of one source names one record, so the same row never doubles, an import
 * stopped half-way goes on where it was, and one press undoes it by compensating entries (F5).
 */
import { ENTRY_BYTES } from '#domain/entry.ts';
import type { RecordId } from '#domain/ids.ts';
import type { ImportedDemand } from '#domain/import/parse-demands.ts';
import type { ImportProblem } from '#domain/import/problem.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { chunks } from '#lib/chunks.ts';
import { groupBy } from '#lib/group-by.ts';
import { guessType } from './category-lexicon.ts';
import { recordOfSource, type Source } from './source-record.ts';
import { inCommits, type Ended, type Saying, type Telling } from './in-commits.ts';

export interface PlannedRow {
	readonly record: RecordId;
	readonly demand: ImportedDemand;
}

export interface ImportPlan {
	readonly fresh: readonly PlannedRow[];
	/** Imported once and undone since: they come back under their old number. */
	readonly undone: readonly PlannedRow[];
	readonly here: readonly PlannedRow[];
	/** The number is here with other words: what is here stays. */
	readonly differing: readonly PlannedRow[];
	readonly problems: readonly ImportProblem[];
}

/** The rows of these records that the device holds, own waiting ones included. */
export type Held = (records: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, DemandRow>>;

export function rowsSeen(
	seen: ReadonlyMap<RecordId, { readonly row: DemandRow }>
): ReadonlyMap<RecordId, DemandRow> {
	return new Map([...seen].map(([record, { row }]) => [record, row]));
}

export interface Run<Why extends string> extends Telling<Why> {
	readonly held: Held;
}

/** Rows looked up at once when a plan is made. */
const LOOK_UP = 500;
/** What an entry has besides its body, with room to spare. */
const ENVELOPE_BYTES = 1_200;

/** Sorts the rows of a file by what an import would do with them. */
export async function planImport(
	demands: readonly ImportedDemand[],
	source: Source,
	held: Held
): Promise<ImportPlan> {
	const problems = demands.flatMap(unfit);
	const wrong = new Set(problems.map(({ row }) => row));
	const fit = demands.filter(({ row }) => !wrong.has(row));
	const plan: Record<Place, PlannedRow[]> = { fresh: [], undone: [], here: [], differing: [] };
	for (const part of chunks(fit, LOOK_UP)) {
		const planned = await Promise.all(
			part.map(async (demand) => ({
				record: await recordOfSource(source, demand.sourceNo),
				demand
			}))
		);
		const rows = await held(planned.map(({ record }) => record));
		for (const row of planned) plan[placeOf(row.demand, rows.get(row.record))].push(row);
	}
	return { ...plan, problems };
}

type Place = 'fresh' | 'undone' | 'here' | 'differing';

/** What the file's reader takes and an entry cannot hold. */
function unfit(demand: ImportedDemand): readonly ImportProblem[] {
	const { row, registeredAt } = demand;
	if (registeredAt < 0) return [{ row, code: 'date-out-of-range', value: '1970' }];
	const bytes = new TextEncoder().encode(JSON.stringify(registeredBody(demand, ''))).length;
	if (bytes > ENTRY_BYTES - ENVELOPE_BYTES)
		return [{ row, code: 'too-long', value: 'description' }];
	return [];
}

function placeOf(demand: ImportedDemand, row: DemandRow | undefined): Place {
	if (row === undefined) return 'fresh';
	if (row.state === 'voided') return 'undone';
	const wasCorrected = row.wrote?.title !== undefined || row.wrote?.description !== undefined;
	const isSame = row.title === demand.title && row.description === demand.description;
	return isSame || wasCorrected ? 'here' : 'differing';
}

/** The body of `demand.registered.v1`; every text exactly as the file has it. */
export function registeredBody(demand: ImportedDemand, importId: string): Record<string, unknown> {
	const { title, description, sourceNo, registeredAt, requester, phone, place } = demand;
	return {
		title,
		description,
		type: guessType(title),
		urgency: 'normal',
		channel: 'import',
		sourceNo,
		raisedAt: registeredAt,
		importId,
		...(requester === undefined ? {} : { requester }),
		...(phone === undefined ? {} : { phone }),
		...(place === undefined ? {} : { place })
	};
}

/** Registers the rows commit by commit. What is here by then is passed over, so it can always be run again. */
export function runImport<Why extends string>(
	rows: readonly PlannedRow[],
	importId: string,
	run: Run<Why>
): Promise<Ended<Why>> {
	return overHeld(
		rows,
		(row) => row.record,
		({ record, demand }, there) =>
			there === undefined || there.state === 'voided'
				? { kind: 'demand.registered.v1', record, body: registeredBody(demand, importId) }
				: undefined,
		run
	);
}

/** [F5] Voids every row of an import that is not voided yet. */
export function undoImport<Why extends string>(
	records: readonly RecordId[],
	reason: string,
	run: Run<Why>
): Promise<Ended<Why>> {
	return overHeld(
		records,
		(record) => record,
		(record, there) =>
			there === undefined || there.state === 'voided'
				? undefined
				: { kind: 'demand.voided.v1', record, body: { reason } },
		run
	);
}

function overHeld<T, Why extends string>(
	items: readonly T[],
	recordOf: (item: T) => RecordId,
	saying: (item: T, there: DemandRow | undefined) => Saying | undefined,
	run: Run<Why>
): Promise<Ended<Why>> {
	return inCommits(
		items,
		async (chunk) => {
			const there = await run.held(chunk.map(recordOf));
			return chunk.flatMap((item) => saying(item, there.get(recordOf(item))) ?? []);
		},
		run
	);
}

/** One import as its rows tell of it. */
export interface PastImport {
	readonly importId: string;
	readonly at: number;
	readonly by: string;
	/** Not voided. */
	readonly records: readonly RecordId[];
	readonly voided: number;
	/** Of those not voided: accepted, handled, or otherwise moved on. */
	readonly touched: number;
}

/** Groups rows by the import they came with, the newest first. */
export function pastImports(rows: Iterable<DemandRow>): readonly PastImport[] {
	return [...groupBy(rows, ({ importId }) => importId)]
		.map(([importId, of]) => {
			const kept = of.filter(({ state }) => state !== 'voided');
			return {
				importId,
				at: of.reduce((first, { createdAt }) => Math.min(first, createdAt), Infinity),
				by: of[0]?.raisedBy ?? '',
				records: kept.map(({ record }) => record),
				voided: of.length - kept.length,
				touched: kept.filter(({ state }) => state !== 'registered').length
			};
		})
		.sort((a, b) => b.at - a.at);
}
