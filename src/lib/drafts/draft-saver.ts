/** Saves one form's draft at most a second after a change, one write at a time, the last value last (O1). */
import type { DraftStore } from './draft-store.ts';

/** Milliseconds of quiet before a save; while typing goes on it still happens, done within a second on a slow phone. */
const QUIET_MS = 300;
const LONGEST_MS = 700;
/** A save that failed is tried again after this. */
const AGAIN_MS = 2_000;

export interface DraftIdentity {
	readonly key: string;
	readonly schemaVersion: number;
	readonly baseRev?: number | undefined;
	/** What the form began with. */
	readonly base?: unknown;
}

export interface DraftSaver {
	/** A plain value that differs from what was saved last. */
	touch(value: unknown): void;
	/** Writes what waits; false where it could not be written, and waits on. */
	flush(): Promise<boolean>;
	/** Stops saving: what is not written yet never will be. */
	stop(): void;
}

export function draftSaver(
	store: DraftStore,
	identity: () => DraftIdentity,
	onSaved: (savedAt: number) => void,
	onFailed: (error: Error) => void
): DraftSaver {
	let waiting: { readonly value: unknown } | null = null;
	let since = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let writing = Promise.resolve(true);
	let isStopped = false;

	function touch(value: unknown): void {
		if (isStopped) return;
		if (waiting === null) since = Date.now();
		waiting = { value };
		clearTimeout(timer);
		const left = LONGEST_MS - (Date.now() - since);
		timer = setTimeout(() => void flush(), Math.max(0, Math.min(QUIET_MS, left)));
	}

	function flush(): Promise<boolean> {
		clearTimeout(timer);
		writing = writing.then(writeWaiting);
		return writing;
	}

	async function writeWaiting(): Promise<boolean> {
		const next = waiting;
		if (next === null || isStopped) return true;
		waiting = null;
		try {
			onSaved(await store.write({ ...identity(), value: next.value }));
			return true;
		} catch (cause) {
			if (!(cause instanceof Error)) throw cause;
			// Kept and tried again; the form shows that it is not saved.
			waiting ??= next;
			onFailed(cause);
			clearTimeout(timer);
			if (!isStopped) timer = setTimeout(() => void flush(), AGAIN_MS);
			return false;
		}
	}

	return {
		touch,
		flush,
		stop() {
			isStopped = true;
			clearTimeout(timer);
		}
	};
}
