/** [R4] How much one record may gather, and that nobody can keep it open by filling it. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { Draft, TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, DAY, household, MORNING, visit } from '../support/tell.ts';

const MOST = 4;
const BYTES = 4_000;
const full = { verdict: 'refused', reason: 'record-full', action: 'ask-the-desk' };
const taken = { verdict: 'accepted' };

let now = MORNING;
let district: District;

beforeAll(async () => {
	district = await startDistrict({
		now: () => now,
		limits: { entriesPerRecord: MOST, bytesPerRecord: BYTES }
	});
});
afterAll(() => district.end());

async function says(device: TestDevice, draft: Draft): Promise<object | undefined> {
	const [receipt] = await device.says(district.relay.url, draft);
	return receipt;
}

const adds = (record: string, note = '还有一句'): Draft => ({
	kind: 'visit.added.v1',
	record,
	body: { note }
});
const voids = (record: string): Draft => ({
	kind: 'visit.voided.v1',
	record,
	body: { reason: '记错了' }
});
const corrects = (record: string, changes: string): Draft => ({
	kind: 'visit.corrected.v1',
	record,
	rev: 2 * MOST,
	body: { changes, reason: '听错了' }
});

/** A visit to which its author has said all that there is room for. */
async function filled(): Promise<string> {
	const { member, secretary } = district.devices;
	const [door, record] = [v7(), v7()];
	expect(await says(secretary, household(door))).toMatchObject(taken);
	expect(await says(member, visit(record, door))).toMatchObject(taken);
	for (let n = 2; n <= MOST; n++) expect(await says(member, adds(record))).toMatchObject(taken);
	return record;
}

test('[R4] the entries of a record: one more is refused to its author, twice as many to its desk', async () => {
	const { member, secretary } = district.devices;
	const record = await filled();
	expect(await says(member, adds(record))).toMatchObject(full);
	for (let n = MOST + 1; n <= 2 * MOST; n++)
		expect(await says(secretary, corrects(record, `第${n}次`))).toMatchObject(taken);
	expect(await says(secretary, corrects(record, '再一次'))).toMatchObject(full);
	expect(await district.relay.store.row(RecordId.parse(record))).toMatchObject({ n: 2 * MOST });
	expect(await filled()).not.toBe(record);
});

test('[R4] [E2] what a full record took before gets its receipt again', async () => {
	const { member, secretary } = district.devices;
	const { url } = district.relay;
	const door = v7();
	await says(secretary, household(door));
	const record = v7();
	const commit = member.commit(visit(record, door));
	const [receipt] = await member.handIn(url, [commit]);
	for (let n = 2; n <= MOST; n++) await says(member, adds(record));
	expect(await member.handIn(url, [commit])).toEqual([receipt]);
});

test('[R4] the bytes that stand of a record, which each of its entries writes anew', async () => {
	const { member, secretary } = district.devices;
	const [door, record] = [v7(), v7()];
	await says(secretary, household(door));
	await says(member, visit(record, door, { changes: '长'.repeat(1_000) }));
	expect(await says(member, adds(record, '长'.repeat(500)))).toMatchObject(taken);
	expect(await says(member, adds(record))).toMatchObject(full);
	expect(await says(secretary, corrects(record, '短'))).toMatchObject(taken);
	expect(await says(member, adds(record))).toMatchObject(taken);
});

test('[R4] a full record can be ended, once, and is restricted and erased as any other', async () => {
	const { member, secretary } = district.devices;
	const { relay } = district;
	const record = await filled();
	expect(await says(member, adds(record))).toMatchObject(full);
	expect(await says(member, voids(record))).toMatchObject(taken);
	expect(await says(member, voids(record))).toMatchObject(full);
	now += 4 * 365 * DAY;
	expect(await relay.dayClock.tick()).toBeGreaterThan(0);
	const kept = await relay.store.row(RecordId.parse(record));
	expect(kept).toMatchObject({ n: MOST + 2, restrictedAt: expect.any(Number) });
	const body = { of: record, at: COMMUNITY, entries: 'all', ground: 'requested' };
	const order = { kind: 'erasure.ordered.v1', record: v7(), body };
	expect(await says(secretary, order)).toMatchObject(taken);
	expect(await relay.store.row(RecordId.parse(record))).toBeNull();
});

test('[R4] others have their turn while many entries of one large record are judged', async () => {
	const own = await startDistrict({ limits: { bytesPerRecord: 4 * 2 ** 20 } });
	try {
		const { member, secretary } = own.devices;
		const { url } = own.relay;
		const [door, record] = [v7(), v7()];
		await secretary.says(url, household(door));
		await member.says(url, visit(record, door));
		const notes = () =>
			Array.from({ length: 100 }, () => member.commit(adds(record, '长'.repeat(1_000))));
		for (let i = 0; i < 2; i++) await member.handIn(url, notes());
		let turns = 0;
		const turning = setInterval(() => (turns += 1));
		const begun = performance.now();
		const receipts = await member.handIn(url, notes());
		const tookMs = performance.now() - begun;
		clearInterval(turning);
		expect(receipts).toHaveLength(100);
		// A turn of 8 ms is one of five at least, however fast the machine is.
		expect(turns).toBeGreaterThan(Math.min(20, tookMs / 40));
	} finally {
		await own.end();
	}
});
