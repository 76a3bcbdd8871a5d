/** What many devices at once cost: the 25th, idle sockets, a first sync, and all of them coming back. */
import { once } from 'node:events';
import { Agent } from 'node:http';
import { v7 } from 'uuid';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { quarterOf } from '#domain/calendar.ts';
import { deskLedger } from '#domain/ledgers.ts';
import { HandInAnswer, SameAnswer, sameText } from '#domain/wire.ts';
import { sha256 } from '#relay/ledgers/chain.ts';
import type { TestDevice } from '../support/device.ts';
import type { District } from '../support/district.ts';
import { connect } from '../support/reader.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, people, visit } from '../support/tell.ts';
import { cpuMs, percentiles, residentBytes, rounded } from './measured.ts';
import { rawSqlite } from './raw-commits.ts';
import { handIn, post, sign } from './relay-receipts.ts';
import { openStockWriter, startStockServer } from './stock-server.ts';

const MEMBERS = 2_000;
/** The day's ten minutes are pressed into one. */
const PRESSED_SECONDS = 60;
const IDLE = 2_000;
const FIRST_SYNC = 10_000;
const RETURNING = 500;

/** The last day of the month for everybody: each member hands in what the day's round brought. */
export async function* benchTwentyFifth(
	district: District,
	relay: SpawnedRelay,
	door: string
): AsyncIterable<object> {
	const members = Array.from({ length: MEMBERS }, () => district.enrol(people.member));
	const agent = new Agent({ keepAlive: true, maxSockets: 200 });
	const bodies = members.map((member) => {
		const drafts = [1, 2, 3, 4].map(() => visit(v7(), door, { changes: '一切如常' }));
		const commits = [...drafts, demand(v7(), { household: door })].map((draft) =>
			member.commit(draft)
		);
		return JSON.stringify({ now: Date.now(), commits });
	});
	const took: number[] = [];
	const cpu = cpuMs(relay.process.pid);
	const begun = performance.now();
	await Promise.all(
		members.map(async (member, i) => {
			await pause((i / MEMBERS) * PRESSED_SECONDS * 1_000);
			const sent = performance.now();
			const answer = await post(relay.port, agent, member, bodies[i] ?? '');
			took.push(performance.now() - sent);
			const { receipts } = HandInAnswer.parse(JSON.parse(answer));
			if (receipts.length !== 5) throw new Error('bench: a receipt is missing');
		})
	);
	agent.destroy();
	yield {
		bench: `the 25th: ${MEMBERS} members hand in 5 entries each, ten minutes pressed into one`,
		...percentiles(took),
		seconds: rounded((performance.now() - begun) / 1000, 1),
		cpuShare: rounded((cpuMs(relay.process.pid) - cpu) / (performance.now() - begun))
	};
	const [text = ''] = bodies;
	yield {
		bench: 'raw SQLite commits, as many as members (one row of five entries each)',
		...(await rawSqlite(relay).commits(text, MEMBERS, 1))
	};
	yield await stockTwentyFifth(text.slice(0, text.length / 5));
}

/** As many come to a stock server at the same pace, and write five texts each into a room of their own. */
async function stockTwentyFifth(text: string): Promise<object> {
	const server = await startStockServer();
	const took: number[] = [];
	const cpu = cpuMs(server.pid);
	const begun = performance.now();
	await Promise.all(
		Array.from({ length: MEMBERS }, async (_, i) => {
			await pause((i / MEMBERS) * PRESSED_SECONDS * 1_000);
			const sent = performance.now();
			const writer = await openStockWriter(server.port, `room-${i}`);
			for (let each = 0; each < 5; each++) await writer.write(text);
			took.push(performance.now() - sent);
			writer.ws.terminate();
		})
	);
	const seconds = (performance.now() - begun) / 1000;
	const used = cpuMs(server.pid) - cpu;
	await server.stop();
	return {
		bench: `stock y-websocket server: ${MEMBERS} come at the same pace, 5 texts each kept in memory`,
		...percentiles(took),
		seconds: rounded(seconds, 1),
		cpuShare: rounded(used / seconds / 1000)
	};
}

/** Sockets that are there and say nothing; a stock server holds an empty document for all of them. */
export async function* benchIdle(district: District, relay: SpawnedRelay): AsyncIterable<object> {
	const devices = Array.from({ length: IDLE / 5 }, () => district.enrol(people.member));
	const url = `ws://127.0.0.1:${relay.port}/sync`;
	yield {
		bench: 'relay: memory of an idle socket',
		...(await idle(relay.process.pid, url, (i) => devices[i % devices.length]?.cookie))
	};
	const stock = await startStockServer();
	yield {
		bench: 'stock y-websocket server: memory of an idle socket',
		...(await idle(stock.pid, `ws://127.0.0.1:${stock.port}/room`, () => undefined))
	};
	await stock.stop();
}

async function idle(
	pid: number | undefined,
	url: string,
	cookieOf: (i: number) => string | undefined
): Promise<object> {
	const sockets: WebSocket[] = [];
	const open = async (i: number) => {
		const cookie = cookieOf(i);
		const ws = new WebSocket(url, cookie === undefined ? {} : { headers: { cookie } });
		await once(ws, 'open');
		sockets.push(ws);
	};
	// The first ones make room for all.
	for (let i = 0; i < 200; i++) await open(i);
	await pause(1_000);
	const before = residentBytes(pid);
	for (let i = 200; i < IDLE; i++) await open(i);
	await pause(2_000);
	const perSocket = (residentBytes(pid) - before) / (IDLE - 200);
	for (const ws of sockets) ws.terminate();
	return { sockets: IDLE, kilobytesEach: rounded(perSocket / 1000, 1) };
}

/** A ledger that a new device of the desk does not hold yet, by the socket and by pages. */
export async function* benchFirstSync(
	district: District,
	relay: SpawnedRelay,
	door: string
): AsyncIterable<object> {
	const { member, secretary } = district.devices;
	const scope = await secretary.scope(relay.url);
	const ledger = deskLedger(COMMUNITY, quarterOf(Date.now()));
	const held = scope.hold[ledger]?.seq ?? 0;
	if (held < FIRST_SYNC)
		await handIn(relay.port, [member], sign(member, FIRST_SYNC - held, 100, door), 4);
	const elements = Math.max(held, FIRST_SYNC);
	const begun = performance.now();
	const reader = await connect(relay.url, secretary.cookie);
	const doc = await reader.open(`${ledger}@${scope.epoch}`);
	const bytes = reader.frames.reduce((sum, frame) => sum + frame.length, 0);
	yield {
		bench: 'relay: first sync of a ledger by the socket, into a Y.Doc',
		elements,
		ms: Math.round(performance.now() - begun),
		bytes,
		bytesOfDocument: Y.encodeStateAsUpdate(doc).length
	};
	reader.close();
	yield await stockFirstSync(elements);
}

async function stockFirstSync(elements: number): Promise<object> {
	const server = await startStockServer();
	const writer = await openStockWriter(server.port, 'room');
	const text = 'x'.repeat(900);
	for (let i = 0; i < elements; i++) writer.doc.getArray('elements').insert(i, [text]);
	await writer.write('the last one');
	const begun = performance.now();
	const reader = await openStockWriter(server.port, 'room');
	await reader.write('a newcomer');
	const ms = Math.round(performance.now() - begun);
	for (const { ws } of [writer, reader]) ws.terminate();
	await server.stop();
	return {
		bench: 'stock y-websocket server: first sync of as many texts of 900 bytes',
		elements,
		ms
	};
}

/** All come back after the relay was gone: a socket, the scope, and nothing has moved. */
export async function* benchStorm(district: District, relay: SpawnedRelay): AsyncIterable<object> {
	const devices = Array.from({ length: RETURNING }, () => district.enrol(people.member));
	const held = new Map<TestDevice, string>();
	const [first] = devices;
	if (first === undefined) return;
	const { hold, tag } = await first.scope(relay.url);
	const same = sha256(sameText(tag, hold));
	for (const device of devices)
		held.set(device, JSON.stringify({ same, waiting: 0, version: 'bench' }));
	const took: number[] = [];
	const bytes = { socket: 0, scope: 0 };
	const begun = performance.now();
	await Promise.all(
		devices.map(async (device) => {
			const sent = performance.now();
			const ws = new WebSocket(`ws://127.0.0.1:${relay.port}/sync`, {
				headers: { cookie: device.cookie }
			});
			const [[upgraded]] = await Promise.all([once(ws, 'upgrade'), once(ws, 'open')]);
			const agent = new Agent();
			const answer = await post(relay.port, agent, device, held.get(device) ?? '', '/api/scope');
			took.push(performance.now() - sent);
			if (!SameAnswer.parse(JSON.parse(answer)).same) throw new Error('bench: something moved');
			bytes.socket += upgraded.socket.bytesRead + upgraded.socket.bytesWritten;
			bytes.scope += answer.length + (held.get(device) ?? '').length;
			ws.terminate();
		})
	);
	yield {
		bench: `relay: ${RETURNING} devices come back at once, nothing has moved`,
		ledgers: Object.keys(hold).length,
		...percentiles(took),
		seconds: rounded((performance.now() - begun) / 1000),
		bytesOfSocket: Math.round(bytes.socket / RETURNING),
		bytesOfScope: Math.round(bytes.scope / RETURNING)
	};
	yield await stockStorm();
}

/** As many come back to one room of a stock server, and hold what it holds. */
async function stockStorm(): Promise<object> {
	const server = await startStockServer();
	const writer = await openStockWriter(server.port, 'room');
	await writer.write('one entry');
	const { doc } = writer;
	const took: number[] = [];
	const begun = performance.now();
	const back = await Promise.all(
		Array.from({ length: RETURNING }, async () => {
			const sent = performance.now();
			const one = await openStockWriter(server.port, 'room');
			Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(doc));
			await one.ask();
			took.push(performance.now() - sent);
			return one.ws;
		})
	);
	const seconds = rounded((performance.now() - begun) / 1000);
	for (const ws of [writer.ws, ...back]) ws.terminate();
	await server.stop();
	return {
		bench: `stock y-websocket server: ${RETURNING} come back at once, nothing has moved`,
		...percentiles(took),
		seconds
	};
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
