/** What many readers catch up by: pieces of ledgers, read and encoded once for all who stand at the same place. */
import type { LedgerName } from '#domain/ledgers.ts';
import { encodeUpdate, seqOfClock } from '../ledgers/ledger-document.ts';
import type { Store } from '../store/store.ts';
import { createGate } from '../turns.ts';
import { onChannel, syncMessage } from './frames.ts';

/** Bytes of updates kept for the readers that come after the first; framed, they are kept a second time. */
const KEPT_BYTES = 8 * 2 ** 20;
const KEPT = 256;
/** Asked over a line, the store answers one while the next is on its way. */
const SHARED_AT_ONCE = 4;
/** What another relay took away is kept no longer than that, and so is the memory. */
const KEPT_MS = 1_000;

/** One update for whoever stands at the clock it was asked for. */
export interface Piece {
	readonly update: Uint8Array;
	/** The update as it goes over a socket, framed once for all to whom it goes in the same way. */
	said(is: 'step2' | 'update', isStock: boolean): Uint8Array;
	/** Where the reader stands after it. */
	readonly clock: number;
	/** How many elements it holds. */
	readonly taken: number;
	/** All that was read went into it. */
	readonly isAll: boolean;
	/** Nothing followed it when it was read. */
	readonly isLast: boolean;
}

export interface PlaceInLedger {
	readonly ledger: LedgerName;
	/** `<ledger>@<epoch>`: what was read before the store went back is nothing for those who came after. */
	readonly name: string;
	readonly clock: number;
	/** Elements that are read at most. */
	readonly batch: number;
}

export interface Pieces {
	/** As many elements as a frame allows. */
	read(place: PlaceInLedger): Promise<Piece>;
	/** [A5] Texts of this ledger may be gone. */
	forget(ledger: LedgerName): void;
	/** Something follows what was its end: who stood there reads on, the same as all others who did. */
	moved(ledger: LedgerName): void;
}

interface Kept {
	readonly ledger: LedgerName;
	piece: Promise<Piece>;
	/** Null until it was read. */
	held: Piece | null;
}

export function createPieces(store: Store): Pieces {
	const kept = new Map<string, Kept>();
	let bytes = 0;
	let clearing: NodeJS.Timeout | undefined;
	const gate = createGate(store.isShared ? SHARED_AT_ONCE : 1);

	function readRows({ ledger, name, clock, batch }: PlaceInLedger): Promise<Piece> {
		return gate(async (turn) => {
			const elements = await store.elements(ledger, seqOfClock(ledger, clock), batch);
			await turn();
			const encoded = encodeUpdate(elements, clock);
			const isAll = encoded.taken === elements.length;
			const said = sayingOf(name, encoded.update);
			return { ...encoded, said, isAll, isLast: isAll && elements.length < batch };
		});
	}

	async function readFirst(place: PlaceInLedger): Promise<Piece> {
		const key = keyOf(place);
		const reading: Kept = { ledger: place.ledger, piece: readRows(place), held: null };
		kept.set(key, reading);
		clearing ??= setTimeout(clear, KEPT_MS).unref();
		try {
			const piece = await reading.piece;
			if (kept.get(key) === reading) keep(reading, piece);
			return piece;
		} catch (cause) {
			if (kept.get(key) === reading) kept.delete(key);
			throw cause;
		}
	}

	function keep(reading: Kept, piece: Piece): void {
		reading.held = piece;
		bytes += piece.update.length;
		for (const [oldest, each] of kept) {
			if (bytes <= KEPT_BYTES && kept.size <= KEPT) return;
			drop(oldest, each);
		}
	}

	function drop(key: string, { held }: Kept): void {
		kept.delete(key);
		bytes -= held?.update.length ?? 0;
	}

	function clear(): void {
		clearing = undefined;
		kept.clear();
		bytes = 0;
	}

	/** It goes on: a piece that holds something leads all who stand before it to the same place. */
	function goOn(key: string, each: Kept): void {
		const { held } = each;
		if (held === null || held.taken === 0) return drop(key, each);
		if (!held.isLast) return;
		each.held = { ...held, isLast: false };
		each.piece = Promise.resolve(each.held);
	}

	return {
		read({ ledger, name, clock, batch }) {
			// As it is now: who asks may move on meanwhile.
			const place = { ledger, name, clock, batch };
			return kept.get(keyOf(place))?.piece ?? readFirst(place);
		},
		forget(ledger) {
			for (const [key, each] of kept) if (each.ledger === ledger) drop(key, each);
		},
		moved(ledger) {
			for (const [key, each] of kept) if (each.ledger === ledger) goOn(key, each);
		}
	};
}

/** Not how much was asked for: whoever comes to the same place takes what another took. */
function keyOf({ name, clock }: PlaceInLedger): string {
	return `${clock} ${name}`;
}

function sayingOf(name: string, update: Uint8Array): Piece['said'] {
	const framed = new Map<string, Uint8Array>();
	return (is, isStock) => {
		const key = `${is} ${isStock}`;
		const found = framed.get(key);
		if (found) return found;
		const message = syncMessage(is, update);
		const frame = isStock ? message : onChannel(name, message);
		framed.set(key, frame);
		return frame;
	};
}
