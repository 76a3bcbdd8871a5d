/** How fast one entry reaches 500 readers, and what a delivery costs the relay, beside a stock y-websocket server. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as dial, type Socket } from 'node:net';
import { Agent } from 'node:http';
import * as encoding from 'lib0/encoding';
import { v7 } from 'uuid';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { quarterOf } from '#domain/calendar.ts';
import { deskLedger } from '#domain/ledgers.ts';
import { onChannel } from '#relay/sockets/frames.ts';
import type { District } from '../support/district.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, people } from '../support/tell.ts';
import { cpuMs, percentiles, rounded } from './measured.ts';
import { post } from './relay-receipts.ts';
import { openStockWriter, startStockServer } from './stock-server.ts';

const READERS = 500;
/** Characters of the name by which a probe knows an entry. */
const NAME = 17;
/** Readers that look into what they get; the others take the bytes and let them go. */
const PROBES = 20;
const SINGLE = 40;
const PER_SECOND = 350;
const SECONDS = 10;

export async function* benchSpread(district: District, relay: SpawnedRelay): AsyncIterable<object> {
	const { member } = district.devices;
	const agent = new Agent({ keepAlive: true, maxSockets: 50 });
	const epoch = (await member.scope(relay.url)).epoch;
	const channel = `${deskLedger(COMMUNITY, quarterOf(Date.now()))}@${epoch}`;
	const step1 = syncStep1(new Y.Doc());
	const readers = await openReaders(relay.port, '/sync', (i) => {
		const cookie = i % 5 === 0 ? district.enrol(people.secretary).cookie : '';
		return {
			cookie: cookie || district.enrol(people.worker).cookie,
			says: onChannel(channel, step1)
		};
	});
	const writers = Array.from({ length: 10 }, () => district.enrol(people.member));
	let turn = 0;
	const write = async (name: string) => {
		const by = writers[turn++ % writers.length] ?? member;
		const commits = [by.commit(demand(v7(), { title: name }))];
		await post(relay.port, agent, by, JSON.stringify({ now: Date.now(), commits }));
	};
	yield* spread('relay', relay.process.pid, readers, write);
	agent.destroy();
}

export async function* benchStockSpread(): AsyncIterable<object> {
	const server = await startStockServer();
	const step1 = syncStep1(new Y.Doc());
	const readers = await openReaders(server.port, '/room', () => ({ cookie: '', says: step1 }));
	const writer = await openStockWriter(server.port, 'room');
	const root = writer.doc.getArray('elements');
	const padding = randomBytes(400).toString('base64url');
	const write = (name: string) => {
		root.insert(root.length, [`${name} ${padding}`]);
		return Promise.resolve();
	};
	yield* spread('stock y-websocket server', server.pid, readers, write);
	writer.ws.terminate();
	await server.stop();
}

interface Readers {
	readonly sockets: readonly Socket[];
	/** Names that a probe has seen, with when it was. */
	onName(listener: (name: string) => void): void;
}

async function* spread(
	whose: string,
	pid: number | undefined,
	readers: Readers,
	write: (name: string) => Promise<void>
): AsyncIterable<object> {
	const sent = new Map<string, number>();
	const took: number[] = [];
	let awaited = 0;
	let done: () => void = () => undefined;
	readers.onName((name) => {
		const at = sent.get(name);
		if (at === undefined) return;
		took.push(performance.now() - at);
		awaited -= 1;
		if (awaited === 0) done();
	});
	const name = () => `n${randomBytes(8).toString('hex')}`;

	for (let i = 0; i < SINGLE; i++) {
		const all = new Promise<void>((resolve) => (done = resolve));
		awaited = PROBES;
		const each = name();
		sent.set(each, performance.now());
		await Promise.all([write(each), all]);
	}
	yield { bench: `${whose}: one entry to ${READERS} readers`, ...percentiles(took) };

	took.length = 0;
	const count = PER_SECOND * SECONDS;
	awaited = count * PROBES;
	const all = new Promise<void>((resolve) => (done = resolve));
	const cpu = cpuMs(pid);
	const begun = performance.now();
	const writes: Promise<void>[] = [];
	for (let i = 0; i < count;) {
		const due = Math.min(count, ((performance.now() - begun) / 1000) * PER_SECOND);
		for (; i < due; i++) {
			const each = name();
			sent.set(each, performance.now());
			writes.push(write(each));
		}
		await new Promise((resolve) => setTimeout(resolve, 4));
	}
	await Promise.all([...writes, all]);
	const seconds = (performance.now() - begun) / 1000;
	const used = cpuMs(pid) - cpu;
	yield {
		bench: `${whose}: ${PER_SECOND} entries/s to ${READERS} readers`,
		...percentiles(took),
		perSecond: Math.round(count / seconds),
		cpuShare: rounded(used / seconds / 1000),
		cpuMicrosPerDelivery: rounded((used * 1000) / (count * READERS))
	};
	for (const socket of readers.sockets) socket.destroy();
}

/** Opens plain sockets: one in `READERS / PROBES` reads what it gets, so that the readers cost little. */
async function openReaders(
	port: number,
	path: string,
	reader: (i: number) => { readonly cookie: string; readonly says: Uint8Array }
): Promise<Readers> {
	const listeners: ((name: string) => void)[] = [];
	const sockets: Socket[] = [];
	for (let i = 0; i < READERS; i++) {
		const { cookie, says } = reader(i);
		const socket = dial({ port, host: '127.0.0.1' });
		await once(socket, 'connect');
		const key = randomBytes(16).toString('base64');
		socket.write(
			`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
				`sec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n${cookie ? `cookie: ${cookie}\r\n` : ''}\r\n`
		);
		const [head] = await once(socket, 'data');
		if (!String(head).includes(' 101 ')) throw new Error(`bench: ${String(head).slice(0, 80)}`);
		socket.write(masked(says));
		const isProbe = i % (READERS / PROBES) === 0;
		let rest = '';
		const met = new Set<string>();
		socket.on('data', (data: Buffer) => {
			if (!isProbe) return;
			const text = rest + data.toString('latin1');
			// A name may be cut in two by the end of a piece.
			rest = text.slice(1 - NAME);
			for (const [name] of text.matchAll(/n[0-9a-f]{16}/g)) {
				if (met.has(name)) continue;
				met.add(name);
				for (const hear of listeners) hear(name);
			}
		});
		sockets.push(socket);
	}
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	return { sockets, onName: (listener) => void listeners.push(listener) };
}

/** A client's frame: its bytes are masked, here with nothing. */
function masked(bytes: Uint8Array): Buffer {
	const head =
		bytes.length < 126
			? [0x82, 0x80 | bytes.length]
			: [0x82, 0xfe, bytes.length >> 8, bytes.length & 255];
	return Buffer.concat([Buffer.from(head), Buffer.alloc(4), bytes]);
}

function syncStep1(doc: Y.Doc): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 0);
	syncProtocol.writeSyncStep1(encoder, doc);
	return encoding.toUint8Array(encoder);
}
