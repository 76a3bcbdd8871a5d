/** All that passes on the wire when a device comes back and nothing has moved, however many sessions there were. */
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { v7 } from 'uuid';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { quarterOf } from '#domain/calendar.ts';
import { deskLedger } from '#domain/ledgers.ts';
import { SameAnswer, sameText } from '#domain/wire.ts';
import { sha256 } from '#relay/ledgers/chain.ts';
import { onChannel, syncMessage } from '#relay/sockets/frames.ts';
import type { TestDevice } from '../support/device.ts';
import type { District } from '../support/district.ts';
import { connect } from '../support/reader.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, people } from '../support/tell.ts';
import { openStockWriter, startStockServer } from './stock-server.ts';

const PAST = [1, 10, 100];
/** As long as a cookie that the relay itself gives. */
const COOKIE = `lxq=${'x'.repeat(43)}`.length;
/** Until what was said has gone both ways. */
const QUIET_MS = 300;

export async function* benchReconnect(
	district: District,
	relay: SpawnedRelay
): AsyncIterable<object> {
	const { secretary } = district.devices;
	const { epoch } = await secretary.scope(relay.url);
	const channel = `${deskLedger(COMMUNITY, quarterOf(Date.now()))}@${epoch}`;
	let past = 0;
	for (const sessions of PAST) {
		for (; past < sessions; past++) {
			const device = district.enrol(people.secretary);
			await device.says(relay.url, demand(v7(), { channel: 'phone' }));
			const reader = await connect(relay.url, device.cookie);
			await reader.open(channel);
			reader.close();
			await reader.closed;
		}
		yield {
			bench: 'relay: a device comes back, nothing has moved',
			pastSessions: sessions,
			...(await comeBack(relay, secretary, channel))
		};
	}
	yield* comeBackToStock();
}

async function comeBack(relay: SpawnedRelay, device: TestDevice, channel: string): Promise<object> {
	const { hold, tag } = await device.scope(relay.url);
	const reader = await connect(relay.url, device.cookie);
	const held = Y.encodeStateVector(await reader.open(channel));
	reader.close();
	const cookie = `${device.cookie}; x=`.padEnd(COOKIE, 'x');
	const ws = new WebSocket(`ws://127.0.0.1:${relay.port}/sync`, { headers: { cookie } });
	const [[upgraded]] = await Promise.all([once(ws, 'upgrade'), once(ws, 'open')]);
	const { socket }: IncomingMessage = upgraded;
	const same = sha256(sameText(tag, hold));
	const scope = await askWhetherSame(relay.port, cookie, { same, waiting: 0, version: 'bench' });
	await quiet();
	const ofSocket = bytesOn(socket);
	ws.send(onChannel(channel, syncMessage('step1', held)));
	await quiet();
	const ofLedger = bytesOn(socket) - ofSocket;
	ws.terminate();
	return {
		bytesOfBodies: scope.bodies,
		bytesOfSocket: ofSocket,
		bytesOfScope: scope.all,
		bytes: ofSocket + scope.all,
		bytesMoreForEachOpenLedger: ofLedger
	};
}

function askWhetherSame(
	port: number,
	cookie: string,
	asked: object
): Promise<{ readonly bodies: number; readonly all: number }> {
	const body = JSON.stringify(asked);
	const agent = new Agent({ keepAlive: true });
	const headers = {
		cookie,
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body)
	};
	const to = { host: '127.0.0.1', port, path: '/api/scope', method: 'POST', agent, headers };
	return new Promise((resolve, reject) => {
		const sent = request(to, (response) => {
			let text = '';
			const { socket } = response;
			response.setEncoding('utf8').on('data', (part: string) => (text += part));
			response.once('end', () => {
				if (!SameAnswer.parse(JSON.parse(text)).same) throw new Error('bench: something moved');
				resolve({ bodies: body.length + text.length, all: bytesOn(socket) });
				agent.destroy();
			});
		});
		sent.once('error', reject);
		sent.end(body);
	});
}

/** Each past session was a client of the room's document, as a stock provider is. */
async function* comeBackToStock(): AsyncIterable<object> {
	const server = await startStockServer();
	let past = 0;
	for (const sessions of PAST) {
		for (; past < sessions; past++) {
			const writer = await openStockWriter(server.port, 'room');
			await writer.write('one entry');
			writer.ws.terminate();
		}
		const held = await openStockWriter(server.port, 'room');
		await held.ask();
		const ws = new WebSocket(`ws://127.0.0.1:${server.port}/room`);
		const [[upgraded]] = await Promise.all([once(ws, 'upgrade'), once(ws, 'open')]);
		ws.send(syncMessage('step1', Y.encodeStateVector(held.doc)));
		await quiet();
		yield {
			bench: 'stock y-websocket server: a device comes back, nothing has moved',
			pastSessions: sessions,
			bytes: bytesOn(upgraded.socket)
		};
		for (const each of [ws, held.ws]) each.terminate();
	}
	await server.stop();
}

function bytesOn({ bytesRead, bytesWritten }: Socket): number {
	return bytesRead + bytesWritten;
}

function quiet(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}
