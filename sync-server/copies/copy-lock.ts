/** [R2] Of all relays on one database one makes a copy at a time. */
import pg from 'pg';
import { APPLICATION } from '../store/postgres.ts';
import type { Sql } from '../store/store.ts';

/** The lock that whoever makes a copy holds; it goes with the process, however that ends. */
const COPIER = 0x6c7863;

/** Waits for its turn. */
export async function aloneCopying<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
	const client = new pg.Client({
		connectionString: databaseUrl,
		application_name: APPLICATION,
		keepAlive: true
	});
	// A copy cannot be read to its end either then.
	client.on('error', () => undefined);
	await client.connect();
	try {
		await client.query('SELECT pg_advisory_lock($1)', [COPIER]);
		return await work();
	} finally {
		await client.end().catch(() => undefined);
	}
}

/** Does anybody make a copy of this database now? */
export async function isCopied(sql: Sql): Promise<boolean> {
	const held = await sql.first(
		`SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
		WHERE d.datname = current_database() AND l.locktype = 'advisory'
		AND l.classid = 0 AND l.objid = ${COPIER} AND l.objsubid = 1 AND l.granted`
	);
	return held !== null;
}
