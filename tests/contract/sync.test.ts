/** The shared socket of a device: what it is sent, what it is never sent, how it resumes. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { boardLedger, deskLedger, factsLedger, memberLedger, STANDING } from '#domain/ledgers.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import { syncMessage } from '#relay/sockets/frames.ts';
import { startDistrict, type District } from '../support/district.ts';
import { connect, headsIn, until } from '../support/reader.ts';
import { COMMUNITY, demand, DISTRICT, household, people, visit } from '../support/tell.ts';

let district: District;
let url: string;
let epoch: string;
let period: string;
const door = v7();

beforeAll(async () => {
	district = await startDistrict();
	({ url } = district.relay);
	({ epoch } = district.relay.store);
	const { secretary, member } = district.devices;
	await secretary.says(url, household(door));
	const [receipt] = await member.says(url, visit(v7(), door));
	period = receipt?.places[0]?.ledger.split('/').at(-1) ?? '';
});
afterAll(() => district.end());

const desk = () => deskLedger(COMMUNITY, period);
const facts = () => factsLedger(COMMUNITY, period);
const own = () => memberLedger(people.member, COMMUNITY, period);
const on = (ledger: string) => `${ledger}@${epoch}`;

describe('[L1] a reader', () => {
	test('is sent what is there, then what comes, and its document is the rows', async () => {
		const { secretary, member } = district.devices;
		const reader = await connect(url, secretary.cookie);
		const doc = await reader.open(on(desk()));
		const [receipt] = await member.says(url, demand(v7(), { household: door }));
		const seq = receipt?.places[0]?.seq ?? 0;
		await until(() => headsIn(doc).length === seq);
		const rows = await district.relay.store.elements(desk(), 0, 10_000);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(encodeUpdate(rows, 0, Infinity).update);
		expect(headsIn(doc).map((head) => head.seq)).toEqual(rows.map((row) => row.seq));
		reader.close();
	});

	test('gets one frame for a commit group, not one for each entry', async () => {
		const { secretary, member } = district.devices;
		const reader = await connect(url, secretary.cookie);
		const doc = await reader.open(on(desk()));
		const before = { frames: reader.framesOn(on(desk())).length, heads: headsIn(doc).length };
		await member.says(url, demand(v7()), demand(v7()), demand(v7()));
		await until(() => headsIn(doc).length === before.heads + 3);
		expect(reader.framesOn(on(desk()))).toHaveLength(before.frames + 1);
		reader.close();
	});
});

describe('[R7] a broken link', () => {
	test('resumes where it was: only what is missing is sent', async () => {
		const { secretary, member } = district.devices;
		const first = await connect(url, secretary.cookie);
		const doc = await first.open(on(desk()));
		first.ws.terminate();
		const held = headsIn(doc).length;
		const long = '长'.repeat(2_000);
		for (let i = 0; i < 3; i++) await member.says(url, demand(v7(), { description: long }));
		const again = await connect(url, secretary.cookie);
		await again.open(on(desk()), doc);
		expect(headsIn(doc).length).toBe(held + 3);
		const sent = again.framesOn(on(desk())).reduce((sum, frame) => sum + frame.length, 0);
		const wholeSize = Y.encodeStateAsUpdate(doc).length;
		expect(sent).toBeLessThan(wholeSize);
		expect(sent).toBeLessThan(3 * 8_500);
		again.close();
	});

	test('cut in the middle of a long ledger goes on from the last frame that came', async () => {
		const { secretary } = district.devices;
		const long = '字'.repeat(9_000);
		const commits = Array.from({ length: 30 }, () =>
			secretary.commit(demand(v7(), { description: long, channel: 'phone' }))
		);
		await secretary.handIn(url, commits);
		const doc = new Y.Doc();
		const first = await connect(url, secretary.cookie);
		void first.open(on(desk()), doc);
		first.ws.on('message', () => first.framesOn(on(desk())).length > 0 && first.ws.terminate());
		await first.closed;
		const held = headsIn(doc).length;
		const all = (await district.relay.store.elements(desk(), 0, 10_000)).length;
		expect(held).toBeGreaterThan(0);
		expect(held).toBeLessThan(all);
		const again = await connect(url, secretary.cookie);
		await again.open(on(desk()), doc);
		expect(headsIn(doc).length).toBe(all);
		for (const frame of [...first.frames, ...again.frames])
			expect(frame.length).toBeLessThanOrEqual(256 * 1024);
		again.close();
	});

	test('of an unchanged ledger costs under 100 bytes', async () => {
		const { secretary } = district.devices;
		const first = await connect(url, secretary.cookie);
		const doc = await first.open(on(facts()));
		first.close();
		const again = await connect(url, secretary.cookie);
		await again.open(on(facts()), doc);
		const sent = again.framesOn(on(facts()));
		expect(sent).toHaveLength(1);
		expect(sent[0]?.length).toBeLessThan(100);
		again.close();
	});
});

describe('[A2] the ledger is the permission', () => {
	test('no byte of a desk’s text reaches a device that may not read it', async () => {
		const canary = `金丝雀${v7()}`;
		const { secretary, ...others } = district.devices;
		const readers = await Promise.all(
			Object.entries(others)
				.filter(([role]) => role !== 'worker')
				.map(async ([, device]) => {
					const reader = await connect(url, device.cookie);
					const { hold } = await device.scope(url);
					const docs = await Promise.all(
						Object.keys(hold).map((ledger) => reader.open(on(ledger)))
					);
					for (const ledger of [desk(), deskLedger(COMMUNITY, STANDING), own()])
						if (!(ledger in hold)) void reader.open(on(ledger));
					return { device, reader, docs };
				})
		);
		const worker = await connect(url, others.worker.cookie);
		const workersDesk = await worker.open(on(desk()));
		const asked = v7();
		await secretary.says(
			url,
			household(v7(), people.secondMember),
			demand(asked, { title: canary, requester: canary, channel: 'walkIn' })
		);
		await secretary.says(url, {
			kind: 'handling.noted.v1',
			record: v7(),
			body: { demand: asked, text: canary }
		});
		const found = (frames: Uint8Array[]) =>
			frames.some((frame) => Buffer.from(frame).includes(canary));
		await until(() => found(worker.frames));
		const held = (doc: typeof workersDesk) => JSON.stringify(doc.getArray('elements').toJSON());
		expect(held(workersDesk)).toContain(canary);
		for (const { device, reader, docs } of readers) {
			expect(found(reader.frames)).toBe(false);
			expect(docs.map(held).join('')).not.toContain(canary);
			for (const ledger of [desk(), deskLedger(COMMUNITY, STANDING)]) {
				const headers = { cookie: device.cookie };
				const response = await fetch(`${url}/api/ledgers/${ledger}`, { headers });
				expect(response.status).toBe(403);
				expect(await response.text()).not.toContain(canary);
			}
			for (const ledger of Object.keys((await device.scope(url)).hold)) {
				const headers = { cookie: device.cookie };
				const response = await fetch(`${url}/api/ledgers/${ledger}`, { headers });
				expect(response.status).toBe(200);
				expect(await response.text()).not.toContain(canary);
			}
			const denied = reader.told.flatMap((one) => one.denied ?? []);
			if (device.person !== people.stranger) expect(denied).toContain(on(desk()));
			reader.close();
		}
		worker.close();
	});

	test('a foreign, unknown or old-epoch channel is denied, and the socket goes on', async () => {
		const { member } = district.devices;
		const reader = await connect(url, member.cookie);
		const old = `${own()}@00000000`;
		const unreadable = ['desk', '../store', 'desk/no_code/standing'].map(on);
		const strange = [on(desk()), old, 'x', ...unreadable];
		for (const channel of strange) void reader.open(channel);
		await until(() => reader.told.length >= strange.length);
		expect(reader.told.map((one) => one.denied)).toEqual(strange.map((name) => [name]));
		await reader.open(on(own()));
		reader.close();
	});

	test('[R5] a duty that ends closes its channels before anything more is sent', async () => {
		const { relay, devices, enrol } = district;
		const worker = enrol(people.worker);
		const reader = await connect(url, worker.cookie);
		await reader.open(on(desk()));
		const ended = { to: relay.now(), reason: '调离' };
		const [receipt] = await devices.secretary.says(url, {
			kind: 'duty.ended.v1',
			record: `duty-${people.worker}`,
			body: ended
		});
		expect(receipt?.verdict).toBe('accepted');
		const canary = `离任后${v7()}`;
		await devices.secretary.says(url, demand(v7(), { title: canary, channel: 'phone' }));
		await until(() => reader.told.some((one) => one.scope === true));
		expect(reader.told.flatMap((one) => one.denied ?? [])).toContain(on(desk()));
		expect(reader.frames.some((frame) => Buffer.from(frame).includes(canary))).toBe(false);
		const scope = await worker.scope(url, { [desk()]: { seq: 1, chain: 'x' } });
		expect(scope.drop).toEqual([desk()]);
		expect(scope.duties).toEqual([]);
		reader.close();
	});
});

describe('a ledger that is not open on the socket', () => {
	test('is named when it moves, if it may be read', async () => {
		const { member, secondMember } = district.devices;
		const reader = await connect(url, member.cookie);
		const bystander = await connect(url, secondMember.cookie);
		await member.says(url, visit(v7(), door));
		await until(() => reader.told.length > 0);
		const moved = Object.assign({}, ...reader.told.map((one) => one.moved));
		expect(Object.keys(moved)).toEqual([own()]);
		expect(moved[own()]).toEqual(await district.relay.store.ledgerHead(own()));
		await district.devices.secretary.says(url, household(v7(), people.secondMember));
		await until(() => bystander.told.length > 0);
		const told = Object.assign({}, ...bystander.told.map((one) => one.moved));
		expect(Object.keys(told)).toEqual([memberLedger(people.secondMember, COMMUNITY, STANDING)]);
		reader.close();
		bystander.close();
	});

	test('stops being sent when its channel is closed', async () => {
		const { member } = district.devices;
		const reader = await connect(url, member.cookie);
		const doc = await reader.open(on(own()));
		reader.shut(on(own()));
		const held = headsIn(doc).length;
		await member.says(url, visit(v7(), door));
		await until(() => reader.told.some((one) => 'moved' in one));
		expect(headsIn(doc).length).toBe(held);
		reader.close();
	});
});

describe('[R3] a write of a client', () => {
	test('is ignored and counted; the socket and everyone else go on', async () => {
		const { member, secretary } = district.devices;
		const [writer, other] = [
			await connect(url, member.cookie),
			await connect(url, secretary.cookie)
		];
		const board = on(boardLedger(DISTRICT, STANDING));
		const doc = await writer.open(board);
		const others = await other.open(board);
		const before = Y.encodeStateAsUpdate(others);
		const { counts } = district.relay.sync;
		const mine = new Y.Doc();
		Y.applyUpdate(mine, before);
		mine.getArray('elements').insert(0, ['forged']);
		mine.getArray('elements').delete(1, 1);
		for (const kind of ['step2', 'update'] as const)
			writer.say(board, syncMessage(kind, Y.encodeStateAsUpdate(mine)));
		// A 13-byte update that would mute another session of a relay that believed it.
		writer.say(
			board,
			syncMessage('update', Uint8Array.of(1, 1, 1, 127, 8, 1, 1, 120, 1, 119, 1, 97, 0))
		);
		writer.say(board, Uint8Array.of(9, 9, 9));
		writer.ws.send('text');
		writer.ws.send(Uint8Array.of(255));
		await until(() => district.relay.sync.counts.writesIgnored >= counts.writesIgnored + 3);
		await writer.open(board, doc);
		const fresh = await other.open(board, new Y.Doc());
		expect(Y.encodeStateAsUpdate(fresh)).toEqual(before);
		expect(writer.ws.readyState).toBe(WebSocket.OPEN);
		writer.close();
		other.close();
	});
});

describe('[R4] a socket', () => {
	const answered = (headers: Record<string, string>, path = '/sync', at = url) =>
		new Promise<{ status: number; retryAfter?: string | undefined }>((resolve) => {
			const ws = new WebSocket(`${at.replace('http', 'ws')}${path}`, { headers });
			ws.once('unexpected-response', (_request, { statusCode = 0, headers: told }) =>
				resolve({ status: statusCode, retryAfter: told['retry-after'] })
			);
			ws.once('open', () => resolve({ status: 101 }));
			ws.once('error', () => undefined);
		});
	const refused = async (headers: Record<string, string>, path?: string) =>
		(await answered(headers, path)).status;

	test('of a foreign page, without a session or of another path is refused', async () => {
		const { cookie } = district.devices.member;
		expect(await refused({ cookie, origin: 'https://elsewhere.example' })).toBe(403);
		expect(await refused({ origin: 'null', cookie })).toBe(403);
		expect(await refused({})).toBe(401);
		expect(await refused({ cookie: 'lxq=nobody' })).toBe(401);
		expect(await refused({ cookie }, '/else')).toBe(404);
		expect(await refused({ cookie, origin: url })).toBe(101);
	});

	test('that sends too much at once or too large a frame is closed', async () => {
		const tight = await startDistrict({ limits: { framesPer10s: 20, frameBytes: 1_000 } });
		try {
			const { cookie } = tight.devices.member;
			const flood = await connect(tight.relay.url, cookie);
			for (let i = 0; i < 30; i++) flood.say('x', Uint8Array.of(3));
			expect(await flood.closed).toBe(1008);
			const large = await connect(tight.relay.url, cookie);
			large.ws.on('error', () => undefined);
			large.ws.send(new Uint8Array(2_000));
			expect(await large.closed).toBe(1009);
		} finally {
			await tight.end();
		}
	});

	test('that is silent to a ping is dropped, one that answers is not', async () => {
		const tight = await startDistrict({ limits: { aliveMs: 20 } });
		try {
			const { cookie } = tight.devices.member;
			const alive = await connect(tight.relay.url, cookie);
			const ws = new WebSocket(`${tight.relay.url.replace('http', 'ws')}/sync`, {
				headers: { cookie },
				autoPong: false
			});
			expect(await new Promise((resolve) => ws.once('close', resolve))).toBe(1006);
			expect(alive.ws.readyState).toBe(WebSocket.OPEN);
		} finally {
			await tight.end();
		}
	});

	test('for which there is no room is told when to knock again', async () => {
		const tight = await startDistrict({ limits: { sockets: 1 } });
		try {
			const { cookie } = tight.devices.member;
			const first = await connect(tight.relay.url, cookie);
			const answer = await answered({ cookie }, '/sync', tight.relay.url);
			expect(answer).toEqual({ status: 503, retryAfter: '5' });
			first.close();
		} finally {
			await tight.end();
		}
	});

	test('of a device that has too many closes the oldest', async () => {
		const tight = await startDistrict({ limits: { socketsPerDevice: 2 } });
		try {
			const { cookie } = tight.devices.member;
			const first = await connect(tight.relay.url, cookie);
			await connect(tight.relay.url, cookie);
			await connect(tight.relay.url, cookie);
			expect(await first.closed).toBe(4409);
		} finally {
			await tight.end();
		}
	});

	test(
		'that reads slowly holds little in the relay, and gets everything in the end',
		{ timeout: 90_000 },
		async () => {
			const waitingBytes = 300_000;
			const tight = await startDistrict({ limits: { waitingBytes } });
			try {
				const { secretary } = tight.devices;
				const reader = await connect(tight.relay.url, secretary.cookie);
				const [receipt] = await secretary.says(tight.relay.url, demand(v7(), { channel: 'phone' }));
				const ledger = receipt?.places[0]?.ledger ?? '';
				const channel = `${ledger}@${tight.relay.store.epoch}`;
				const doc = await reader.open(channel);
				reader.ws.pause();
				const long = '字'.repeat(9_000);
				for (let i = 0; i < 25; i++) {
					const commits = Array.from({ length: 20 }, () =>
						secretary.commit(demand(v7(), { description: long, channel: 'phone' }))
					);
					await secretary.handIn(tight.relay.url, commits);
				}
				const held = tight.relay.sync.counts.bytesWaiting;
				expect(held).toBeLessThan(2 * waitingBytes);
				reader.ws.resume();
				await until(() => headsIn(doc).length === 501);
				reader.close();
			} finally {
				await tight.end();
			}
		}
	);
});
