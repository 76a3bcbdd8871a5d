/** Stock y-websocket providers: they read a board and a desk like any room, and write nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import { encodeUpdate, ROOT } from '#relay/ledgers/ledger-document.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { headsIn, until } from '../support/reader.ts';
import { COMMUNITY, DISTRICT, household, SUBDISTRICT } from '../support/tell.ts';

let district: District;
const open: WebsocketProvider[] = [];

beforeAll(async () => {
	district = await startDistrict({ limits: { aliveMs: 50 } });
});
afterAll(async () => {
	for (const provider of open) provider.destroy();
	await district.end();
});

/** A provider as the library makes it, in a browser that sends the session's cookie. */
function provide(device: TestDevice, ledger: string, doc = new Y.Doc()): WebsocketProvider {
	class WithCookie extends WebSocket {
		constructor(url: string) {
			super(url, { headers: { cookie: device.cookie } });
		}
	}
	const { url, store } = district.relay;
	const provider = new WebsocketProvider(
		`${url.replace('http', 'ws')}/sync`,
		`${ledger}@${store.epoch}`,
		doc,
		// ws is a WebSocket but for the types of a browser's events.
		{ WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket, disableBc: true }
	);
	open.push(provider);
	return provider;
}

function synced(provider: WebsocketProvider): Promise<void> {
	return until(() => provider.synced);
}

async function rowsOf(ledger: string): Promise<Uint8Array> {
	const elements = await district.relay.store.elements(ledger, 0, 10_000);
	return encodeUpdate(elements, 0, Infinity).update;
}

test('[R3] a stock provider reads a board; its inserts and deletes change nothing for anybody', async () => {
	const board = boardLedger(DISTRICT, STANDING);
	const writer = provide(district.devices.member, board);
	const reader = provide(district.devices.officer, board);
	await Promise.all([synced(writer), synced(reader)]);
	expect(Y.encodeStateAsUpdate(reader.doc)).toEqual(await rowsOf(board));

	const { counts } = district.relay.sync;
	const elements = writer.doc.getArray(ROOT);
	elements.insert(0, ['forged']);
	elements.insert(elements.length, [{ seq: 99 }]);
	elements.delete(1, 1);
	await until(() => district.relay.sync.counts.writesIgnored >= counts.writesIgnored + 3);
	expect(writer.wsconnected).toBe(true);
	expect(Y.encodeStateAsUpdate(reader.doc)).toEqual(await rowsOf(board));

	// The ledger goes on for both, the writer's own scribbles beside it.
	await district.devices.district.says(district.relay.url, {
		kind: 'organisation.renamed.v1',
		record: DISTRICT,
		org: DISTRICT,
		body: { name: '兰桥新区' }
	});
	await until(() => headsIn(reader.doc).length === 2);
	const fresh = provide(district.devices.stranger, board);
	await synced(fresh);
	expect(Y.encodeStateAsUpdate(fresh.doc)).toEqual(await rowsOf(board));
	expect(writer.wsconnected).toBe(true);
});

test('a silent board says something within each span of life, so that no provider closes it', async () => {
	const board = boardLedger(SUBDISTRICT, STANDING);
	const provider = provide(district.devices.member, board);
	await synced(provider);
	const first = provider.wsLastMessageReceived;
	await until(() => provider.wsLastMessageReceived > first + 100);
	expect(provider.wsconnected).toBe(true);
});

test('[R3] awareness is shared on a desk, with the person stamped by the relay, and nowhere else', async () => {
	const { secretary, worker, member } = district.devices;
	await secretary.says(district.relay.url, household('door-of-presence'));
	const desk = deskLedger(COMMUNITY, STANDING);
	const [first, second] = [provide(secretary, desk), provide(worker, desk)];
	await Promise.all([synced(first), synced(second)]);
	first.awareness.setLocalState({ user: { person: 'somebody-else', name: 'forged' }, on: 'row-1' });
	const seen = () => second.awareness.getStates().get(first.doc.clientID);
	await until(() => seen() !== undefined);
	expect(seen()).toEqual({ user: { person: secretary.person }, on: 'row-1' });

	first.awareness.setLocalState({ on: 'x'.repeat(2_000) });
	first.awareness.setLocalState({ on: 'row-2' });
	await until(() => seen()?.on === 'row-2');

	const late = provide(district.enrol(worker.person), desk);
	await until(() => late.awareness.getStates().has(first.doc.clientID));
	// Cut off without a word: the relay says that its client is gone.
	first.shouldConnect = false;
	if (first.ws instanceof WebSocket) first.ws.terminate();
	await until(() => seen() === undefined);

	const board = boardLedger(DISTRICT, STANDING);
	const [loud, quiet] = [provide(member, board), provide(worker, board)];
	await Promise.all([synced(loud), synced(quiet)]);
	const { counts } = district.relay.sync;
	loud.awareness.setLocalState({ on: 'row-1' });
	await until(() => district.relay.sync.counts.writesIgnored > counts.writesIgnored);
	expect([...quiet.awareness.getStates().keys()]).toEqual([quiet.doc.clientID]);
});

test('[A2] a provider on a ledger it may not read is turned away', async () => {
	const provider = provide(district.devices.member, deskLedger(COMMUNITY, STANDING));
	const code = await new Promise<number | undefined>((resolve) =>
		provider.on('connection-close', (event) => resolve(event?.code))
	);
	expect(code).toBe(4403);
	expect(provider.doc.getArray(ROOT).length).toBe(0);
	provider.destroy();
});
