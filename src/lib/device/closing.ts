/**
 * A browser may close a database under the app: another page of a newer version wants it, the disk is in
 * trouble, its data were cleared. It is opened again, as often as it takes, and what was asked is asked anew.
 */
import { Dexie, RangeSet } from 'dexie';

export interface Closing {
	/** They are open again; what was in them may be gone. */
	readonly onReopened: () => void;
	/** They could not be opened at once: nothing can be stored for now. */
	readonly onShut: () => void;
}

const FIRST_MS = 50;
const LONGEST_MS = 3_000;
/** Tries before somebody is told. */
const QUIET_TRIES = 3;

/** Answers what ends the watch: before the databases are closed on purpose. */
export function watchClosing(databases: readonly Dexie[], closing: Closing): () => void {
	let trying: ReturnType<typeof setTimeout> | undefined;
	let isOver = false;

	const closed = () => tryAfter(FIRST_MS, 1);

	function tryAfter(ms: number, nth: number): void {
		clearTimeout(trying);
		trying = setTimeout(() => void reopen(ms, nth), ms);
	}

	/** Dexie opens by itself once; where that fails, it stays shut until it is told to open. */
	async function reopen(ms: number, nth: number): Promise<void> {
		try {
			for (const db of databases) if (!db.isOpen()) await db.open();
		} catch (cause) {
			if (isOver) return;
			console.error('device: a database does not open', cause);
			if (nth >= QUIET_TRIES) closing.onShut();
			tryAfter(Math.min(LONGEST_MS, ms * 2), nth + 1);
			return;
		}
		if (isOver) return;
		// A live query that a closed database left unanswered waits for a change: all may have changed.
		Dexie.on('storagemutated').fire({ all: new RangeSet(-Infinity, [[]]) });
		closing.onReopened();
	}

	for (const db of databases) db.on('close', closed);
	return () => {
		isOver = true;
		clearTimeout(trying);
		for (const db of databases) db.on('close').unsubscribe(closed);
	};
}
