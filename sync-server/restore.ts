/**
 * `npm run restore -- <folder>`: puts a copy in the place of the store, once it is verified. What was there is
 * moved aside, for a while; a relay that runs is never touched.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { asCommand, UsageError } from './command.ts';
import { readConfig } from './config.ts';
import { asideIn, TAKING } from './copies/replaced.ts';
import { restoreDatabase } from './copies/restore-database.ts';
import { keepNewerKeys, takeCopy, type Restored } from './copies/taken-copy.ts';
import { KEY_FILE } from './keys.ts';
import { mediaFolderOf } from './media/files.ts';
import { withFolder } from './store/data-folder.ts';
import { makeFolderDurable } from './store/durable.ts';
import { MARK_FILE } from './store/mark.ts';
import { STORE_FILE } from './store/sqlite.ts';

/** What of a store belongs together. */
const REPLACED = [STORE_FILE, `${STORE_FILE}-wal`, `${STORE_FILE}-shm`, KEY_FILE];

export async function restore(
	from: string,
	dataDir: string,
	now: number,
	photos = mediaFolderOf({ dataDir })
): Promise<Restored> {
	const target = resolve(dataDir);
	if (resolve(from) === target) throw new Error('restore: the copy is the data folder itself');
	return withFolder(target, 'restore', () => replace(target, { from, photos }, now));
}

async function replace(
	target: string,
	{ from, photos }: { readonly from: string; readonly photos: string },
	now: number
): Promise<Restored> {
	const fresh = join(target, TAKING);
	rmSync(fresh, { recursive: true, force: true });
	try {
		const audit = await takeCopy(from, fresh, photos);
		keepNewerKeys(target, fresh);
		// [R6] without one the relay begins a new epoch, also where no ledger lost anything: slips and sessions may have
		rmSync(join(target, MARK_FILE), { force: true });
		const aside = setAside(target, now);
		for (const file of [STORE_FILE, KEY_FILE]) renameSync(join(fresh, file), join(target, file));
		makeFolderDurable(target);
		return { audit, aside };
	} finally {
		rmSync(fresh, { recursive: true, force: true });
	}
}

function setAside(target: string, now: number): string | null {
	const there = REPLACED.filter((file) => existsSync(join(target, file)));
	if (there.length === 0) return null;
	const aside = asideIn(target, now);
	for (const file of there) renameSync(join(target, file), join(aside, file));
	return aside;
}

await asCommand(import.meta.url, async () => {
	const { values, positionals } = parseArgs({
		options: { replace: { type: 'boolean', default: false } },
		allowPositionals: true
	});
	const [from] = positionals;
	if (from === undefined)
		throw new UsageError(
			'Usage: npm run restore -- <folder of a backup>, on PostgreSQL -- --replace <folder> over a district'
		);
	process.umask(0o077);
	const config = readConfig(process.env);
	const { dataDir, databaseUrl } = config;
	const now = Date.now();
	const { audit, aside } =
		databaseUrl === undefined
			? await restore(from, dataDir, now, mediaFolderOf(config))
			: await restoreDatabase(from, { ...config, databaseUrl }, { replaces: values.replace, now });
	console.log(JSON.stringify({ ...audit, flaws: audit.flaws.length }));
	if (aside !== null) console.log(`What was there lies in ${aside}, for 30 days`);
	if (databaseUrl !== undefined)
		console.log(`Every relay needs these keys: ${join(resolve(dataDir), KEY_FILE)}`);
	console.log('Start the relay: devices give back what they hold and the copy lacks.');
});
