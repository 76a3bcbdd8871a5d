/**
 * [R6] What this relay last told anybody, kept beside the store and never copied with it. A store that lacks it
 * was restored, or lost its tail: it gets a new epoch, so that no device takes other elements for its own.
 */
import { closeSync, constants, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DIRECTORY } from '#domain/ledgers.ts';
import { openHead } from './chain.ts';
import type { Store } from './store.ts';
import type { Appended } from './write-elements.ts';

export const MARK_FILE = 'told.json';
/** Written in one piece over what was there: longer than any mark, and one sector. */
const BYTES = 512;

const Mark = z.strictObject({
	epoch: z.string(),
	/** The last element of a transaction that was told of; null when none was in this epoch. */
	last: z.strictObject({ ledger: z.string(), seq: z.int(), chain: z.string() }).nullable()
});
type Mark = z.infer<typeof Mark>;

/** Why a store got a new epoch: there is no mark beside it, it is of another epoch, it lacks what was told. */
export type Redrawn = 'no-mark' | 'other-epoch' | 'behind' | 'other-database';

export interface MarkKeeper {
	/** Why the epoch was drawn anew when this was opened; null when it was not. */
	readonly redrawn: { readonly why: Redrawn; readonly was: string } | null;
	/** Call it after COMMIT, before anybody hears of it. */
	keep(appended: Appended): void;
	close(): void;
}

/** The boot check of a data folder; call it once, before anything of its store is told. */
export async function openMark(dataDir: string, store: Store): Promise<MarkKeeper> {
	if (store.isShared) return toldByItself(store);
	const path = join(dataDir, MARK_FILE);
	const why = await whyRedraw(store, readMark(path));
	const was = store.epoch;
	if (why !== null) await store.redrawEpoch();
	const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	if (why !== null || readMark(path) === null) write({ epoch: store.epoch, last: null });
	// A mark that a power cut takes back is older than its store, which only says less: no fsync for each.
	fsyncSync(handle);

	function write(mark: Mark): void {
		const bytes = Buffer.alloc(BYTES, ' ');
		bytes.write(JSON.stringify(mark));
		writeSync(handle, bytes, 0, BYTES, 0);
	}

	return {
		redrawn: why === null ? null : { why, was },
		keep(appended) {
			const [told] = [...appended].slice(-1);
			const element = told?.[1].at(-1);
			const chain = element && openHead(element.head)?.chain;
			if (told === undefined || element === undefined || chain === undefined) return;
			write({ epoch: store.epoch, last: { ledger: told[0], seq: element.seq, chain } });
		},
		close() {
			fsyncSync(handle);
			closeSync(handle);
		}
	};
}

/** A database that several relays serve has no place beside it: see store-postgres.ts. */
function toldByItself({ formerEpoch: was }: Store): MarkKeeper {
	const redrawn = was === null ? null : ({ why: 'other-database', was } as const);
	return { redrawn, keep: () => undefined, close: () => undefined };
}

async function whyRedraw(store: Store, mark: Mark | null): Promise<Redrawn | null> {
	// Before its founding there is nothing in a store that anybody could hold.
	if (mark === null) return (await store.ledgerHead(DIRECTORY)) === null ? null : 'no-mark';
	if (mark.epoch !== store.epoch) return 'other-epoch';
	const { last } = mark;
	const isThere = last === null || (await store.chainAt(last.ledger, last.seq)) === last.chain;
	return isThere ? null : 'behind';
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
