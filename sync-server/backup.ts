/** `npm run backup -- <folder>`: a whole copy of the store, its photos and its keys, while the relay runs. */
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	renameSync,
	rmSync,
	statSync
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HOUR } from '#domain/spans.ts';
import type { Audit } from './audit.ts';
import { asCommand, UsageError } from './command.ts';
import { readConfig, type Config } from './config.ts';
import { copyPhotos } from './copies/copied-photos.ts';
import { aloneCopying } from './copies/copy-lock.ts';
import { copyDatabase } from './copies/database-copy.ts';
import { clearCopies, KEPT_MS, ofNights } from './copies/kept-copies.ts';
import { notesOf, type CopyNotes } from './copies/last-backup.ts';
import { refuseWithoutRoom } from './copies/room.ts';
import { verifyCopy } from './copies/verify-copy.ts';
import { KEY_FILE, openKeys } from './keys.ts';
import { defaultLimits } from './limits.ts';
import { MEDIA_FOLDER, mediaFolderOf } from './media/files.ts';
import { refuseForeign } from './store/data-folder.ts';
import { makeDurable, makeFolderDurable } from './store/durable.ts';
import { openStoreOf } from './store/open.ts';
import { MEDIA_BYTES_KEY } from './store/schema.ts';
import { readStore, STORE_FILE } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

export interface CopyOptions {
	/** Where its photos lie, unless beside the store. */
	readonly photos?: string;
	/** What the copy leaves free on its disk. */
	readonly freeBytes?: number;
}

/**
 * Copies the store as it stands at one moment into `target`, and the keys without which it can be neither audited
 * nor gone on with; answers the copy of the store.
 */
export async function backUp(
	dataDir: string,
	target: string,
	options: CopyOptions = {}
): Promise<string> {
	const file = await copyMoment(dataDir, target, options);
	copyKeys(dataDir, target);
	return file;
}

/** The store and its photos alone. */
export async function copyMoment(
	dataDir: string,
	target: string,
	{ freeBytes = defaultLimits.freeBytes, photos = mediaFolderOf({ dataDir }) }: CopyOptions = {}
): Promise<string> {
	const source = join(dataDir, STORE_FILE);
	if (!existsSync(source)) throw new Error(`backup: there is no store in ${resolve(dataDir)}`);
	mkdirSync(target, { recursive: true });
	const file = join(target, STORE_FILE);
	if (existsSync(file)) throw new Error(`backup: ${file} exists; name another folder`);
	const living = readStore(dataDir);
	try {
		await refuseWithoutRoom(target, await bytesOf(living), freeBytes);
		// One read transaction: writers go on, the copy is one moment's.
		living.db.prepare('VACUUM INTO ?').run(file);
		await copyPhotos(photos, target, living);
	} finally {
		living.db.close();
	}
	return file;
}

function copyKeys(dataDir: string, target: string): void {
	const keys = join(target, KEY_FILE);
	copyFileSync(join(dataDir, KEY_FILE), keys);
	chmodSync(keys, 0o600);
	makeDurable(keys);
}

/** What a copy will take: the store, and the photos as they are counted. */
async function bytesOf(living: Pick<Store, 'bytes' | 'first'>): Promise<number> {
	const counted = 'SELECT n FROM counter WHERE key = ?';
	const photos = await living.first<{ n: number }>(counted, MEDIA_BYTES_KEY);
	return (await living.bytes()) + (photos?.n ?? 0);
}

/** Where a copy lies until it is whole: a folder with this and without a store holds none. */
export const UNFINISHED = 'unfinished';

/** Has a copy made aside, walks it, and only then puts it into `target`, its store last; of half a copy nothing is left. */
async function makeWhole(
	target: string,
	copyInto: (folder: string) => Promise<void>
): Promise<Audit> {
	const unfinished = join(target, UNFINISHED);
	const file = join(target, STORE_FILE);
	if (existsSync(file)) throw new Error(`backup: ${file} exists; name another folder`);
	const isNew = !existsSync(target);
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(unfinished, { recursive: true });
	try {
		await copyInto(unfinished);
		const found = await verifyCopy(unfinished);
		for (const name of [MEDIA_FOLDER, KEY_FILE, STORE_FILE])
			if (existsSync(join(unfinished, name)))
				renameSync(join(unfinished, name), join(target, name));
		makeFolderDurable(target);
		return found;
	} catch (cause) {
		if (isNew) rmSync(target, { recursive: true, force: true });
		throw cause;
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
}

interface Wanted {
	readonly target: string;
	/** The folder of all nights; undefined for a copy that somebody asked for. */
	readonly nightly: string | undefined;
	readonly notes: CopyNotes;
}

async function make(
	{ target, nightly, notes }: Wanted,
	copyInto: (folder: string) => Promise<void>
): Promise<void> {
	const { entries } = await makeWhole(target, copyInto);
	await notes.note(target, { isOfNight: nightly !== undefined });
	if (nightly !== undefined) await clearCopies(nightly, ofNights, { now: Date.now() });
	const file = join(target, STORE_FILE);
	console.log(`${file} (${statSync(file).size} bytes, ${entries} entries, verified)`);
	console.log('It holds the keys of the relay too: keep it as you keep the paper ledgers.');
}

/** A relay whose night begins this long after that of another finds the night copied. */
const NIGHT_MS = 12 * HOUR;

/** [R2] One relay at a time, and one of them each night. */
async function makeOfDatabase(
	config: Required<Pick<Config, 'dataDir' | 'databaseUrl'>>,
	{ photos, freeBytes }: Required<CopyOptions>,
	{ target, nightly }: Omit<Wanted, 'notes'>
): Promise<void> {
	const { dataDir, databaseUrl } = config;
	// Drawn anew they would be those of another relay.
	if (!existsSync(join(dataDir, KEY_FILE)))
		throw new Error(`backup: there is no ${KEY_FILE} in ${resolve(dataDir)}`);
	await aloneCopying(databaseUrl, async () => {
		const store = await openStoreOf(config, openKeys(dataDir));
		try {
			const notes = notesOf(dataDir, store);
			const night = nightly === undefined ? null : await notes.lastNight();
			if (nightly !== undefined && night !== null && Date.now() - night.at < NIGHT_MS) {
				await clearCopies(nightly, ofNights, { now: Date.now(), forMs: KEPT_MS });
				console.log(`Tonight's copy was made already: ${night.machine}, ${night.folder}`);
				return;
			}
			await make({ target, nightly, notes }, async (folder) => {
				await refuseWithoutRoom(folder, await bytesOf(store), freeBytes);
				await copyDatabase(store, folder);
				await copyPhotos(photos, folder, store);
				copyKeys(dataDir, folder);
			});
		} finally {
			await store.close();
		}
	});
}

/** The folder of tonight's copy among those of other nights. */
function nightIn(folder: string, now: Date): string {
	const stamp = now.toISOString().replace('T', '-').replace(':', '').slice(0, 15);
	return join(folder, `lianxinqiao-${stamp}`);
}

await asCommand(import.meta.url, async () => {
	const { values, positionals } = parseArgs({
		options: { nightly: { type: 'string' } },
		allowPositionals: true
	});
	const { nightly } = values;
	const target = nightly === undefined ? positionals[0] : nightIn(nightly, new Date());
	if (target === undefined)
		throw new UsageError(
			'Usage: npm run backup -- <folder>, or -- --nightly <folder of all nights>'
		);
	// Nobody but who makes it reads a copy.
	process.umask(0o077);
	const config = readConfig(process.env);
	const { dataDir, databaseUrl } = config;
	refuseForeign(dataDir, 'backup');
	const { freeBytes } = { ...defaultLimits, ...config.limits };
	const options = { freeBytes, photos: mediaFolderOf(config) };
	if (databaseUrl !== undefined)
		return makeOfDatabase({ dataDir, databaseUrl }, options, { target, nightly });
	const notes = notesOf(dataDir, null);
	return make({ target, nightly, notes }, async (folder) => {
		await backUp(dataDir, folder, options);
	});
});
