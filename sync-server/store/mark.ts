/**
 * [R6] What this relay last told anybody, kept beside the store and never copied with it. A store that lacks it
 * was restored, or lost its tail: it gets a new epoch, so that no device takes other elements for its own. Where
 * several relays serve one database each keeps such a mark, and looks at it also while it runs.
 */
import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DIRECTORY, type LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import { openHead } from '../ledgers/chain.ts';
import type { Appended } from '../ledgers/write-elements.ts';
import { noteRedrawn } from './redrawn.ts';
import { FORMER_EPOCHS, type News, type Reads, type Store } from './store.ts';

export const MARK_FILE = 'told.json';
/** Written in one piece over what was there: longer than any mark, and one sector. */
const BYTES = 512;

const Mark = z.strictObject({
	epoch: z.string(),
	/** The last element of a transaction that was told of; null when none was in this epoch. */
	last: z.strictObject({ ledger: z.string(), seq: z.int(), chain: z.string() }).nullable()
});
type Mark = z.infer<typeof Mark>;

/**
 * Why a store got a new epoch: there is no mark beside it, it is of another epoch, it lacks what was told, it lies
 * in another database.
 */
export type Redrawn = 'no-mark' | 'other-epoch' | 'behind' | 'other-database';

export interface MarkKeeper {
	/** Why the epoch was drawn anew when this was opened; null when it was not. */
	readonly redrawn: { readonly why: Redrawn; readonly was: string } | null;
	/** Call it after COMMIT, before anybody hears of it; `ordinal` as `Tx` has it. */
	keep(appended: Appended, ordinal: number): void;
	/** Call it before anybody hears from here what another relay stored. */
	keepNews(news: News): void;
	/** Does a store that others serve too still hold what was told from here, in the same epoch? */
	isSure(stored: Reads): Promise<boolean>;
	close(): void;
}

/** The boot check of a data folder; call it once, before anything of its store is told. */
export async function openMark(dataDir: string, store: Store, now: number): Promise<MarkKeeper> {
	const path = join(dataDir, MARK_FILE);
	const found = readMark(path);
	const was = store.epoch;
	const lacks = await store.redrawEpoch(async (tx, epoch) => {
		const why = await (store.isShared ? whyRedrawShared : whyRedraw)(tx, epoch, found);
		// It draws one by itself where it lies in another database.
		if (why !== null || store.formerEpoch !== null) await noteRedrawn(tx, now);
		return why;
	});
	const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	let told = found?.epoch === store.epoch ? found : { epoch: store.epoch, last: null };
	let toldAt = -Infinity;
	if (told !== found) write(told);
	// A mark that a power cut takes back is older than its store, which only says less: no fsync for each.
	fsyncSync(handle);

	function write(mark: Mark): void {
		const bytes = Buffer.alloc(BYTES, ' ');
		bytes.write(JSON.stringify(mark));
		writeSync(handle, bytes, 0, BYTES, 0);
	}

	/** What was stored last stands for all before it. */
	function keepLast(ledger: LedgerName, { seq, chain }: LedgerMark, ordinal: number): void {
		if (ordinal < toldAt) return;
		toldAt = ordinal;
		told = { epoch: store.epoch, last: { ledger, seq, chain } };
		write(told);
	}

	return {
		redrawn: redrawnOf(store, lacks, was),
		keep(appended, ordinal) {
			const [last] = [...appended].slice(-1);
			const element = last?.[1].at(-1);
			const chain = element && openHead(element.head)?.chain;
			if (last === undefined || element === undefined || chain === undefined) return;
			keepLast(last[0], { seq: element.seq, chain }, ordinal);
		},
		keepNews({ ledgers, upTo }) {
			const [last] = [...ledgers].slice(-1);
			if (last !== undefined) keepLast(...last, upTo);
		},
		async isSure(stored) {
			if (!store.isShared) return true;
			const { epoch, last } = told;
			const [now, isThere] = await Promise.all([stored.meta('epoch'), holds(stored, last)]);
			return now === epoch && isThere;
		},
		close() {
			fsyncSync(handle);
			closeSync(handle);
		}
	};
}

/** Was something cut off that was told in the epoch which the store is still in? */
export async function lacksTold(dataDir: string, store: Store): Promise<boolean> {
	const told = readMark(join(dataDir, MARK_FILE));
	return told !== null && told.epoch === store.epoch && !(await holds(store, told.last));
}

function redrawnOf(
	{ formerEpoch }: Store,
	lacks: Redrawn | null,
	was: string
): MarkKeeper['redrawn'] {
	if (lacks !== null) return { why: lacks, was };
	return formerEpoch === null ? null : { why: 'other-database', was: formerEpoch };
}

async function whyRedraw(stored: Reads, epoch: string, mark: Mark | null): Promise<Redrawn | null> {
	// Before its founding there is nothing in a store that anybody could hold.
	if (mark === null) return (await stored.ledgerHead(DIRECTORY)) === null ? null : 'no-mark';
	if (mark.epoch !== epoch) return 'other-epoch';
	return (await holds(stored, mark.last)) ? null : 'behind';
}

/** A relay may be new to a database, and what it told may be of an epoch that another relay has ended since. */
async function whyRedrawShared(
	stored: Reads,
	epoch: string,
	mark: Mark | null
): Promise<Redrawn | null> {
	if (mark === null) return null;
	const former = (await stored.meta(FORMER_EPOCHS))?.split(',') ?? [];
	return former.includes(mark.epoch) ? null : whyRedraw(stored, epoch, mark);
}

async function holds(stored: Reads, last: Mark['last']): Promise<boolean> {
	return last === null || (await stored.chainAt(last.ledger, last.seq)) === last.chain;
}

/** Null where there is none, or none that can be read. */
function readMark(path: string): Mark | null {
	try {
		return Mark.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
	} catch (cause) {
		if (cause instanceof SyntaxError) return null;
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
		throw cause;
	}
}
