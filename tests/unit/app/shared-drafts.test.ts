/** Shared drafts on the device: kept while typing, sent whichever screen is open, joined with what others wrote. */
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import { openSharedText, type SharedText } from '#lib/drafts/shared-text.ts';
import { isUnsent } from '#lib/drafts/shared-store.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { accepted, COMMUNITY, demand, people } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

let district: District;
let secretary: Phone;
let worker: Phone;
const open: SharedText[] = [];

beforeAll(async () => {
	district = await startDistrict();
	const { relay } = district;
	secretary = await makePhone({ person: people.secretary, role: 'communitySecretary', relay });
	worker = await makePhone({ person: people.worker, role: 'communityWorker', relay });
});
afterEach(async () => {
	for (const text of open.splice(0)) await text.close();
});
afterAll(async () => {
	for (const phone of [secretary, worker]) await phone.close();
	await district.end();
});

async function askedFor(): Promise<{ asked: RecordId; draft: RecordId }> {
	const { url } = district.relay;
	const asked = RecordId.parse(v7());
	const draft = replyDraft(asked);
	await district.devices.secretary.says(url, demand(asked), accepted(asked), {
		kind: 'draft.opened.v1',
		record: draft,
		body: { of: asked }
	});
	return { asked, draft };
}

async function opens(phone: Phone, of: RecordId): Promise<SharedText> {
	const { device: db, prefix } = phone;
	const text = await openSharedText({ db, prefix, record: replyDraft(of), of, now: Date.now });
	open.push(text);
	return text;
}

function types(shared: SharedText, at: number, inserted: string): void {
	shared.change({ at, removed: 0, inserted });
}

const kept = (phone: Phone, draft: RecordId) => () => phone.device.shared.get(draft);
const isSent = (record: Awaited<ReturnType<ReturnType<typeof kept>>>) =>
	record !== undefined && !isUnsent(record);

describe('[O1] a shared draft on this device', () => {
	test('is kept while it is typed: a page that is killed finds it again', async () => {
		const asked = RecordId.parse(v7());
		const text = await opens(secretary, asked);
		types(text, 0, '灯已修好');
		await until(kept(secretary, replyDraft(asked)), (record) => record !== undefined);
		// Killed: nothing of it is closed.
		const again = await opens(secretary, asked);
		expect(again.text).toBe('灯已修好');
	});

	test('two pages of one device write the same draft', async () => {
		const asked = RecordId.parse(v7());
		const [first, second] = [await opens(secretary, asked), await opens(secretary, asked)];
		types(first, 0, '您好');
		await until(
			async () => second.text,
			(text) => text === '您好'
		);
		types(second, 2, '！');
		await until(
			async () => first.text,
			(text) => text === '您好！'
		);
	});

	test('what others write waits while a word is being composed', async () => {
		const asked = RecordId.parse(v7());
		const [first, second] = [await opens(secretary, asked), await opens(secretary, asked)];
		const letIn = second.hold();
		types(first, 0, '经查，');
		types(second, 0, '已修好');
		await until(
			async () => first.text.length,
			(length) => length === 6
		);
		expect(second.text).toBe('已修好');
		letIn();
		expect(second.text).toBe(first.text);
	});
});

describe('two who write a reply together', () => {
	test('read each other as they type, know of each other, and hear when it is sent', async () => {
		const { asked, draft } = await askedFor();
		const syncing = [secretary.syncs(district.relay), worker.syncs(district.relay)];
		const [first, second] = [await opens(secretary, asked), await opens(worker, asked)];
		types(first, 0, '灯已修好');
		await until(
			async () => second.text,
			(text) => text === '灯已修好'
		);
		types(second, 4, '，请放心。');
		await until(
			async () => first.text,
			(text) => text === '灯已修好，请放心。'
		);
		await until(
			async () => first.others,
			(others) => others.some(({ person, isWriting }) => person === people.worker && isWriting)
		);
		await until(kept(secretary, draft), isSent);
		await until(kept(worker, draft), isSent);
		for (const each of syncing) await each.stop();
	});

	test('who has it open twice and closes one is still there for the other', async () => {
		const { asked } = await askedFor();
		const syncing = [secretary.syncs(district.relay), worker.syncs(district.relay)];
		const here = await opens(secretary, asked);
		const seen = await opens(worker, asked);
		const isThere = () => seen.others.some(({ person }) => person === people.secretary);
		await until(async () => isThere(), Boolean);
		const sheet = await opens(secretary, asked);
		await sheet.close();
		open.splice(open.indexOf(sheet), 1);
		let wentAway = false;
		seen.onChange(() => (wentAway ||= !isThere()));
		// Handing something in, as the sheet does when it is done: the worker looks over its drafts after it.
		await secretary.says([
			{ kind: 'handling.noted.v1', record: v7(), body: { demand: asked, text: '已联系' } }
		]);
		await until(
			() => secretary.device.outbox.count(),
			(n) => n === 0
		);
		types(here, 0, '灯已修好');
		await until(
			async () => seen.text,
			(text) => text === '灯已修好'
		);
		expect(wentAway).toBe(false);
		for (const each of syncing) await each.stop();
	});

	test('without a network each goes on; it is joined later, with no page open', async () => {
		const { asked, draft } = await askedFor();
		const first = await opens(secretary, asked);
		types(first, 0, '灯已修好');
		await first.close();
		open.splice(open.indexOf(first), 1);
		const second = await opens(worker, asked);
		types(second, 0, '已联系物业，');
		await second.close();
		open.splice(open.indexOf(second), 1);
		for (const phone of [secretary, worker]) {
			const syncing = phone.syncs(district.relay);
			await until(kept(phone, draft), isSent);
			await syncing.stop();
		}
		const syncing = secretary.syncs(district.relay);
		const again = await opens(secretary, asked);
		const both = (text: string) => text.includes('灯已修好') && text.includes('已联系物业，');
		await until(async () => again.text, both);
		await syncing.stop();
	});

	test('[R1] what the relay could not store at first is brought again', async () => {
		const { asked, draft } = await askedFor();
		const { store, drafts } = district.relay;
		const syncing = [secretary.syncs(district.relay), worker.syncs(district.relay)];
		const [first, second] = [await opens(secretary, asked), await opens(worker, asked)];
		types(first, 0, '灯');
		await until(kept(secretary, draft), isSent);
		const before = drafts.counts.refused;
		const storing = store.transaction.bind(store);
		const failing = vi
			.spyOn(store, 'transaction')
			.mockImplementation((work) =>
				drafts.counts.refused === before ? Promise.reject(new Error('not now')) : storing(work)
			);
		types(first, 1, '已修好');
		await until(
			async () => drafts.counts.refused,
			(refused) => refused > before
		);
		failing.mockRestore();
		const isWhole = (text: string) => text === '灯已修好';
		await until(async () => second.text, isWhole, 20_000);
		await until(kept(secretary, draft), isSent, 20_000);
		for (const each of syncing) await each.stop();
	});

	test('what comes after the reply stays here, unsent', async () => {
		const { asked, draft } = await askedFor();
		const reply = { outcome: 'solved', reply: '灯已修好' };
		await district.devices.secretary.says(district.relay.url, {
			kind: 'demand.handled.v1',
			record: asked,
			body: reply
		});
		const text = await opens(worker, asked);
		types(text, 0, '我也写一句');
		const syncing = worker.syncs(district.relay);
		await until(
			() => worker.ask.one('demand', asked)(),
			(seen) => seen?.row.state === 'handled'
		);
		await text.flush();
		await syncing.stop();
		expect(isSent(await kept(worker, draft)())).toBe(false);
	});
});

test('[A4] an erased demand takes the draft from the device, open or not', async () => {
	const { asked, draft } = await askedFor();
	const syncing = worker.syncs(district.relay);
	const text = await opens(worker, asked);
	types(text, 0, '住户电话在这里');
	await until(kept(worker, draft), isSent);
	await district.devices.secretary.says(district.relay.url, {
		kind: 'erasure.ordered.v1',
		record: v7(),
		body: { of: asked, at: COMMUNITY, entries: [1], ground: 'requested' }
	});
	await until(kept(worker, draft), (record) => record === undefined);
	await until(
		async () => text.text,
		(left) => left === ''
	);
	await syncing.stop();
});
