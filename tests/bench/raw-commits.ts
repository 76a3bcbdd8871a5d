/** What the store of a relay does where nothing is judged: commits of one row each. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import pg from 'pg';
import { temporaryFolder, type SpawnedRelay } from '../support/relay.ts';
import { bytesWritten, summary, type Measured } from './measured.ts';

export interface RawStore {
	readonly name: string;
	/** How many may write at the same time: in SQLite one after the other. */
	readonly writers: readonly number[];
	commits(text: string, count: number, writers: number): Promise<Measured>;
	/** Bytes written for the relay so far: its own, or PostgreSQL's log. */
	written(): Promise<number>;
}

export function rawSqlite(relay: SpawnedRelay): RawStore {
	return {
		name: 'SQLite',
		writers: [1],
		async commits(text, count, writers) {
			const folder = temporaryFolder();
			const db = new DatabaseSync(join(folder.path, 'raw.sqlite'));
			db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
			db.exec('CREATE TABLE raw (num INTEGER PRIMARY KEY, text TEXT NOT NULL)');
			const insert = db.prepare('INSERT INTO raw (text) VALUES (?)');
			const measured = await race(count, writers, () => {
				db.exec('BEGIN IMMEDIATE');
				insert.run(text);
				db.exec('COMMIT');
			});
			db.close();
			folder.remove();
			return measured;
		},
		written: () => Promise.resolve(bytesWritten(relay.process.pid))
	};
}

export function rawPostgres(url: string): RawStore {
	return {
		name: 'PostgreSQL',
		writers: [1, 50],
		async commits(text, count, writers) {
			const options = '-c synchronous_commit=on';
			const pool = new pg.Pool({ connectionString: url, max: writers, options });
			await pool.query('CREATE TABLE raw (num BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)');
			const insert = { name: 'raw', text: 'INSERT INTO raw (text) VALUES ($1)', values: [text] };
			// Before anything is measured, everybody is connected.
			const connected = await Promise.all(Array.from({ length: writers }, () => pool.connect()));
			for (const client of connected) client.release();
			const measured = await race(count, writers, () => pool.query(insert));
			await pool.query('DROP TABLE raw');
			await pool.end();
			return measured;
		},
		async written() {
			const client = new pg.Client(url);
			await client.connect();
			const log = "SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes";
			const { rows } = await client.query<{ bytes: string }>(log);
			await client.end();
			return Number(rows[0]?.bytes);
		}
	};
}

async function race(count: number, writers: number, commit: () => unknown): Promise<Measured> {
	const took: number[] = [];
	let begun = 0;
	const from = performance.now();
	await Promise.all(
		Array.from({ length: writers }, async () => {
			while (begun < count) {
				begun += 1;
				const started = performance.now();
				await commit();
				took.push(performance.now() - started);
			}
		})
	);
	return summary(took, count / ((performance.now() - from) / 1000));
}
