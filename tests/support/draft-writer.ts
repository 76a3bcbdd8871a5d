/** A device's side of one shared draft over the shared socket: a Y.Doc that writes and hears. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { onChannel, syncMessage } from '#relay/sockets/frames.ts';
import type { TestDevice } from './device.ts';
import { connect, until } from './reader.ts';

export interface DraftWriter {
	readonly doc: Y.Doc;
	readonly text: Y.Text;
	/** What the relay said no to, in its words. */
	readonly refusals: string[];
	/** State vectors the relay sent: it asks for what it lacks. */
	readonly asked: () => number;
	readonly denied: () => boolean;
	onAwareness(listener: (update: Uint8Array) => void): void;
	readonly ws: WebSocket;
	readonly closed: Promise<number>;
	/** Sends an update that did not come from the document. */
	send(update: Uint8Array): void;
	sendRaw(message: Uint8Array): void;
	/** Resolves when all that was sent is stored and answered. */
	settled(): Promise<void>;
	/** Stops hearing and telling, as without a network. */
	end(): void;
}

export async function writeDraft(
	{ url, store }: { readonly url: string; readonly store: { readonly epoch: string } },
	device: TestDevice,
	record: string,
	doc = new Y.Doc()
): Promise<DraftWriter> {
	const channel = `shared/${record}@${store.epoch}`;
	const reader = await connect(url, device.cookie);
	const refusals: string[] = [];
	const awareness = new Set<(update: Uint8Array) => void>();
	let answers = 0;
	let asks = 0;
	const tell = (update: Uint8Array, origin: unknown) => {
		if (origin !== reader) reader.say(channel, syncMessage('update', update));
	};
	reader.ws.on('message', (data) => {
		if (!(data instanceof Buffer)) throw new Error('draft-writer: a frame in pieces');
		const decoder = decoding.createDecoder(data);
		if (decoding.readVarString(decoder) !== channel) return;
		const type = decoding.readVarUint(decoder);
		if (type === 2) {
			decoding.readVarUint(decoder);
			refusals.push(decoding.readVarString(decoder));
		}
		if (type === 1) for (const hear of awareness) hear(decoding.readVarUint8Array(decoder));
		if (type !== 0) return;
		const answer = encoding.createEncoder();
		encoding.writeVarUint(answer, 0);
		const read = syncProtocol.readSyncMessage(decoder, answer, doc, reader);
		if (read === syncProtocol.messageYjsSyncStep2) answers += 1;
		if (read !== syncProtocol.messageYjsSyncStep1) return;
		asks += 1;
		reader.ws.send(onChannel(channel, encoding.toUint8Array(answer)));
	});
	const denied = () => reader.told.some((told) => 'denied' in told);
	const ask = () => reader.say(channel, syncMessage('step1', Y.encodeStateVector(doc)));
	doc.on('update', tell);
	ask();
	await until(() => answers > 0 || denied());
	return {
		doc,
		text: doc.getText('text'),
		refusals,
		asked: () => asks,
		denied,
		onAwareness: (listener) => void awareness.add(listener),
		ws: reader.ws,
		closed: reader.closed,
		send: (update) => reader.say(channel, syncMessage('update', update)),
		sendRaw: (message) => reader.say(channel, message),
		async settled() {
			const before = answers;
			ask();
			await until(() => answers > before);
		},
		end() {
			doc.off('update', tell);
			reader.close();
		}
	};
}

/** An update of one client with the structs that `write` puts there, and nothing deleted. */
export function updateOf(
	client: number,
	clock: number,
	structs: number,
	write: (encoder: encoding.Encoder) => void
): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, structs, client, clock]) encoding.writeVarUint(encoder, number);
	write(encoder);
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}

/** Cuts one long text into single characters from its end: each cut moves all that was cut before. */
export function deletesBackwards(client: number, ranges: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [0, 1, client, ranges]) encoding.writeVarUint(encoder, number);
	for (let i = ranges - 1; i >= 0; i--) {
		encoding.writeVarUint(encoder, i * 2);
		encoding.writeVarUint(encoder, 1);
	}
	return encoding.toUint8Array(encoder);
}
