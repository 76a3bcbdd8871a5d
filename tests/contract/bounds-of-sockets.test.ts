/** [R4] The bounds of the sockets, at their values and one over; set small here, as a clerk would by LIMIT_…. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { quarterOf } from '#domain/calendar.ts';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Limits } from '#relay/limits.ts';
import { onChannel } from '#relay/sockets/frames.ts';
import { startDistrict, type District } from '../support/district.ts';
import { closedAfter, frame } from '../support/raw-websocket.ts';
import { connect, until, type Reader } from '../support/reader.ts';
import { COMMUNITY, demand, DISTRICT } from '../support/tell.ts';

async function within(
	limits: Partial<Limits>,
	run: (district: District, url: string) => Promise<void>
): Promise<void> {
	const district = await startDistrict({ limits });
	try {
		await run(district, district.relay.url);
	} finally {
		await district.end();
	}
}

/** Who is there? On a channel that is not open, it is asked in vain. */
const nothing = Uint8Array.of(3);

test('[R4] frames, pongs among them, and bytes of one socket', async () => {
	await within({ framesPer10s: 20, bytesPer10s: 10_000 }, async ({ devices, relay }, url) => {
		const { cookie } = devices.member;
		const board = `${boardLedger(DISTRICT, STANDING)}@${relay.store.epoch}`;
		const just = await connect(url, cookie);
		for (let i = 0; i < 19; i++) just.say('x', nothing);
		await just.open(board);
		just.say('x', nothing);
		expect(await just.closed).toBe(1008);

		const pongs = await connect(url, cookie);
		for (let i = 0; i < 21; i++) pongs.ws.pong();
		expect(await pongs.closed).toBe(1008);

		const heavy = await connect(url, cookie);
		heavy.say('x', Uint8Array.of(0, 2, ...new Uint8Array(9_000)));
		await heavy.open(board);
		heavy.say('x', Uint8Array.of(0, 2, ...new Uint8Array(1_000)));
		expect(await heavy.closed).toBe(1008);
	});
});

/** A frame in as many pieces, of which the last may never come; all but the first hold nothing. */
function inPieces(count: number, isWhole: boolean): Buffer[] {
	return Array.from({ length: count }, (_, i) =>
		frame({
			opcode: i === 0 ? 2 : 0,
			payload: i === 0 ? onChannel('x', nothing) : new Uint8Array(),
			isLast: isWhole && i === count - 1
		})
	);
}

test('[R4] pieces of a frame, though they hold nothing', async () => {
	await within({ framePieces: 5 }, async ({ devices, relay: { port } }) => {
		const { cookie } = devices.member;
		const farewell = frame({ opcode: 8, payload: Uint8Array.of(0x03, 0xe8) });
		const closed = (count: number) =>
			closedAfter(port, cookie, Buffer.concat([...inPieces(count, true), farewell]));
		expect(await closed(5)).toBe(1000);
		expect(await closed(6)).toBe(1008);
	});
});

test('[R4] bytes of one socket, of which no frame comes to an end', async () => {
	const limits = { framePieces: 1e6, bytesPer10s: 10_000 };
	await within(limits, async ({ devices: { member }, relay: { port } }) => {
		const pieces = Buffer.concat(inPieces(2_000, false));
		expect(await closedAfter(port, member.cookie, pieces)).toBe(1008);
	});
});

test('[R4] ledgers open on one socket', async () => {
	await within({ channelsPerSocket: 1 }, async ({ devices, relay }, url) => {
		const reader = await connect(url, devices.secretary.cookie);
		const on = (ledger: string) => `${ledger}@${relay.store.epoch}`;
		await reader.open(on('directory'));
		void reader.open(on(boardLedger(DISTRICT, STANDING)));
		await until(() => reader.told.length > 0);
		expect(reader.told).toEqual([{ denied: [on(boardLedger(DISTRICT, STANDING))] }]);
		reader.shut(on('directory'));
		await reader.open(on(boardLedger(DISTRICT, STANDING)));
		reader.close();
	});
});

test('[R4] sockets count among the requests of an address', async () => {
	await within({ openRequestsPerMinute: 1 }, async ({ devices }, url) => {
		const { cookie } = devices.member;
		const reader = await connect(url, cookie);
		const ws = new WebSocket(`${url.replace('http', 'ws')}/sync`, { headers: { cookie } });
		ws.on('error', () => undefined);
		const told = await new Promise((resolve) =>
			ws.once('unexpected-response', (_request, { statusCode, headers }) =>
				resolve([statusCode, Number(headers['retry-after']) > 0])
			)
		);
		expect(told).toEqual([429, true]);
		reader.close();
	});
});

test('[R4] sockets of a device, though it will not hear that they are closed', async () => {
	await within({ socketsPerDevice: 2 }, async ({ devices, relay }, url) => {
		const { cookie } = devices.member;
		for (let i = 0; i < 6; i++) (await connect(url, cookie)).ws.pause();
		await until(() => relay.sync.counts.sockets <= 3);
	});
});

test('[R4] a socket that asks and asks but reads nothing is dropped, and may come back', async () => {
	// Nothing else is to be what it is closed for.
	const limits = { waitingBytes: 10_000, framesPer10s: 1e9, bytesPer10s: 1e12 };
	await within(limits, async ({ devices: { member }, relay }, url) => {
		const reader = await connect(url, member.cookie);
		reader.ws.pause();
		const denied = `${deskLedger(COMMUNITY, STANDING)}/${'x'.repeat(100)}@${relay.store.epoch}`;
		const ask = onChannel(denied, Uint8Array.of(0, 0, 1, 0));
		await until(() => {
			for (let i = 0; i < 100; i++)
				if (reader.ws.readyState === WebSocket.OPEN) reader.ws.send(ask);
			return relay.sync.counts.sockets === 0;
		});
		expect(relay.sync.counts.bytesWaiting).toBe(0);
		reader.ws.terminate();
		const again = await connect(url, member.cookie);
		await again.open(`${boardLedger(DISTRICT, STANDING)}@${relay.store.epoch}`);
		again.close();
	});
});

/** The most of something that is done in one turn of the event loop. */
async function mostInTurn(count: () => number, work: () => Promise<unknown>): Promise<number> {
	let isOver = false;
	const working = work().finally(() => (isOver = true));
	let most = 0;
	while (!isOver) {
		const before = count();
		await nextTurn();
		most = Math.max(most, count() - before);
	}
	await working;
	return most;
}

test('[R4] what goes to many readers in one turn of the event loop, and all of them get all', async () => {
	await within({ socketsPerDevice: 100 }, async ({ devices, relay }, url) => {
		const { secretary } = devices;
		const channel = `${deskLedger(COMMUNITY, quarterOf(relay.now()))}@${relay.store.epoch}`;
		const readers = await Promise.all(
			Array.from({ length: 60 }, async () => {
				const reader = await connect(url, secretary.cookie);
				return { reader, doc: await reader.open(channel) };
			})
		);
		const large = () => secretary.commit(demand(v7(), { description: '长'.repeat(5_000) }));
		const most = await mostInTurn(
			() => relay.sync.counts.bytesOut,
			async () => {
				await secretary.handIn(url, Array.from({ length: 10 }, large));
				await secretary.says(url, demand(v7()));
			}
		);
		expect(most).toBeLessThan(5 * 2 ** 20);
		const elements = (doc: Y.Doc) => doc.getArray('elements').length;
		await until(() => readers.every(({ doc }) => elements(doc) === 22));
		for (const { reader } of readers) reader.close();
	});
});

test('[R4] what is read in one turn for many readers who catch up, and all of them get all', async () => {
	await within({ socketsPerDevice: 100 }, async ({ devices, relay }, url) => {
		const { secretary } = devices;
		const channel = `${deskLedger(COMMUNITY, quarterOf(relay.now()))}@${relay.store.epoch}`;
		const large = () => secretary.commit(demand(v7(), { description: '长'.repeat(5_000) }));
		await secretary.handIn(url, Array.from({ length: 10 }, large));
		const readers = await Promise.all(
			Array.from({ length: 60 }, () => connect(url, secretary.cookie))
		);
		const most = await mostInTurn(
			() => relay.sync.counts.bytesOut,
			async () => {
				const docs = await Promise.all(readers.map((reader) => reader.open(channel)));
				expect(new Set(docs.map((doc) => doc.getArray('elements').length))).toEqual(new Set([20]));
			}
		);
		expect(most).toBeLessThan(1.5 * 2 ** 20);
		for (const reader of readers) reader.close();
	});
});

/** Sockets of one device, at a relay that holds it to no number of them. */
function connectMany(url: string, cookie: string, count: number): Promise<Reader[]> {
	return Promise.all(Array.from({ length: count }, () => connect(url, cookie)));
}

test('[R4] of sockets that came together a hundred are asked in one turn whether they are there', async () => {
	const limits = { socketsPerDevice: 1_000, aliveMs: 1_500 };
	await within(limits, async ({ devices: { member } }, url) => {
		const readers = await connectMany(url, member.cookie, 250);
		const asked = new Set<Reader>();
		for (const reader of readers) reader.ws.once('ping', () => asked.add(reader));
		const pings = vi.spyOn(WebSocket.prototype, 'ping');
		const asks = () => pings.mock.calls.length;
		const most = await mostInTurn(asks, () => until(() => asked.size === readers.length));
		pings.mockRestore();
		expect(most).toBeLessThanOrEqual(100);
		for (const reader of readers) reader.close();
	});
});

test('[R4] of sockets that something moved for a hundred are told in one turn, and all of them are', async () => {
	await within({ socketsPerDevice: 1_000 }, async ({ devices: { member, secretary } }, url) => {
		const readers = await connectMany(url, secretary.cookie, 250);
		const sends = vi.spyOn(WebSocket.prototype, 'send');
		const told = () => sends.mock.calls.length;
		const most = await mostInTurn(told, async () => {
			await member.says(url, demand(v7()));
			await until(() => readers.every((reader) => reader.told.some((each) => 'moved' in each)));
		});
		sends.mockRestore();
		expect(most).toBeLessThanOrEqual(100);
		for (const reader of readers) reader.close();
	});
});

test('[R4] what is little goes to six hundred readers in one turn, and all of them get it', async () => {
	await within({ socketsPerDevice: 1_000 }, async ({ devices, relay }, url) => {
		const { member, secretary } = devices;
		const channel = `${deskLedger(COMMUNITY, quarterOf(relay.now()))}@${relay.store.epoch}`;
		const readers = await connectMany(url, secretary.cookie, 650);
		const docs = await Promise.all(readers.map((reader) => reader.open(channel)));
		const most = await mostInTurn(
			() => relay.sync.counts.framesOut,
			async () => {
				await member.says(url, demand(v7()));
				await until(() => docs.every((doc) => doc.getArray('elements').length === 2));
			}
		);
		expect(most).toBeLessThanOrEqual(600);
		for (const reader of readers) reader.close();
	});
}, 60_000);
