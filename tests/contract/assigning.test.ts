/** 责任人 over the relay: a member reads what they are to answer, answers it, and holds nothing of it once another has it. */
import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { demand as demands } from '#domain/kinds/demand.ts';
import { visit as visits } from '#domain/kinds/visit.ts';
import { deskLedger, keptLedger, memberLedger } from '#domain/ledgers.ts';
import { endOf } from '#domain/retention.ts';
import { exportDistrict } from '#relay/export.ts';
import { importDistrict } from '#relay/import.ts';
import { readersOfBefore } from '#relay/store/schema.ts';
import { flawsOf } from '../support/audits.ts';
import { storeAt } from '../support/database.ts';
import type { Draft } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { temporaryFolder } from '../support/relay.ts';
import { elementsOn, verdictOn } from '../support/said.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	HOUR,
	household,
	MORNING,
	people,
	SUBDISTRICT,
	visit
} from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

const NAME = '只此一家的名字';
const PERIOD = '2026Q4';
const desk = deskLedger(COMMUNITY, PERIOD);
const own = memberLedger(people.member, COMMUNITY, PERIOD);
const theirs = memberLedger(people.secondMember, COMMUNITY, PERIOD);
const ofDoor = { place: '梧桐里小区 3栋2单元501', requester: NAME, phone: '13800001234' };
const answer = { kind: 'demand.handled.v1', body: { outcome: 'solved', reply: '换了灯泡' } };

let now: number;
let district: District;
let matter: RecordId;
let door: string;
let phones: Phone[];

beforeEach(async () => {
	now = MORNING;
	phones = [];
	district = await startDistrict({ now: () => now });
	[matter, door] = [RecordId.parse(v7()), v7()];
	await says('secretary', household(door, people.member));
	await says('worker', demand(matter, { household: door }));
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	await district.relay.deliver.settled();
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
});

/** Says it a while later than what was said before. */
function says(who: keyof District['devices'], draft: Draft): Promise<unknown[]> {
	now += HOUR / 4;
	return verdictOn(district, who, draft);
}

const gives = () =>
	says('secretary', accepted(matter, { assignee: people.secondMember, ...ofDoor }));
const givesOn = (assignee = people.worker) =>
	says('secretary', { kind: 'demand.reassigned.v1', record: matter, body: { assignee } });

async function livesIn(of: string = matter): Promise<readonly string[]> {
	return (await district.relay.store.record(RecordId.parse(of)))?.ledgers ?? [];
}

const standsIn = (ledger: string, of: string = matter) => elementsOn(district, ledger, of);

async function phoneOf(person: (typeof people)['member'] = people.secondMember): Promise<Phone> {
	const phone = await makePhone({ relay: district.relay, person });
	phone.now = () => now;
	phones.push(phone);
	return phone;
}

const sees = (phone: Phone) => phone.ask.one('demand', matter);

test('[A1] [A2] it comes whole to the phone of whoever is to answer it, its door in words, and no door', async () => {
	const phone = await phoneOf();
	phone.syncs(district.relay);
	await gives();
	const held = await until(sees(phone), (seen) => seen !== null);
	expect(held?.row).toMatchObject({ assignee: people.secondMember, assignedPlace: ofDoor.place });
	expect(await standsIn(theirs)).toEqual([
		[1, true],
		[2, true]
	]);
	expect(await phone.ask.all({ family: 'household' })()).toEqual([]);
});

test('answered without a network, it is on the desk’s tablet once there is one', async () => {
	await gives();
	const phone = await phoneOf();
	let syncing = phone.syncs(district.relay);
	await until(sees(phone), (seen) => seen !== null);
	await syncing.stop();
	const said = await phone.says([{ ...answer, record: matter }]);
	expect(said.ok).toBe(true);
	expect((await sees(phone)())?.row.state).toBe('handled');
	syncing = phone.syncs(district.relay);
	await until(sees(phone), (seen) => seen?.stage === 'folded' && seen.row.state === 'handled');
	expect(await phone.ask.attention()()).toEqual([]);
	expect(await district.relay.store.row(matter)).toMatchObject({
		state: 'handled',
		outcome: 'solved',
		reply: '换了灯泡'
	});
	expect((await standsIn(desk)).slice(-1)).toEqual([[3, true]]);
	await syncing.stop();
});

test('[A5] once another has it, the phone holds nothing of it: neither rows nor replica nor the answer begun', async () => {
	await gives();
	const phone = await phoneOf();
	phone.syncs(district.relay);
	await until(sees(phone), (seen) => seen !== null);
	const begun = { form: 'handle', schemaVersion: 1, savedAt: now };
	const answered = { ...begun, key: `handle:${matter}`, value: { reply: NAME } };
	const other = { ...begun, key: `visit:${door}`, value: { changes: '' } };
	await phone.device.drafts.bulkPut([answered, other]);
	expect(await databasesHolding(phone.prefix, NAME)).not.toEqual([]);
	await givesOn();
	await until(sees(phone), (seen) => seen === null);
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(found) => found.length === 0
	);
	expect(await phone.device.drafts.toCollection().primaryKeys()).toEqual([other.key]);
	expect(await standsIn(theirs)).toEqual([
		[1, false],
		[2, false],
		[3, false]
	]);
	expect(await livesIn()).toEqual([desk, own, memberLedger(people.worker, COMMUNITY, PERIOD)]);
});

test('[O2] what was answered too late is refused, and waits for its author', async () => {
	await gives();
	const phone = await phoneOf();
	let syncing = phone.syncs(district.relay);
	await until(sees(phone), (seen) => seen !== null);
	await syncing.stop();
	await givesOn();
	await phone.says([{ ...answer, record: matter }]);
	syncing = phone.syncs(district.relay);
	const [refused] = await until(phone.ask.attention(), (items) => items.length > 0);
	expect(refused).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
	await until(sees(phone), (seen) => seen === null);
	expect(await district.relay.store.row(matter)).toMatchObject({ state: 'accepted' });
	await syncing.stop();
});

test('[A5] handed up it leaves them, and comes back whole with the answer of nobody', async () => {
	await gives();
	const body = { office: SUBDISTRICT, reason: '超出社区权限' };
	await says('secretary', { kind: 'demand.escalated.v1', record: matter, body });
	expect(await livesIn()).not.toContain(theirs);
	const back = { kind: 'demand.handed-back.v1', record: matter, org: SUBDISTRICT };
	await says('officer', { ...back, body: { reason: '先问物业' } });
	expect((await standsIn(theirs)).filter(([, hasText]) => hasText)).toEqual([
		[1, true],
		[2, true],
		[3, true],
		[4, true]
	]);
	expect(await says('secondMember', { ...answer, record: matter })).toEqual(['accepted']);
});

test('[A4] with the entry that gave it erased, it is nobody’s and leaves them', async () => {
	await gives();
	const order = { of: matter, at: COMMUNITY, entries: [2], ground: 'requested' };
	await says('secretary', { kind: 'erasure.ordered.v1', record: v7(), body: order });
	expect(await livesIn()).toEqual([desk, own]);
	expect((await standsIn(theirs)).every(([, hasText]) => !hasText)).toBe(true);
});

test('[A4] when its time comes, the secretary alone keeps it', async () => {
	await gives();
	await says('secondMember', { ...answer, record: matter });
	now = endOf(now, 2);
	expect(await district.relay.dayClock.tick()).toBe(1);
	expect(await livesIn()).toEqual([keptLedger(COMMUNITY, PERIOD)]);
	expect((await standsIn(theirs)).every(([, hasText]) => !hasText)).toBe(true);
});

/** What the desk told of a door, and what was given away, as a relay stored it before either was told to members. */
async function saidOnAnOlderRelay(): Promise<RecordId> {
	const walked = RecordId.parse(v7());
	const older = [visits, demands].map((family) =>
		vi.spyOn(family, 'audience').mockImplementation(({ org, period }) => [deskLedger(org, period)])
	);
	await gives();
	await says('worker', visit(walked, door));
	expect([await livesIn(), await livesIn(walked)]).toEqual([[desk], [desk]]);
	for (const each of older) each.mockRestore();
	return walked;
}

test('[A1] a store of an older relay asks anew who reads what the desk told of a door, and what was given away', async () => {
	const walked = await saidOnAnOlderRelay();
	await district.relay.store.run(readersOfBefore);
	await district.restart();
	await district.relay.deliver.settled();
	expect([await livesIn(), await livesIn(walked)]).toEqual([
		[desk, own, theirs],
		[desk, own]
	]);
	expect(await standsIn(theirs)).toEqual([
		[1, true],
		[2, true]
	]);
	expect(await district.relay.store.all('SELECT * FROM due_readers')).toEqual([]);
});

test('[A1] what an older relay exported is asked anew where it is taken in', async () => {
	const walked = await saidOnAnOlderRelay();
	const there = temporaryFolder();
	const files = join(there.path, 'district');
	await exportDistrict(district.relay.store, join(district.dataDir, 'media'), files, now);
	const store = await storeAt(there.path);
	await importDistrict(files, store);
	const due = await store.all<{ record: string }>('SELECT record FROM due_readers');
	expect(due.map(({ record }) => record).toSorted()).toEqual([matter, walked].toSorted());
	await store.close();
	there.remove();
});
