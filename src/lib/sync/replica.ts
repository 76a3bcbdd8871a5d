/** One ledger's document on this device: loaded from y-indexeddb, read, and destroyed again (F2). */
import { z } from 'zod';
import { clearDocument, IndexeddbPersistence, storeState } from 'y-indexeddb';
import { WebsocketProvider } from 'y-websocket';
import { count, transact } from 'lib0/indexeddb';
import { Doc, getState, type Array as YArray } from 'yjs';
import type { LedgerName } from '#domain/ledgers.ts';
import { channelName, type Multiplexer } from './multiplexer.ts';
import { firstAfter, isOfKind, seqOf } from './read-elements.ts';

export interface ReplicaName {
	/** `lxq-<realm8>-<person>`. */
	readonly prefix: string;
	readonly ledger: LedgerName;
	readonly epoch: string;
}

export interface Replica {
	/** The document's items as they stand now; what was taken away is not among them. */
	items(): readonly unknown[];
	/** The last element held whole, counted with those whose texts are gone. */
	seq(): number;
	/** Follows the ledger over the socket; resolves when the relay has sent all it had. */
	follow(multiplexer: Multiplexer): Promise<void>;
	/** Follows no longer, until it is asked again. */
	rest(): void;
	/** Adds those elements that are not here yet, come another way: the same elements give the same document. */
	append(elements: readonly PagedElement[]): void;
	/** Answers what stops the listening. */
	onChange(listener: () => void): () => void;
	/** Merges what is stored into one piece; resolves when nothing that was taken away is stored any more. */
	compact(): Promise<void>;
	close(): Promise<void>;
}

/** An element as the relay tells it page by page. */
export interface PagedElement {
	readonly head: unknown;
	readonly text?: readonly [number, string, string] | undefined;
}

/** The relay writes ledger documents as this client; nobody else does. */
const RELAY_CLIENT = 1;

export async function openReplica(name: ReplicaName): Promise<Replica> {
	const doc = new Doc();
	const elements: YArray<unknown> = doc.getArray('elements');
	const stored = new IndexeddbPersistence(databaseName(name), doc);
	await stored.whenSynced;
	let provider: WebsocketProvider | null = null;
	const itemsEach = name.ledger.startsWith('facts/') ? 1 : 2;
	const clock = () => getState(doc.store, RELAY_CLIENT);

	return {
		items: () => elements.toArray(),
		seq: () => Math.floor(clock() / itemsEach),
		follow(multiplexer) {
			provider ??= provide(doc, name, multiplexer);
			// One that was denied stays away until it is asked again.
			provider.connect();
			return whenSynced(provider);
		},
		rest: () => provider?.disconnect(),
		append(page) {
			// Between the asking and the answer the socket may have brought the same elements.
			const held = Math.floor(clock() / itemsEach);
			const missing = page.filter(({ head }) => seqOf(head) > held);
			const [next] = missing;
			if (next === undefined) return;
			if (seqOf(next.head) !== held + 1) throw new Error(`replica: a gap after ${held}`);
			// Only while appending: a document must not share its id with the writer it listens to.
			const own = doc.clientID;
			doc.clientID = RELAY_CLIENT;
			doc.transact(() => appendTo(elements, missing, clock() % itemsEach));
			doc.clientID = own;
		},
		onChange(listener) {
			doc.on('update', listener);
			return () => doc.off('update', listener);
		},
		async compact() {
			await storeState(stored);
			if (stored.db === null) throw new Error('replica: compacted before it was opened');
			// A transaction of its own begins only after the one that removes the old pieces.
			const [updates] = transact(stored.db, ['updates'], 'readonly');
			if (updates) await count(updates);
		},
		async close() {
			provider?.destroy();
			provider?.awareness.destroy();
			await stored.destroy();
			doc.destroy();
		}
	};
}

/**
 * As the relay writes them: a head and its text, where that is gone a hole in its place; then the texts that
 * these elements take away. Of the first one `held` items are here already.
 */
function appendTo(array: YArray<unknown>, page: readonly PagedElement[], held: number): void {
	const items = page.flatMap(({ head, text }) =>
		isOfKind(head, 'fact') ? [head] : [head, text ?? null]
	);
	const from = array.length - held;
	// `push` looks for the end behind deleted items too; `insert` would put these before them.
	array.push(items.slice(held));
	const holes = items.flatMap((item, at) => (item === null ? [from + at] : []));
	for (const at of holes.reverse()) array.delete(at, 1);
	const gone = page.flatMap(({ head }) => textsTakenBy(head));
	if (gone.length === 0) return;
	const told = array.toArray();
	const places = gone
		.map((seq) => firstAfter(told, seq) - 1)
		.filter((at) => isTextOf(told[at], gone));
	for (const at of [...new Set(places)].sort((a, b) => b - a)) array.delete(at, 1);
}

/** [A4, A5] The seqs whose texts an element takes away. */
export function textsTakenBy(head: unknown): readonly number[] {
	return AnyGone.safeParse(head).data?.texts ?? [];
}

const AnyGone = z.object({ kind: z.enum(['left', 'erased']), texts: z.array(z.int()) });

function isTextOf(item: unknown, seqs: readonly number[]): boolean {
	return Array.isArray(item) && seqs.includes(seqOf(item));
}

/** Removes what is stored of a ledger (D2), or of another epoch. */
export async function dropReplica(name: ReplicaName): Promise<void> {
	await clearDocument(databaseName(name));
}

function databaseName({ prefix, ledger, epoch }: ReplicaName): string {
	return `${prefix}-${channelName(ledger, epoch)}`;
}

function provide(
	doc: Doc,
	{ ledger, epoch }: ReplicaName,
	multiplexer: Multiplexer
): WebsocketProvider {
	// The host is never asked for: the channel's name is all the multiplexer reads.
	const provider = new WebsocketProvider('ws://relay', channelName(ledger, epoch), doc, {
		connect: false,
		disableBc: true,
		WebSocketPolyfill: multiplexer.Channel
	});
	provider.awareness.setLocalState(null);
	return provider;
}

function whenSynced(provider: WebsocketProvider): Promise<void> {
	if (provider.synced) return Promise.resolve();
	return new Promise((resolve, reject) => {
		const settle = (finish: () => void) => {
			provider.off('sync', synced);
			provider.off('connection-close', lost);
			finish();
		};
		const synced = (isSynced: boolean) => {
			if (isSynced) settle(resolve);
		};
		const lost = () => settle(() => reject(new LinkLost()));
		provider.on('sync', synced);
		provider.on('connection-close', lost);
	});
}

/** The socket closed before the relay had sent everything; what arrived is kept. */
export class LinkLost extends Error {
	override readonly name = 'LinkLost';
}
