/**
 * `npm run restore -- <folder>`: puts a copy in the place of the store, once it is verified. What was there is
 * moved aside, never removed; a relay that runs is never touched.
 */
import {
	chmodSync,
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Audit } from './audit.ts';
import { asCommand, UsageError } from './command.ts';
import { readConfig } from './config.ts';
import { makeDurable, makeFolderDurable } from './durable.ts';
import { KEY_FILE, openKeys } from './keys.ts';
import { MEDIA_FOLDER } from './media-store.ts';
import { STORE_FILE } from './store-sqlite.ts';
import { verifyCopy } from './verify-copy.ts';

export interface Restored {
	readonly audit: Audit;
	/** Where what was there lies now; null where there was nothing. */
	readonly aside: string | null;
}

/** What of a store belongs together; the mark stays, so that the relay sees whether anything was lost (R6). */
const REPLACED = [STORE_FILE, `${STORE_FILE}-wal`, `${STORE_FILE}-shm`, KEY_FILE];

export async function restore(from: string, dataDir: string, now: number): Promise<Restored> {
	const target = resolve(dataDir);
	if (resolve(from) === target) throw new Error('restore: the copy is the data folder itself');
	mkdirSync(target, { recursive: true });
	if (isInUse(target)) throw new Error(`restore: a relay runs on ${target}; stop it first`);
	const fresh = join(target, 'restoring');
	rmSync(fresh, { recursive: true, force: true });
	try {
		const audit = await takeCopy(from, fresh);
		keepNewerKeys(target, fresh);
		const aside = setAside(target, now);
		for (const file of [STORE_FILE, KEY_FILE]) renameSync(join(fresh, file), join(target, file));
		makeFolderDurable(target);
		return { audit, aside };
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
}

/** Copies and verifies the copy of the copy: the backup itself is only read. */
async function takeCopy(from: string, fresh: string): Promise<Audit> {
	mkdirSync(fresh, { mode: 0o700 });
	for (const file of [STORE_FILE, KEY_FILE]) {
		if (!existsSync(join(from, file))) throw new Error(`restore: there is no ${file} in ${from}`);
		copyFileSync(join(from, file), join(fresh, file));
		makeDurable(join(fresh, file));
	}
	chmodSync(join(fresh, KEY_FILE), 0o600);
	const photos = join(from, MEDIA_FOLDER);
	if (existsSync(photos)) cpSync(photos, join(fresh, MEDIA_FOLDER), { recursive: true });
	try {
		// Photos are named by their digests: those that are there stay, those that are missing come.
		const audit = await verifyCopy(fresh, join(fresh, '..'));
		const target = join(fresh, '..', MEDIA_FOLDER);
		if (existsSync(photos))
			cpSync(join(fresh, MEDIA_FOLDER), target, { recursive: true, force: false });
		return audit;
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`restore: ${why}; nothing was replaced`, { cause });
	}
}

/** A key that was given up since the copy was made must not speak again: what is here and reads the copy stays. */
function keepNewerKeys(target: string, fresh: string): void {
	const here = join(target, KEY_FILE);
	const copied = join(fresh, KEY_FILE);
	if (existsSync(here) && openKeys(target).tag('') === openKeys(fresh).tag(''))
		copyFileSync(here, copied);
}

/** Whoever has a store open shares it: it cannot be had alone. One too torn to be opened is nobody's. */
function isInUse(target: string): boolean {
	const path = join(target, STORE_FILE);
	if (!existsSync(path)) return false;
	const db = new DatabaseSync(path);
	try {
		db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK');
		return false;
	} catch (cause) {
		return cause instanceof Error && /locked/.test(cause.message);
	} finally {
		db.close();
	}
}

function setAside(target: string, now: number): string | null {
	const there = REPLACED.filter((file) => existsSync(join(target, file)));
	if (there.length === 0) return null;
	const aside = join(target, `replaced-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`);
	mkdirSync(aside, { mode: 0o700 });
	for (const file of there) renameSync(join(target, file), join(aside, file));
	return aside;
}

await asCommand(import.meta.url, async () => {
	const from = process.argv[2];
	if (from === undefined) throw new UsageError('Usage: npm run restore -- <folder of a backup>');
	const { dataDir, databaseUrl } = readConfig(process.env);
	if (databaseUrl !== undefined)
		throw new Error(
			'restore: the store is in PostgreSQL and is put back by its own tools (README)'
		);
	const { audit, aside } = await restore(from, dataDir, Date.now());
	console.log(JSON.stringify({ ...audit, flaws: audit.flaws.length }));
	if (aside !== null) console.log(`What was there lies in ${aside}`);
	console.log('Start the relay: devices give back what they hold and the copy lacks.');
});
