/** The tables of a PostgreSQL store, led forward, and whether it is still the database that it was (R6). */
import pg from 'pg';
import { schemaForPostgres } from './schema.ts';
import { drawEpoch, KEEP_FORMER } from './store.ts';

/** The lock that the one writer holds until its transaction has ended. */
export const WRITER = 0x6c7871;

interface Opened {
	readonly epoch: string;
	readonly former: string | null;
}

/**
 * Makes the tables, or leads them forward; two relays may begin at once. On a line of its own: a step through a large
 * store takes as long as it takes, and whoever begins meanwhile waits for it.
 */
export async function migrate(
	settings: pg.ClientConfig,
	steps: readonly string[]
): Promise<Opened> {
	const client = new pg.Client(settings);
	// Its end is told to whoever waits for an answer.
	client.on('error', () => undefined);
	await client.connect();
	try {
		await client.query('BEGIN');
		await client.query('SET LOCAL statement_timeout = 0');
		await client.query('SELECT pg_advisory_xact_lock($1)', [WRITER]);
		await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
		const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
		const version = rows[0]?.version ?? 0;
		if (version > steps.length)
			throw new Error(`it was written by a newer relay (store version ${version})`);
		if (rows.length === 0) await client.query(MOVE);
		for (const step of steps.slice(version)) await client.query(schemaForPostgres(step));
		if (rows.length === 0) {
			await client.query(MOVED);
			await client.query('INSERT INTO schema_version VALUES ($1)', [steps.length]);
		}
		await client.query('UPDATE schema_version SET version = $1', [steps.length]);
		const opened = await epochOf(client);
		await client.query('COMMIT');
		return opened;
	} catch (cause) {
		await client.query('ROLLBACK').catch(() => undefined);
		throw cause;
	} finally {
		await client.end();
	}
}

/**
 * [R6] A dump that was taken in, or a server that was led back, is another database, or the same on another line of
 * time: the first relay that opens it draws a new epoch, and all others find that one.
 */
async function epochOf(client: pg.Client): Promise<Opened> {
	const { rows } = await client.query<{ home: string }>(
		`SELECT concat_ws('/', s.system_identifier, c.timeline_id, d.oid) AS home
		FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
		WHERE d.datname = current_database()`
	);
	const home = rows[0]?.home ?? '';
	const meta = await client.query<{ key: string; value: string }>(
		`SELECT key, value FROM meta WHERE key IN ('epoch', 'home')`
	);
	const known = new Map(meta.rows.map(({ key, value }) => [key, value]));
	const before = known.get('epoch');
	if (before !== undefined && known.get('home') === home) return { epoch: before, former: null };
	const epoch = drawEpoch();
	if (before !== undefined) {
		await client.query(COUNTED_ANEW);
		await client.query(KEEP_FORMER.replace('?', '$1'), [before]);
	}
	for (const [key, value] of [
		['epoch', epoch],
		['home', home]
	])
		await client.query(
			'INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
			[key, value]
		);
	return { epoch, former: before ?? null };
}

/** [R2] In which transaction a row was last written: what a relay asks to learn of the others. */
const MOVE = `
CREATE FUNCTION lxq_move() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN NEW.moved := txid_current(); RETURN NEW; END $$;
`;
const COUNTED = `
ALTER TABLE ledger ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;
CREATE INDEX ledger_moved ON ledger (moved);
CREATE INDEX record_moved ON record (moved);
`;
const MOVED = `${COUNTED}
CREATE TRIGGER ledger_moves BEFORE INSERT OR UPDATE ON ledger
	FOR EACH ROW EXECUTE PROCEDURE lxq_move();
CREATE TRIGGER record_moves BEFORE INSERT OR UPDATE ON record
	FOR EACH ROW EXECUTE PROCEDURE lxq_move();
`;

/** The server that a dump came from may have counted further than this one. */
const COUNTED_ANEW = `
ALTER TABLE ledger DROP COLUMN moved;
ALTER TABLE record DROP COLUMN moved;
${COUNTED}
UPDATE shared_draft SET erased = erased;
`;
