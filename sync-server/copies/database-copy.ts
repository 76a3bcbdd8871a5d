/** A store in PostgreSQL as it stands at one moment, as the file of a store, and back: both have copies of one format. */
import type { DatabaseSync } from 'node:sqlite';
import { openStore, type SqliteStore } from '../store/sqlite.ts';
import type { Store, Stored, Tx } from '../store/store.ts';
import { ROWS_AT_ONCE, writeRows, type Line } from '../store/write-rows.ts';
import { allTables, metaLeftBehind } from './exported.ts';

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
	await tx.run(`TRUNCATE ${allTables.join()}`);
	for (const table of allTables) {
		const rows = db.prepare(`SELECT ${columnsOf(db, table).join()} FROM ${table}`).iterate();
		// Text and whole numbers, as the tables have them.
		await writeRows(tx, table, rows as Iterable<Line>);
	}
}

/** When a row moved last is a count of PostgreSQL's own: the file has no such column. */
function columnsOf(copy: DatabaseSync, table: string): readonly string[] {
	return copy
		.prepare('SELECT name FROM pragma_table_info(?)')
		.all(table)
		.map(({ name }) => String(name));
}
