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
	/** Merge all of it into one piece. */
	readonly compact: boolean;
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
	readonly whole: Uint8Array | null;
}

/** Sessions that may write in one draft; each adds a few bytes to every state vector. */
const MOST_WRITERS = 2_000;

export function work({ stored, writers, asked, most, compact }: Job): Outcome {
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
		// The pieces hold what was deleted since; only the whole tells its size.
		const isTooLarge = nextSize > most && Y.encodeStateAsUpdate(doc).length > most;
		if (isTooLarge || next.size > MOST_WRITERS) return refuse('too-large');
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

	const answers = asked.map((one) => (one.is === 'write' ? take(one) : tell(one)));
	const whole = compact ? Y.encodeStateAsUpdate(doc) : null;
	doc.destroy();
	return { answers, writers: known, whole };
}

function open(pieces: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const piece of pieces) Y.applyUpdate(doc, piece);
	return doc;
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
