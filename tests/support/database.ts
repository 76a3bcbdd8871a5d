/** The database that stands for a data folder where the tests run on PostgreSQL; none where they run on SQLite. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { openKeys } from '#relay/keys.ts';
import { openStoreOf } from '#relay/store/open.ts';
import type { Store } from '#relay/store/store.ts';

/** Names the server of the tests in the environment: its URL and the folder of its files. */
export const SERVER = 'LXQ_TEST_POSTGRES';

/** Do these tests run on PostgreSQL? */
export const isOnPostgres = server() !== null;

/** The tests of one project alone run on it, where there is one. */
function server(): { readonly url: string; readonly dataDir: string } | null {
	const named = process.env[SERVER];
	if (process.env.LXQ_TEST_STORE !== 'postgres' || named === undefined) return null;
	const [url, dataDir] = z.tuple([z.string(), z.string()]).parse(JSON.parse(named));
	return { url, dataDir };
}

/** A database with all tables and nothing in them, which the others begin as: led forward once. */
export const TEMPLATE = 'lxq_template';
/** One without a table. */
export const BARE = 'template0';

/** Made at the first asking, out of another that nobody uses; the same ever after. */
export async function databaseOf(
	dataDir: string,
	{ from = TEMPLATE } = {}
): Promise<{ readonly databaseUrl?: string }> {
	const postgres = server();
	if (postgres === null) return {};
	const file = join(dataDir, 'database-url');
	if (!existsSync(file)) {
		const name = `lxq_${randomBytes(6).toString('hex')}`;
		await say(postgres.url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
		writeFileSync(file, databaseOn(postgres.url, name));
	}
	return { databaseUrl: readFileSync(file, 'utf8') };
}

/** A database on the server of another. */
export function databaseOn(serverUrl: string, name: string): string {
	return serverUrl.replace(/\/[^/]*$/, `/${name}`);
}

/** The store of a data folder whose relay is stopped. */
export async function storeAt(dataDir: string): Promise<Store> {
	return openStoreOf({ dataDir, ...(await databaseOf(dataDir)) }, openKeys(dataDir));
}

/** Where the bytes of a store lie. */
export function filesOfStore(dataDir: string): string {
	return server()?.dataDir ?? dataDir;
}

/** [A4] What the keeper of a PostgreSQL does after an erasure (README), here at once. */
export async function forgetErased(dataDir: string): Promise<void> {
	const { databaseUrl } = await databaseOf(dataDir);
	if (databaseUrl === undefined) return;
	for (const sql of ['VACUUM FULL', 'SELECT pg_switch_wal()', 'CHECKPOINT', 'CHECKPOINT'])
		await say(databaseUrl, sql);
}

/** Says something to a database on a line of its own. */
export async function say(url: string, sql: string): Promise<void> {
	const client = new pg.Client(url);
	await client.connect();
	await client.query(sql);
	await client.end();
}

/** Whoever is connected to a database is cut off. */
export async function endOthers(url: string): Promise<void> {
	const name = new URL(url).pathname.slice(1);
	await say(
		databaseOn(url, 'postgres'),
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`
	);
}
