/** A store in PostgreSQL as it stands at one moment, as the file of a store, and back: both have copies of one format. */
import type { DatabaseSync } from 'node:sqlite';
import { allTables, metaLeftBehind } from './exported.ts';
import { openStore, type SqliteStore } from './store-sqlite.ts';
import type { Sql, SqlValue, Store, Stored, Tx } from './store.ts';

/** Held in memory together, from either side; the largest rows are of 192 KiB. */
const ROWS_AT_ONCE = 200;
/** A disk that takes a while to write what was read ends no copy. */
const PATIENT = `SET LOCAL idle_in_transaction_session_timeout = '10min'`;

type Line = Record<string, SqlValue>;

/** Writers go on meanwhile. The file is not synchronised: whoever wants to keep it does that. */
export async function copyDatabase(store: Store, folder: string): Promise<void> {
	const copy = openStore(folder);
	try {
		// What is cut short is thrown away whole: a log of its own would only be as large once more.
		copy.db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
		await store.snapshot(async (stored) => {
			for (const table of allTables) await readTable(stored, table, copy.db);
		});
		copy.db.exec('COMMIT');
	} finally {
		await copy.close();
	}
}

/** In the order in which they lie: nothing is sorted, so the first rows come at once, however many there are. */
async function readTable(stored: Stored, table: string, copy: DatabaseSync): Promise<void> {
	const columns = columnsOf(copy, table);
	const places = columns.map(() => '?').join();
	copy.exec(`DELETE FROM ${table}`);
	const insert = copy.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${places})`);
	// A name of its own for each: what is prepared answers the same columns ever after.
	const cursor = `copied_${table}`;
	await stored.run(`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${columns.join()} FROM ${table}`);
	for (;;) {
		const rows = await stored.all<Line>(`FETCH ${ROWS_AT_ONCE} FROM ${cursor}`);
		for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
		if (rows.length < ROWS_AT_ONCE) break;
	}
	await stored.run(`CLOSE ${cursor}`);
	if (table === 'meta')
		for (const key of metaLeftBehind) copy.prepare('DELETE FROM meta WHERE key = ?').run(key);
}

/** Puts what a copy holds in the place of all that a database holds. */
export async function fillDatabase(tx: Tx, { db }: SqliteStore): Promise<void> {
	await tx.run(PATIENT);
	await tx.run(`TRUNCATE ${allTables.join()}`);
	for (const table of allTables) await writeTable(tx, table, db);
}

async function writeTable(tx: Sql, table: string, copy: DatabaseSync): Promise<void> {
	const columns = columnsOf(copy, table);
	const place = `(${columns.map(() => '?').join()})`;
	let waiting: SqlValue[][] = [];
	const write = async () => {
		const places = waiting.map(() => place).join();
		const into = `INSERT INTO ${table} (${columns.join()}) VALUES ${places}`;
		if (waiting.length > 0) await tx.run(into, ...waiting.flat());
		waiting = [];
	};
	for (const row of copy.prepare(`SELECT ${columns.join()} FROM ${table}`).iterate()) {
		// Text and whole numbers, as the tables have them.
		waiting.push(columns.map((column) => (row[column] ?? null) as SqlValue));
		if (waiting.length === ROWS_AT_ONCE) await write();
	}
	await write();
}

/** When a row moved last is a count of PostgreSQL's own: the file has no such column. */
function columnsOf(copy: DatabaseSync, table: string): readonly string[] {
	return copy
		.prepare('SELECT name FROM pragma_table_info(?)')
		.all(table)
		.map(({ name }) => String(name));
}
