/** The store in one SQLite file (WAL, FULL): one connection, whose transactions stand in a queue. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { migrations } from './schema.ts';
import {
	createStored,
	drawEpoch,
	type Reads,
	type Sql,
	type SqlValue,
	type Store,
	type Tx
} from './store.ts';

export const STORE_FILE = 'store.sqlite';
/** ASCII `lxq1`, so that another program's file is never taken for a store. */
const APPLICATION_ID = 0x6c787131;

export interface SqliteStore extends Store {
	readonly db: DatabaseSync;
}

/** Opens the store of a folder, making it when there is none; throws a clear sentence when it is damaged. */
export function openStore(dataDir: string, steps: readonly string[] = migrations): SqliteStore {
	mkdirSync(dataDir, { recursive: true });
	const db = openDatabase(join(dataDir, STORE_FILE), steps);
	const statements = new Map<string, StatementSync>();
	/** The transaction that is open now: who is not part of it waits for its end. */
	let open: Open | null = null;
	const inside = new AsyncLocalStorage<Open>();

	function prepared(sql: string): StatementSync {
		let statement = statements.get(sql);
		if (statement === undefined) {
			statement = db.prepare(sql);
			statements.set(sql, statement);
		}
		return statement;
	}

	/** What the store itself is asked from inside a transaction would wait for ever. */
	function endOf(of: Open): Promise<void> {
		if (inside.getStore() === of)
			throw new Error('store: inside a transaction ask the transaction');
		return of.ended;
	}

	let epoch = epochOf(db);
	const direct = sqlOf(prepared);
	const written = () => Promise.resolve({ rows: [], upTo: 0 });
	// Whether one is open is asked again after each wait, and gone on with at once: nothing may come between the two.
	const stored = createStored({
		async all<T>(sql: string, ...values: SqlValue[]) {
			while (open !== null) await endOf(open);
			return direct.all<T>(sql, ...values);
		},
		async first<T>(sql: string, ...values: SqlValue[]) {
			while (open !== null) await endOf(open);
			return direct.first<T>(sql, ...values);
		},
		async run(sql, ...values) {
			while (open !== null) await endOf(open);
			return direct.run(sql, ...values);
		}
	});
	const tx: Tx = {
		...createStored(direct),
		ordinal: Infinity,
		written,
		write: (sql, ...values) => void prepared(sql).run(...values),
		async whole(work) {
			prepared('SAVEPOINT whole').run();
			try {
				const result = await work();
				prepared('RELEASE whole').run();
				return result;
			} catch (cause) {
				// A full disk may have rolled everything back by itself.
				if (db.isTransaction) db.exec('ROLLBACK TO whole; RELEASE whole');
				throw cause;
			}
		}
	};

	/** False while somebody reads there: for a copy that takes long nobody is kept waiting. */
	function emptyLog(): boolean {
		db.exec('PRAGMA busy_timeout = 0');
		try {
			return prepared('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
		} finally {
			db.exec(PATIENCE);
		}
	}

	async function within<T>(begin: string, work: () => Promise<T>): Promise<T> {
		while (open !== null) await endOf(open);
		const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
		const own: Open = { ended };
		open = own;
		try {
			db.exec(begin);
			const result = await inside.run(own, work);
			db.exec('COMMIT');
			return result;
		} catch (cause) {
			if (db.isTransaction) db.exec('ROLLBACK');
			throw cause;
		} finally {
			open = null;
			end(undefined);
		}
	}

	return {
		...stored,
		written,
		db,
		get epoch() {
			return epoch;
		},
		isShared: false,
		// What is kept beside the file tells (mark.ts).
		formerEpoch: null,
		async redrawEpoch(whyOf) {
			const drawn = drawEpoch();
			const why = await within('BEGIN IMMEDIATE', async () => {
				const found = await whyOf(tx, epoch);
				if (found !== null) await tx.setMeta('epoch', drawn);
				return found;
			});
			if (why !== null) epoch = drawn;
			return why;
		},
		transaction: (work) => within('BEGIN IMMEDIATE', () => work(tx)),
		snapshot: (work) => within('BEGIN', () => work(tx)),
		isUnwritable,
		isMalformed: () => false,
		// A file is where it is.
		isAway: () => false,
		// Nobody else writes to this file.
		onNews: () => undefined,
		call: null,
		async scrub() {
			while (open !== null) await endOf(open);
			if (!db.isOpen || prepared(SCRUB_DUE).get() === undefined) return true;
			if (!emptyLog()) return false;
			prepared(`DELETE FROM meta WHERE key = 'scrub'`).run();
			return true;
		},
		bytes: async () => bytesOf(dataDir),
		async close() {
			while (open !== null) await endOf(open);
			emptyLog();
			db.close();
		}
	};
}

/** Of the file with its write-ahead log, which may not be there. */
function bytesOf(dataDir: string): number {
	const files = [STORE_FILE, `${STORE_FILE}-wal`].map((name) => join(dataDir, name));
	const found = files.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
	return found.reduce((sum, size) => sum + size, 0);
}

/** Reads of a store that another process may write meanwhile; nothing changes in it. */
export function readStore(dataDir: string): Sql & Reads & Pick<SqliteStore, 'db' | 'bytes'> {
	const db = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	db.exec(PATIENCE);
	const stored = createStored(sqlOf((sql) => db.prepare(sql)));
	return { ...stored, db, bytes: async () => bytesOf(dataDir) };
}

interface Open {
	readonly ended: Promise<void>;
}

/** So long a statement waits for another process that writes, as a command does for a moment. */
const PATIENCE = 'PRAGMA busy_timeout = 5000';
const SCRUB_DUE = `SELECT 1 FROM meta WHERE key = 'scrub' AND value = '1'`;

/** What there is to say is said at once; only who waits for it learns of it later. */
function sqlOf(prepared: (sql: string) => StatementSync): Sql {
	return {
		async all<T>(sql: string, ...values: SqlValue[]) {
			// The caller names the columns beside their type.
			return prepared(sql).all(...values) as T[];
		},
		async first<T>(sql: string, ...values: SqlValue[]) {
			// As above.
			return (prepared(sql).get(...values) as T | undefined) ?? null;
		},
		run: async (sql, ...values) => Number(prepared(sql).run(...values).changes)
	};
}

/** SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN. */
function isUnwritable(cause: unknown): boolean {
	if (!(cause instanceof Error) || !('errcode' in cause)) return false;
	const primary = Number(cause.errcode) & 0xff;
	return [8, 10, 13, 14].includes(primary);
}

function epochOf(db: DatabaseSync): string {
	const insert = db.prepare(`INSERT INTO meta VALUES ('epoch', ?) ON CONFLICT (key) DO NOTHING`);
	insert.run(drawEpoch());
	return String(db.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get()?.value);
}

function openDatabase(path: string, steps: readonly string[]): DatabaseSync {
	const db = new DatabaseSync(path, { open: false });
	try {
		db.open();
		db.exec(`${PATIENCE}; PRAGMA foreign_keys = OFF;`);
		migrate(db, steps);
	} catch (cause) {
		if (db.isOpen) db.close();
		throw new Error(`relay: cannot open the store ${path}: ${sentence(cause)}`, { cause });
	}
	const damage = damageOf(db);
	if (damage === null) return db;
	db.close();
	throw new Error(`relay: the store ${path} is damaged (${damage}); restore a backup`);
}

/** How the store is written; a damaged file is named at boot, before anything is answered from it. */
function damageOf(db: DatabaseSync): string | null {
	try {
		// [A4] what is deleted is overwritten with zeros
		db.exec('PRAGMA secure_delete = ON');
		// [R1] FULL: every COMMIT is on the disk before it returns.
		db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
			PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864;`);
		const found = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
		return found === 'ok' ? null : String(found ?? 'no answer');
	} catch (cause) {
		return sentence(cause);
	}
}

/** Leads an older file forward, step by step, all or nothing. */
function migrate(db: DatabaseSync, steps: readonly string[]): void {
	const isEmpty = pragma(db, 'schema_version') === 0;
	const version = pragma(db, 'user_version');
	if (!isEmpty && pragma(db, 'application_id') !== APPLICATION_ID)
		throw new Error('it is not a store of this relay');
	if (version > steps.length)
		throw new Error(`it was written by a newer relay (store version ${version})`);
	if (version === steps.length) return;
	db.exec('PRAGMA journal_mode = WAL');
	db.exec(`BEGIN IMMEDIATE; ${steps.slice(version).join('\n')}
		PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}; COMMIT;`);
}

function pragma(db: DatabaseSync, name: string): number {
	return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}

function sentence(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
