/** A stock y-websocket server as a process of its own, to be measured beside the relay. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { percentiles, type Percentiles } from './measured.ts';

export interface StockServer {
	readonly port: number;
	readonly pid: number | undefined;
	stop(): Promise<void>;
}

export async function startStockServer(): Promise<StockServer> {
	const main = createRequire(import.meta.url).resolve('y-websocket-2');
	const script = join(dirname(main), '..', 'bin', 'server.cjs');
	const port = await freePort();
	const child = spawn(process.execPath, [script], {
		env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	await once(child.stdout, 'data');
	return {
		port,
		pid: child.pid,
		async stop() {
			child.kill('SIGKILL');
			await once(child, 'exit');
		}
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One who writes into a room of a stock server. */
export interface StockWriter {
	readonly ws: WebSocket;
	readonly doc: Y.Doc;
	/** Adds a text to the room's array; resolves once the server answers from a document that holds it. */
	write(text: string): Promise<void>;
	/** Resolves once its document holds what the server's does. */
	ask(): Promise<void>;
}

export async function openStockWriter(port: number, room: string): Promise<StockWriter> {
	const ws = new WebSocket(`ws://127.0.0.1:${port}/${room}`);
	const doc = new Y.Doc();
	const root = doc.getArray<string>('elements');
	const server = {};
	let answered: () => void = () => undefined;
	ws.on('message', (data: Buffer) => {
		const decoder = decoding.createDecoder(data);
		if (decoding.readVarUint(decoder) !== 0) return;
		const kind = decoding.readVarUint(decoder);
		if (kind === syncProtocol.messageYjsSyncStep1) return;
		Y.applyUpdate(doc, decoding.readVarUint8Array(decoder), server);
		if (kind === syncProtocol.messageYjsSyncStep2) answered();
	});
	doc.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin !== server) ws.send(sync((to) => syncProtocol.writeUpdate(to, update)));
	});
	await once(ws, 'open');
	const ask = () =>
		new Promise<void>((resolve) => {
			answered = resolve;
			ws.send(sync((to) => syncProtocol.writeSyncStep1(to, doc)));
		});
	return {
		ws,
		doc,
		write(text) {
			root.insert(root.length, [text]);
			return ask();
		},
		ask
	};
}

function sync(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 0);
	write(encoder);
	return encoding.toUint8Array(encoder);
}

/** Writers that each wait until the server has their text in its memory before they write the next. */
export async function* benchStockWriters(text: string, count: number): AsyncIterable<object> {
	for (const connections of [1, 50]) {
		const server = await startStockServer();
		const writers = await Promise.all(
			Array.from({ length: connections }, (_, i) => openStockWriter(server.port, `room-${i}`))
		);
		const took: number[] = [];
		const begun = performance.now();
		await Promise.all(
			writers.map(async (writer) => {
				for (let i = 0; i < count / connections; i++) {
					const sent = performance.now();
					await writer.write(text);
					took.push(performance.now() - sent);
				}
			})
		);
		const perSecond = Math.round(took.length / ((performance.now() - begun) / 1000));
		for (const { ws } of writers) ws.terminate();
		await server.stop();
		const shown: Percentiles & object = percentiles(took);
		yield {
			bench: 'stock y-websocket server: texts kept in memory',
			connections,
			perSecond,
			...shown
		};
	}
}
