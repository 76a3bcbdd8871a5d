/** [A4] [F4] What time alone ends: restricted or erased by the relay's clock, on the day and not before. */
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { endOf } from '#domain/retention.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import { flawsOf } from '../support/audits.ts';
import { signWith } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { REALM } from '../support/relay.ts';
import { ledgersOn, rowOn, yearsOn } from '../support/said.ts';
import { accepted, COMMUNITY, DAY, demand, household, MORNING, visit } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

let now: number;
let district: District;
let phones: Phone[];
const [door, walked, matter, open] = [v7(), v7(), v7(), v7()];
const [note, gone, stays] = [v7(), v7(), v7()];
const ended = [walked, matter, note];

beforeEach(async () => {
	now = MORNING;
	phones = [];
	district = await startDistrict({ now: () => now });
	const { secretary, member } = district.devices;
	const { url } = district.relay;
	const resident = (record: string, name: string) => ({
		kind: 'resident.registered.v1',
		record,
		body: { household: door, name }
	});
	await secretary.says(url, household(door), resident(gone, '走了的'), resident(stays, '还在的'));
	await member.says(url, visit(walked, door), demand(matter, { household: door }), demand(open));
	const handled = { outcome: 'solved', reply: '修好了' };
	await secretary.says(
		url,
		accepted(matter),
		{ kind: 'handling.noted.v1', record: note, body: { demand: matter, text: '找过物业' } },
		{ kind: 'demand.handled.v1', record: matter, body: handled },
		{ kind: 'resident.left.v1', record: gone, body: { why: 'movedAway' } }
	);
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
});

const yearsPass = (years: number) => yearsOn(district, years, (moment) => (now = moment));
const rowOf = (record: string) => rowOn(district, record);
const ledgersOf = (record: string) => ledgersOn(district, record);

async function textsOf(record: string): Promise<number> {
	const found = await district.relay.store.first<{ texts: number }>(
		'SELECT count(t.text) AS texts FROM element e JOIN entry t ON t.num = e.entry WHERE e.record = ?',
		record
	);
	return Number(found?.texts);
}

test('[A4] a resident who left is erased when the year after is over; who lives there stays', async () => {
	expect(await yearsPass(1)).toBe(1);
	expect([await rowOf(gone), await textsOf(gone)]).toEqual([null, 0]);
	expect(await rowOf(stays)).toMatchObject({ name: '还在的' });
	expect(await district.relay.dayClock.tick()).toBe(0);
	const [order] = await district.relay.store.all<{ row: string }>(
		"SELECT row FROM record WHERE family = 'erasure'"
	);
	expect(JSON.parse(order?.row ?? '')).toMatchObject({
		...{ of: gone, what: 'resident', ground: 'expired', byItself: true, org: COMMUNITY }
	});
});

test('[A4] [A5] what archives want kept is restricted: there for the secretary, and worked with by nobody', async () => {
	await yearsPass(1);
	expect(await yearsPass(2)).toBe(ended.length);
	const { relay, devices } = district;
	for (const record of ended) expect(await ledgersOf(record)).toEqual(['kept']);
	expect(await ledgersOf(open)).toEqual(['desk', 'member']);
	expect(await rowOf(walked)).toMatchObject({ restrictedAt: now });
	expect(await textsOf(walked)).toBeGreaterThan(0);
	const hold = async (device: typeof devices.worker) =>
		Object.keys((await device.scope(relay.url)).hold).filter((name) => name.startsWith('kept/'));
	expect(await hold(devices.worker)).toEqual([]);
	expect(await hold(devices.member)).toEqual([]);
	expect(await hold(devices.district)).toEqual([]);
	expect(await hold(devices.secretary)).toEqual([`kept/${COMMUNITY}/2026Q4`]);
	const kind = 'visit.corrected.v1';
	const [receipt] = await devices.secretary.says(relay.url, {
		...{ kind, record: walked, body: { changes: '改一改', reason: '写错' } }
	});
	expect(receipt).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	const again = { demand: matter, text: '又问过一次' };
	const [noted] = await devices.secretary.says(relay.url, {
		...{ kind: 'handling.noted.v1', record: v7(), body: again }
	});
	expect(noted).toMatchObject({ verdict: 'refused', reason: 'illegal-transition' });
	expect(await relay.dayClock.tick()).toBe(0);
});

test('[A4] after ten years it is erased, in one request, and figures stay', async () => {
	await yearsPass(1);
	await yearsPass(2);
	const facts = () =>
		district.relay.store.all('SELECT fact FROM record WHERE fact IS NOT NULL ORDER BY id');
	const before = await facts();
	expect(await yearsPass(10)).toBe(ended.length);
	for (const record of ended)
		expect([await rowOf(record), await textsOf(record)]).toEqual([null, 0]);
	expect(await facts()).toEqual(before);
	const requests = await district.relay.store.all<{ row: string }>(
		`SELECT row FROM record WHERE family = 'erasure' AND id > ? ORDER BY id`,
		RecordId.parse(v7({ msecs: now - DAY }))
	);
	const named = new Set(requests.map(({ row }) => JSON.parse(row).request));
	expect([requests.length, named.size]).toEqual([ended.length, 1]);
	expect(await rowOf(open)).toMatchObject({ state: 'registered' });
});

test('[A4] years count from the next 1 January, and only the clock says that they are over', async () => {
	expect(dayOf(endOf(MORNING, 10))).toBe('2037-01-01');
	const { relay, devices } = district;
	now = endOf(MORNING, 2);
	const restricted = { kind: 'visit.restricted.v1', record: walked, body: {} };
	const [receipt] = await devices.secretary.says(relay.url, restricted);
	expect(receipt).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
	const body = { of: walked, at: COMMUNITY, entries: 'all', ground: 'expired' };
	const order = { kind: 'erasure.ordered.v1', record: v7(), org: COMMUNITY, body };
	const commit = signWith(relay.keys.setUp.privateKey, [order], {
		...{ device: RELAY_DEVICE, realm: REALM, at: now }
	});
	expect(await relay.deliver.handInAt([commit], now)).toMatchObject([{ verdict: 'refused' }]);
});

test('[A4] [A5] devices follow: the desk holds it no more, the secretary keeps it', async () => {
	const { relay } = district;
	const role = 'communityWorker' as const;
	const { worker, secretary } = district.devices;
	const [desk, kept] = [
		await makePhone({ person: worker.person, role, relay }),
		await makePhone({ person: secretary.person, role: 'communitySecretary', relay })
	];
	phones.push(desk, kept);
	for (const phone of phones) phone.syncs(relay);
	const seen = (phone: Phone) => phone.ask.one('visit', RecordId.parse(walked))();
	for (const phone of phones)
		await until(
			() => seen(phone),
			(row) => row !== null
		);
	await yearsPass(1);
	await yearsPass(2);
	await until(
		() => seen(desk),
		(row) => row === null
	);
	await until(
		() => seen(kept),
		(row) => row?.row.restrictedAt === now
	);
	// In no queue any more; a secretary who erases the door must find it all the same.
	const on = RecordId.parse(door);
	expect(await kept.ask.count({ family: 'visit', state: 'done' })()).toBe(0);
	expect(await kept.ask.count({ family: 'visit', on })()).toBe(1);
	await yearsPass(10);
	await until(
		() => seen(kept),
		(row) => row === null
	);
});
