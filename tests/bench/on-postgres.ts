/** A bench on PostgreSQL: on the server of DATABASE_URL, in databases of its own, or on one that this run starts. */
import pg from 'pg';
import { offer } from '../support/offered-postgres.ts';
import { startPostgres } from '../support/postgres.ts';

const { DATABASE_URL: given } = process.env;
// Relays of the other benches stay on their files.
delete process.env.DATABASE_URL;

export async function* onPostgres(bench: () => AsyncIterable<object>): AsyncIterable<object> {
	const server = given === undefined ? await startPostgres() : await serverAt(given);
	if (server === null)
		return yield { bench: 'relay on PostgreSQL: not measured, none is to be had' };
	try {
		await offer(server);
		process.env.LXQ_TEST_STORE = 'postgres';
		yield* bench();
	} finally {
		delete process.env.LXQ_TEST_STORE;
		await server.end();
	}
}

/** A server that somebody runs: what was made on it goes again. */
async function serverAt(url: string) {
	const client = new pg.Client(url);
	await client.connect();
	const named = async () => {
		const found = await client.query<{ name: string }>('SELECT datname AS name FROM pg_database');
		return found.rows.map(({ name }) => name);
	};
	const before = new Set(await named());
	return {
		url,
		dataDir: '',
		async end() {
			const made = (await named()).filter((name) => name.startsWith('lxq_') && !before.has(name));
			for (const name of made) await client.query(`DROP DATABASE ${name}`);
			await client.end();
		}
	};
}
