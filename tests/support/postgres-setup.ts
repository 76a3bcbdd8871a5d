/** One PostgreSQL for all contract tests that run on it; each district has a database of its own. */
import { offerPostgres } from './offered-postgres.ts';
import type { Postgres } from './postgres.ts';

let server: Postgres | null = null;

export async function setup(): Promise<void> {
	server = await offerPostgres({ fsync: false });
}

export async function teardown(): Promise<void> {
	await server?.end();
}
