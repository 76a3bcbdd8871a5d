/** What other relays on the same database did: a wake-up that may be lost, and a look that repairs it (R2). */
import pg from 'pg';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import type { News, Sql } from './store.ts';

/** It is looked for news at least this often, whether anybody woke us or not. */
const LOOK_MS = 1_000;
/** A line for wake-ups that broke is opened again. */
const AGAIN_MS = 1_000;
/** Devices taken out of use last: who is new among them was so elsewhere. */
const REVOKED = 50;

interface Moved extends LedgerMark {
	readonly name: LedgerName;
	readonly moved: number;
}

interface Written {
	readonly record: RecordId;
	readonly last: number;
	readonly moved: number;
}

/** Tells of what was committed since it was called, in order; answers what ends it. */
export function listenForNews(
	settings: pg.ClientConfig,
	sql: Sql,
	hear: (news: News) => Promise<void>
): () => Promise<void> {
	let upTo: number | null = null;
	let draftsUpTo = 0;
	let revoked: ReadonlySet<string> | null = null;
	let isOver = false;
	let isWoken = false;
	let looking: Promise<void> | null = null;
	let line: pg.Client | null = null;
	let again: NodeJS.Timeout | undefined;

	async function look(): Promise<void> {
		const ledgers = await sql.all<Moved>(
			'SELECT name, seq, chain, moved FROM ledger WHERE moved > ? ORDER BY moved',
			upTo ?? 0
		);
		const drafts = await sql.all<Written>(
			`SELECT record, moved, coalesce((SELECT max(n) FROM shared_piece p
			WHERE p.record = d.record), 0) AS last FROM shared_draft d WHERE moved > ? ORDER BY moved`,
			draftsUpTo
		);
		const listed = await sql.all<{ id: string }>(
			`SELECT id FROM device WHERE revoked_at IS NOT NULL
			ORDER BY revoked_at DESC, id LIMIT ${REVOKED}`
		);
		const isFirst = upTo === null;
		const now = new Set(listed.map(({ id }) => id));
		const devices = [...now].filter((id) => revoked?.has(id) === false);
		if (!isFirst && ledgers.length + drafts.length + devices.length > 0) {
			const marks = ledgers.map(({ name, seq, chain }) => [name, { seq, chain }] as const);
			const pieces = drafts.map(({ record, last }) => [record, last] as const);
			await hear({ ledgers: new Map(marks), drafts: new Map(pieces), devices });
		}
		// Only now: what was not heard to its end is told again.
		upTo = ledgers.at(-1)?.moved ?? upTo ?? 0;
		draftsUpTo = drafts.at(-1)?.moved ?? draftsUpTo;
		revoked = now;
	}

	/** One look at a time; who wakes us during one is answered by the next. */
	function wake(): void {
		isWoken = true;
		looking ??= (async () => {
			while (isWoken && !isOver) {
				isWoken = false;
				// What cannot be read now is read by the next look.
				await look().catch(() => undefined);
			}
			looking = null;
		})();
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
		own.on('notification', wake);
		own
			.connect()
			.then(() => own.query('LISTEN lxq_moved'))
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
