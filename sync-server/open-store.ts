/** Opens the store that the settings name, and makes sure that this relay's keys are those it was written with. */
import type { Config } from './config.ts';
import type { Keys } from './keys.ts';
import { openPostgres } from './store-postgres.ts';
import { openStore } from './store-sqlite.ts';
import type { Store } from './store.ts';

export async function openStoreOf(
	{ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
	{ fingerprint }: Pick<Keys, 'fingerprint'>
): Promise<Store> {
	if (databaseUrl === undefined) return openStore(dataDir);
	const store = await openPostgres(databaseUrl);
	// Every relay on one database needs the same keys, or tags and pseudonyms would be of two kinds.
	const issuer = await store.transaction(async (tx) => {
		const before = await tx.meta('issuer');
		if (before === null) await tx.setMeta('issuer', fingerprint);
		return before ?? fingerprint;
	});
	if (issuer === fingerprint) return store;
	await store.close();
	throw new Error(
		`relay: the keys in ${dataDir} are not those of this database; copy keys.json there`
	);
}
