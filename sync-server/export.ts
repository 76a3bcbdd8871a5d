/**
 * `npm run export -- <folder>`: a district as plain files, while the relay runs: what was signed with its
 * signatures, receipts and chains, people, devices' keys, photos. The relay's own keys go only where
 * `--keys <file>` names a place for them.
 */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	openSync,
	closeSync,
	fsyncSync,
	rmSync,
	writeSync,
	writeFileSync,
	constants
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { MediaName } from '#domain/media.ts';
import { copyMoment, UNFINISHED } from './backup.ts';
import { asCommand, UsageError } from './command.ts';
import { readConfig, type Config } from './config.ts';
import {
	digestOf,
	exportedTables,
	fileOfTable,
	MANIFEST,
	metaLeftBehind,
	type Manifest
} from './copies/exported.ts';
import { KEY_FILE, openKeys, type Keys } from './keys.ts';
import { fileOf, MEDIA_FOLDER, mediaFolderOf } from './media/files.ts';
import { refuseForeign } from './store/data-folder.ts';
import { openStoreOf } from './store/open.ts';
import { openStore } from './store/sqlite.ts';
import type { Store, Stored } from './store/store.ts';

const ROWS_AT_ONCE = 1_000;

/** Writes what a store holds; photos lie in the folder `photos`. */
export async function exportDistrict(
	store: Store,
	photos: string,
	target: string,
	now: number
): Promise<Manifest> {
	if (existsSync(join(target, MANIFEST)))
		throw new Error(`export: ${target} holds an export already; name another folder`);
	mkdirSync(target, { recursive: true, mode: 0o700 });
	const { realm, realmName, lines, held } = await store.snapshot((stored) =>
		writeTables(stored, target)
	);
	const tables: Record<string, { lines: number; sha256: string }> = {};
	for (const [table, count] of lines)
		tables[table] = { lines: count, sha256: await digestOf(join(target, fileOfTable(table))) };
	for (const name of held) await copyPhoto(photos, target, name);
	const manifest: Manifest = {
		format: 'lianxinqiao-district',
		v: 1,
		realm,
		realmName,
		exportedAt: now,
		tables
	};
	// Last: an export without it was cut short.
	writeFileSync(join(target, MANIFEST), `${JSON.stringify(manifest, null, '\t')}\n`);
	return manifest;
}

interface Written {
	readonly realm: string;
	readonly realmName: string;
	/** Of each table. */
	readonly lines: ReadonlyMap<string, number>;
	/** Photos that the store knows. */
	readonly held: readonly MediaName[];
}

/** No more than needs the store: it is not kept at one moment while photos are copied. */
async function writeTables(stored: Stored, target: string): Promise<Written> {
	const lines = new Map<string, number>();
	for (const [table, order] of exportedTables)
		lines.set(table, await writeLines(stored, table, order, join(target, fileOfTable(table))));
	const media = await stored.all<{ sha256: string }>('SELECT sha256 FROM media ORDER BY sha256');
	return {
		realm: (await stored.meta('realm')) ?? '',
		realmName: (await stored.meta('realmName')) ?? '',
		lines,
		held: media.map(({ sha256 }) => MediaName.parse(sha256))
	};
}

async function writeLines(
	store: Stored,
	table: string,
	order: string,
	path: string
): Promise<number> {
	const file = openSync(path, 'w', 0o600);
	let lines = 0;
	const where = table === 'meta' ? `WHERE key NOT IN ('${metaLeftBehind.join(`','`)}')` : '';
	for (;;) {
		const rows = await store.all<{ readonly moved?: number }>(
			`SELECT * FROM ${table} ${where} ORDER BY ${order} LIMIT ${ROWS_AT_ONCE} OFFSET ${lines}`
		);
		// When a row moved last is a count of PostgreSQL's own, begun anew elsewhere.
		for (const { moved: _moved, ...row } of rows) writeSync(file, `${JSON.stringify(row)}\n`);
		lines += rows.length;
		if (rows.length < ROWS_AT_ONCE) break;
	}
	fsyncSync(file);
	closeSync(file);
	return lines;
}

/** [R8] One that was swept meanwhile is not missed; one whose bytes are others stops the export. */
async function copyPhoto(photos: string, target: string, name: MediaName): Promise<void> {
	const from = fileOf(photos, name);
	if (!existsSync(from)) return;
	const to = fileOf(join(target, MEDIA_FOLDER), name);
	mkdirSync(dirname(to), { recursive: true });
	copyFileSync(from, to, constants.COPYFILE_FICLONE);
	if ((await digestOf(to)) !== name) throw new Error(`export: the photo ${name} is damaged`);
}

/** One moment of a store that goes on being written: a snapshot of a database, or a copy made for it of a file. */
async function exportFrom(config: Config, target: string): Promise<Manifest> {
	const { dataDir, databaseUrl, limits } = config;
	const photos = mediaFolderOf(config);
	if (databaseUrl !== undefined) {
		const store = await openStoreOf({ dataDir, databaseUrl }, keysOf(dataDir));
		return exportDistrict(store, photos, target, Date.now()).finally(() => store.close());
	}
	const moment = join(target, UNFINISHED);
	try {
		rmSync(moment, { recursive: true, force: true });
		await copyMoment(dataDir, moment, { ...limits, photos });
		const store = openStore(moment);
		try {
			return await exportDistrict(store, join(moment, MEDIA_FOLDER), target, Date.now());
		} finally {
			await store.close();
		}
	} finally {
		rmSync(moment, { recursive: true, force: true });
	}
}

function keysOf(dataDir: string): Keys {
	const path = join(dataDir, KEY_FILE);
	if (!existsSync(path)) throw new Error(`export: there is no ${path}`);
	return openKeys(dataDir);
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { keys: { type: 'string' } },
		allowPositionals: true
	});
	const [target] = positionals;
	if (target === undefined)
		throw new UsageError('Usage: npm run export -- <folder> [--keys <file>]');
	// Nobody but who makes it reads an export.
	process.umask(0o077);
	const config = readConfig(process.env);
	const { dataDir } = config;
	refuseForeign(dataDir, 'export');
	const { tables } = await exportFrom(config, target);
	console.log(`${target}: ${tables.entry?.lines ?? 0} entries, ${tables.media?.lines ?? 0} photos`);
	if (values.keys === undefined) {
		console.log(`Without the keys of the relay: ${join(dataDir, KEY_FILE)} must come another way.`);
		return;
	}
	copyFileSync(join(dataDir, KEY_FILE), values.keys, constants.COPYFILE_EXCL);
	console.log(`${values.keys} speaks for this relay: carry it apart, and remove it afterwards.`);
}

await asCommand(import.meta.url, main);
