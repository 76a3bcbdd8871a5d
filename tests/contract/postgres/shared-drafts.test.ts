/** [R2] One reply written at several relays on one database: live both ways, and the same at all of them. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RecordId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import type { Role } from '../../support/district.ts';
import { writeDraft, type DraftWriter } from '../../support/draft-writer.ts';
import { startNodes, type Nodes } from '../../support/nodes.ts';
import { until } from '../../support/reader.ts';
import { spawnRelay } from '../../support/relay.ts';
import { accepted, COMMUNITY, demand } from '../../support/tell.ts';

let nodes: Nodes;
beforeEach(async () => {
	nodes = await startNodes();
});
afterEach(() => nodes.end());

/** A demand that waits for its reply, with the draft of it opened. */
async function openDraft(): Promise<{ asked: RecordId; draft: RecordId }> {
	const { devices, relay } = nodes.district;
	const asked = RecordId.parse(v7());
	const draft = replyDraft(asked);
	const opening = { kind: 'draft.opened.v1', record: draft, body: { of: asked } };
	await devices.secretary.says(relay.url, demand(asked), accepted(asked), opening);
	return { asked, draft };
}

/** Somebody at a relay; `doc` is what the device holds already. */
async function writes(
	relay: { readonly url: string },
	role: Role,
	draft: string,
	doc?: Y.Doc
): Promise<DraftWriter> {
	const { devices, relay: first } = nodes.district;
	const at = { url: relay.url, store: first.store };
	const writer = await writeDraft(at, devices[role], draft, doc);
	nodes.onEnd(() => writer.end());
	return writer;
}

function types(writer: DraftWriter, text: string): void {
	writer.text.insert(writer.text.length, text);
}

const textOf = ({ text }: DraftWriter) => text.toString();
const bytesOf = ({ doc }: DraftWriter) => Y.encodeStateAsUpdate(doc);

/** Whoever is there and whoever comes now, at whichever relay, holds the same bytes. */
async function expectAlike(
	relays: readonly { readonly url: string }[],
	draft: string,
	there: readonly DraftWriter[]
): Promise<void> {
	const late = await Promise.all(relays.map((relay) => writes(relay, 'secretary', draft)));
	await until(() => there.every((each) => textOf(each) === textOf(late[0] ?? each)));
	for (const each of [...late, ...there])
		expect(Buffer.from(bytesOf(each))).toEqual(Buffer.from(bytesOf(late[0] ?? each)));
}

test('two at different relays read each other as they type', async () => {
	const { draft } = await openDraft();
	const relays = [nodes.district.relay, await nodes.another()] as const;
	const first = await writes(relays[0], 'secretary', draft);
	const second = await writes(relays[1], 'worker', draft);
	types(first, '灯已修好');
	await until(() => textOf(second) === '灯已修好');
	types(second, '，请放心。');
	await until(() => textOf(first) === '灯已修好，请放心。');
	await expectAlike(relays, draft, [first, second]);
});

test('where no wake-up comes through, they read each other all the same', async () => {
	const { draft } = await openDraft();
	const { url: databaseUrl } = await nodes.lineOf({ isMute: true });
	const relays = [await nodes.another({ databaseUrl }), await nodes.another({ databaseUrl })];
	const [one, other] = relays;
	if (one === undefined || other === undefined) throw new Error('two relays');
	const first = await writes(one, 'secretary', draft);
	const second = await writes(other, 'worker', draft);
	types(first, '灯已修好');
	await until(() => textOf(second) === '灯已修好');
	types(second, '，请放心。');
	await until(() => textOf(first) === '灯已修好，请放心。');
	await expectAlike(relays, draft, [first, second]);
});

test('what a relay could not read of it for a while it tells once it can', async () => {
	const { draft } = await openDraft();
	const line = await nodes.lineOf();
	const { relay } = nodes.district;
	const cut = await nodes.another({ databaseUrl: line.url });
	const first = await writes(relay, 'secretary', draft);
	const second = await writes(cut, 'worker', draft);
	types(first, '灯已修好');
	await until(() => textOf(second) === '灯已修好');
	line.cut();
	types(first, '，请放心。');
	await first.settled();
	expect(textOf(second)).toBe('灯已修好');
	line.heal();
	await until(() => textOf(second) === '灯已修好，请放心。');
});

test('where one draft cannot be read, the others are told all the same, and it is once it can be', async () => {
	const [{ draft }, { draft: other }] = [await openDraft(), await openDraft()];
	const relay = await nodes.another();
	const { store } = nodes.district.relay;
	const [broken, whole] = [
		await writes(relay, 'worker', draft),
		await writes(relay, 'worker', other)
	];
	const first = new Y.Doc();
	first.getText('text').insert(0, '灯已修好');
	const piece = Buffer.from(Y.encodeStateAsUpdate(first)).toString('base64');
	const put = 'INSERT INTO shared_draft (record, writers, erased) VALUES (?, ?, 0)';
	await store.transaction(async (tx) => {
		tx.write('INSERT INTO shared_piece VALUES (?, 1, ?)', draft, piece);
		tx.write(put, draft, '{');
	});
	const writer = await writes(nodes.district.relay, 'secretary', other);
	types(writer, '已转办。');
	await until(() => textOf(whole) === '已转办。');
	expect(textOf(broken)).toBe('');
	await store.run("UPDATE shared_draft SET writers = '{}' WHERE record = ?", draft);
	await until(() => textOf(broken) === '灯已修好');
});

test('both write a great deal at once, and each merges it: nothing is lost, and all hold the same', async () => {
	const { draft } = await openDraft();
	const relays = [nodes.district.relay, await nodes.another()] as const;
	const first = await writes(relays[0], 'secretary', draft);
	const second = await writes(relays[1], 'worker', draft);
	for (let i = 0; i < 150; i++) {
		types(first, '甲');
		types(second, '乙');
		if (i % 5 === 0) await first.settled();
		if (i % 7 === 0) await second.settled();
	}
	await until(() => [first, second].every(({ text }) => text.length === 300));
	expect([...textOf(first)].filter((each) => each === '甲')).toHaveLength(150);
	await expectAlike([...relays, await nodes.another()], draft, [first, second]);
	const sql = 'SELECT count(*) AS n FROM shared_piece WHERE record = ?';
	const stored = await nodes.district.relay.store.first<{ n: number }>(sql, draft);
	expect(stored?.n).toBeLessThan(150);
	expect([...first.refusals, ...second.refusals]).toEqual([]);
});

test('[R4] of two devices that write under one client id at once, each at a relay, one is taken', async () => {
	const { draft } = await openDraft();
	const relays = [nodes.district.relay, await nodes.another()] as const;
	for (let client = 1; client <= 10; client++) {
		const first = await writes(relays[0], 'secretary', draft);
		const second = await writes(relays[1], 'worker', draft);
		for (const [writer, text] of [[first, '真的'] as const, [second, '假的话'] as const]) {
			const doc = new Y.Doc();
			doc.clientID = client;
			doc.getText('text').insert(0, text);
			writer.send(Y.encodeStateAsUpdate(doc));
		}
		await Promise.all([first.settled(), second.settled()]);
		await expectAlike(relays, draft, []);
		const late = await writes(relays[0], 'secretary', draft);
		expect(textOf(late)).toMatch(/^(真的|假的话)+$/);
	}
});

test('[R1] of two relays one is killed while at it: what anybody read is stored, and the other goes on', async () => {
	const { draft } = await openDraft();
	const { relay } = nodes.district;
	const dying = await spawnRelay(nodes.otherFolder());
	nodes.onEnd(() => dying.end('SIGKILL'));
	const writer = await writes(dying, 'secretary', draft);
	const reader = await writes(relay, 'worker', draft);
	let typed = 0;
	const typing = setInterval(() => types(writer, `第${typed++}句。`), 2);
	await until(() => textOf(reader).includes('第30句'));
	await dying.end('SIGKILL');
	clearInterval(typing);
	const seen = textOf(reader);
	types(reader, '（补）');
	const late = await writes(relay, 'secretary', draft);
	await until(() => textOf(late).includes('（补）'));
	expect(textOf(late).startsWith(seen)).toBe(true);
	// What the device of the writer holds beyond it comes with the device.
	const again = await writes(relay, 'secretary', draft, writer.doc);
	await until(() => textOf(reader).includes(`第${typed - 1}句`));
	await expectAlike([relay, await nodes.another()], draft, [reader, again]);
});

test('the reply said at one relay ends the writing at another, and what came before it is read there', async () => {
	const { asked, draft } = await openDraft();
	const { relay, devices } = nodes.district;
	const other = await nodes.another();
	const first = await writes(relay, 'secretary', draft);
	const second = await writes(other, 'worker', draft);
	types(first, '灯已修好');
	await first.settled();
	const [given] = await devices.secretary.says(relay.url, {
		kind: 'demand.handled.v1',
		record: asked,
		body: { outcome: 'solved', reply: '灯已修好' }
	});
	expect(given?.verdict).toBe('accepted');
	await until(() => textOf(second) === '灯已修好');
	types(second, '，请放心');
	await second.settled();
	expect(second.refusals).toEqual([expect.stringMatching(/^frozen: /)]);
	expect(textOf(first)).toBe('灯已修好');
	expect(textOf(await writes(other, 'secretary', draft))).toBe('灯已修好');
});

test('[A4] a draft whose demand is erased at one relay closes at another', async () => {
	const { asked, draft } = await openDraft();
	const writer = await writes(await nodes.another(), 'secretary', draft);
	types(writer, '已转办。');
	await writer.settled();
	const { relay, devices } = nodes.district;
	const [receipt] = await devices.secretary.says(relay.url, {
		kind: 'erasure.ordered.v1',
		record: v7(),
		body: { of: asked, at: COMMUNITY, entries: [1], ground: 'requested' }
	});
	expect(receipt?.verdict).toBe('accepted');
	await until(() => writer.refusals.some((words) => words.startsWith('erased: ')));
});

test('[R1] who opens a draft while a writer who has left is still being stored gets that writing', async () => {
	const [{ draft }, elsewhere] = [await openDraft(), await openDraft()];
	const { relay } = nodes.district;
	const left = await writes(relay, 'secretary', draft);
	let isHeld = true;
	let isBegun = false;
	const holding = relay.store.transaction(async (tx) => {
		isBegun = true;
		while (isHeld) await tx.meta('realm');
	});
	await until(() => isBegun);
	types(left, '已转办。');
	left.end();
	await until(() => relay.drafts.counts.open === 0);
	const opening = writes(relay, 'worker', draft);
	await until(() => relay.drafts.counts.open === 1);
	// What was asked before this was answered, where it could be.
	(await writes(relay, 'worker', elsewhere.draft)).end();
	isHeld = false;
	await holding;
	const next = await opening;
	await until(() => textOf(next) === '已转办。');
});
