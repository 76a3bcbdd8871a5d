/** Shared drafts: what two people write at once, who may, and when nobody may any more. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { RecordId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import { createDraftStore } from '#relay/drafts/store.ts';
import { awarenessMessage, syncMessage } from '#relay/sockets/frames.ts';
import { filesOfStore, forgetErased } from '../support/database.ts';
import { makeDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { filesHolding } from '../support/files-holding.ts';
import { useOwnPostgres } from '../support/offered-postgres.ts';
import { connect, until } from '../support/reader.ts';
import {
	addDevices,
	found,
	REALM,
	spawnRelay,
	startRelay,
	temporaryFolder
} from '../support/relay.ts';
import { accepted, COMMUNITY, demand, people } from '../support/tell.ts';

// Its files are looked through.
useOwnPostgres({ fsync: false });

let district: District;
beforeAll(async () => {
	district = await startDistrict();
});
afterAll(() => district.end());

/** A demand that waits for its reply, with the draft of it opened. */
async function openDraft(): Promise<{ asked: RecordId; draft: RecordId }> {
	const { url } = district.relay;
	const { member, secretary } = district.devices;
	const asked = RecordId.parse(v7());
	const draft = replyDraft(asked);
	await member.says(url, demand(asked));
	const receipts = await secretary.says(url, accepted(asked), {
		kind: 'draft.opened.v1',
		record: draft,
		body: { of: asked }
	});
	expect(receipts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	return { asked, draft };
}

const write = (device: 'secretary' | 'worker' | 'member' | 'stranger', draft: string) =>
	writeDraft(district.relay, district.devices[device], draft);

const reply = (asked: string, text: string) => ({
	kind: 'demand.handled.v1',
	record: asked,
	body: { outcome: 'solved', reply: text }
});

describe('a shared draft', () => {
	test('is written by two at once, and both read the same', async () => {
		const { draft } = await openDraft();
		const [secretary, worker] = [await write('secretary', draft), await write('worker', draft)];
		secretary.text.insert(0, '您好。');
		worker.text.insert(0, '灯已经修好。');
		await until(() => secretary.text.length === 9 && worker.text.length === 9);
		expect(secretary.text.toString()).toBe(worker.text.toString());
		secretary.end();
		worker.end();
	});

	test('takes what was written without a network, on both sides', async () => {
		const { draft } = await openDraft();
		const first = await write('secretary', draft);
		first.text.insert(0, '已联系物业');
		await first.settled();
		first.end();
		const second = await write('worker', draft);
		second.text.insert(0, '经查，');
		first.text.insert(5, '，三天内修好');
		await second.settled();
		const back = await writeDraft(district.relay, district.devices.secretary, draft, first.doc);
		await until(() => second.text.toString() === '经查，已联系物业，三天内修好');
		await until(() => back.text.toString() === second.text.toString());
		back.end();
		second.end();
	});

	test('takes what it can of an update whose rest builds on what is still to come', async () => {
		const { draft } = await openDraft();
		const [first, second] = [new Y.Doc(), new Y.Doc()];
		first.getText('text').insert(0, '甲');
		const early = Y.encodeStateAsUpdate(first);
		const vector = Y.encodeStateVector(first);
		first.getText('text').insert(1, '乙');
		second.getText('text').insert(0, '丙');
		// What a device tells that heard the later of two before the earlier.
		Y.applyUpdate(second, Y.encodeStateAsUpdate(first, vector));
		const secretary = await write('secretary', draft);
		const worker = await write('worker', draft);
		secretary.send(Y.encodeStateAsUpdate(second));
		await until(() => worker.text.toString() === '丙');
		secretary.send(early);
		secretary.send(Y.encodeStateAsUpdate(first));
		await until(() => worker.text.length === 3);
		expect(secretary.refusals).toEqual([]);
		secretary.end();
		worker.end();
	});

	test('[A2] is opened by nobody who may not read the desk', async () => {
		const { draft } = await openDraft();
		const member = await write('member', draft);
		const stranger = await write('stranger', draft);
		expect([member.denied(), stranger.denied()]).toEqual([true, true]);
		member.text.insert(0, '我也来写');
		const secretary = await write('secretary', draft);
		await secretary.settled();
		expect(secretary.text.toString()).toBe('');
		for (const one of [member, stranger, secretary]) one.end();
	});

	test('is one of a record that an entry opened, and of nothing else', async () => {
		const { url } = district.relay;
		const asked = v7();
		await district.devices.member.says(url, demand(asked));
		for (const record of [`reply-${asked}`, asked, 'nothing', '../x'])
			expect((await write('secretary', record)).denied()).toBe(true);
	});

	test('opened twice is the same draft, under the one name it can have', async () => {
		const { url } = district.relay;
		const { secretary, worker } = district.devices;
		const { asked, draft } = await openDraft();
		const [again] = await worker.says(url, {
			kind: 'draft.opened.v1',
			record: draft,
			body: { of: asked }
		});
		expect(again?.verdict).toBe('accepted');
		const [elsewhere] = await secretary.says(url, {
			kind: 'draft.opened.v1',
			record: v7(),
			body: { of: asked }
		});
		expect(elsewhere).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
	});

	test('opened, closed and opened again in one breath asks for what its writer holds', async () => {
		const { draft } = await openDraft();
		const { url, store } = district.relay;
		const channel = `shared/${draft}@${store.epoch}`;
		const reader = await connect(url, district.devices.secretary.cookie);
		const ask = syncMessage('step1', Uint8Array.of(0));
		reader.say(channel, ask);
		reader.shut(channel);
		reader.say(channel, ask);
		// An answer and a question each time it was opened.
		await until(() => reader.framesOn(channel).length >= 4);
		expect(district.relay.drafts.counts.open).toBe(1);
		reader.shut(channel);
		await until(() => district.relay.drafts.counts.open === 0);
		reader.close();
	});

	test('[R3] tells who else is there, under the name the relay knows', async () => {
		const { draft } = await openDraft();
		const secretary = await write('secretary', draft);
		const worker = await write('worker', draft);
		const awareness = new Awareness(worker.doc);
		awareness.setLocalState({ user: { person: 'forged' }, writing: true });
		const seen = new Awareness(secretary.doc);
		secretary.onAwareness((update) => applyAwarenessUpdate(seen, update, null));
		worker.sendRaw(awarenessMessage(encodeAwarenessUpdate(awareness, [worker.doc.clientID])));
		await until(() => seen.getStates().has(worker.doc.clientID));
		expect(seen.getStates().get(worker.doc.clientID)).toEqual({
			user: { person: people.worker },
			writing: true
		});
		worker.end();
		await until(() => !seen.getStates().has(worker.doc.clientID));
		secretary.end();
		for (const one of [awareness, seen]) one.destroy();
	});
});

describe('what freezes a draft', () => {
	test('is the reply: later writing is refused with a sentence, reading goes on', async () => {
		const { url } = district.relay;
		const { asked, draft } = await openDraft();
		const secretary = await write('secretary', draft);
		const worker = await write('worker', draft);
		secretary.text.insert(0, '灯已修好');
		await secretary.settled();
		const [given] = await district.devices.secretary.says(url, reply(asked, '灯已修好'));
		expect(given?.verdict).toBe('accepted');
		await until(() => worker.text.toString() === '灯已修好');
		worker.text.insert(4, '，请放心');
		await worker.settled();
		expect(worker.refusals).toEqual([expect.stringMatching(/^frozen: .*the reply was given/)]);
		const late = await write('worker', draft);
		expect(late.text.toString()).toBe('灯已修好');
		for (const one of [secretary, worker, late]) one.end();
	});

	test('[A4] an erasure of the demand takes the draft with it, for ever', async () => {
		const { url } = district.relay;
		const { asked, draft } = await openDraft();
		const secretary = await write('secretary', draft);
		secretary.text.insert(0, `金丝雀${v7()}`);
		await secretary.settled();
		const stored = await district.relay.store.first<{ piece: string }>(
			'SELECT piece FROM shared_piece WHERE record = ?',
			draft
		);
		const piece = stored?.piece ?? 'none';
		const isStored = () => filesHolding(filesOfStore(district.dataDir), piece).length > 0;
		expect(isStored()).toBe(true);
		const ordered = { of: asked, at: COMMUNITY, entries: [1], ground: 'requested' };
		const [receipt] = await district.devices.secretary.says(url, {
			kind: 'erasure.ordered.v1',
			record: v7(),
			body: ordered
		});
		expect(receipt?.verdict).toBe('accepted');
		await until(() => secretary.refusals.some((words) => words.startsWith('erased: ')));
		await forgetErased(district.dataDir);
		await until(() => !isStored());
		// What a device still holds does not bring it back.
		const again = await writeDraft(
			district.relay,
			district.devices.secretary,
			draft,
			secretary.doc
		);
		expect(again.denied()).toBe(true);
		again.end();
		secretary.end();
	});
});

test('[R2] of two relays that tried on the same draft the later stores nothing: it tries anew on what stands', async () => {
	const { draft } = await openDraft();
	const store = createDraftStore(district.relay.store);
	const piece = Y.encodeStateAsUpdate(new Y.Doc());
	const first = { last: 0, pieces: [piece], isWhole: false, writers: new Map([[1, 'first']]) };
	expect(await store.add(draft, first)).toBe('stored');
	for (const isWhole of [false, true]) {
		const second = { ...first, isWhole, writers: new Map([[1, 'second']]) };
		expect(await store.add(draft, second)).toBe('behind');
	}
	expect(await store.read(draft)).toEqual({ pieces: [piece], last: 1, writers: first.writers });
	expect(await store.add(draft, { ...first, last: 1, isWhole: true })).toBe('stored');
	expect(await store.read(draft)).toMatchObject({ pieces: [piece], last: 2 });
});

describe('[R1] what was told to others', () => {
	test('is stored: a relay killed after it has the draft whole', async () => {
		const folder = temporaryFolder();
		const first = await startRelay({ dataDir: folder.path });
		await found(first);
		const devices = [people.secretary, people.worker].map((person) => makeDevice(person, REALM));
		addDevices(
			folder.path,
			devices.map(({ id, person, publicKey }) => ({ id, person, publicKey }))
		);
		const { epoch } = first.store;
		await first.close();
		const killed = await spawnRelay(folder.path);
		const [one, other] = devices;
		if (one === undefined || other === undefined) throw new Error('two devices');
		const asked = v7();
		const draft = `reply-${asked}`;
		await one.says(killed.url, demand(asked), accepted(asked), {
			kind: 'draft.opened.v1',
			record: draft,
			body: { of: asked }
		});
		const relay = { url: killed.url, store: { epoch } };
		const writer = await writeDraft(relay, one, draft);
		const reader = await writeDraft(relay, other, draft);
		for (let i = 0; i < 200; i++) writer.text.insert(writer.text.length, `第${i}句。`);
		await until(() => reader.text.toString().includes('第150句'));
		await killed.end('SIGKILL');
		const seen = reader.text.toString();
		const again = await startRelay({ dataDir: folder.path });
		const late = await writeDraft(again, other, draft);
		expect(late.text.toString().startsWith(seen)).toBe(true);
		for (const each of [writer, reader, late]) each.end();
		await again.close();
		folder.remove();
	});
});
