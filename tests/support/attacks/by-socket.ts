/** Attacks on the sockets: Yjs structures meant to poison a document, frames that are none, names not one's own. */
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { onChannel, syncMessage } from '#relay/sockets/frames.ts';
import { closedAfter, frame, type FrameShape } from '../raw-websocket.ts';
import { connect, within } from '../reader.ts';
import type { Attack, Ground } from './attack.ts';

const HUGE = Number.MAX_SAFE_INTEGER;
const ROOT = 'elements';
/** The ledger that is asked for again has come by then. */
const ANSWERED_MS = 5_000;

/** Yjs: struct types and the item bits that are used here. */
const [GC, STRING, ANY, SKIP] = [0, 4, 8, 10];
const HAS_ORIGIN = 0x80;

export const bySocket: readonly Attack[] = [
	// [R3] What would poison a document if anybody believed it
	write('a struct collected as garbage', updateOf(1, 0, [GC, 5])),
	write('garbage at the end of all clocks', updateOf(1, HUGE - 10, [GC, 5])),
	write('a skip over everything', updateOf(1, 0, [SKIP, HUGE - 1])),
	write('a delete set over every element', deleteSet([[1, [[0, HUGE]]]])),
	write(
		'a delete set of ten thousand ranges',
		deleteSet([[1, Array.from({ length: 10_000 }, (_, i): [number, number] => [2 * i, 1])]])
	),
	write('an item under the client id of the relay', updateOf(1, 4, stringAfter(1, 3, 'forged'))),
	write('an item under a fresh client id', updateOf(7, 0, stringAt(ROOT, 'forged'))),
	write('an item at a root of its own', updateOf(7, 0, stringAt('secrets', 'forged'))),
	write('an item at the root __proto__', updateOf(7, 0, stringAt('__proto__', 'forged'))),
	write(
		'an item that waits for what never comes',
		updateOf(9, 5_000_000, stringAfter(8, HUGE - 1, 'x'))
	),
	write('a clock that is no number', Uint8Array.from([1, 1, 7, ...Array(12).fill(0xff)])),
	write('a count of clients without clients', Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f])),
	write('a count of items without items', updateOf(7, 0, [ANY, 1, 1, 65, 0xff, 0xff, 0xff, 0x7f])),
	write('the second format', Y.encodeStateAsUpdateV2(scribbled())),
	write(
		'a bomb in the second format',
		Uint8Array.from([0, 0, 3, 1, 0x80, 0xff, 0xff, 0xff, 0xff, 0x1f, 0, 0, 0])
	),
	write('a document of a thousand clients', manyClients(1_000)),
	write(
		'a flood of items that wait',
		...Array.from({ length: 500 }, (_, i) =>
			updateOf(100 + i, 1_000_000 + i, stringAfter(99, i, 'x'))
		)
	),

	// What a reader may say
	says('a state vector at the end of all clocks', stateVector([[1, HUGE]])),
	says(
		'a state vector of thirty thousand clients',
		stateVector(Array.from({ length: 30_000 }, (_, i): [number, number] => [i + 2, 1]))
	),
	says(
		'a state vector that promises more than it holds',
		Uint8Array.from([0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0x0f])
	),
	says('a state vector longer than its frame', Uint8Array.from([0, 0, 0xff, 0xff, 0x7f, 1])),
	says('presence of a million clients', Uint8Array.from([1, 3, 0xc0, 0x84, 0x3d])),
	says(
		'presence on a ledger that has none',
		Uint8Array.from([1, 8, 1, 7, 1, 4, ...Buffer.from('{}  ')])
	),
	says('a message of no known type', Uint8Array.from([99, 1, 2, 3])),
	says('a permission denied, as if it were the relay', Uint8Array.from([2, 0, 1, 120])),
	says(
		'every beginning of a message',
		...beginnings(syncMessage('update', updateOf(7, 0, stringAt(ROOT, 'x'))))
	),
	control('no JSON', '{"close":'),
	control('a list nested a hundred thousand deep', '['.repeat(100_000)),
	control('a close of what is not open', '{"close":["x","__proto__","constructor"]}'),
	control('a key that is not its own', '{"close":[],"__proto__":{"moved":1}}'),
	control('what only the relay says', '{"scope":true,"moved":{"directory":{"seq":1,"chain":""}}}'),
	frames('text', 'goes on', 'text'),
	frames('an empty frame', 'goes on', new Uint8Array()),
	frames('a channel name longer than its frame', 'goes on', Uint8Array.from([0xff, 0x7f, 65])),

	// [A2] Names not one's own
	asks('a ledger of others', 'denied', ({ closed, epoch }) => `${closed}@${epoch}`),
	asks('a ledger of another epoch', 'denied', ({ open }) => `${open}@00000000`),
	asks('a ledger without an epoch', 'denied', ({ open }) => open),
	asks('a ledger with two epochs', 'denied', ({ open, epoch }) => `${open}@${epoch}@${epoch}`),
	asks('a path', 'denied', ({ epoch }) => `../store.sqlite@${epoch}`),
	asks('__proto__', 'denied', ({ epoch }) => `__proto__@${epoch}`),
	asks('a name with an end in it', 'denied', ({ open, epoch }) => `${open}\u0000@${epoch}`),
	asks('everything', 'denied', ({ epoch }) => `@${epoch}`),
	asks('a name of 60,000 letters', 'goes on', () => 'x'.repeat(60_000)),

	// Handshakes
	shakes('from a foreign page', 403, { origin: 'https://evil.example' }),
	shakes('from a page of no origin', 403, { origin: 'null' }),
	shakes('without a session', 401, { cookie: '' }),
	shakes('with a made-up session', 401, { cookie: `lxq=${'A'.repeat(43)}` }),
	shakes('at another path', 404, {}, '/elsewhere'),
	shakes('at an escape that is none', 4403, {}, '/sync/%E0%A4%A'),

	// [R4] Frames against the protocol, and too much of everything
	closes('a frame without a mask', 1002, [{ opcode: 2, isMasked: false }]),
	closes('a compressed frame', 1002, [{ opcode: 2, reserved: 4, payload: Uint8Array.of(1, 0) }]),
	closes('an unknown opcode', 1002, [{ opcode: 5 }]),
	closes('a ping in pieces', 1002, [{ opcode: 9, isLast: false }]),
	closes('a ping too long', 1002, [{ opcode: 9, payload: new Uint8Array(126) }]),
	closes('a piece of nothing', 1002, [{ opcode: 0 }]),
	closes('a close that says nothing valid', 1002, [{ opcode: 8, payload: Uint8Array.of(3, 237) }]),
	closes('a text that is none', 1007, [{ opcode: 1, payload: Uint8Array.of(0xff, 0xfe) }]),
	closes('a frame beyond all lengths', 1009, [{ opcode: 2, length: 1n << 62n }]),
	closes('a frame of a gigabyte', 1009, [{ opcode: 2, length: 1n << 30n }]),
	closes('a message in 20,000 pieces', 1008, pieces(20_000)),
	closes('a message in pieces of nothing', 1008, [
		{ opcode: 2, isLast: false, payload: Uint8Array.of(0) },
		...repeated(200, { opcode: 0, isLast: false })
	]),
	closes('a flood of garbage', 1003, repeated(3_000, { opcode: 2, payload: Uint8Array.of(0) })),
	closes('a flood of frames', 1008, repeated(3_000, { opcode: 2, payload: onX(3, 0, 0) })),
	// `ws` itself drops who does not take its pongs.
	closes('a flood of pings', 1006, repeated(3_000, { opcode: 9 })),
	closes('a flood of pongs', 1008, repeated(3_000, { opcode: 10 })),
	closes('a flood of bytes', 1008, repeated(40, { opcode: 2, payload: onX(0, 2, 250_000) }))
];

/** Writes to an open ledger: ignored, and the document is what it was. */
function write(name: string, ...updates: readonly Uint8Array[]): Attack {
	const both = updates.flatMap((update) => [
		syncMessage('update', update),
		syncMessage('step2', update)
	]);
	return { ...says(name, ...both), name: `write ${name}` };
}

function says(name: string, ...messages: readonly Uint8Array[]): Attack {
	return goesOn(name, 'goes on', ({ open, epoch }) =>
		messages.map((each) => onChannel(`${open}@${epoch}`, each))
	);
}

function control(name: string, json: string): Attack {
	const encoder = encoding.createEncoder();
	encoding.writeVarString(encoder, '');
	encoding.writeVarString(encoder, json);
	return frames(`say ${name}`, 'goes on', encoding.toUint8Array(encoder));
}

function asks(name: string, expected: string, channelOf: (ground: Ground) => string): Attack {
	return goesOn(`ask for ${name}`, expected, (ground) => [
		onChannel(channelOf(ground), Uint8Array.of(0, 0, 1, 0))
	]);
}

function frames(name: string, expected: string, ...sent: readonly (Uint8Array | string)[]): Attack {
	return goesOn(name, expected, () => sent);
}

/** The socket goes on, and the ledger on it is, byte for byte, what it was. */
function goesOn(
	name: string,
	expected: string,
	framesOf: (ground: Ground) => readonly (Uint8Array | string)[]
): Attack {
	return {
		name,
		expected,
		async run(ground) {
			const channel = `${ground.open}@${ground.epoch}`;
			const reader = await connect(ground.url, ground.device.cookie);
			const before = Y.encodeStateAsUpdate(await reader.open(channel));
			for (const each of framesOf(ground)) reader.ws.send(each);
			const again = new Y.Doc();
			void reader.open(channel, again);
			const isSame = () => Buffer.from(Y.encodeStateAsUpdate(again)).equals(before);
			// What the attack asked for is answered first.
			const after = await Promise.race([reader.closed, within(ANSWERED_MS, isSame).catch(String)]);
			if (typeof after === 'number') return `closed ${after}`;
			const isDenied = reader.told.some((told) => 'denied' in told);
			reader.close();
			await reader.closed;
			if (!isSame()) return 'another document';
			return isDenied ? 'denied' : 'goes on';
		}
	};
}

function shakes(
	name: string,
	expected: number,
	headers: Record<string, string>,
	path = '/sync'
): Attack {
	return {
		name: `shake hands ${name}`,
		expected: String(expected),
		run: ({ url, device: { cookie } }) =>
			new Promise((resolve) => {
				const ws = new WebSocket(url.replace('http', 'ws') + path, {
					headers: { cookie, ...headers }
				});
				ws.once('unexpected-response', (_request, { statusCode }) => resolve(String(statusCode)));
				ws.once('open', () => ws.send(Uint8Array.of(0, 0, 1, 0)));
				ws.once('close', (code) => resolve(String(code)));
				ws.once('error', () => undefined);
			})
	};
}

function closes(name: string, expected: number, shapes: readonly FrameShape[]): Attack {
	return {
		name,
		expected: String(expected),
		run: async ({ port, device: { cookie } }) =>
			String(await closedAfter(port, cookie, Buffer.concat(shapes.map(frame))))
	};
}

/** A sensible message on a channel that is not there, and zeros after it. */
function onX(type: number, step: number, zeros: number): Uint8Array {
	const message = new Uint8Array(2 + zeros);
	message.set([type, step]);
	return onChannel('x', message);
}

function repeated(count: number, shape: FrameShape): FrameShape[] {
	return Array.from({ length: count }, () => shape);
}

function pieces(count: number): FrameShape[] {
	const first: FrameShape = { opcode: 2, isLast: false, payload: Uint8Array.of(0) };
	return [first, ...repeated(count - 1, { opcode: 0, isLast: false, payload: Uint8Array.of(0) })];
}

function beginnings(message: Uint8Array): Uint8Array[] {
	return Array.from({ length: message.length }, (_, end) => message.subarray(0, end));
}

/** One client, one struct, no deletions. */
function updateOf(client: number, clock: number, struct: readonly (number | string)[]): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
	const [info = 0, ...rest] = struct;
	encoding.writeUint8(encoder, Number(info));
	for (const part of rest)
		if (typeof part === 'string') encoding.writeVarString(encoder, part);
		else encoding.writeVarUint(encoder, part);
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}

function stringAt(root: string, text: string): (number | string)[] {
	return [STRING, 1, root, text];
}

function stringAfter(client: number, clock: number, text: string): (number | string)[] {
	return [STRING | HAS_ORIGIN, client, clock, text];
}

function deleteSet(
	clients: readonly (readonly [number, readonly (readonly [number, number])[]])[]
): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [0, clients.length]) encoding.writeVarUint(encoder, number);
	for (const [client, ranges] of clients)
		for (const number of [client, ranges.length, ...ranges.flat()])
			encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

function stateVector(clocks: readonly (readonly [number, number])[]): Uint8Array {
	const vector = encoding.createEncoder();
	for (const number of [clocks.length, ...clocks.flat()]) encoding.writeVarUint(vector, number);
	const message = encoding.createEncoder();
	for (const number of [0, 0]) encoding.writeVarUint(message, number);
	encoding.writeVarUint8Array(message, encoding.toUint8Array(vector));
	return encoding.toUint8Array(message);
}

function scribbled(): Y.Doc {
	const doc = new Y.Doc();
	doc.getArray(ROOT).insert(0, ['forged', { a: 1 }]);
	doc.getArray(ROOT).delete(0, 1);
	return doc;
}

function manyClients(count: number): Uint8Array {
	return Y.mergeUpdates(
		Array.from({ length: count }, (_, i) => updateOf(1_000 + i, 0, stringAt(ROOT, 'x')))
	);
}
