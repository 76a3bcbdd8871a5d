/** A ledger's Yjs document, encoded straight from rows: one writer, one run of items, never held in memory (L1). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { StoredElement } from './store-sqlite.ts';

/** The one client id every ledger document is written by. */
export const WRITER = 1;
/** The root array of every ledger document. */
export const ROOT = 'elements';
/** [R7] Bytes an update may have, leaving room for a frame's own header in 256 kB. */
export const UPDATE_BYTES = 255_000;

/** Yjs: an item whose content is a list of JSON-like values, and the bit that says an origin follows. */
const CONTENT_ANY = 8;
const HAS_ORIGIN = 0x80;

/** An element's items as Yjs writes them, encoded once. */
interface Items {
	readonly count: number;
	readonly bytes: Uint8Array;
	/** The bytes of the text item alone, for a reader that holds the head already. */
	readonly textOnly: Uint8Array | null;
}

/** Items per element: a head, then the text unless the ledger holds facts. */
export function itemsPerElement(ledger: string): 1 | 2 {
	return ledger.startsWith('facts/') ? 1 : 2;
}

/** The clock of writer 1 after `seq` elements: what a state vector says. */
export function clockOf(ledger: string, seq: number): number {
	return seq * itemsPerElement(ledger);
}

/** The last element a reader holds whole, from the clock its state vector gives for writer 1. */
export function seqOfClock(ledger: string, clock: number): number {
	return Math.floor(clock / itemsPerElement(ledger));
}

/**
 * One update with as many of the elements, in order of seq, as fit into `limit` bytes (at least one).
 * `clock` is where the reader stands; it may stand between a head and its text.
 */
export function encodeUpdate(
	elements: readonly StoredElement[],
	clock: number,
	limit: number = UPDATE_BYTES
): { update: Uint8Array; clock: number; taken: number } {
	const parts: Uint8Array[] = [];
	let size = 32;
	let count = 0;
	let taken = 0;
	for (const element of elements) {
		const items = encodeItems(element);
		const isHalfHeld = taken === 0 && items.count === 2 && clock % 2 === 1;
		const bytes = isHalfHeld && items.textOnly ? items.textOnly : items.bytes;
		if (taken > 0 && size + bytes.length > limit) break;
		parts.push(bytes);
		size += bytes.length;
		count += isHalfHeld ? 1 : items.count;
		taken += 1;
	}
	return { update: wrap(parts, count, clock), clock: clock + count, taken };
}

/** The update that says nothing, for a reader that has everything. */
export function emptyUpdate(): Uint8Array {
	return Uint8Array.of(0, 0);
}

/** The clock a state vector names for writer 1; null when the bytes are no state vector. */
export function readStateVector(bytes: Uint8Array): number | null {
	try {
		const decoder = decoding.createDecoder(bytes);
		const clients = decoding.readVarUint(decoder);
		for (let i = 0; i < clients; i++) {
			const client = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			if (client === WRITER) return clock;
		}
		return 0;
	} catch {
		// lib0 throws where the bytes end too early.
		return null;
	}
}

function wrap(parts: readonly Uint8Array[], count: number, clock: number): Uint8Array {
	if (count === 0) return emptyUpdate();
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 1); // one client
	encoding.writeVarUint(encoder, 1); // with one item
	encoding.writeVarUint(encoder, WRITER);
	encoding.writeVarUint(encoder, clock);
	if (clock === 0) {
		encoding.writeUint8(encoder, CONTENT_ANY);
		encoding.writeVarUint(encoder, 1); // the parent is a root, by name
		encoding.writeVarString(encoder, ROOT);
	} else {
		encoding.writeUint8(encoder, CONTENT_ANY | HAS_ORIGIN);
		encoding.writeVarUint(encoder, WRITER);
		encoding.writeVarUint(encoder, clock - 1);
	}
	encoding.writeVarUint(encoder, count);
	for (const bytes of parts) encoding.writeUint8Array(encoder, bytes);
	encoding.writeVarUint(encoder, 0); // nothing deleted
	return encoding.toUint8Array(encoder);
}

function encodeItems({ seq, head, text, sig }: StoredElement): Items {
	const encoder = encoding.createEncoder();
	encoding.writeAny(encoder, JSON.parse(head));
	if (text === null || sig === null)
		return { count: 1, bytes: encoding.toUint8Array(encoder), textOnly: null };
	const headBytes = encoding.length(encoder);
	encoding.writeAny(encoder, [seq, text, sig]);
	const bytes = encoding.toUint8Array(encoder);
	return { count: 2, bytes, textOnly: bytes.subarray(headBytes) };
}
