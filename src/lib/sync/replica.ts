/** One ledger's document on this device: loaded from y-indexeddb, read, and destroyed again (F2). */
import { clearDocument, IndexeddbPersistence, storeState } from 'y-indexeddb';
import { WebsocketProvider } from 'y-websocket';
import { Doc, type Array as YArray } from 'yjs';
import type { LedgerName } from '#domain/ledgers.ts';
import { channelName, type Multiplexer } from './multiplexer.ts';

export interface ReplicaName {
	/** `lxq-<realm8>-<person>`. */
	readonly prefix: string;
	readonly ledger: LedgerName;
	readonly epoch: string;
}

export interface Replica {
	/** The document's items as they stand now. */
	items(): readonly unknown[];
	/** Follows the ledger over the socket; resolves when the relay has sent all it had. */
	follow(multiplexer: Multiplexer): Promise<void>;
	/** Adds what came another way: the same elements give the same document. */
	append(items: readonly unknown[]): void;
	/** Answers what stops the listening. */
	onChange(listener: () => void): () => void;
	/** Merges what is stored into one piece. */
	compact(): Promise<void>;
	close(): Promise<void>;
}

/** The relay writes ledger documents as this client; nobody else does. */
const RELAY_CLIENT = 1;

export async function openReplica(name: ReplicaName): Promise<Replica> {
	const doc = new Doc();
	const elements: YArray<unknown> = doc.getArray('elements');
	const stored = new IndexeddbPersistence(databaseName(name), doc);
	await stored.whenSynced;
	let provider: WebsocketProvider | null = null;

	return {
		items: () => elements.toArray(),
		follow(multiplexer) {
			provider ??= provide(doc, name, multiplexer);
			// One that was denied stays away until it is asked again.
			provider.connect();
			return whenSynced(provider);
		},
		append(items) {
			// Only while appending: a document must not share its id with the writer it listens to.
			const own = doc.clientID;
			doc.clientID = RELAY_CLIENT;
			doc.transact(() => elements.insert(elements.length, [...items]));
			doc.clientID = own;
		},
		onChange(listener) {
			doc.on('update', listener);
			return () => doc.off('update', listener);
		},
		compact: () => storeState(stored),
		async close() {
			provider?.destroy();
			provider?.awareness.destroy();
			await stored.destroy();
			doc.destroy();
		}
	};
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
