/** The store in PostgreSQL, for several relays on one district: one writer at a time, whichever relay it is in. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { MINUTE } from '#domain/spans.ts';
import { CALLS, listenForNews } from './postgres-news.ts';
import { migrate, WRITER } from './postgres-tables.ts';
import { migrations } from './schema.ts';
import {
	createStored,
	drawEpoch,
	KEEP_FORMER,
	type Sql,
	type SqlValue,
	type Store,
	type Tx,
	type Written
} from './store.ts';

/** How a relay, and whoever copies its store, calls itself to the server. */
export const APPLICATION = 'lianxinqiao';
const TRIES = 6;
const STATEMENT_MS = 10_000;
/** A relay that was cut off in the middle of a transaction holds up the others no longer than this. */
const IDLE_MS = 2_000;
/** Whoever holds nobody up may wait for a disk in between. */
const PATIENT_IDLE_MS = 10 * MINUTE;
const CONNECTIONS = 12;
/** What the server itself says when it can be reached and takes nothing: a full disk, and reading only. */
const THERE: ReadonlySet<string> = new Set(['53100', '25006']);

export interface PostgresOptions {
	readonly steps?: readonly string[];
	/** For a command that has the database to itself: each thing it says takes as long as it takes. */
	readonly isAlone?: boolean;
}

/** Opens the database, making its tables where there are none; throws a clear sentence where it cannot. */
export async function openPostgres(
	url: string,
	{ steps = migrations, isAlone = false }: PostgresOptions = {}
): Promise<Store> {
	// [R1] COMMIT answers once it is on the disk, whatever the server is set to.
	const options = [
		'-c synchronous_commit=on',
		`-c statement_timeout=${isAlone ? 0 : STATEMENT_MS}`,
		`-c idle_in_transaction_session_timeout=${isAlone ? PATIENT_IDLE_MS : IDLE_MS}`
	].join(' ');
	const settings: pg.ClientConfig = {
		connectionString: url,
		application_name: APPLICATION,
		connectionTimeoutMillis: 3_000,
		keepAlive: true,
		options,
		types: { getTypeParser }
	};
	const pool = new pg.Pool({
		...settings,
		max: CONNECTIONS,
		pipeline: true,
		...(isAlone ? {} : { query_timeout: STATEMENT_MS + 1_000 })
	});
	// A connection that breaks while nobody uses it is taken out by the pool itself.
	pool.on('error', () => undefined);
	const opened = await migrate(settings, steps).catch(async (cause: unknown) => {
		await pool.end();
		throw new Error(`relay: cannot open the database: ${sentence(cause)}`, { cause });
	});
	let { epoch } = opened;
	const sql = sqlOf((statement) => pool.query(statement));
	const stored = { ...createStored(sql), written: (since: number | null) => written(sql, since) };
	const listening = new Set<() => Promise<void>>();

	/** Again from the beginning where another writer, or a broken connection, undid it. */
	async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
		for (let tried = 1; ; tried++) {
			const outcome = await tryOnce(pool, work);
			if ('result' in outcome) return outcome.result;
			if (tried >= TRIES || !isWorthTrying(outcome.cause)) throw outcome.cause;
			await wait(Math.random() * 20 * 2 ** tried);
		}
	}

	return {
		...stored,
		get epoch() {
			return epoch;
		},
		isShared: true,
		formerEpoch: opened.former,
		async redrawEpoch(whyOf) {
			const redrawn = await transaction(async (tx) => {
				// Another relay may have drawn one since this one opened the store.
				const before = (await tx.meta('epoch')) ?? epoch;
				const why = await whyOf(tx, before);
				if (why === null) return { why, epoch: before };
				const drawn = drawEpoch();
				await tx.run(KEEP_FORMER, before);
				await tx.setMeta('epoch', drawn);
				return { why, epoch: drawn };
			});
			({ epoch } = redrawn);
			return redrawn.why;
		},
		transaction,
		async snapshot(work) {
			const client = await pool.connect();
			// Its end is told to whoever waits for an answer.
			const onError = () => undefined;
			client.on('error', onError);
			const once = sqlOf((statement) => client.query(statement));
			try {
				await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
				await client.query(`SET LOCAL idle_in_transaction_session_timeout = ${PATIENT_IDLE_MS}`);
				return await work({ ...createStored(once), written: (since) => written(once, since) });
			} finally {
				const isWhole = await isRolledBack(client);
				client.off('error', onError);
				client.release(!isWhole);
			}
		},
		isUnwritable: (cause) => cause instanceof Unavailable,
		isMalformed: (cause) => codeOf(cause).startsWith('22'),
		isAway: (cause) => cause instanceof Unavailable && !THERE.has(cause.code),
		// [A4] What PostgreSQL keeps of a deleted row goes by its own VACUUM (README).
		scrub: () => Promise.resolve(true),
		onNews(hear, { isSure = () => Promise.resolve(true), ...ears } = {}) {
			const on = { onCall: () => undefined, onBroken: () => undefined, ...ears };
			listening.add(listenForNews(settings, stored, { ...on, hear, isSure: () => isSure(stored) }));
		},
		call: async (text) => void (await stored.run('SELECT pg_notify(?, ?)', CALLS, text)),
		async bytes() {
			const size = 'SELECT pg_database_size(current_database()) AS bytes';
			return (await stored.first<{ bytes: number }>(size))?.bytes ?? 0;
		},
		async close() {
			for (const stop of listening) await stop();
			await pool.end();
		}
	};
}

/** The database cannot be reached, or cannot write, or undid a transaction: it is nobody's entry that is wrong. */
class Unavailable extends Error {
	/** SQLSTATE, where the server said one. */
	readonly code: string;
	constructor(cause: unknown) {
		super(`store: ${sentence(cause)}`, { cause });
		this.code = codeOf(cause);
	}
}

type Outcome<T> = { readonly result: T } | { readonly cause: unknown };

async function tryOnce<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<Outcome<T>> {
	let client: pg.PoolClient;
	try {
		client = await pool.connect();
	} catch (cause) {
		return { cause: new Unavailable(cause) };
	}
	// Its end is told to whoever waits for an answer.
	const onError = () => undefined;
	client.on('error', onError);
	const sql = sqlOf((statement) => client.query(statement));
	let committing: { readonly xid: string; readonly result: T } | null = null;
	try {
		const [, , begun] = await Promise.all([
			sql.run('BEGIN'),
			sql.run('SELECT pg_advisory_xact_lock(?)', WRITER),
			// Drawn once the lock is held: these numbers rise in the order of the commits.
			sql.first<{ xid: string }>('SELECT txid_current()::text AS xid')
		]);
		const { tx, settled } = txOver(sql, Number(begun?.xid));
		const result = await work(tx);
		await settled();
		committing = { xid: begun?.xid ?? '', result };
		const [, { command }] = await Promise.all([
			client.query('NOTIFY lxq_moved'),
			client.query('COMMIT')
		]);
		if (command !== 'COMMIT') throw new Error('the transaction was undone');
		client.off('error', onError);
		client.release();
		return { result };
	} catch (cause) {
		const isWhole = await isRolledBack(client);
		client.off('error', onError);
		client.release(!isWhole);
		if (isWhole || committing === null) return { cause };
		return settle(pool, committing, new Unavailable(cause));
	}
}

/** False where the connection is broken. */
function isRolledBack(client: pg.PoolClient): Promise<boolean> {
	return client.query('ROLLBACK').then(
		() => true,
		() => false
	);
}

/** [R1] The connection broke while COMMIT was under way: only the server knows whether it was one. */
async function settle<T>(
	pool: pg.Pool,
	{ xid, result }: { readonly xid: string; readonly result: T },
	cause: Unavailable
): Promise<Outcome<T>> {
	for (let tried = 1; tried <= TRIES; tried++) {
		await wait(100 * tried);
		try {
			const { rows } = await pool.query<{ status: string | null }>(
				'SELECT txid_status($1::bigint) AS status',
				[xid]
			);
			const status = rows[0]?.status;
			if (status === 'committed') return { result };
			if (status === 'aborted') return { cause };
		} catch {
			// Not reachable yet: asked again, and at last answered as not stored; a resubmission finds out (E2).
		}
	}
	return { cause: new Unsettled(cause) };
}

/** Whether it was stored is not known: it is not done anew here. */
class Unsettled extends Unavailable {}

function isWorthTrying(cause: unknown): boolean {
	if (!(cause instanceof Unavailable) || cause instanceof Unsettled) return false;
	// Undone by another (40), shut down (57P), held for too long (25P03), no connection (08, or none that answers).
	return /^(40|57P|25P03|08|$)/.test(cause.code);
}

function txOver(sql: Sql, ordinal: number): { readonly tx: Tx; settled(): Promise<void> } {
	const pending: Promise<unknown>[] = [];
	const write = (statement: string, ...values: SqlValue[]): void => {
		const sent = sql.run(statement, ...values);
		// Heard by `settled`.
		sent.catch(() => undefined);
		pending.push(sent);
	};
	const settled = async () => void (await Promise.all(pending.splice(0)));
	const tx: Tx = {
		...createStored(sql),
		ordinal,
		written: (since) => written(sql, since),
		write,
		async whole(work) {
			write('SAVEPOINT whole');
			try {
				const result = await work();
				write('RELEASE SAVEPOINT whole');
				await settled();
				return result;
			} catch (cause) {
				await Promise.allSettled(pending.splice(0));
				await sql.run('ROLLBACK TO SAVEPOINT whole');
				throw cause;
			}
		}
	};
	return { tx, settled };
}

/** [R2] Rows that every relay knows by heart, written by whichever relay since a mark. */
async function written(sql: Sql, since: number | null): Promise<Written> {
	const found = await sql.all<{ id: string; row: string; moved: number }>(
		`SELECT id, row, moved FROM record WHERE moved > ?
		AND family IN ('duty', 'organisation', 'settings', 'person') ORDER BY moved`,
		since ?? Number.MAX_SAFE_INTEGER
	);
	if (since !== null) return { rows: found, upTo: found.at(-1)?.moved ?? since };
	const newest = await sql.first<{ upTo: number | null }>(
		'SELECT max(moved) AS "upTo" FROM record'
	);
	return { rows: [], upTo: newest?.upTo ?? 0 };
}

type Statement = { name: string; text: string; values: SqlValue[] };

function sqlOf(query: (statement: Statement) => Promise<pg.QueryResult>): Sql {
	const ask = async (sql: string, values: SqlValue[]) => {
		try {
			return await query({ ...prepared(sql), values });
		} catch (cause) {
			// Wrong data (22) or a broken rule (23) is the asker's; all else is the database's.
			throw /^2[23]/.test(codeOf(cause)) ? cause : new Unavailable(cause);
		}
	};
	return {
		all: async <T>(sql: string, ...values: SqlValue[]) => {
			// The caller names the columns beside their type.
			return (await ask(sql, values)).rows as T[];
		},
		first: async <T>(sql: string, ...values: SqlValue[]) => {
			// As above.
			return ((await ask(sql, values)).rows[0] as T | undefined) ?? null;
		},
		run: async (sql, ...values) => (await ask(sql, values)).rowCount ?? 0
	};
}

const statements = new Map<string, { readonly name: string; readonly text: string }>();

/** `?` becomes `$1`, `$2`…; a name, so that the server plans each statement once a connection. */
function prepared(sql: string): { readonly name: string; readonly text: string } {
	let found = statements.get(sql);
	if (found === undefined) {
		let n = 0;
		const text = sql.replaceAll('?', () => `$${++n}`);
		const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
		found = { name, text };
		statements.set(sql, found);
	}
	return found;
}

/** Counts and moments are numbers: none of ours grows beyond what a number holds. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
	// 20 is int8; the rest is as PostgreSQL's client has it.
	oid === 20 ? Number : pg.types.getTypeParser(oid, format as 'text');

function codeOf(cause: unknown): string {
	const isSaid = cause instanceof pg.DatabaseError && cause.code !== undefined;
	return isSaid ? (cause.code ?? '') : '';
}

function sentence(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
