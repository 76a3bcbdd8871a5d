/** The disposable database of folded rows, named by the hash of its shape (F2). */
import { Dexie, type Table } from 'dexie';
import { FactBody, Reason } from '#domain/element.ts';
import type { HistoryLine } from '#domain/fold.ts';
import type { OrgId, RecordId } from '#domain/ids.ts';
import { allKinds } from '#domain/kinds/index.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import { Role } from '#domain/people.ts';
import { fnv1a } from '#lib/fnv1a.ts';
import type { Columns } from './columns.ts';

export interface RowRecord extends Columns {
	readonly history: HistoryText;
	/** The ledgers held here that carry this record (D2). */
	readonly ledgers: readonly LedgerName[];
}

/** [E5] A record of which no kind is known: a history without a row. */
export interface StrayRecord {
	readonly record: RecordId;
	readonly history: HistoryText;
	readonly ledgers: readonly LedgerName[];
}

/** The lines of a history as one JSON text: a third of what the database takes to keep them as objects. */
export type HistoryText = string;

export function linesOf(
	held: { readonly history: HistoryText } | undefined
): readonly HistoryLine[] {
	// Written by `historyText` alone.
	return held === undefined ? [] : (JSON.parse(held.history) as readonly HistoryLine[]);
}

export function historyText(lines: readonly HistoryLine[]): HistoryText {
	return JSON.stringify(lines);
}

/** [A3] The latest fact of a record, by pseudonym. */
export interface FactRecord {
	readonly ledger: LedgerName;
	readonly record: string;
	readonly org: OrgId;
	readonly family: string;
	readonly n: number;
	readonly fact: FactBody;
}

/** How far a ledger is folded here. */
export interface LedgerRecord {
	readonly ledger: LedgerName;
	readonly seq: number;
	readonly chain: string;
	/** receivedAt of its newest element. */
	readonly at: number;
	/** [A5] Its stored document may still hold texts that were taken away: it is to be compacted. */
	readonly holdsGone?: boolean;
	/** [A4, R6] Records of which texts were erased or elements lost: to be folded anew from what is stored. */
	readonly toRefold?: readonly string[];
	/** [R6] Only once the document reaches this seq: what was lost may be among what still comes. */
	readonly refoldAt?: number;
}

const tables = {
	rows: [
		'record',
		'[family+sort+record]',
		'[family+org+state+sort+record]',
		'[family+person+sort+record]',
		'[family+on+sort+record]',
		'*words',
		'*ledgers'
	].join(),
	strays: 'record,*ledgers',
	facts: '[ledger+record],org',
	ledgers: 'ledger',
	meta: 'key'
};

/** [E5] What a head may say and be understood; what was skipped is folded once it is. */
const readable = [
	Role.options,
	Reason.options,
	FactBody.options.map(({ shape }) => Object.keys(shape))
];

/** Raised when the same elements give other rows than before, or are found by other words: they are then built anew. */
const FOLD_REVISION = 21;

export type RowsDb = Dexie & {
	readonly rows: Table<RowRecord, string>;
	readonly strays: Table<StrayRecord, string>;
	readonly facts: Table<FactRecord, [string, string]>;
	readonly ledgers: Table<LedgerRecord, string>;
	readonly meta: Table<{ readonly key: string; readonly value: unknown }, string>;
};

export function openRowsDb(prefix: string): RowsDb {
	const db = new Dexie(rowsDbName(prefix), { chromeTransactionDurability: 'relaxed' });
	db.version(1).stores(tables);
	// The tables named above are those of RowsDb.
	return db as RowsDb;
}

export function rowsDbName(prefix: string): string {
	return `${prefix}-rows-${shapeHash()}`;
}

/** Rows of other shapes of the same person: left by an older or a newer version of the app. */
export async function dropOtherRows(prefix: string): Promise<void> {
	const names = await Dexie.getDatabaseNames();
	const others = names.filter(
		(name) => name.startsWith(`${prefix}-rows-`) && name !== rowsDbName(prefix)
	);
	await Promise.all(others.map((name) => Dexie.delete(name)));
}

function shapeHash(): string {
	return fnv1a(JSON.stringify([tables, FOLD_REVISION, allKinds(), readable]));
}
