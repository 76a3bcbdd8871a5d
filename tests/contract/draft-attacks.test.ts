/** [R4] What a hostile device of the desk sends to a shared draft: refused, and nobody else is harmed. */
import * as encoding from 'lib0/encoding';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { MINUTE } from '#domain/spans.ts';
import { syncMessage } from '#relay/sockets/frames.ts';
import { startDistrict, type District } from '../support/district.ts';
import {
	deletesBackwards,
	updateOf,
	writeDraft,
	type DraftWriter
} from '../support/draft-writer.ts';
import { until } from '../support/reader.ts';
import { accepted, demand } from '../support/tell.ts';

const BUDGET_MS = 400;
let district: District;
let ahead = 0;
let draft: string;
let honest: DraftWriter;
let hostile: DraftWriter;

beforeAll(async () => {
	district = await startDistrict({
		limits: { draftBudgetMs: BUDGET_MS },
		now: () => Date.now() + ahead
	});
});
afterAll(() => district.end());

/** A draft in which the worker is honest and a device of the secretary is not. */
async function prepare(): Promise<void> {
	const { relay, devices, enrol } = district;
	const asked = v7();
	draft = `reply-${asked}`;
	const opened = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opened);
	honest = await writeDraft(relay, devices.worker, draft);
	honest.text.insert(0, '灯已修好');
	await honest.settled();
	hostile = await writeDraft(relay, enrol(devices.secretary.person), draft);
}
beforeAll(prepare);
afterEach(async () => {
	for (const one of [honest, hostile]) one.end();
	// What the hostile one spent of a minute, and is barred for, is over.
	ahead += MINUTE;
	await prepare();
});

/** Whoever opens it now reads what the honest one wrote, and the honest one goes on. */
async function expectWhole(): Promise<void> {
	honest.text.insert(honest.text.length, '。');
	await honest.settled();
	expect(honest.refusals).toEqual([]);
	const late = await writeDraft(district.relay, district.devices.secretary, draft);
	expect(late.text.toString()).toBe(honest.text.toString());
	expect(late.doc.store.pendingStructs).toBe(null);
	late.end();
}

async function piecesStored(): Promise<number | undefined> {
	const { store } = district.relay;
	const sql = 'SELECT count(*) AS n FROM shared_piece WHERE record = ?';
	return (await store.first<{ n: number }>(sql, draft))?.n;
}

const GC = 0;
const SKIP = 10;

describe('a hostile device', () => {
	test('mutes nobody by claiming what another client is still to write', async () => {
		const { clientID } = honest.doc;
		for (const struct of [GC, SKIP])
			hostile.send(
				updateOf(clientID, honest.text.length, 1, (encoder) => {
					encoding.writeUint8(encoder, struct);
					encoding.writeVarUint(encoder, 2 ** 40);
				})
			);
		await hostile.settled();
		expect(hostile.refusals).toEqual([expect.stringMatching(/^other-writer: /)]);
		await expectWhole();
	});

	test('cannot write on under the client id of another device', async () => {
		const twin = new Y.Doc();
		Y.applyUpdate(twin, Y.encodeStateAsUpdate(honest.doc));
		twin.clientID = honest.doc.clientID;
		const before = Y.encodeStateVector(twin);
		twin.getText('text').insert(0, '假的');
		hostile.send(Y.encodeStateAsUpdate(twin, before));
		await hostile.settled();
		expect(hostile.refusals).toEqual([expect.stringMatching(/^other-writer: /)]);
		await expectWhole();
	});

	test('leaves nothing pending: what builds on the unknown is asked for, not stored', async () => {
		const stored = await piecesStored();
		const asks = hostile.asked();
		for (let i = 0; i < 200; i++)
			hostile.send(
				updateOf(1_000 + i, 1 + i, 1, (encoder) => {
					encoding.writeUint8(encoder, GC);
					encoding.writeVarUint(encoder, 5);
				})
			);
		await hostile.settled();
		expect(hostile.asked()).toBe(asks + 1);
		expect(await piecesStored()).toBe(stored);
		await expectWhole();
	});

	test('is refused with updates of the second format, and with what is none', async () => {
		const stored = await piecesStored();
		const doc = new Y.Doc();
		doc.getText('text').insert(0, 'V2'.repeat(500));
		const second = Y.encodeStateAsUpdateV2(doc);
		const first = Y.encodeStateAsUpdate(doc);
		const inflated = updateOf(5, 0, 2 ** 31, (encoder) => encoding.writeUint8(encoder, 8));
		for (const bytes of [second, first.subarray(0, 40), inflated, new Uint8Array(3_000).fill(255)])
			hostile.send(bytes);
		for (const bytes of [[0], [0, 0], [0, 2, 255, 255, 255, 255, 15], [9, 9, 9]])
			hostile.sendRaw(Uint8Array.from(bytes));
		await hostile.settled();
		expect(hostile.refusals.every((words) => words.startsWith('malformed: '))).toBe(true);
		expect(await piecesStored()).toBe(stored);
		await expectWhole();
	});

	test('cannot make a draft larger than one frame', async () => {
		hostile.send(syncMessage('update', new Uint8Array(200 * 1024)));
		for (let i = 0; i < 8; i++) hostile.text.insert(0, '长'.repeat(10_000));
		await hostile.settled();
		expect(hostile.refusals.length).toBeGreaterThanOrEqual(2);
		expect(hostile.refusals.every((words) => words.startsWith('too-large: '))).toBe(true);
		const late = await writeDraft(district.relay, district.devices.secretary, draft);
		expect(Y.encodeStateAsUpdate(late.doc).length).toBeLessThanOrEqual(192 * 1024);
		expect(late.text.toString().endsWith('灯已修好')).toBe(true);
		late.end();
	});

	test('cannot take up all the sessions that may write in a draft', async () => {
		const sessions = Array.from({ length: 2_000 }, (_, i) => {
			const doc = new Y.Doc();
			doc.clientID = 50_000 + i;
			doc.getText('text').insert(0, '占');
			return Y.encodeStateAsUpdate(doc);
		});
		const refusals: number[] = [];
		for (const part of [sessions, sessions.slice(0, 100), sessions.slice(100, 200)]) {
			hostile.send(Y.mergeUpdates(part));
			await hostile.settled();
			refusals.push(hostile.refusals.length);
		}
		expect(refusals).toEqual([1, 1, 2]);
		const late = await writeDraft(district.relay, district.devices.secretary, draft);
		late.text.insert(0, '后来写的');
		await late.settled();
		expect(late.refusals).toEqual([]);
		late.end();
	});

	test('that floods is closed; the draft goes on', async () => {
		for (let i = 0; i < 500; i++) hostile.send(Uint8Array.of(0, 0));
		expect(await hostile.closed).toBe(1008);
		await expectWhole();
	});

	test('whose update takes too long ends its thread, not the draft, and is barred for a while', async () => {
		const { drafts } = district.relay;
		const before = drafts.counts.broken;
		const length = 60_000;
		hostile.text.insert(0, 'x'.repeat(length));
		hostile.text.insert(0, 'x'.repeat(length));
		await hostile.settled();
		const whole = hostile.text.toString();
		hostile.send(deletesBackwards(hostile.doc.clientID, 40_000));
		await hostile.settled();
		expect(hostile.refusals).toEqual([expect.stringMatching(/^too-heavy: /)]);
		expect(drafts.counts.broken).toBe(before + 1);
		hostile.text.insert(0, '再来');
		await until(() => hostile.refusals.length === 2);
		expect(hostile.ws.readyState).toBe(WebSocket.OPEN);
		await until(() => honest.text.length === whole.length);
		await expectWhole();
	});

	test('has nothing more tried of what waits once one update took too long', async () => {
		const { drafts } = district.relay;
		hostile.text.insert(0, 'x'.repeat(120_000));
		await hostile.settled();
		const before = drafts.counts.broken;
		const heavy = deletesBackwards(hostile.doc.clientID, 40_000);
		for (let i = 0; i < 6; i++) hostile.send(heavy);
		await until(() => hostile.refusals.length === 6);
		expect(hostile.refusals.every((words) => words.startsWith('too-heavy: '))).toBe(true);
		// At most with others, and then alone.
		expect(drafts.counts.broken - before).toBeLessThanOrEqual(2);
		await until(() => honest.text.length === hostile.text.length);
		await expectWhole();
	});
});

test('while it is at work on a heavy update, the relay answers everybody else', async () => {
	const { url } = district.relay;
	hostile.text.insert(0, 'x'.repeat(120_000));
	await hostile.settled();
	hostile.send(deletesBackwards(hostile.doc.clientID, 40_000));
	const answered = await district.devices.member.says(url, demand(v7()));
	expect(answered[0]?.verdict).toBe('accepted');
	expect(district.relay.drafts.counts.open).toBe(2);
	await until(() => hostile.refusals.length > 0);
	await expectWhole();
});
