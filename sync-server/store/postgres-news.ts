/** What other relays on the same database did: a wake-up that may be lost, and a look that repairs it (R2). */
import pg from 'pg';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import type { Ears, News, Sql } from './store.ts';

/** The channel on which relays call to each other. */
export const CALLS = 'lxq_calls';
/** It is looked for news at least this often, whether anybody woke us or not. */
const LOOK_MS = 1_000;
/** A line for wake-ups that broke is opened again. */
const AGAIN_MS = 1_000;

interface Moved extends LedgerMark {
	readonly name: LedgerName;
	readonly moved: number;
}

interface Written {
	readonly record: RecordId;
	readonly last: number;
	readonly moved: number;
}

interface Hearing extends Pick<Ears, 'onCall' | 'onBroken'> {
	hear(news: News): Promise<void>;
	/** Nothing is heard of a store that is not sure to be the same. */
	isSure(): Promise<boolean>;
}

/**
 * Tells of what was committed, in order, and first of all that there is: some of it may have come after this relay
 * read it. Answers what ends it.
 */
export function listenForNews(
	settings: pg.ClientConfig,
	sql: Sql,
	{ hear, isSure, onCall, onBroken }: Hearing
): () => Promise<void> {
	let upTo = 0;
	let draftsUpTo = 0;
	let revoked: ReadonlySet<string> = new Set();
	let isFailing = false;
	let isOver = false;
	let isWoken = false;
	let looking: Promise<void> | null = null;
	let line: pg.Client | null = null;
	let again: NodeJS.Timeout | undefined;

	async function look(): Promise<void> {
		if (!(await isSure())) return;
		const ledgers = await sql.all<Moved>(
			'SELECT name, seq, chain, moved FROM ledger WHERE moved > ? ORDER BY moved',
			upTo
		);
		const drafts = await sql.all<Written>(
			`SELECT record, moved, coalesce((SELECT max(n) FROM shared_piece p
			WHERE p.record = d.record), 0) AS last FROM shared_draft d WHERE moved > ? ORDER BY moved`,
			draftsUpTo
		);
		const now = await takenOut();
		const devices = [...now].filter((id) => !revoked.has(id));
		const reached = ledgers.at(-1)?.moved ?? upTo;
		if (ledgers.length + drafts.length + devices.length > 0) {
			const marks = ledgers.map(({ name, seq, chain }) => [name, { seq, chain }] as const);
			const pieces = drafts.map(({ record, last }) => [record, last] as const);
			await hear({ ledgers: new Map(marks), drafts: new Map(pieces), devices, upTo: reached });
		}
		// Only now: what was not heard to its end is told again.
		upTo = reached;
		draftsUpTo = drafts.at(-1)?.moved ?? draftsUpTo;
		revoked = now;
	}

	/** Devices taken out of use, however many at once: they never come back, so as many are the same. */
	async function takenOut(): Promise<ReadonlySet<string>> {
		const counted = await sql.first<{ n: number }>(
			'SELECT count(*) AS n FROM device WHERE revoked_at IS NOT NULL'
		);
		if (counted?.n === revoked.size) return revoked;
		const listed = await sql.all<{ id: string }>(
			'SELECT id FROM device WHERE revoked_at IS NOT NULL'
		);
		return new Set(listed.map(({ id }) => id));
	}

	/** One look at a time; who wakes us during one is answered by the next. */
	function wake(): void {
		isWoken = true;
		looking ??= (async () => {
			while (isWoken && !isOver) {
				isWoken = false;
				await look().then(() => (isFailing = false), failed);
			}
			looking = null;
		})();
	}

	/** What cannot be taken in now is by a later look; of several that fail the first is told. */
	function failed(cause: unknown): void {
		if (!isFailing && !isOver) onBroken(cause);
		isFailing = true;
	}

	function open(): void {
		if (isOver) return;
		const own = new pg.Client(settings);
		line = own;
		let isBroken = false;
		const broke = () => {
			if (isBroken) return;
			isBroken = true;
			own.end().catch(() => undefined);
			again = setTimeout(open, AGAIN_MS);
		};
		own.on('error', broke);
		own.on('end', broke);
		own.on('notification', ({ channel, payload = '' }) =>
			channel === CALLS ? onCall(payload) : wake()
		);
		own
			.connect()
			.then(() => own.query(`LISTEN lxq_moved; LISTEN ${CALLS}`))
			.then(wake, broke);
	}

	wake();
	open();
	const timer = setInterval(wake, LOOK_MS);
	return async () => {
		isOver = true;
		clearInterval(timer);
		clearTimeout(again);
		line?.removeAllListeners('end');
		await line?.end().catch(() => undefined);
		await looking;
	};
}
