/** Clients that we did not write: y-websocket 2.1 and 3 on a board and a draft, y-protocols to the byte, Hocuspocus. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider as Provider3 } from 'y-websocket';
import { WebsocketProvider as Provider2 } from 'y-websocket-2';
import * as Y from 'yjs';
import { boardLedger, STANDING } from '#domain/ledgers.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { until } from '../support/reader.ts';
import { spawnRelay } from '../support/relay.ts';
import { accepted, demand, DISTRICT } from '../support/tell.ts';

let district: District;
let draft: string;
const open: { destroy(): void }[] = [];

beforeAll(async () => {
	district = await startDistrict();
	const { relay, devices } = district;
	const asked = v7();
	draft = `reply-${asked}`;
	const opened = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
});
afterEach(() => {
	for (const one of open.splice(0)) one.destroy();
});
afterAll(() => district.end());

const ws = () => `${district.relay.url.replace('http', 'ws')}/sync`;

/** A browser's socket sends the session's cookie; this one does so too. */
function socketOf(device: TestDevice): typeof globalThis.WebSocket {
	class WithCookie extends WebSocket {
		constructor(url: string) {
			super(url, { headers: { cookie: device.cookie } });
		}
	}
	// ws is a WebSocket but for the types of a browser's events.
	return WithCookie as unknown as typeof globalThis.WebSocket;
}

function provide(
	version: 2 | 3,
	device: TestDevice,
	room: string
): { doc: Y.Doc; isSynced: () => boolean; isConnected: () => boolean } {
	const doc = new Y.Doc();
	const options = { WebSocketPolyfill: socketOf(device), disableBc: true };
	const name = `${room}@${district.relay.store.epoch}`;
	const provider =
		version === 2
			? new Provider2(ws(), name, doc, options)
			: new Provider3(ws(), name, doc, options);
	open.push(provider);
	return {
		doc,
		isSynced: () => provider.synced,
		isConnected: () => provider.wsconnected
	};
}

describe.each([2, 3] as const)('y-websocket %i', (version) => {
	test('reads a board to the byte', async () => {
		const board = boardLedger(DISTRICT, STANDING);
		const { doc, isSynced } = provide(version, district.devices.member, board);
		await until(isSynced);
		const rows = await district.relay.store.elements(board, 0, 1_000);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(encodeUpdate(rows, 0, Infinity).update);
	});

	test('writes a shared draft with the other version, and hears its refusal without leaving', async () => {
		const { secretary, worker } = district.devices;
		const room = `shared/${draft}`;
		const [one, other] = [
			provide(version, secretary, room),
			provide(version === 2 ? 3 : 2, worker, room)
		];
		await until(() => one.isSynced() && other.isSynced());
		const said = `第${version}版`;
		one.doc.getText('text').insert(0, said);
		await until(() => other.doc.getText('text').toString().includes(said));
		other.doc.getText('text').insert(0, '好，');
		await until(() => one.doc.getText('text').toString().startsWith(`好，${said}`));
		const before = district.relay.drafts.counts.refused;
		one.doc.getText('text').insert(0, '长'.repeat(70_000));
		await until(() => district.relay.drafts.counts.refused > before);
		expect(one.isConnected()).toBe(true);
	});
});

test('the bytes of y-protocols are answered with the bytes of y-protocols', async () => {
	const { relay, devices } = district;
	const asked = v7();
	const record = `reply-${asked}`;
	const opened = { kind: 'draft.opened.v1', record, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
	const join = async (device: TestDevice) => {
		const path = `${ws()}/shared/${record}@${relay.store.epoch}`;
		const socket = new WebSocket(path, { headers: { cookie: device.cookie } });
		const frames: number[][] = [];
		socket.on('message', (data) => data instanceof Buffer && frames.push([...data]));
		await new Promise((resolve) => socket.once('open', resolve));
		open.push({ destroy: () => socket.close() });
		return { frames, send: (...bytes: number[]) => socket.send(Uint8Array.from(bytes)) };
	};
	const [writer, reader] = [await join(devices.secretary), await join(devices.worker)];
	// SyncStep1 of an empty document, and what any y-protocols server answers: SyncStep2, SyncStep1.
	const emptyStep1 = [0, 0, 1, 0];
	const emptyStep2 = [0, 1, 2, 0, 0];
	for (const one of [writer, reader]) one.send(...emptyStep1);
	await until(() => writer.frames.length === 2 && reader.frames.length === 2);
	expect(writer.frames).toEqual([emptyStep2, emptyStep1]);
	// Client 9 inserts "hi" into the root text.
	const update = [1, 1, 9, 0, 4, 1, 4, 116, 101, 120, 116, 2, 104, 105, 0];
	writer.send(0, 2, update.length, ...update);
	await until(() => reader.frames.length === 3);
	expect(reader.frames[2]).toEqual([0, 2, update.length, ...update]);
	reader.send(...emptyStep1);
	await until(() => reader.frames.length === 4);
	expect(reader.frames[3]).toEqual([0, 1, update.length, ...update]);
	// Awareness of client 9: the person is the relay's to say.
	const state = [...Buffer.from('{"writing":true}')];
	writer.send(1, state.length + 4, 1, 9, 1, state.length, ...state);
	await until(() => reader.frames.length === 5);
	const stamped = [
		...Buffer.from(`{"writing":true,"user":{"person":"${devices.secretary.person}"}}`)
	];
	expect(reader.frames[4]).toEqual([1, stamped.length + 4, 1, 9, 1, stamped.length, ...stamped]);
});

describe('who speaks another language', () => {
	test('is told so and closed, and logs do not fill', async () => {
		const { secretary } = district.devices;
		await district.relay.close();
		const relay = await spawnRelay(district.dataDir, { LOG_LEVEL: 'info' });
		let logged = '';
		relay.process.stdout?.on('data', (text: string) => (logged += text));
		const path = `${relay.url.replace('http', 'ws')}/sync`;
		const codes: number[] = [];
		const headers = { cookie: secretary.cookie };
		const garbage = [
			'hello',
			'{"type":"connect"}',
			Buffer.alloc(500, 255),
			Buffer.from([77, 1, 2])
		];
		for (let i = 0; i < 40; i++) {
			const socket = new WebSocket(i % 2 === 0 ? path : `${path}/x`, { headers });
			socket.on('open', () => socket.send(garbage[i % garbage.length] ?? ''));
			codes.push(await new Promise<number>((resolve) => socket.once('close', resolve)));
		}
		expect(new Set(codes)).toEqual(new Set([1003]));

		const websocketProvider = new HocuspocusProviderWebsocket({
			url: path,
			WebSocketPolyfill: socketOf(secretary),
			maxAttempts: 1
		});
		const provider = new HocuspocusProvider({
			websocketProvider,
			name: boardLedger(DISTRICT, STANDING)
		});
		let closes = 0;
		provider.on('close', () => (closes += 1));
		provider.attach();
		await until(() => closes > 0);
		expect(provider.synced).toBe(false);
		provider.destroy();
		websocketProvider.destroy();

		const receipts = await secretary.says(relay.url, demand(v7()));
		expect(receipts[0]?.verdict).toBe('accepted');
		expect(logged.split('\n').filter((line) => line.includes('"level"')).length).toBeLessThan(5);
		await relay.end('SIGTERM');
		await district.restart();
	});
});
