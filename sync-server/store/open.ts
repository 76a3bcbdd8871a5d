/** Opens the store that the settings name, and makes sure that this relay's keys are those it was written with. */
import type { Config } from '../config.ts';
import { fingerprintOf, type Keys } from '../keys.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { openStore } from './sqlite.ts';
import type { Store } from './store.ts';

/** Key in the `meta` of a shared store: whose keys wrote it. */
export const ISSUER = 'issuer';

export async function openStoreOf(
	{ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
	{ fingerprint, former }: Pick<Keys, 'fingerprint' | 'former'>,
	options: Pick<PostgresOptions, 'isAlone'> = {}
): Promise<Store> {
	if (databaseUrl === undefined) return openStore(dataDir);
	const store = await openPostgres(databaseUrl, options);
	// Every relay on one database needs the same keys, or tags and pseudonyms would be of two kinds. The one that
	// was rotated (`npm run rotate-key`) knows whom it follows; a relay with the keys from before is refused then.
	const own = [fingerprint, ...former.publicKeys.map(fingerprintOf)];
	const issuer = await store.transaction(async (tx) => {
		const before = (await tx.meta(ISSUER)) ?? fingerprint;
		if (!own.includes(before)) return before;
		await tx.setMeta(ISSUER, fingerprint);
		return fingerprint;
	});
	if (issuer === fingerprint) return store;
	await store.close();
	throw new Error(
		`relay: the keys in ${dataDir} are not those of this database; copy keys.json there`
	);
}
