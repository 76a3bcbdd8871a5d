/** One PostgreSQL for all contract tests that run on it; each district has a database of its own. */
import { SERVER } from './database.ts';
import { startPostgres, type Postgres } from './postgres.ts';

let server: Postgres | null = null;

export async function setup(): Promise<void> {
	server = await startPostgres();
	// The processes that run the tests begin after this and inherit it.
	if (server !== null) process.env[SERVER] = JSON.stringify([server.url, server.dataDir]);
}

export async function teardown(): Promise<void> {
	await server?.end();
}
