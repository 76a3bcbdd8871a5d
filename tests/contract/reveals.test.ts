/** [A2] A masked number that was shown is recorded where the community and the district read it, without the number. */
import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLedger, districtLedger, memberLedger } from '#domain/ledgers.ts';
import { startDistrict, type District } from '../support/district.ts';
import { COMMUNITY, household, people } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

const NUMBER = '13800447711';
let district: District;
let phone: Phone;
let door: string;

beforeEach(async () => {
	district = await startDistrict();
	door = v7();
	const said = household(door);
	const { secretary } = district.devices;
	await secretary.says(district.relay.url, { ...said, body: { ...said.body, phone: NUMBER } });
	phone = await makePhone({ relay: district.relay, person: people.member });
});
afterEach(async () => {
	await phone.close();
	await district.end();
});

const shown = (of: string) => ({
	kind: 'reveal.recorded.v1',
	record: v7(),
	body: { of, field: 'phone' }
});

test('[A2] what was shown without a network is told to desk and district later, once and without the number', async () => {
	const { relay } = district;
	const first = phone.syncs(relay);
	await until(
		() => phone.ask.count({ family: 'household' })(),
		(count) => count === 1
	);
	await first.stop();
	await phone.says([shown(door)]);
	expect(await phone.ask.count({ family: 'reveal' })()).toBe(1);
	phone.syncs(relay);
	const [seen] = await until(
		() => phone.ask.all({ family: 'reveal' })(),
		([reveal]) => reveal?.stage === 'folded'
	);
	expect(seen?.row).toMatchObject({ of: door, by: people.member, field: 'phone' });
	const receipt = await phone.device.receipts.toCollection().first();
	const { period } = seen?.row ?? { period: '' };
	expect(receipt?.receipt.places.map(({ ledger }) => ledger).sort()).toEqual(
		[
			deskLedger(COMMUNITY, period),
			districtLedger(period),
			memberLedger(people.member, COMMUNITY, period)
		].sort()
	);
	const told = await relay.store.all(
		`SELECT text FROM entry WHERE text LIKE '%"kind":"reveal.recorded.v1"%'`
	);
	expect(told).toHaveLength(1);
	expect(JSON.stringify(told)).not.toContain(NUMBER);
});

test('[A4] the log of what was shown is not erased by those whom it watches', async () => {
	const { relay, devices } = district;
	const log = shown(door);
	await devices.secretary.says(relay.url, log);
	const body = { of: log.record, at: COMMUNITY, entries: 'all', ground: 'requested' };
	const order = { kind: 'erasure.ordered.v1', record: v7(), body };
	const [receipt] = await devices.secretary.says(relay.url, order);
	expect(receipt).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
});
