/** A PostgreSQL that tests may use: made ready once, then every district begins on it with a database of its own. */
import { afterAll, beforeAll } from 'vitest';
import { openPostgres } from '#relay/store/postgres.ts';
import { databaseOn, isOnPostgres, say, SERVER, TEMPLATE } from './database.ts';
import { startPostgres, type Postgres } from './postgres.ts';

/** Names it to whatever process begins after this; null where none can be had. */
export async function offerPostgres(options: {
	readonly fsync: boolean;
}): Promise<Postgres | null> {
	const server = await startPostgres(options);
	if (server === null) return null;
	await offer(server);
	return server;
}

/** A server that runs already is named the same way. */
export async function offer({ url, dataDir }: Pick<Postgres, 'url' | 'dataDir'>): Promise<void> {
	await say(url, `CREATE DATABASE ${TEMPLATE}`);
	const template = databaseOn(url, TEMPLATE);
	await (await openPostgres(template)).close();
	// Each draws an epoch of its own.
	await say(template, 'DELETE FROM meta');
	process.env[SERVER] = JSON.stringify([url, dataDir]);
}

/** The tests of one file have a server that nobody else writes to. */
export function useOwnPostgres(options: { readonly fsync: boolean }): void {
	let own: Postgres | null = null;
	beforeAll(async () => {
		if (isOnPostgres) own = await offerPostgres(options);
	}, 60_000);
	afterAll(() => own?.end());
}
