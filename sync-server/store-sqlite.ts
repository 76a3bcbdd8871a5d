/** The relay's one store: entries once, elements as heads that point at them, rows, ledgers (SQLite, WAL, FULL). */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { randomUUID } from 'node:crypto';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';

export const STORE_FILE = 'store.sqlite';
const SCHEMA_VERSION = 1;
/** ASCII `lxq1`, so that another program's file is never taken for a store. */
const APPLICATION_ID = 0x6c787131;

const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (key TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- [E1] the text exactly as signed, once; text and sig are NULL where a refusal alone is remembered (E2)
CREATE TABLE entry (
	num INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	hash TEXT NOT NULL,
	text TEXT,
	sig TEXT,
	device TEXT NOT NULL,
	received_at INTEGER NOT NULL,
	receipt TEXT NOT NULL
) STRICT;
CREATE TABLE ledger (
	num INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	seq INTEGER NOT NULL,
	chain TEXT NOT NULL,
	clock INTEGER NOT NULL
) STRICT;
-- [L1] head-only where entry is NULL: facts
CREATE TABLE element (
	ledger INTEGER NOT NULL REFERENCES ledger (num),
	seq INTEGER NOT NULL,
	n INTEGER NOT NULL,
	record TEXT NOT NULL,
	entry INTEGER REFERENCES entry (num),
	head TEXT NOT NULL,
	PRIMARY KEY (ledger, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX element_of_record ON element (record, n);
CREATE TABLE record (
	id TEXT PRIMARY KEY,
	family TEXT NOT NULL,
	org TEXT NOT NULL,
	subject TEXT,
	n INTEGER NOT NULL,
	period TEXT NOT NULL,
	row TEXT NOT NULL,
	ledgers TEXT NOT NULL,
	fact TEXT,
	fact_n INTEGER NOT NULL
) STRICT;
CREATE INDEX record_of_family ON record (family, subject);
`;

/** One element as stored: the head's JSON, and the entry as signed unless the element is a fact. */
export interface StoredElement {
	readonly seq: number;
	readonly head: string;
	readonly text: string | null;
	readonly sig: string | null;
}

export interface Store {
	readonly db: DatabaseSync;
	readonly path: string;
	/** One immediate transaction; a throw rolls everything back. Durable when it returns (R1). */
	transaction<T>(work: () => T): T;
	row(record: RecordId): Row | null;
	rowsOfFamily(family: string): Row[];
	/** Rows of a family about one person (the `person` its indexes name). */
	rowsAbout(family: string, subject: string): Row[];
	ledgerHead(name: LedgerName): LedgerMark | null;
	/** Ledgers whose name is the prefix, or begins with it where it ends in `/`. */
	ledgersUnder(prefix: string): Map<LedgerName, LedgerMark>;
	elements(ledger: LedgerName, after: number, limit: number): StoredElement[];
	/** The chain after an element, to compare with what a device holds. */
	chainAt(ledger: LedgerName, seq: number): string | null;
	meta(key: string): string | null;
	setMeta(key: string, value: string): void;
	/** [R6] One epoch a store, drawn when it was made. */
	readonly epoch: string;
	/** Is this a record of which nothing is left (A4)? */
	isErased(record: RecordId): boolean;
	/** [A4] What was deleted in this transaction must not stay in the write-ahead log either. */
	mustScrub(): void;
	/** Empties the write-ahead log where something must be scrubbed from it; false while somebody reads. */
	scrub(): boolean;
	checkpoint(): void;
	close(): void;
}

/** Opens the store of a folder, making it when there is none; throws a clear sentence when it is damaged. */
export function openStore(dataDir: string): Store {
	mkdirSync(dataDir, { recursive: true });
	const path = join(dataDir, STORE_FILE);
	const db = openDatabase(path);
	const statements = prepareAll(db);
	if (readMeta('epoch') === null) writeMeta('epoch', randomUUID().slice(0, 8));
	const epoch = readMeta('epoch') ?? '';

	function transaction<T>(work: () => T): T {
		db.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			db.exec('COMMIT');
			return result;
		} catch (cause) {
			// A full disk may have rolled back by itself.
			if (db.isTransaction) db.exec('ROLLBACK');
			throw cause;
		}
	}
	function readMeta(key: string): string | null {
		return first<{ value: string }>(statements.meta, key)?.value ?? null;
	}
	function isTruncated(): boolean {
		return first<{ busy: number }>(statements.truncate)?.busy === 0;
	}
	function writeMeta(key: string, value: string): void {
		statements.setMeta.run(key, value);
	}
	return {
		db,
		path,
		epoch,
		transaction,
		row(record) {
			const found = first<{ row: string }>(statements.row, record);
			return found ? parseRow(found.row) : null;
		},
		rowsOfFamily: (family) =>
			all<{ row: string }>(statements.family, family).map(({ row }) => parseRow(row)),
		rowsAbout: (family, subject) =>
			all<{ row: string }>(statements.about, family, subject).map(({ row }) => parseRow(row)),
		ledgerHead: (name) => first<LedgerMark>(statements.head, name),
		ledgersUnder(prefix) {
			// `0` is the character after `/`.
			const [from, to] = prefix.endsWith('/')
				? [prefix, `${prefix.slice(0, -1)}0`]
				: [prefix, `${prefix}\u0000`];
			const found = all<LedgerMark & { name: string }>(statements.under, from, to);
			return new Map(found.map(({ name, seq, chain }) => [name, { seq, chain }]));
		},
		elements: (ledger, after, limit) =>
			all<StoredElement>(statements.elements, ledger, after, limit),
		chainAt(ledger, seq) {
			const found = first<{ chain: string }>(statements.chainAt, ledger, seq);
			return found?.chain ?? null;
		},
		meta: readMeta,
		setMeta: writeMeta,
		isErased: (record) => first<{ row: string }>(statements.row, record)?.row === 'null',
		mustScrub: () => writeMeta('scrub', '1'),
		scrub() {
			if (!db.isOpen || readMeta('scrub') !== '1') return true;
			if (!isTruncated()) return false;
			writeMeta('scrub', '0');
			return true;
		},
		checkpoint: () => db.exec('PRAGMA wal_checkpoint(PASSIVE)'),
		close() {
			db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
			db.close();
		}
	};
}

/** The first row of a typed query. */
export function first<T>(statement: StatementSync, ...values: SQLInputValue[]): T | null {
	// Each statement is prepared beside its caller, which names the columns it selects.
	return (statement.get(...values) as T | undefined) ?? null;
}

/** All rows of a typed query. */
export function all<T>(statement: StatementSync, ...values: SQLInputValue[]): T[] {
	// As above.
	return statement.all(...values) as T[];
}

function openDatabase(path: string): DatabaseSync {
	let db: DatabaseSync;
	try {
		db = new DatabaseSync(path);
		db.exec('PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = OFF;');
		makeSchema(db);
	} catch (cause) {
		throw new Error(`relay: cannot open the store ${path}: ${sentence(cause)}`, { cause });
	}
	// [A4] what is deleted is overwritten with zeros
	db.exec('PRAGMA secure_delete = ON');
	// [R1] FULL: every COMMIT is on the disk before it returns.
	db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
		PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;`);
	checkIntegrity(db, path);
	return db;
}

function makeSchema(db: DatabaseSync): void {
	const application = pragma(db, 'application_id');
	const version = pragma(db, 'user_version');
	const isEmpty = pragma(db, 'schema_version') === 0;
	if (isEmpty) {
		db.exec('PRAGMA journal_mode = WAL');
		db.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA application_id = ${APPLICATION_ID};
			PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
		return;
	}
	if (application !== APPLICATION_ID) throw new Error('it is not a store of this relay');
	if (version > SCHEMA_VERSION)
		throw new Error(`it was written by a newer relay (store version ${version})`);
}

/** A damaged file is named at boot, before anything is answered from it. */
function checkIntegrity(db: DatabaseSync, path: string): void {
	let found: string;
	try {
		const row = first<{ quick_check: string }>(db.prepare('PRAGMA quick_check(1)'));
		found = row?.quick_check ?? 'no answer';
	} catch (cause) {
		found = sentence(cause);
	}
	if (found === 'ok') return;
	db.close();
	throw new Error(`relay: the store ${path} is damaged (${found}); restore a backup`);
}

function pragma(db: DatabaseSync, name: string): number {
	return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}

function sentence(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}

function parseRow(json: string): Row {
	// Only the delivery writes this column, from rows the families made.
	return JSON.parse(json) as Row;
}

function prepareAll(
	db: DatabaseSync
): Record<
	| 'truncate'
	| 'meta'
	| 'setMeta'
	| 'row'
	| 'family'
	| 'about'
	| 'head'
	| 'under'
	| 'elements'
	| 'chainAt',
	StatementSync
> {
	return {
		truncate: db.prepare('PRAGMA wal_checkpoint(TRUNCATE)'),
		meta: db.prepare('SELECT value FROM meta WHERE key = ?'),
		setMeta: db.prepare(
			'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
		),
		row: db.prepare('SELECT row FROM record WHERE id = ?'),
		family: db.prepare(`SELECT row FROM record WHERE family = ? AND row <> 'null' ORDER BY id`),
		about: db.prepare(
			`SELECT row FROM record WHERE family = ? AND subject = ? AND row <> 'null' ORDER BY id`
		),
		head: db.prepare('SELECT seq, chain FROM ledger WHERE name = ?'),
		under: db.prepare('SELECT name, seq, chain FROM ledger WHERE name >= ? AND name < ?'),
		elements: db.prepare(
			`SELECT e.seq, e.head, t.text, t.sig FROM element e LEFT JOIN entry t ON t.num = e.entry
			WHERE e.ledger = (SELECT num FROM ledger WHERE name = ?) AND e.seq > ?
			ORDER BY e.seq LIMIT ?`
		),
		chainAt: db.prepare(
			`SELECT head ->> 'chain' AS chain FROM element
			WHERE ledger = (SELECT num FROM ledger WHERE name = ?) AND seq = ?`
		)
	};
}
