/** Saying: what is saved, signed and laid over the rows when a form is done, and what when it cannot be. */
import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { parseEntry } from '#domain/entry.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { RecordId } from '#domain/ids.ts';
import { makeKeys } from '#lib/device/keys.ts';
import { draftStore } from '#lib/drafts/draft-store.ts';
import { foldIntoRows } from '#lib/rows/fold-into-rows.ts';
import { emptyPage } from '#lib/rows/queries.ts';
import { catchUp } from '#lib/outbox/overlay.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	HOUR,
	people,
	visit,
	type World
} from '../../support/tell.ts';
import { makePhone, type Phone } from './phone.ts';

const MEMBER = `member/${people.member}/${COMMUNITY}/2026Q4`;
const phones: Phone[] = [];

async function phoneOf(options: Parameters<typeof makePhone>[0]): Promise<Phone> {
	const phone = await makePhone(options);
	phones.push(phone);
	return phone;
}

afterEach(async () => {
	for (const phone of phones.splice(0)) await phone.close();
});

/** Folds what a ledger of the story holds, as the worker would. */
async function receives(phone: Phone, world: World, ledger = MEMBER): Promise<void> {
	const elements = world.ledgers.get(ledger) ?? [];
	const moved = await foldIntoRows(
		phone.rows,
		ledger,
		elements.map(({ head, entry }) => ({ is: 'entry', head, entry }))
	);
	await catchUp(phone, moved);
}

test('[O1] entries, overlay and the end of the draft are one transaction', async () => {
	const phone = await phoneOf({ person: people.member });
	await phone.device.drafts.put({
		key: 'visit:door-1',
		form: 'visit',
		schemaVersion: 1,
		value: {},
		savedAt: 1
	});
	const said = await phone.says(
		[visit('visit-1', 'door-1', { demands: ['demand-1'] }), demand('demand-1')],
		{
			draft: 'visit:door-1'
		}
	);
	expect(said).toMatchObject({ ok: true, entries: [expect.any(String), expect.any(String)] });
	expect(await phone.device.drafts.count()).toBe(0);
	expect(await phone.device.outbox.count()).toBe(1);
	expect(await phone.ask.one('visit', parse('visit-1'))()).toMatchObject({
		pending: true,
		stage: 'waiting',
		row: { household: 'door-1', visitor: people.member }
	});
	expect(await phone.ask.page({ family: 'demand', state: 'registered' })()).toMatchObject({
		items: [{ pending: true, row: { title: '楼道灯不亮' } }],
		next: null
	});
});

test('[O1] a full disk keeps the form: nothing is half-written and the reason is clear', async () => {
	const phone = await phoneOf({ person: people.member });
	const draft = {
		key: 'visit:door-1',
		form: 'visit',
		schemaVersion: 1,
		value: 'typed',
		savedAt: 1
	};
	await phone.device.drafts.put(draft);
	for (const table of [phone.device.outbox, phone.device.overlay]) {
		const full = () => {
			throw new DOMException('no room', 'QuotaExceededError');
		};
		table.hook('creating', full);
		const said = await phone.says([visit('visit-1', 'door-1')], { draft: draft.key });
		expect(said).toEqual({ ok: false, reason: 'storage-full' });
		table.hook('creating').unsubscribe(full);
		expect(await phone.device.outbox.count()).toBe(0);
		expect(await phone.device.overlay.count()).toBe(0);
		expect(await phone.device.drafts.get(draft.key)).toEqual(draft);
	}
	expect(await phone.says([visit('visit-1', 'door-1')], { draft: draft.key })).toMatchObject({
		ok: true
	});
});

test('[E1] what is kept is the exact text that was signed, with a fresh salt each', async () => {
	const phone = await phoneOf({ person: people.member });
	const { privateKey, publicKey } = await makeKeys();
	Object.assign(phone.speaker.signer, { privateKey });
	await phone.says([demand('demand-1'), demand('demand-2')]);
	const [commit] = await phone.device.outbox.toArray();
	const key = await webcrypto.subtle.importKey(
		'jwk',
		publicKey,
		{ name: 'ECDSA', namedCurve: 'P-256' },
		false,
		['verify']
	);
	const salts = new Set<string>();
	for (const { text, sig } of commit?.entries ?? []) {
		const bytes = Buffer.from(sig, 'base64url');
		expect(bytes).toHaveLength(64);
		const isGenuine = await webcrypto.subtle.verify(
			{ name: 'ECDSA', hash: 'SHA-256' },
			key,
			bytes,
			new TextEncoder().encode(text)
		);
		expect(isGenuine).toBe(true);
		const parsed = parseEntry(text);
		if (!parsed.ok) throw new Error(parsed.reason);
		expect(JSON.stringify(parsed.entry)).toBe(text);
		salts.add(parsed.entry.salt);
	}
	expect(salts.size).toBe(2);
});

test('[E7] what a form says is one commit: its entries name it, their place and their number', async () => {
	const phone = await phoneOf({ person: people.member });
	const said = await phone.says([
		visit('visit-1', 'door-1'),
		demand('demand-1'),
		demand('demand-2')
	]);
	const [commit] = await phone.device.outbox.toArray();
	const places = commit?.entries.map(({ text }) => {
		const parsed = parseEntry(text);
		return parsed.ok ? parsed.entry.commit : null;
	});
	const id = said.ok ? said.commit : '';
	expect(places).toEqual([0, 1, 2].map((i) => ({ id, i, of: 3 })));
});

test('[E6] what the relay could only refuse is not signed: a bad body, too many, too large', async () => {
	const phone = await phoneOf({ person: people.member });
	expect(await phone.says([demand('demand-1', { urgency: 'whenever' })])).toEqual({
		ok: false,
		reason: 'malformed'
	});
	expect(await phone.says(Array.from({ length: 21 }, (_, i) => demand(`demand-${i}`)))).toEqual({
		ok: false,
		reason: 'malformed'
	});
	expect(await phone.says([demand('demand-1', { description: '长'.repeat(11_000) })])).toEqual({
		ok: false,
		reason: 'too-large'
	});
	expect(await phone.device.outbox.count()).toBe(0);
});

const correct = (title: string) => ({
	kind: 'demand.corrected.v1',
	record: 'demand-1',
	body: { title, reason: '更正' }
});

test('[E4] rev is what was folded here; own waiting entries do not hide what others wrote', async () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	const phone = await phoneOf({ person: people.member });
	await receives(phone, world);
	await phone.says([correct('甲')]);
	await phone.says([correct('乙')]);
	const revs = (await phone.device.outbox.toArray()).flatMap(({ entries }) =>
		entries.map(({ text }) => {
			const parsed = parseEntry(text);
			return parsed.ok ? parsed.entry.rev : null;
		})
	);
	expect(revs).toEqual([1, 1]);
	// The desk corrected the same field meanwhile: the relay sees that neither saw the other.
	world.says(people.secretary, { ...correct('丙'), device: 'tablet' });
	for (const commit of await phone.device.outbox.toArray())
		for (const { text } of commit.entries) {
			const parsed = parseEntry(text);
			if (parsed.ok) world.hears(people.member, { ...parsed.entry, realm: 'realm-of-tests' });
		}
	expect(world.row<DemandRow>('demand-1')).toMatchObject({
		title: '乙',
		conflicts: [{ field: 'title', stands: '甲', other: '丙' }]
	});
});

test('[E4] a form opened before others corrected the same field makes a conflict, though they are folded by now', async () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	const phone = await phoneOf({ person: people.member });
	await receives(phone, world);
	world.says(people.secretary, { ...correct('丙'), device: 'tablet' });
	await receives(phone, world);
	await phone.says([{ ...correct('甲'), seen: 1 }]);
	const [commit] = await phone.device.outbox.toArray();
	const parsed = parseEntry(commit?.entries[0]?.text ?? '');
	if (!parsed.ok) throw new Error('say: no entry was kept');
	expect(parsed.entry.rev).toBe(1);
	world.hears(people.member, { ...parsed.entry, realm: 'realm-of-tests' });
	expect(world.row<DemandRow>('demand-1')).toMatchObject({
		title: '甲',
		conflicts: [{ field: 'title', stands: '甲', other: '丙' }]
	});
});

test('[E4] what a form had in view is what was folded, not what waits on top of it', async () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	const phone = await phoneOf({ person: people.member });
	await receives(phone, world);
	const drafts = draftStore(() => phone.device, phone.now);
	expect(await drafts.foldedUnder(RecordId.parse('demand-1'))).toBeUndefined();
	await phone.says([correct('甲')]);
	const [seen] = (await phone.ask.page({ family: 'demand' })()).items;
	expect(seen?.row.n).toBe(2);
	expect(await drafts.foldedUnder(RecordId.parse('demand-1'))).toBe(1);
});

test('[F1] the overlay is laid anew when its base moves, and goes when its entries are folded', async () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	const phone = await phoneOf({ person: people.member });
	await receives(phone, world);
	await phone.says([
		{ kind: 'demand.corrected.v1', record: 'demand-1', body: { place: '二单元', reason: '更正' } }
	]);
	world.later(HOUR).says(people.secretary, accepted('demand-1'));
	await receives(phone, world);
	const seen = await phone.ask.one('demand', parse('demand-1'))();
	expect(seen).toMatchObject({ pending: true, row: { state: 'accepted', place: '二单元', n: 3 } });
	const [waiting] = await phone.device.outbox.toArray();
	const parsed = parseEntry(waiting?.entries[0]?.text ?? '');
	if (!parsed.ok) throw new Error(parsed.reason);
	world.hears(people.member, parsed.entry);
	await receives(phone, world);
	expect(await phone.ask.one('demand', parse('demand-1'))()).toEqual({
		row: world.row('demand-1'),
		pending: false,
		stage: 'folded'
	});
	expect(await phone.device.outbox.count()).toBe(0);
	expect(await phone.device.overlay.count()).toBe(0);
});

test('[F5] a commit that was not handed in goes back into its draft within ten seconds', async () => {
	const phone = await phoneOf({ person: people.member });
	const draft = {
		key: 'visit:door-1',
		form: 'visit',
		schemaVersion: 1,
		value: 'typed',
		savedAt: 1
	};
	await phone.device.drafts.put(draft);
	const said = await phone.says([visit('visit-1', 'door-1')], { draft: draft.key });
	if (!said.ok) throw new Error(said.reason);
	expect(await phone.takesBack(said.commit)).toEqual({ ok: true });
	expect(await phone.device.drafts.get(draft.key)).toEqual(draft);
	expect(await phone.ask.page({ family: 'visit' })()).toEqual(emptyPage);
	expect(await phone.device.outbox.count()).toBe(0);

	// What has been begun at the same door since then stands, and so does what was said.
	const again = await phone.says([visit('visit-1', 'door-1')], { draft: draft.key });
	if (!again.ok) throw new Error(again.reason);
	await phone.device.drafts.put({ ...draft, value: 'typed since' });
	expect(await phone.takesBack(again.commit)).toEqual({ ok: false, reason: 'written-since' });
	expect(await phone.device.drafts.get(draft.key)).toMatchObject({ value: 'typed since' });
	expect((await phone.device.outbox.toArray()).map(({ commit }) => commit)).toEqual([again.commit]);
	await phone.device.drafts.delete(draft.key);
	expect(await phone.takesBack(again.commit)).toEqual({ ok: true });
	expect(await phone.device.drafts.get(draft.key)).toEqual(draft);

	const late = await phone.says([visit('visit-2', 'door-1')]);
	if (!late.ok) throw new Error(late.reason);
	const start = phone.now();
	phone.now = () => start + 11_000;
	expect(await phone.takesBack(late.commit)).toEqual({ ok: false, reason: 'too-late' });
	phone.now = () => start;
	await phone.device.outbox.toCollection().modify({ state: 'sending' });
	expect(await phone.takesBack(late.commit)).toEqual({ ok: false, reason: 'too-late' });
	expect(await phone.device.outbox.count()).toBe(1);
});

function parse(record: string) {
	// The tests' records are written as plain text.
	return record as Parameters<Phone['ask']['history']>[0];
}
