/** Copies of a store as its keeper makes and puts them back: of the file by `npm run backup`, of a database beside it. */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { backUp } from '#relay/backup.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { MEDIA_FOLDER } from '#relay/media/files.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { databaseOf, endOthers } from './database.ts';

/** Names the schema in which a database keeps the copy. */
const COPY_FILE = 'copied-database';
const TABLES = `SELECT table_name AS name FROM information_schema.tables
	WHERE table_schema = 'public' AND table_name <> 'schema_version'`;

/** Of one moment, with keys and photos, into a folder that is not there yet; the relay may run. */
export async function copyStore(dataDir: string, target: string): Promise<void> {
	const { databaseUrl } = await databaseOf(dataDir);
	if (databaseUrl === undefined) return void (await backUp(dataDir, target));
	mkdirSync(target, { recursive: true });
	copyFileSync(join(dataDir, KEY_FILE), join(target, KEY_FILE));
	const photos = join(dataDir, MEDIA_FOLDER);
	if (existsSync(photos)) cpSync(photos, join(target, MEDIA_FOLDER), { recursive: true });
	const copy = `copy_${Date.now()}_${Math.floor(performance.now() * 1000)}`;
	writeFileSync(join(target, COPY_FILE), copy);
	await atOnce(databaseUrl, async (client, tables) => {
		await client.query(`CREATE SCHEMA ${copy}`);
		for (const name of tables)
			await client.query(`CREATE TABLE ${copy}.${name} AS TABLE public.${name}`);
	});
}

/** The store goes back to a copy, at the same place, as a machine does that is led back to a snapshot. */
export async function leadBack(dataDir: string, target: string): Promise<void> {
	const { databaseUrl } = await databaseOf(dataDir);
	if (databaseUrl === undefined)
		return copyFileSync(join(target, STORE_FILE), join(dataDir, STORE_FILE));
	const copy = readFileSync(join(target, COPY_FILE), 'utf8');
	await atOnce(databaseUrl, async (client, tables) => {
		// What a trigger would count anew stays as it was.
		await client.query('SET LOCAL session_replication_role = replica');
		await client.query(`TRUNCATE ${tables.map((name) => `public.${name}`).join()}`);
		for (const name of tables)
			await client.query(`INSERT INTO public.${name} SELECT * FROM ${copy}.${name}`);
	});
}

/** The folder of a copy becomes the data folder of a relay, at another place; the relay it came from is stopped. */
export async function openCopy(dataDir: string, target: string): Promise<void> {
	const { databaseUrl } = await databaseOf(dataDir);
	if (databaseUrl === undefined) return;
	// A relay that was killed is still being served.
	await endOthers(databaseUrl);
	await databaseOf(target, { from: new URL(databaseUrl).pathname.slice(1) });
	await leadBack(target, target);
}

async function atOnce(
	url: string,
	work: (client: pg.Client, tables: readonly string[]) => Promise<void>
): Promise<void> {
	const client = new pg.Client(url);
	await client.connect();
	try {
		await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
		const { rows } = await client.query<{ name: string }>(TABLES);
		await work(
			client,
			rows.map(({ name }) => name)
		);
		await client.query('COMMIT');
	} finally {
		await client.end();
	}
}
