/**
 * `npm run import -- <folder> --keys <file>`: takes an exported district into an empty data folder, and walks
 * every chain and signature before it says that it is there.
 */
import {
	constants,
	copyFileSync,
	createReadStream,
	existsSync,
	chmodSync,
	readFileSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { audit, type Audit } from './audit.ts';
import { asCommand, UsageError } from './command.ts';
import { readConfig, type Config } from './config.ts';
import { placePhotos } from './copies/carried-photos.ts';
import {
	digestOf,
	exportedTables,
	fileOfTable,
	laterTables,
	Manifest,
	MANIFEST
} from './copies/exported.ts';
import { verifyCopy, verifyPhotos } from './copies/verify-copy.ts';
import { KEY_FILE, openKeys, type Keys } from './keys.ts';
import { MEDIA_FOLDER, mediaFolderOf } from './media/files.ts';
import { withFolder } from './store/data-folder.ts';
import { openStoreOf } from './store/open.ts';
import { createPeopleStore } from './store/people.ts';
import { noteRedrawn } from './store/redrawn.ts';
import {
	goneOfBefore,
	mediaOfBefore,
	numbersOfBefore,
	readersOfBefore,
	revokedOfBefore,
	schemaForPostgres
} from './store/schema.ts';
import { openStore, STORE_FILE } from './store/sqlite.ts';
import type { Store } from './store/store.ts';
import { writeRows } from './store/write-rows.ts';

const Line = z.record(z.string().regex(/^[a-z_\d]+$/), z.union([z.string(), z.number(), z.null()]));
type Line = z.infer<typeof Line>;

/** What steps of the store fill in, for what an older relay exported. */
const ofBefore = [readersOfBefore, goneOfBefore, revokedOfBefore, numbersOfBefore, mediaOfBefore];

/** Reads an export into a store on which nothing was founded; all of it or nothing. */
export async function importDistrict(from: string, store: Store): Promise<Manifest> {
	const manifest = await readManifest(from);
	if ((await store.meta('realm')) !== null)
		throw new Error('import: a district is founded in this store already');
	await store.transaction(async (tx) => {
		for (const [table] of exportedTables) {
			// A store is made with an epoch of its own.
			await tx.run(`DELETE FROM ${table}`);
			if (manifest.tables[table] !== undefined)
				await writeRows(tx, table, linesOf(join(from, fileOfTable(table))));
		}
		// The store is new and needs no step forward; what it was given may.
		for (const statement of ofBefore)
			await tx.run(store.isShared ? schemaForPostgres(statement) : statement);
		// [R6] devices may be ahead of what was exported
		await noteRedrawn(tx, Date.now());
	});
	return manifest;
}

/** Every file is what it was when it was written, before one line of it is believed. */
async function readManifest(from: string): Promise<Manifest> {
	const path = join(from, MANIFEST);
	if (!existsSync(path)) throw new Error(`import: ${from} is no export, or was cut short`);
	const manifest = Manifest.safeParse(JSON.parse(readFileSync(path, 'utf8')));
	if (!manifest.success) throw new Error(`import: ${path} is not the list of an export`);
	for (const [table] of exportedTables) {
		const told = manifest.data.tables[table];
		if (told === undefined && laterTables.includes(table)) continue;
		const file = fileOfTable(table);
		if (told === undefined || (await digestOf(join(from, file))) !== told.sha256)
			throw new Error(`import: ${file} is not the one that was exported`);
	}
	return manifest.data;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
	for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
		yield Line.parse(JSON.parse(line));
}

/** Where they lie, and where they are to lie. */
interface Photos {
	readonly from: string;
	readonly to: string;
}

async function importInto(config: Config, from: string, keys: string | undefined): Promise<Audit> {
	const { dataDir, databaseUrl } = config;
	const photos = { from: join(from, MEDIA_FOLDER), to: mediaFolderOf(config) };
	if (existsSync(join(dataDir, STORE_FILE)))
		throw new Error(`import: there is a store in ${dataDir}; name an empty data folder`);
	const own = join(dataDir, KEY_FILE);
	if (keys !== undefined) copyFileSync(keys, own, constants.COPYFILE_EXCL);
	if (!existsSync(own))
		throw new Error(
			`import: name the keys of the old relay (--keys <file>), or put them at ${own}`
		);
	chmodSync(own, 0o600);
	if (databaseUrl !== undefined) return importIntoDatabase(config, from, photos);
	try {
		const store = openStore(dataDir);
		await importDistrict(from, store).finally(() => store.close());
		await placePhotos(photos.from, photos.to);
		return await verifyCopy(dataDir, [photos.to]);
	} catch (cause) {
		for (const end of ['', '-wal', '-shm'])
			rmSync(join(dataDir, STORE_FILE + end), { force: true });
		throw cause;
	}
}

/** What does not hold was taken in all the same: a database cannot be thrown away from here. */
async function importIntoDatabase(config: Config, from: string, photos: Photos): Promise<Audit> {
	const keys = openKeys(config.dataDir);
	const store = await openStoreOf(config, keys, { isAlone: true });
	try {
		await importDistrict(from, store);
		return await takenIn(store, keys, photos);
	} finally {
		await store.close();
	}
}

async function takenIn(store: Store, keys: Keys, photos: Photos): Promise<Audit> {
	try {
		await placePhotos(photos.from, photos.to);
		return await store.snapshot(async (stored) => {
			const found = await audit(stored, keys, createPeopleStore(stored));
			const [flaw] = found.flaws;
			if (flaw !== undefined) throw new Error(`${flaw.where}: ${flaw.what}`);
			await verifyPhotos(stored, [photos.to]);
			return found;
		});
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`import: drop this database, it does not hold: ${why}`, { cause });
	}
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { keys: { type: 'string' } },
		allowPositionals: true
	});
	const [from] = positionals;
	if (from === undefined) throw new UsageError('Usage: npm run import -- <folder> [--keys <file>]');
	const config = readConfig(process.env);
	const found = await withFolder(config.dataDir, 'import', () =>
		importInto(config, from, values.keys)
	);
	console.log(JSON.stringify({ ...found, flaws: found.flaws.length }));
	console.log('Stop the old relay for good before this one starts: a district has one store.');
}

await asCommand(import.meta.url, main);
