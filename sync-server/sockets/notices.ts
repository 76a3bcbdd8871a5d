/** Tells sockets that a ledger they may read has moved, where they have no channel open on it. */
import type { LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import { inTurnsOf } from '../turns.ts';
import type { Line } from './channels.ts';
import { control } from './frames.ts';

/** Groups within this many milliseconds make one notice. */
const GATHER_MS = 30;
/** Sockets told in one turn of the event loop. */
const TURN_SOCKETS = 100;

export interface Listener extends Line {
	/** Ledgers this socket has channels on. */
	readonly channels: ReadonlyMap<LedgerName, unknown>;
	readonly moved: Map<LedgerName, LedgerMark>;
}

export interface Notices {
	/** Listens under the prefixes that the person may read; replaces what was before. */
	listen(listener: Listener, prefixes: readonly string[]): void;
	leave(listener: Listener): void;
	moved(ledger: LedgerName, mark: LedgerMark): void;
	stop(): void;
}

export function createNotices(waitingBytes: number): Notices {
	const byPrefix = new Map<string, Set<Listener>>();
	const prefixesOf = new Map<Listener, readonly string[]>();
	const told = new Set<Listener>();
	let timer: NodeJS.Timeout | null = null;

	function leave(listener: Listener): void {
		for (const prefix of prefixesOf.get(listener) ?? []) {
			const set = byPrefix.get(prefix);
			set?.delete(listener);
			if (set?.size === 0) byPrefix.delete(prefix);
		}
		prefixesOf.delete(listener);
		told.delete(listener);
	}

	async function flush(): Promise<void> {
		// As they were: who is told of something more meanwhile is told again with the next.
		await inTurnsOf(TURN_SOCKETS, [...told], tell);
		timer = null;
		if (told.size > 0) soon();
	}

	function tell(listener: Listener): void {
		// One that holds too much is told when it has room again.
		if (!told.has(listener) || listener.ws.bufferedAmount > waitingBytes / 2) return;
		told.delete(listener);
		const moved = Object.fromEntries(listener.moved);
		listener.moved.clear();
		if (listener.ws.readyState === listener.ws.OPEN) listener.ws.send(control({ moved }));
	}

	function soon(): void {
		timer ??= setTimeout(() => void flush(), GATHER_MS);
	}

	return {
		listen(listener, prefixes) {
			leave(listener);
			prefixesOf.set(listener, prefixes);
			for (const prefix of prefixes) {
				const set = byPrefix.get(prefix) ?? new Set();
				byPrefix.set(prefix, set.add(listener));
			}
		},
		leave,
		moved(ledger, mark) {
			for (const prefix of prefixesAbove(ledger))
				for (const listener of byPrefix.get(prefix) ?? []) {
					if (listener.channels.has(ledger)) continue;
					listener.moved.set(ledger, mark);
					told.add(listener);
				}
			if (told.size > 0) soon();
		},
		stop() {
			if (timer !== null) clearTimeout(timer);
		}
	};
}

/** `desk/a/2026Q4` → itself, `desk/`, `desk/a/`. */
function prefixesAbove(ledger: LedgerName): readonly string[] {
	const parts = ledger.split('/');
	return [ledger, ...parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join('/')}/`)];
}
