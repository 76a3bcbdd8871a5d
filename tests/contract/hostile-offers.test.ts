/** [R6] What one device does over the gap of a restored store costs nobody an entry that was received. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Receipt } from '#domain/wire.ts';
import { createChance } from '#relay/demo/random.ts';
import { rotateKey } from '#relay/keys.ts';
import { genesis, sealHead, sha256 } from '#relay/ledgers/chain.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { heldOf, offer, type HeldElement } from '../support/offers.ts';
import { startRelay, temporaryFolder } from '../support/relay.ts';
import { copyStore, openCopy } from '../support/store-copies.ts';
import { accepted, COMMUNITY, demand, DISTRICT, household, people } from '../support/tell.ts';

let district: District;
let copy: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
	copy = temporaryFolder();
	district = await startDistrict();
});
afterEach(async () => {
	await district.end();
	copy.remove();
});

const target = () => join(copy.path, 'copy');

async function startOnCopy(before: () => void = () => undefined): Promise<void> {
	await district.relay.close();
	await openCopy(district.dataDir, target());
	before();
	copyFileSync(join(district.dataDir, 'devices.json'), join(target(), 'devices.json'));
	district.relay = await startRelay({ dataDir: target() });
}

/** Of a demand and its acceptance, both lost, what the desk holds. */
async function lose(
	record: string,
	before?: () => void
): Promise<readonly [HeldElement, HeldElement]> {
	const { member, secretary } = district.devices;
	await copyStore(district.dataDir, target());
	const [receipt] = await member.says(district.relay.url, demand(record));
	const period = receipt?.places[0]?.ledger.split('/').at(-1) ?? '';
	await secretary.says(district.relay.url, { ...accepted(record), rev: 1 });
	const held = await heldOf(district.relay.url, secretary, deskLedger(COMMUNITY, period));
	const [first, second] = held.slice(-2);
	if (first === undefined || second === undefined) throw new Error('nothing was lost');
	await startOnCopy(before);
	return [first, second];
}

const withoutText = ({ previous, head }: HeldElement) => ({ previous, head });

async function expectWhole(record: string): Promise<void> {
	const { store } = district.relay;
	expect(await store.row(RecordId.parse(record))).toMatchObject({ n: 2, state: 'accepted' });
	const erased = 'SELECT count(*) AS n FROM entry WHERE text IS NULL';
	expect(await store.first(erased)).toMatchObject({ n: 0 });
	expect(await flawsOf(district.relay)).toEqual([]);
}

describe('[R6] what was received is given back whatever was said before', () => {
	test('[A4] an element without its text waits for it where no order erased it', async () => {
		const { worker, secretary } = district.devices;
		const record = v7();
		const [first, second] = await lose(record);
		const { url } = district.relay;
		const hostile = await offer(url, worker, [first, withoutText(second)]);
		expect(hostile.map(({ is }) => is)).toEqual(['taken', 'later']);
		const honest = await offer(url, secretary, [first, second]);
		expect(honest.map(({ is }) => is)).toEqual(['known', 'taken']);
		await expectWhole(record);
	});

	test('[E2] one that was handed in before what it follows is answered later, and comes back with its receipt', async () => {
		const { worker, secretary } = district.devices;
		const record = v7();
		const [first, second] = await lose(record);
		const { url } = district.relay;
		const { text = '', sig = '' } = second;
		const handed = await worker.handIn(url, [[{ text, sig }]]);
		expect(handed.map(({ verdict }) => verdict)).toEqual(['later']);
		const honest = await offer(url, secretary, [first, second]);
		expect(honest.map(({ is, receipt }) => [is, receipt?.verdict])).toEqual([
			['taken', 'accepted'],
			['taken', 'accepted']
		]);
		await expectWhole(record);
	});

	test('[E2] a refusal that was remembered gives way to the tag', async () => {
		const { worker, secretary } = district.devices;
		const record = v7();
		const [first, second] = await lose(record);
		const { url, store } = district.relay;
		// A relay from before remembered it.
		await store.run(
			`INSERT INTO entry (num, id, hash, text, sig, device, received_at, receipt)
			SELECT max(num) + 1, ?, ?, NULL, NULL, ?, 0, ? FROM entry`,
			second.id,
			JSON.parse(second.head).textHash,
			secretary.id,
			JSON.stringify({ id: second.id, verdict: 'refused', reason: 'no-such-record', places: [] })
		);
		const honest = await offer(url, secretary, [first, second]);
		expect(honest.map(({ is, receipt }) => [is, receipt?.verdict])).toEqual([
			['taken', 'accepted'],
			['taken', 'accepted']
		]);
		const again = await offer(url, worker, [second]);
		expect(again).toMatchObject([{ is: 'known', receipt: { verdict: 'accepted' } }]);
	});

	test('[A4] what an order erased stays erased, though its text is offered behind the order', async () => {
		const CANARY = '要删掉的名字';
		const { secretary, worker } = district.devices;
		const door = v7();
		const { url } = district.relay;
		const standing = deskLedger(COMMUNITY, STANDING);
		await secretary.says(url, household(door));
		await copyStore(district.dataDir, target());
		const body = { head: CANARY, reason: '写错' };
		await secretary.says(url, { kind: 'household.corrected.v1', record: door, body });
		const corrected = (await heldOf(url, secretary, standing)).slice(-1);
		const order = { of: door, at: COMMUNITY, entries: [2], ground: 'requested' };
		await secretary.says(url, { kind: 'erasure.ordered.v1', record: v7(), body: order });
		const ordered = (await heldOf(url, secretary, standing)).filter(({ text }) =>
			text?.includes('erasure.ordered')
		);
		await startOnCopy();
		const again = await offer(district.relay.url, worker, [...ordered, ...corrected]);
		expect(again.map(({ is }) => is)).toEqual(['taken', 'taken']);
		const { store } = district.relay;
		expect(await store.row(RecordId.parse(door))).toMatchObject({ n: 2 });
		const texts = await store.all<{ text: string | null }>('SELECT text FROM entry');
		expect(texts.map(({ text }) => text).join()).not.toContain(CANARY);
		expect(await flawsOf(district.relay)).toEqual([]);
	});
});

test.each([1, 2, 3])(
	'[R6] whatever devices offer in whatever order, all that was received is there in the end: seed %i',
	async (seed) => {
		const chance = createChance(`offers/${seed}`);
		const { member, secretary, worker } = district.devices;
		await copyStore(district.dataDir, target());
		const receipts: Receipt[] = [];
		for (let i = 0; i < 6; i++) {
			const record = v7();
			receipts.push(...(await member.says(district.relay.url, demand(record))));
			receipts.push(...(await secretary.says(district.relay.url, { ...accepted(record), rev: 1 })));
		}
		const desk = receipts[0]?.places[0]?.ledger ?? '';
		const held = await heldOf(district.relay.url, secretary, desk);
		await startOnCopy();
		const { url, store } = district.relay;
		for (let i = 0; i < 40; i++) {
			const each = chance.pick(held);
			const { text = '', sig = '' } = each;
			const hostile = chance.int(0, 4);
			if (hostile === 0) await worker.handIn(url, [[{ text, sig }]]);
			else if (hostile === 1) await offer(url, worker, [withoutText(each)]);
			else if (hostile === 2) await offer(url, worker, [{ ...each, text: `${text} ` }]);
			else await offer(url, chance.pick([worker, secretary]), [each]);
		}
		for (let round = 0; round < 2; round++) await offer(url, secretary, held);
		for (const { id, verdict } of receipts) {
			const found = await store.first<{ text: string | null; receipt: string }>(
				'SELECT text, receipt FROM entry WHERE id = ?',
				id
			);
			expect(found?.text).toContain(String(id));
			expect(JSON.parse(found?.receipt ?? '{}')).toMatchObject({ verdict });
		}
		expect(await flawsOf(district.relay)).toEqual([]);
	}
);

describe('[R6] with the key of the tags', () => {
	/** Says of a stranger that the relay took them for the district's officer. */
	function forged(receivedAt: number) {
		const { stranger } = district.devices;
		const record = RecordId.parse(v7());
		const body = {
			person: people.stranger,
			displayName: '某人',
			role: 'districtOfficer',
			at: DISTRICT
		};
		const draft = { kind: 'duty.assigned.v1', record, org: DISTRICT };
		const [signed] = stranger.commit({ ...draft, body: { ...body, from: receivedAt } });
		if (signed === undefined) throw new Error('nothing was signed');
		const head = {
			...{ n: 1, id: JSON.parse(signed.text).id, kind: draft.kind, record, device: stranger.id },
			...{ receivedAt, verdict: 'accepted' },
			actor: { person: people.district, role: 'admin', org: DISTRICT },
			...{ given: { period: STANDING }, textHash: sha256(signed.text) }
		};
		const previous = genesis('board/nowhere');
		const members = JSON.stringify(head).slice(1, -1);
		const { json } = sealHead(previous, { seq: 1, members }, district.relay.keys.tag);
		return { previous, head: json, ...signed };
	}

	test('nobody gives a store back what it never lost', async () => {
		const { stranger } = district.devices;
		const answers = await offer(district.relay.url, stranger, [forged(Date.now())]);
		expect(answers).toEqual([{ is: 'untagged' }]);
		const { duties } = await stranger.scope(district.relay.url);
		expect(duties.map(({ role }) => role)).toEqual(['communitySecretary']);
	});

	test('nor one that was restored what it is said to have received since', async () => {
		const { stranger } = district.devices;
		await lose(v7());
		const answers = await offer(district.relay.url, stranger, [forged(Date.now())]);
		expect(answers).toEqual([{ is: 'untagged' }]);
		const { duties } = await stranger.scope(district.relay.url);
		expect(duties.map(({ role }) => role)).toEqual(['communitySecretary']);
	});

	test('that was stolen nothing is given back, and what it tagged stays whole', async () => {
		const { member, stranger } = district.devices;
		const [first] = await lose(v7(), () => rotateKey(target(), { at: Date.now(), stolen: true }));
		expect(await offer(district.relay.url, stranger, [first])).toEqual([{ is: 'untagged' }]);
		await member.says(district.relay.url, demand(v7()));
		expect(await flawsOf(district.relay)).toEqual([]);
	});
});
