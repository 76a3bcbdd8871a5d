/** Shared drafts: what two people write at once, who may, and when nobody may any more. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replyDraft } from '#domain/kinds/draft.ts';
import { RecordId } from '#domain/ids.ts';
import { startDistrict, type District } from '../support/district.ts';
import { writeDraft } from '../support/draft-writer.ts';
import { until } from '../support/reader.ts';
import { accepted, demand } from '../support/tell.ts';

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
});
