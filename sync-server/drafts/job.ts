/**
 * What is done to a shared draft's document: a stranger's bytes are tried on it, a reader is told what it lacks.
 * Pure, so that it can run in a thread that is thrown away when it takes too long.
 */
import * as Y from 'yjs';

/** [R4] Who wrote as which Yjs client first; nobody else may go on in that name. */
export type Writers = ReadonlyMap<number, string>;

export type Asked =
	| { readonly is: 'write'; readonly device: string; readonly update: Uint8Array }
	| { readonly is: 'ask'; readonly vector: Uint8Array };

export interface Job {
	/** The document so far, piece by piece. */
	readonly stored: readonly Uint8Array[];
	readonly writers: Writers;
	readonly asked: readonly Asked[];
	/** Bytes the whole document may have. */
	readonly most: number;
}

/** Why a draft did not take what was written; the wire carries the code. */
export type DraftRefusal =
	'malformed' | 'too-large' | 'too-heavy' | 'other-writer' | 'frozen' | 'erased';

export type Answer =
	/** `update` is what changed, as Yjs writes it; null where nothing did. */
	| { readonly is: 'taken'; readonly update: Uint8Array | null }
	| { readonly is: 'refused'; readonly why: DraftRefusal }
	/** Some of it builds on what is not here, and is left out: the writer is asked for all beyond `vector`. */
	| { readonly is: 'incomplete'; readonly update: Uint8Array | null; readonly vector: Uint8Array }
	| { readonly is: 'missing'; readonly update: Uint8Array; readonly vector: Uint8Array };

export interface Outcome {
	/** In the order asked. */
	readonly answers: readonly Answer[];
	readonly writers: Writers;
	/** All of it as one piece, where the pieces have become many, large, or slow to read. */
	readonly whole: Uint8Array | null;
	/** Milliseconds of work on each that was asked, with its part of what was done for all of them. */
	readonly spent: readonly number[];
}

/** Sessions that may write in one draft; each adds a few bytes to every state vector. */
const MOST_WRITERS = 2_000;
/** Of one device: a session each time that its page is opened. */
const MOST_OF_ONE = 150;
/** Pieces, times of the bytes that the whole may have, and milliseconds of work above which a draft is merged. */
const MERGE_PIECES = 64;
const MERGE_WHOLES = 2;
const MERGE_MS = 200;

/** `cpuMs` counts the milliseconds that this thread has worked. */
export function work({ stored, writers, asked, most }: Job, cpuMs: () => number): Outcome {
	const begun = cpuMs();
	const taken: Uint8Array[] = [];
	let known = writers;
	let doc = open(stored);
	let size = stored.reduce((sum, { length }) => sum + length, 0);

	function take({ device, update }: Extract<Asked, { is: 'write' }>): Answer {
		const tried = tryOn(doc, update);
		if (tried === null) return refuse('malformed');
		const { wrote, changed } = tried;
		const isPending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
		// Nothing waits here for what may never come; what could be taken of it is.
		Object.assign(doc.store, { pendingStructs: null, pendingDs: null });
		const taking = (update: Uint8Array | null): Answer =>
			isPending
				? { is: 'incomplete', update, vector: Y.encodeStateVector(doc) }
				: { is: 'taken', update };
		if (changed === null) return taking(null);
		if (wrote.some((client) => (known.get(client) ?? device) !== device))
			return refuse('other-writer');
		const next = new Map([...known, ...wrote.map((client) => [client, device] as const)]);
		const nextSize = size + changed.length;
		// The pieces hold what was deleted since, and what was cut up is larger than they: the whole tells its size.
		const isUnsure = nextSize > most || isSlow();
		const isTooLarge = isUnsure && Y.encodeStateAsUpdate(doc).length > most;
		if (isTooLarge || isCrowded(next, device)) return refuse('too-large');
		known = next;
		size = nextSize;
		taken.push(changed);
		return taking(changed);
	}

	function refuse(why: DraftRefusal): Answer {
		startAnew();
		return { is: 'refused', why };
	}

	/** A refused update may have changed the document half way. */
	function startAnew(): void {
		doc.destroy();
		doc = open([...stored, ...taken]);
	}

	function tell({ vector }: Extract<Asked, { is: 'ask' }>): Answer {
		try {
			const update = Y.encodeStateAsUpdate(doc, vector);
			return { is: 'missing', update, vector: Y.encodeStateVector(doc) };
		} catch {
			// A stranger's bytes are no state vector.
			return { is: 'refused', why: 'malformed' };
		}
	}

	function isToMerge(): boolean {
		if (taken.length === 0) return false;
		const isMany = stored.length + taken.length > MERGE_PIECES;
		return isMany || size > MERGE_WHOLES * most || isSlow();
	}

	function isSlow(): boolean {
		return cpuMs() - begun > MERGE_MS;
	}

	const own: number[] = [];
	const answers = asked.map((one) => {
		const before = cpuMs();
		const answer = one.is === 'write' ? take(one) : tell(one);
		own.push(cpuMs() - before);
		return answer;
	});
	const whole = isToMerge() ? Y.encodeStateAsUpdate(doc) : null;
	doc.destroy();
	const shared = cpuMs() - begun - own.reduce((sum, ms) => sum + ms, 0);
	const spent = own.map((ms) => ms + shared / own.length);
	return { answers, writers: known, whole, spent };
}

function open(pieces: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const piece of pieces) Y.applyUpdate(doc, piece);
	return doc;
}

/** A client id is kept for ever: one device alone must leave room for the others. */
function isCrowded(writers: Writers, device: string): boolean {
	const own = [...writers.values()].filter((writer) => writer === device);
	return own.length > MOST_OF_ONE || writers.size > MOST_WRITERS;
}

/** Which clients wrote, and what changed; null for bytes that are no update. */
function tryOn(
	doc: Y.Doc,
	update: Uint8Array
): { readonly wrote: readonly number[]; readonly changed: Uint8Array | null } | null {
	const before = vectorOf(doc);
	const changes: Uint8Array[] = [];
	const hear = (change: Uint8Array) => changes.push(change);
	doc.on('update', hear);
	try {
		// Yjs makes room for as many structs as are promised: more than a heap holds ends the whole process.
		Y.parseUpdateMeta(update);
		Y.applyUpdate(doc, update);
	} catch {
		// Yjs and lib0 throw on bytes that they cannot read.
		return null;
	} finally {
		doc.off('update', hear);
	}
	const wrote = [...vectorOf(doc)]
		.filter(([client, clock]) => clock > (before.get(client) ?? 0))
		.map(([client]) => client);
	return { wrote, changed: changes.length > 0 ? Y.mergeUpdates(changes) : null };
}

function vectorOf(doc: Y.Doc): Map<number, number> {
	return Y.decodeStateVector(Y.encodeStateVector(doc));
}
