/** [A4] [F4] What time alone ends of whom the register and the roster name; what they did stays, under no name. */
import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PersonId } from '#domain/ids.ts';
import { flawsOf } from '../support/audits.ts';
import { filesOfStore, forgetErased } from '../support/database.ts';
import { startDistrict, type District } from '../support/district.ts';
import { filesHolding } from '../support/files-holding.ts';
import { useOwnPostgres } from '../support/offered-postgres.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { ledgersOn, rowOn, yearsOn } from '../support/said.ts';
import { COMMUNITY, demand, household, MORNING, visit } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

/** Another one for each test: a PostgreSQL keeps the databases of the tests before. */
const canaries = Array.from('甲乙丙丁', (each) => `早已走了的${each}`);
let canary: string;
let now: number;
let district: District;
let phones: Phone[];
let helper: PersonId;
const [gone, merged, voided, door] = [v7(), v7(), v7(), v7()];
const [inmate, moved, stays] = [v7(), v7(), v7()];
const [walked, open, served] = [v7(), v7(), v7()];
const doors = [gone, merged, voided];

useOwnPostgres({ fsync: false });
beforeEach(async () => {
	now = MORNING;
	phones = [];
	canary = canaries.pop() ?? '';
	expect(canary).not.toBe('');
	helper = PersonId.parse(v7());
	district = await startDistrict({ now: () => now });
	const { secretary, member } = district.devices;
	const { url } = district.relay;
	const named = (record: string) => ({
		...household(record),
		body: { ...household(record).body, head: canary, phone: '13800000000' }
	});
	const resident = (record: string, home: string, name: string) => ({
		kind: 'resident.registered.v1',
		record,
		body: { household: home, name }
	});
	const on = (record: string, kind: string, body: object) => ({ kind, record, body: { ...body } });
	const reason = '已经搬走';
	await secretary.says(url, ...doors.map(named), household(door));
	await secretary.says(
		url,
		resident(inmate, gone, canary),
		resident(moved, merged, '搬到这里的'),
		resident(stays, door, '还在的'),
		on(helper, 'person.registered.v1', { name: canary, home: COMMUNITY, phone: '13900000000' }),
		on(served, 'duty.assigned.v1', {
			...{ person: helper, displayName: canary, role: 'member', at: COMMUNITY, from: now - 1 }
		})
	);
	await member.says(url, visit(walked, gone, { interviewee: canary }));
	await district.enrol(helper).says(url, demand(open, { household: gone }));
	await secretary.says(
		url,
		on(gone, 'household.moved-out.v1', { reason }),
		on(merged, 'household.merged.v1', { into: door }),
		on(voided, 'household.voided.v1', { reason }),
		on(served, 'duty.ended.v1', { to: now, reason }),
		on(helper, 'person.changed.v1', { state: 'left', reason })
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

test('[A4] a year on, whoever left is erased, and who lived in a household that moved out; nobody else', async () => {
	expect(await yearsPass(1)).toBe(2);
	for (const record of [inmate, helper]) expect(await rowOf(record)).toBeNull();
	for (const record of [moved, stays]) expect(await rowOf(record)).toMatchObject({ state: 'here' });
	expect(await district.relay.dayClock.tick()).toBe(0);
	// Of somebody who left nothing is left: not somebody whom nobody registered.
	expect(district.relay.directory.isActive(helper)).toBe(false);
	expect(district.relay.directory.nameOf(helper)).toBe(canary);
	await district.restart();
	expect(district.relay.directory.isActive(helper)).toBe(false);
});

test('[A4] [A5] a door that left the register is restricted with its visits, and erased with them', async () => {
	const { devices } = district;
	await yearsPass(1);
	expect(await yearsPass(2)).toBe(doors.length + 1);
	for (const record of [...doors, walked]) expect(await ledgersOf(record)).toEqual(['kept']);
	expect(await ledgersOf(door)).toEqual(['desk', 'member']);
	const [receipt] = await devices.secretary.says(district.relay.url, {
		...{ kind: 'household.returned.v1', record: gone, body: { reason: '又回来了' } }
	});
	expect(receipt).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	expect(await yearsPass(10)).toBe(doors.length + 2);
	for (const record of [...doors, walked, served]) expect(await rowOf(record)).toBeNull();
});

test('[A4] who acted is named as long as the archive is kept, by no order before, and then by no file and device', async () => {
	const { relay, devices } = district;
	const { secretary, member } = devices;
	for (const { person, role } of [
		{ person: secretary.person, role: 'communitySecretary' as const },
		{ person: member.person, role: 'member' as const }
	])
		phones.push(await makePhone({ person, role, relay }));
	for (const phone of phones) phone.syncs(relay);
	const holding = () => Promise.all(phones.map(({ prefix }) => databasesHolding(prefix, canary)));
	await until(holding, (held) => held.every((names) => names.length > 0));
	const facts = () => relay.store.all('SELECT fact FROM record WHERE fact IS NOT NULL ORDER BY id');
	const before = await facts();
	const [refused] = await secretary.says(relay.url, {
		kind: 'erasure.ordered.v1',
		record: v7(),
		body: { of: served, at: COMMUNITY, entries: 'all', ground: 'requested' }
	});
	expect(refused).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
	for (const years of [1, 2]) await yearsPass(years);
	await until(holding, ([kept = [], others = []]) => kept.length > 0 && others.length === 0);
	await yearsPass(10);
	await until(holding, (held) => held.every((names) => names.length === 0));
	await forgetErased(district.dataDir);
	expect(filesHolding(filesOfStore(district.dataDir), canary)).toEqual([]);
	expect(await facts()).toEqual(before);
	expect(await rowOf(open)).toMatchObject({ state: 'registered', createdBy: helper });
});
