/** What befalls a store while its relay runs; each answers what ends it. */
import { databaseOf, databaseOn, endOthers, say } from './database.ts';
import type { RunningRelay } from './relay.ts';

type Mended = () => Promise<void>;

/** Nothing can be written. */
export async function makeReadOnly({ store, dataDir }: RunningRelay): Promise<Mended> {
	const { databaseUrl } = await databaseOf(dataDir);
	const set = async (to: 'ON' | 'OFF') => {
		if (databaseUrl === undefined) return void (await store.all(`PRAGMA query_only = ${to}`));
		const name = new URL(databaseUrl).pathname.slice(1);
		// From beside it: in it nothing could be written.
		const beside = databaseOn(databaseUrl, 'postgres');
		await say(beside, `ALTER DATABASE ${name} SET default_transaction_read_only = ${to}`);
		// Whoever is connected keeps what was so before.
		await endOthers(databaseUrl);
	};
	await set('ON');
	return () => set('OFF');
}

/** There is room for a few entries more. */
export async function fillUp({ store, dataDir }: RunningRelay): Promise<Mended> {
	const { databaseUrl } = await databaseOf(dataDir);
	if (databaseUrl === undefined) {
		const [has] = await store.all<{ page_count: number }>('PRAGMA page_count');
		await store.all(`PRAGMA max_page_count = ${(has?.page_count ?? 0) + 8}`);
		return async () => void (await store.all('PRAGMA max_page_count = 1073741823'));
	}
	const { n } = (await store.first<{ n: number }>('SELECT count(*) AS n FROM entry')) ?? { n: 0 };
	// 53100: what PostgreSQL says of a full disk.
	await say(
		databaseUrl,
		`CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF (SELECT count(*) FROM entry) > ${n + 4}
			THEN RAISE 'no space left on device' USING ERRCODE = '53100'; END IF;
			RETURN NULL; END $$;
		CREATE TRIGGER full_disk AFTER INSERT ON entry FOR EACH ROW EXECUTE PROCEDURE is_full()`
	);
	return () => say(databaseUrl, 'DROP TRIGGER full_disk ON entry');
}

/** PostgreSQL alone: nobody gets at the database, and whoever was there is thrown out. */
export async function cutOff({ dataDir }: RunningRelay): Promise<Mended> {
	const { databaseUrl = '' } = await databaseOf(dataDir);
	const name = new URL(databaseUrl).pathname.slice(1);
	const beside = databaseOn(databaseUrl, 'postgres');
	const allow = (is: boolean) => say(beside, `ALTER DATABASE ${name} ALLOW_CONNECTIONS ${is}`);
	await allow(false);
	await endOthers(databaseUrl);
	return () => allow(true);
}
