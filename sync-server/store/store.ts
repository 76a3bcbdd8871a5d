/** What the relay asks of its store: SQL that both databases understand, and one writing transaction at a time. */
import { randomUUID } from 'node:crypto';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import { openHead } from '../ledgers/chain.ts';

export type SqlValue = string | number | null;

/** Statements in the SQL that SQLite and PostgreSQL share, with `?` for each value. */
export interface Sql {
	all<T>(sql: string, ...values: SqlValue[]): Promise<T[]>;
	/** The first row; null where there is none. */
	first<T>(sql: string, ...values: SqlValue[]): Promise<T | null>;
	/** Answers how many rows it changed. */
	run(sql: string, ...values: SqlValue[]): Promise<number>;
}

/** One element as stored: the head's JSON, and the entry as signed unless the element is a fact. */
export interface StoredElement {
	readonly seq: number;
	readonly head: string;
	readonly text: string | null;
	readonly sig: string | null;
}

/** A record's state as stored; `row` is null where nothing is left of it (A4). */
export interface StoredRecord {
	readonly row: Row | null;
	readonly ledgers: readonly LedgerName[];
	readonly fact: string | null;
	readonly factN: number;
	/** Of the row as it is written. */
	readonly bytes: number;
}

/** Reads, the same of a store and inside a transaction. */
export interface Stored extends Sql, Reads {
	/**
	 * [R2] Rows that a relay knows by heart, written since a mark; without one only how far it goes. Where one
	 * relay alone writes it knows them already.
	 */
	written(since: number | null): Promise<Written>;
}

export interface Written {
	readonly rows: readonly { readonly id: string; readonly row: string }[];
	readonly upTo: number;
}

/** [R2] What other relays on the same store did. */
export interface News {
	readonly ledgers: ReadonlyMap<LedgerName, LedgerMark>;
	/** Devices taken out of use. */
	readonly devices: readonly string[];
	/** The ordinal of the last piece of each shared draft that was written; 0 where it was erased (A4). */
	readonly drafts: ReadonlyMap<RecordId, number>;
	/** Its place among all transactions, as `Written` counts them. */
	readonly upTo: number;
}

export interface Ears {
	isSure(stored: Stored): Promise<boolean>;
	/** Hears the calls of all relays, one's own too. */
	onCall(text: string): void;
	/** News could not be read, or not be taken in: they are told again, and this is called once until they are. */
	onBroken(cause: unknown): void;
}

export interface Reads {
	record(id: RecordId): Promise<StoredRecord | null>;
	row(record: RecordId): Promise<Row | null>;
	rowsOfFamily(family: string): Promise<Row[]>;
	/** Rows of a family about one person (the `person` its indexes name). */
	rowsAbout(family: string, subject: string): Promise<Row[]>;
	ledgerHead(name: LedgerName): Promise<LedgerMark | null>;
	/** Ledgers whose name is the prefix, or begins with it where it ends in `/`. */
	ledgersUnder(prefix: string): Promise<Map<LedgerName, LedgerMark>>;
	elements(ledger: LedgerName, after: number, limit: number): Promise<StoredElement[]>;
	/** The chain after an element, to compare with what a device holds. */
	chainAt(ledger: LedgerName, seq: number): Promise<string | null>;
	meta(key: string): Promise<string | null>;
	setMeta(key: string, value: string): Promise<void>;
}

/** One transaction. What is said here is seen by nobody else before the transaction has ended well. */
export interface Tx extends Stored {
	/** [R2] Its place among all transactions, as `Written` counts them; the last where one relay alone writes. */
	readonly ordinal: number;
	/** A write that nobody waits for, in order with all others; where it fails, the transaction fails. */
	write(sql: string, ...values: SqlValue[]): void;
	/** All of the work, or nothing of it where it throws; the transaction goes on. */
	whole<T>(work: () => Promise<T>): Promise<T>;
}

export interface Store extends Stored {
	/** [R6] One epoch a store, drawn when it was made, and anew when it was restored. */
	readonly epoch: string;
	/** Asks in one transaction whether the epoch is to be drawn anew, and why; null where it stands. */
	redrawEpoch<T>(why: (tx: Tx, epoch: string) => Promise<T | null>): Promise<T | null>;
	/** [R6] Several relays may serve it, so none of them alone can tell that it was restored: it tells itself. */
	readonly isShared: boolean;
	/** The epoch it had before it was restored and opened now; null where it was not. */
	readonly formerEpoch: string | null;
	/**
	 * One transaction, with no other writing one beside it; a throw rolls everything back. Durable when it
	 * resolves (R1). Ask `tx` alone inside. The work may be done anew, so it changes nothing but the store.
	 */
	transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
	/** Reads of one moment, which hold nobody up. */
	snapshot<T>(work: (stored: Stored) => Promise<T>): Promise<T>;
	/** [A4] Removes from the store's own logs what was erased; false while somebody still reads there. */
	scrub(): Promise<boolean>;
	/** Can nothing be promised now, since the store cannot be written or reached? */
	isUnwritable(cause: unknown): boolean;
	/** Is it what was asked that no text or number of it can hold, such as a NUL? */
	isMalformed(cause: unknown): boolean;
	/** Could it not be reached? Then asking again later may help. */
	isAway(cause: unknown): boolean;
	/**
	 * [R2] Tells of what was committed since; what this relay did itself may be among it. Before each look `isSure`
	 * is asked whether this is still the store that it was.
	 */
	onNews(hear: (news: News) => Promise<void>, ears?: Partial<Ears>): void;
	/**
	 * [R2] Calls something to every relay on the same store, less than 8,000 bytes, which is kept nowhere and may be
	 * lost; null where one relay alone can serve it.
	 */
	readonly call: ((text: string) => Promise<void>) | null;
	/** Bytes that it takes on a disk. */
	bytes(): Promise<number>;
	close(): Promise<void>;
}

/** The reads of a store or of a transaction, over its SQL. */
export function createStored(sql: Sql): Sql & Reads {
	async function record(id: RecordId): Promise<StoredRecord | null> {
		const found = await sql.first<RecordColumns>(
			'SELECT row, ledgers, fact, fact_n FROM record WHERE id = ?',
			id
		);
		return (
			found && {
				row: parseRow(found.row),
				ledgers: ledgerNames(found.ledgers),
				fact: found.fact,
				factN: found.fact_n,
				bytes: Buffer.byteLength(found.row)
			}
		);
	}
	async function rows(where: string, ...values: SqlValue[]): Promise<Row[]> {
		const found = await sql.all<{ row: string }>(
			`SELECT row FROM record WHERE ${where} AND row <> 'null' ORDER BY id`,
			...values
		);
		return found.flatMap(({ row }) => parseRow(row) ?? []);
	}
	return {
		...sql,
		record,
		row: async (id) => (await record(id))?.row ?? null,
		rowsOfFamily: (family) => rows('family = ?', family),
		rowsAbout: (family, subject) => rows('family = ? AND subject = ?', family, subject),
		ledgerHead: (name) =>
			sql.first<LedgerMark>('SELECT seq, chain FROM ledger WHERE name = ?', name),
		async ledgersUnder(prefix) {
			// `0` is the character after `/`.
			const found = prefix.endsWith('/')
				? await sql.all<NamedMark>(
						'SELECT name, seq, chain FROM ledger WHERE name >= ? AND name < ?',
						prefix,
						`${prefix.slice(0, -1)}0`
					)
				: await sql.all<NamedMark>('SELECT name, seq, chain FROM ledger WHERE name = ?', prefix);
			return new Map(found.map(({ name, seq, chain }) => [name, { seq, chain }]));
		},
		elements: (ledger, after, limit) =>
			sql.all<StoredElement>(
				`SELECT e.seq, e.head, t.text, t.sig FROM element e LEFT JOIN entry t ON t.num = e.entry
				WHERE e.ledger = (SELECT num FROM ledger WHERE name = ?) AND e.seq > ?
				ORDER BY e.seq LIMIT ?`,
				ledger,
				after,
				limit
			),
		async chainAt(ledger, seq) {
			const found = await sql.first<{ head: string }>(
				`SELECT head FROM element WHERE ledger = (SELECT num FROM ledger WHERE name = ?)
				AND seq = ?`,
				ledger,
				seq
			);
			return found && (openHead(found.head)?.chain ?? null);
		},
		async meta(key) {
			const found = await sql.first<{ value: string }>('SELECT value FROM meta WHERE key = ?', key);
			return found?.value ?? null;
		},
		async setMeta(key, value) {
			await sql.run(
				`INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
				key,
				value
			);
		}
	};
}

/** The ledgers of a record as stored. */
export function ledgerNames(json: string): readonly LedgerName[] {
	// Written from an audience alone.
	return JSON.parse(json) as LedgerName[];
}

export function drawEpoch(): string {
	return randomUUID().slice(0, 8);
}

/** [R6] Epochs that a shared store had before, separated by commas. */
export const FORMER_EPOCHS = 'formerEpochs';
export const KEEP_FORMER = `INSERT INTO meta VALUES ('${FORMER_EPOCHS}', ?)
	ON CONFLICT (key) DO UPDATE SET value = meta.value || ',' || excluded.value`;

interface RecordColumns {
	readonly row: string;
	readonly ledgers: string;
	readonly fact: string | null;
	readonly fact_n: number;
}

interface NamedMark extends LedgerMark {
	readonly name: LedgerName;
}

function parseRow(json: string): Row | null {
	// Only the placing writes this column, from rows the families made, or `null` where all was erased.
	return JSON.parse(json) as Row | null;
}
