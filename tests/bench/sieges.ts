/** What one hostile device, or a crowd of strangers, keeps doing for as long as it is let: each of it by itself. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as dial, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { onChannel, syncMessage } from '#relay/sockets/frames.ts';
import { deletesBackwards, updateOf } from '../support/draft-writer.ts';
import { frame } from '../support/raw-websocket.ts';
import { connect, type Reader } from '../support/reader.ts';

/** All of it can be told to another thread. */
export interface SiegeGround {
	readonly url: string;
	readonly port: number;
	/** Of the desk: it reads the ledger, and writes the shared draft. */
	readonly cookie: string;
	/** Of other devices, six sockets for each. */
	readonly readers: readonly string[];
	readonly ledger: string;
	readonly draft: string;
	/** Bodies of hand-ins: what the desk's ledger is told much by, and what fills one record. */
	readonly told: readonly string[];
	readonly filling: readonly string[];
}

export interface Siege {
	readonly name: string;
	/** Answers how often it did what it does. */
	run(ground: SiegeGround, isOver: () => boolean): Promise<number>;
}

const SOCKETS_EACH = 6;
const SILENT = 3_000;
const SECOND = 1_000;
/** In each round of a flood; a round begins as soon as the one before is over. */
const AT_ONCE = 100;

export const sieges: readonly Siege[] = [
	onDraft('shared draft: updates that are too large', 4, () =>
		syncMessage('update', new Uint8Array(200 * 1024))
	),
	onDraft('shared draft: the second format, and what promises more than it holds', 30, (i) =>
		syncMessage('update', [second, inflated, garbage][i % 3] ?? garbage)
	),
	onDraft('shared draft: a flood of what waits for what never comes', 30, (i) =>
		syncMessage('update', pending(i))
	),
	onDraft('shared draft: cuts that move all that was cut before', 2, (_, doc) =>
		syncMessage('update', deletesBackwards(doc.clientID, 40_000))
	),
	{ name: 'slow readers: they read nothing of a ledger that is told much', run: readNothing },
	{ name: 'silent sockets: thousands that never say who they are', run: staySilent },
	{ name: 'a flood of connections', run: knockAndLeave },
	{
		name: 'a flood of requests of one address',
		run: (ground, isOver) => flood(isOver, () => ask(ground, '/api/realm', ''))
	},
	{ name: 'a flood of requests before their answers', run: askAhead },
	{ name: 'a flood of frames', run: floodFrames },
	{
		name: 'bodies that swell when they are unpacked',
		run: (ground, isOver) =>
			flood(isOver, () => ask(ground, '/api/entries', zipped, { 'content-encoding': 'gzip' }))
	},
	bodies('bodies of a million lists', `{"now":1,"commits":[${'[],'.repeat(1_300_000)}[]]}`),
	bodies('bodies of as many names as fit', `{${names(250_000)}}`),
	bodies(
		'bodies of texts that are none',
		`{"now":1,"commits":[${'[{"text":"","sig":""}],'.repeat(170_000)}[]]}`
	),
	bodies(
		'scopes that name thousands of ledgers',
		JSON.stringify({
			held: Object.fromEntries(
				Array.from({ length: 6_000 }, (_, i) => [
					`member/none-${i}/standing`,
					{ seq: 0, chain: '' }
				])
			)
		}),
		'/api/scope'
	),
	{
		name: 'entries that fill one record to its bounds',
		run: (ground, isOver) =>
			inTurn(ground.filling, isOver, (body) => ask(ground, '/api/entries', body))
	}
];

const second = Y.encodeStateAsUpdateV2(written('V2'.repeat(500)));
const garbage = new Uint8Array(3_000).fill(255);
const inflated = updateOf(5, 0, 2 ** 31, (encoder) => encoding.writeUint8(encoder, 8));
const zipped = gzipSync(Buffer.alloc(200 * 2 ** 20));

function pending(i: number): Uint8Array {
	return updateOf(1_000 + i, 1 + i, 1, (encoder) => {
		encoding.writeUint8(encoder, 0);
		encoding.writeVarUint(encoder, 5);
	});
}

function written(text: string): Y.Doc {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, text);
	return doc;
}

/** Messages at a pace that its socket may keep; where it is closed all the same, it comes again. */
function onDraft(
	name: string,
	perSecond: number,
	messageOf: (i: number, doc: Y.Doc) => Uint8Array
): Siege {
	return {
		name,
		async run({ url, cookie, draft }, isOver) {
			const doc = written('x'.repeat(60_000));
			let reader: Reader | null = null;
			let done = 0;
			while (!isOver()) {
				if (reader === null) {
					const opened: Reader = await connect(url, cookie);
					void opened.closed.then(() => (reader = null));
					opened.say(draft, syncMessage('step1', Uint8Array.of(0)));
					opened.say(draft, syncMessage('update', Y.encodeStateAsUpdate(doc)));
					reader = opened;
				}
				reader.say(draft, messageOf(done, doc));
				done += 1;
				await pause(SECOND / perSecond);
			}
			reader?.close();
			return done;
		}
	};
}

async function readNothing(ground: SiegeGround, isOver: () => boolean): Promise<number> {
	const { port, readers, ledger, told } = ground;
	const asks = onChannel(ledger, syncMessage('step1', Uint8Array.of(0)));
	const sockets: Socket[] = [];
	for (const cookie of readers)
		for (let i = 0; i < SOCKETS_EACH; i++) {
			const socket = await shakeHands(port, cookie);
			socket.write(frame({ opcode: 2, payload: asks }));
			socket.pause();
			sockets.push(socket);
		}
	await inTurn(told, isOver, (body) => ask(ground, '/api/entries', body));
	for (const socket of sockets) socket.destroy();
	return sockets.length;
}

async function staySilent({ port }: SiegeGround, isOver: () => boolean): Promise<number> {
	const open = new Set<Socket>();
	let done = 0;
	while (!isOver()) {
		if (open.size < SILENT)
			for (let i = 0; i < AT_ONCE / 2; i++) {
				const socket = quietly(dial(port, '127.0.0.1'));
				open.add(socket);
				socket.once('close', () => open.delete(socket));
				// Some say the beginning of a head.
				if (i % 2 === 0) socket.write('GET /sync HTTP/1.1\r\nhost: a\r\n');
				done += 1;
			}
		await pause(20);
	}
	for (const socket of open) socket.destroy();
	return done;
}

function knockAndLeave({ port }: SiegeGround, isOver: () => boolean): Promise<number> {
	return flood(isOver, async () => {
		const socket = quietly(dial(port, '127.0.0.1'));
		await new Promise<void>((resolve) => {
			socket.once('connect', () => socket.destroy());
			socket.once('close', () => resolve());
		});
	});
}

/** As many as a connection is read of at once, on ten of them, whatever becomes of the ones before. */
async function askAhead({ port }: SiegeGround, isOver: () => boolean): Promise<number> {
	// Not as the proxy that the relay trusts.
	const stranger = { port, host: '127.0.0.1', localAddress: '127.0.0.2' };
	const many = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(1_900);
	let done = 0;
	const one = async () => {
		while (!isOver()) {
			const socket = quietly(dial(stranger)).resume();
			socket.write(many);
			await new Promise<void>((resolve) => socket.once('close', () => resolve()));
			done += 1;
		}
	};
	await Promise.all(Array.from({ length: 10 }, one));
	return done;
}

async function floodFrames({ port, cookie }: SiegeGround, isOver: () => boolean): Promise<number> {
	const one = frame({ opcode: 2, payload: onChannel('x', Uint8Array.of(3, 0)) });
	const many = Buffer.concat(Array.from({ length: 3_000 }, () => one));
	let done = 0;
	while (!isOver()) {
		const socket = await shakeHands(port, cookie);
		socket.resume();
		socket.write(many);
		await new Promise<void>((resolve) => socket.once('close', () => resolve()));
		done += 1;
	}
	return done;
}

/** One after the other: the device may ask no more at once, nor more a minute. */
function bodies(name: string, body: string, path = '/api/entries'): Siege {
	return {
		name,
		async run(ground, isOver) {
			let done = 0;
			while (!isOver()) {
				await ask(ground, path, body);
				done += 1;
			}
			return done;
		}
	};
}

async function flood(isOver: () => boolean, work: () => Promise<void>): Promise<number> {
	let done = 0;
	const one = async () => {
		while (!isOver()) {
			await work();
			done += 1;
			await pause(AT_ONCE);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, one));
	return done;
}

async function inTurn(
	told: readonly string[],
	isOver: () => boolean,
	work: (body: string) => Promise<void>
): Promise<number> {
	let done = 0;
	for (const body of told) {
		if (isOver()) break;
		await work(body);
		done += 1;
	}
	while (!isOver()) await pause(AT_ONCE);
	return done;
}

const agent = new Agent({ keepAlive: true });

/** Whatever the answer is. */
function ask(
	{ port, cookie }: SiegeGround,
	path: string,
	body: string | Buffer,
	more: Readonly<Record<string, string>> = {}
): Promise<void> {
	const headers = { ...more, cookie, 'content-length': Buffer.byteLength(body) };
	return new Promise((resolve) => {
		const method = body.length > 0 ? 'POST' : 'GET';
		const asked = request({ host: '127.0.0.1', port, path, method, agent, headers }, (response) => {
			response.resume().once('close', () => resolve());
		});
		asked.once('error', () => resolve());
		asked.end(body);
	});
}

async function shakeHands(port: number, cookie: string): Promise<Socket> {
	const socket = quietly(dial(port, '127.0.0.1'));
	const key = randomBytes(16).toString('base64');
	socket.write(
		`GET /sync HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\ncookie: ${cookie}\r\n` +
			`sec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n\r\n`
	);
	await Promise.race([once(socket, 'data'), once(socket, 'close')]);
	return socket;
}

/** Who is thrown out is not surprised. */
function quietly(socket: Socket): Socket {
	return socket.on('error', () => undefined);
}

function names(count: number): string {
	return Array.from({ length: count }, (_, i) => `"name${i}":1`).join();
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
