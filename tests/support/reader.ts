/** A device's side of the shared socket: opens channels, keeps a Y.Doc for each, records every byte it was sent. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { ROOT } from '#relay/ledgers/ledger-document.ts';
import { onChannel } from '#relay/sockets/frames.ts';

export interface Reader {
	readonly ws: WebSocket;
	/** Frames as they came, in order. */
	readonly frames: Uint8Array[];
	/** Frames of one channel alone. */
	framesOn(channel: string): Uint8Array[];
	/** Control messages as they came. */
	readonly told: Record<string, unknown>[];
	/** Why the socket closed, once it has. */
	readonly closed: Promise<number>;
	/** Opens a channel on a document; resolves when the relay has answered its state vector. */
	open(channel: string, doc?: Y.Doc): Promise<Y.Doc>;
	/** Sends raw bytes on a channel. */
	say(channel: string, message: Uint8Array): void;
	shut(...channels: string[]): void;
	close(): void;
}

export async function connect(url: string, cookie: string, headers = {}): Promise<Reader> {
	const ws = new WebSocket(`${url.replace('http', 'ws')}/sync`, {
		headers: { cookie, ...headers }
	});
	const frames: Uint8Array[] = [];
	const told: Record<string, unknown>[] = [];
	const docs = new Map<string, { doc: Y.Doc; synced: () => void }>();
	const closed = new Promise<number>((resolve) => ws.once('close', resolve));
	ws.on('message', (data) => {
		if (!(data instanceof Buffer)) throw new Error('reader: a frame in pieces');
		frames.push(data);
		const decoder = decoding.createDecoder(data);
		const channel = decoding.readVarString(decoder);
		if (channel === '') {
			told.push(JSON.parse(decoding.readVarString(decoder)));
			return;
		}
		const open = docs.get(channel);
		if (!open || decoding.readVarUint(decoder) !== 0) return;
		const answer = encoding.createEncoder();
		const type = syncProtocol.readSyncMessage(decoder, answer, open.doc, 'relay');
		if (type === syncProtocol.messageYjsSyncStep2) open.synced();
	});
	await new Promise<void>((resolve, reject) => {
		ws.once('open', () => resolve());
		ws.once('error', reject);
	});
	return {
		ws,
		frames,
		told,
		closed,
		framesOn: (channel) =>
			frames.filter((frame) => decoding.readVarString(decoding.createDecoder(frame)) === channel),
		open(channel, doc = new Y.Doc()) {
			return new Promise((resolve) => {
				docs.set(channel, { doc, synced: () => resolve(doc) });
				const encoder = encoding.createEncoder();
				encoding.writeVarUint(encoder, 0);
				syncProtocol.writeSyncStep1(encoder, doc);
				ws.send(onChannel(channel, encoding.toUint8Array(encoder)));
			});
		},
		say: (channel, message) => ws.send(onChannel(channel, message)),
		shut(...channels) {
			const encoder = encoding.createEncoder();
			encoding.writeVarString(encoder, '');
			encoding.writeVarString(encoder, JSON.stringify({ close: channels }));
			ws.send(encoding.toUint8Array(encoder));
			for (const channel of channels) docs.delete(channel);
		},
		close: () => ws.close()
	};
}

/** The heads of a document's elements. */
export function headsIn(doc: Y.Doc): { seq: number; n: number; id: string; record: string }[] {
	return doc
		.getArray<unknown>(ROOT)
		.toArray()
		.filter((item) => !Array.isArray(item))
		.map((item) => Object.assign({ seq: 0, n: 0, id: '', record: '' }, item));
}

/** Waits until a condition holds, and no longer than the product promises: a bound of its own, not a measure. */
export async function within(ms: number, holds: () => boolean): Promise<void> {
	const end = performance.now() + ms;
	while (!holds()) {
		if (performance.now() > end) throw new Error(`reader: not so within ${ms} ms`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Waits until a condition holds; the test's own time is the only limit. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
