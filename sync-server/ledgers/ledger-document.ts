/** A ledger's Yjs document, encoded straight from rows: one writer, one run of items, never held in memory (L1). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { StoredElement } from '../store/store.ts';

/** The one client id every ledger document is written by. */
export const WRITER = 1;
/** The root array of every ledger document. */
export const ROOT = 'elements';
/** [R7] Bytes an update may have, leaving room for a frame's own header in 256 kB. */
export const UPDATE_BYTES = 255_000;

/** Yjs: an item that was deleted, one whose content is JSON-like values, and the bit that says an origin follows. */
const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;
const HAS_ORIGIN = 0x80;
/** What one more struct, or one more range of the delete set, may take. */
const STRUCT_BYTES = 24;

/** An element's items as Yjs writes them, encoded once. */
interface Items {
	readonly head: Uint8Array;
	/** `gone`: the text was removed, or there never was one; a fact has no second item at all. */
	readonly text: Uint8Array | 'gone' | null;
	/** [A5] The seqs whose texts this element takes away. */
	readonly removes: readonly number[];
}

/** Consecutive items of one sort: Yjs keeps them as one struct. */
interface Run {
	readonly isDeleted: boolean;
	count: number;
	readonly parts: Uint8Array[];
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
 * `clock` is where the reader stands; it may stand between a head and its text. What the elements take
 * away is in the delete set, so that a reader that holds those texts already loses them.
 */
export function encodeUpdate(
	elements: readonly StoredElement[],
	clock: number,
	limit: number = UPDATE_BYTES
): { update: Uint8Array; clock: number; taken: number } {
	const runs: Run[] = [];
	const deleted = new Set<number>();
	let size = 2 * STRUCT_BYTES;
	let next = clock;
	let taken = 0;
	for (const element of elements) {
		const { head, text, removes } = encodeItems(element);
		const isHalfHeld = taken === 0 && text !== null && clock % 2 === 1;
		size += (isHalfHeld ? 0 : head.length) + STRUCT_BYTES * removes.length;
		size += text === 'gone' ? 3 * STRUCT_BYTES : (text?.length ?? 0);
		if (taken > 0 && size > limit) break;
		if (!isHalfHeld) next += add(runs, head);
		if (text === 'gone') deleted.add(next);
		if (text !== null) next += add(runs, text === 'gone' ? null : text);
		for (const seq of removes) deleted.add(textClock(seq));
		taken += 1;
	}
	return { update: write(runs, clock, deleted), clock: next, taken };
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

/** [A5] Does this element take texts of earlier ones away? */
export function takesTextsAway({ head, text }: StoredElement): boolean {
	return text === null && /,"kind":"(left|erased)",/.test(head);
}

/** Where the text of an element stands: after all items before it, and after its head. */
function textClock(seq: number): number {
	return (seq - 1) * 2 + 1;
}

/** Appends one item, deleted where it has no bytes; answers how far the clock moves. */
function add(runs: Run[], bytes: Uint8Array | null): 1 {
	let run = runs.at(-1);
	if (run?.isDeleted !== (bytes === null)) {
		run = { isDeleted: bytes === null, count: 0, parts: [] };
		runs.push(run);
	}
	run.count += 1;
	if (bytes !== null) run.parts.push(bytes);
	return 1;
}

function write(runs: readonly Run[], clock: number, deleted: ReadonlySet<number>): Uint8Array {
	if (runs.length === 0) return emptyUpdate();
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 1); // one client
	encoding.writeVarUint(encoder, runs.length);
	encoding.writeVarUint(encoder, WRITER);
	encoding.writeVarUint(encoder, clock);
	let at = clock;
	for (const run of runs) {
		writeRun(encoder, run, at);
		at += run.count;
	}
	writeDeleted(encoder, deleted);
	return encoding.toUint8Array(encoder);
}

function writeRun(encoder: encoding.Encoder, run: Run, clock: number): void {
	const content = run.isDeleted ? CONTENT_DELETED : CONTENT_ANY;
	if (clock === 0) {
		encoding.writeUint8(encoder, content);
		encoding.writeVarUint(encoder, 1); // the parent is a root, by name
		encoding.writeVarString(encoder, ROOT);
	} else {
		encoding.writeUint8(encoder, content | HAS_ORIGIN);
		encoding.writeVarUint(encoder, WRITER);
		encoding.writeVarUint(encoder, clock - 1);
	}
	encoding.writeVarUint(encoder, run.count);
	for (const bytes of run.parts) encoding.writeUint8Array(encoder, bytes);
}

/** Texts never stand side by side, so each is a range of its own. */
function writeDeleted(encoder: encoding.Encoder, deleted: ReadonlySet<number>): void {
	encoding.writeVarUint(encoder, deleted.size === 0 ? 0 : 1);
	if (deleted.size === 0) return;
	encoding.writeVarUint(encoder, WRITER);
	encoding.writeVarUint(encoder, deleted.size);
	for (const clock of [...deleted].sort((a, b) => a - b)) {
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarUint(encoder, 1);
	}
}

function encodeItems({ seq, head: json, text, sig }: StoredElement): Items {
	// A stored head is one that `sealHead` wrote.
	const said = JSON.parse(json) as { kind?: string; texts?: number[] };
	const isGone = said.kind === 'left' || said.kind === 'erased';
	const removes = isGone ? (said.texts ?? []) : [];
	const head = anyBytes(said);
	if (text !== null && sig !== null) return { head, text: anyBytes([seq, text, sig]), removes };
	return { head, text: said.kind === 'fact' ? null : 'gone', removes };
}

function anyBytes(value: encoding.AnyEncodable): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeAny(encoder, value);
	return encoding.toUint8Array(encoder);
}
