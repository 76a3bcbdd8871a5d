/** `npm run backup -- <folder>`: a whole copy of the store, its photos and its keys, while the relay runs. */
import {
	chmodSync,
	constants,
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	rmSync,
	statSync
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { MediaName } from '#domain/media.ts';
import { asCommand, UsageError } from './command.ts';
import { readConfig } from './config.ts';
import { makeDurable } from './durable.ts';
import { KEY_FILE } from './keys.ts';
import { noteBackup } from './last-backup.ts';
import { fileOf, MEDIA_FOLDER } from './media-store.ts';
import { STORE_FILE } from './store-sqlite.ts';
import { verifyCopy } from './verify-copy.ts';

/**
 * Copies the store as it stands at one moment, and the keys without which it can be neither audited nor
 * gone on with, into `target`; answers the copy of the store.
 */
export function backUp(dataDir: string, target: string): string {
	const source = join(dataDir, STORE_FILE);
	if (!existsSync(source)) throw new Error(`backup: there is no store in ${resolve(dataDir)}`);
	mkdirSync(target, { recursive: true });
	const file = join(target, STORE_FILE);
	if (existsSync(file)) throw new Error(`backup: ${file} exists; name another folder`);
	const db = new DatabaseSync(source, { readOnly: true });
	try {
		db.exec('PRAGMA busy_timeout = 10000');
		// One read transaction: writers go on, the copy is one moment's.
		db.prepare('VACUUM INTO ?').run(file);
	} finally {
		db.close();
	}
	makeDurable(file);
	copyKeys(dataDir, target);
	const copy = new DatabaseSync(file, { readOnly: true });
	const found = Object.values(copy.prepare('PRAGMA integrity_check(1)').get() ?? {})[0];
	const photos = copy.prepare(`SELECT name FROM sqlite_schema WHERE name = 'media'`).get()
		? copy.prepare('SELECT sha256 FROM media').all()
		: [];
	copy.close();
	if (found !== 'ok') throw new Error(`backup: the copy is damaged (${String(found)})`);
	for (const { sha256 } of photos)
		copyPhoto(join(dataDir, MEDIA_FOLDER), join(target, MEDIA_FOLDER), MediaName.parse(sha256));
	return file;
}

function copyKeys(dataDir: string, target: string): void {
	const keys = join(target, KEY_FILE);
	copyFileSync(join(dataDir, KEY_FILE), keys);
	chmodSync(keys, 0o600);
	makeDurable(keys);
}

/** [R8] Photos lie beside the store; one that was swept since the copy was made is not missed. */
function copyPhoto(from: string, to: string, name: MediaName): void {
	mkdirSync(dirname(fileOf(to, name)), { recursive: true });
	try {
		copyFileSync(fileOf(from, name), fileOf(to, name), constants.COPYFILE_FICLONE);
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
		throw cause;
	}
	makeDurable(fileOf(to, name));
}

async function verified(
	dataDir: string,
	target: string
): Promise<{ readonly file: string; readonly entries: number }> {
	const file = backUp(dataDir, target);
	const { entries } = await verifyCopy(target);
	return { file, entries };
}

/** Copies of the night that stay. */
const NIGHTS = 14;
const NIGHT = /^lianxinqiao-\d{4}-\d{2}-\d{2}-\d{4}$/;

/** The folder of tonight's copy among those of other nights. */
function nightIn(folder: string, now: Date): string {
	const stamp = now.toISOString().replace('T', '-').replace(':', '').slice(0, 15);
	return join(folder, `lianxinqiao-${stamp}`);
}

/** Removes the oldest copies of nights; call it once a newer one is verified. What is named otherwise stays. */
function clearNights(folder: string): void {
	const nights = readdirSync(folder).filter((name) => NIGHT.test(name));
	for (const name of nights.sort().slice(0, -NIGHTS))
		rmSync(join(folder, name), { recursive: true, force: true });
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
	const { dataDir, databaseUrl } = readConfig(process.env);
	if (databaseUrl !== undefined)
		throw new Error('backup: use pg_dump for PostgreSQL, and copy DATA_DIR for keys and photos');
	const isNew = !existsSync(target);
	const { file, entries } = await verified(dataDir, target).catch((cause: unknown) => {
		// Half a copy is none, and would count as a night.
		if (nightly !== undefined && isNew) rmSync(target, { recursive: true, force: true });
		throw cause;
	});
	noteBackup(dataDir, target);
	if (nightly !== undefined) clearNights(nightly);
	console.log(`${file} (${statSync(file).size} bytes, ${entries} entries, verified)`);
	console.log('It holds the keys of the relay too: keep it as you keep the paper ledgers.');
});
