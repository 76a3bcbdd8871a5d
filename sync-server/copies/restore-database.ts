/** [R6] A copy in the place of what a PostgreSQL database holds, once it is verified: all of it or nothing. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { audit } from '../audit.ts';
import type { Config } from '../config.ts';
import { KEY_FILE, openKeys } from '../keys.ts';
import { withFolder } from '../store/data-folder.ts';
import { mediaFolderOf } from '../media/files.ts';
import { makeDurable, makeFolderDurable } from '../store/durable.ts';
import { ISSUER } from '../store/open.ts';
import { createPeopleStore } from '../store/people.ts';
import { APPLICATION, openPostgres } from '../store/postgres.ts';
import { openStore, STORE_FILE } from '../store/sqlite.ts';
import { FORMER_EPOCHS, type Store, type Stored, type Tx } from '../store/store.ts';
import { copyDatabase, fillDatabase } from './database-copy.ts';
import { asideIn, TAKING } from './replaced.ts';
import { keepNewerKeys, takeCopy, type Restored } from './taken-copy.ts';

type Database = Required<Pick<Config, 'dataDir' | 'databaseUrl'>> & Pick<Config, 'mediaDir'>;

export interface RestoreOptions {
	/** Somebody said that what is there may go. */
	readonly replaces: boolean;
	readonly now: number;
}

export function restoreDatabase(
	from: string,
	config: Database,
	options: RestoreOptions
): Promise<Restored> {
	const target = resolve(config.dataDir);
	return withFolder(target, 'restore', () => replace(target, { ...config, from }, options));
}

async function replace(
	target: string,
	{ from, databaseUrl, ...folders }: Database & { readonly from: string },
	{ replaces, now }: RestoreOptions
): Promise<Restored> {
	await refuseWhileServed(databaseUrl);
	const store = await openPostgres(databaseUrl, { isAlone: true });
	const fresh = join(target, TAKING);
	rmSync(fresh, { recursive: true, force: true });
	try {
		const isEmpty = await holdsNothing(store);
		if (!isEmpty && !replaces)
			throw new Error(
				'restore: there is a district in this database; say --replace to put the copy in its place'
			);
		const found = await takeCopy(from, fresh, mediaFolderOf(folders));
		keepNewerKeys(target, fresh);
		const aside = await setAside(target, isEmpty ? null : store, now);
		await withKeys(target, fresh, () => fill(store, fresh));
		return { audit: found, aside };
	} finally {
		rmSync(fresh, { recursive: true, force: true });
		await store.close();
	}
}

/** Whoever serves a database listens to it. */
async function refuseWhileServed(databaseUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const { rowCount } = await client.query(
		`SELECT 1 FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = $1 LIMIT 1`,
		[APPLICATION]
	);
	await client.end();
	if (rowCount !== 0)
		throw new Error('restore: a relay is connected to this database; stop every one of them first');
}

async function holdsNothing(store: Stored): Promise<boolean> {
	const entry = await store.first('SELECT 1 FROM entry LIMIT 1');
	return entry === null && (await store.meta('realm')) === null;
}

/** A copy of what the database holds, and the keys beside it. */
async function setAside(target: string, store: Store | null, now: number): Promise<string | null> {
	const keys = join(target, KEY_FILE);
	if (store === null && !existsSync(keys)) return null;
	const aside = asideIn(target, now);
	if (existsSync(keys)) copyFileSync(keys, join(aside, KEY_FILE));
	if (store === null) return aside;
	await copyDatabase(store, aside);
	makeDurable(join(aside, STORE_FILE));
	return aside;
}

/** The keys of the copy come first: with others no relay opens what they wrote. Back they go where the work fails. */
async function withKeys(target: string, fresh: string, work: () => Promise<void>): Promise<void> {
	const own = join(target, KEY_FILE);
	const before = join(fresh, `${KEY_FILE}.before`);
	const hadKeys = existsSync(own);
	if (hadKeys) copyFileSync(own, before);
	copyFileSync(join(fresh, KEY_FILE), `${own}.new`);
	makeDurable(`${own}.new`);
	renameSync(`${own}.new`, own);
	makeFolderDurable(target);
	try {
		await work();
	} catch (cause) {
		if (hadKeys) renameSync(before, own);
		else rmSync(own);
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`restore: ${why}; nothing was replaced`, { cause });
	}
}

async function fill(store: Store, fresh: string): Promise<void> {
	const keys = openKeys(fresh);
	const copy = openStore(fresh);
	try {
		await store.transaction(async (tx) => {
			const epochs = await epochsOf(tx);
			await fillDatabase(tx, copy);
			await tx.setMeta(ISSUER, keys.fingerprint);
			// What relays here were told in these is over, as everybody will find who opens it.
			const former = [...new Set([...(await formerIn(tx)), ...epochs])];
			await tx.setMeta(FORMER_EPOCHS, former.join());
			const [flaw] = (await audit(tx, keys, createPeopleStore(tx))).flaws;
			if (flaw !== undefined) throw new Error(`it does not hold: ${flaw.where}: ${flaw.what}`);
		});
	} finally {
		await copy.close();
	}
}

async function formerIn(tx: Tx): Promise<readonly string[]> {
	return (await tx.meta(FORMER_EPOCHS))?.split(',') ?? [];
}

async function epochsOf(tx: Tx): Promise<readonly string[]> {
	const epoch = await tx.meta('epoch');
	return [...(await formerIn(tx)), ...(epoch === null ? [] : [epoch])];
}
