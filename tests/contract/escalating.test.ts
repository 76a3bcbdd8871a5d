/** 上报办事处 over the relay: an office reads whole what was handed up to it, and nothing of what it handed back. */
import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { EntryId, PersonId, RecordId, type OrgId } from '#domain/ids.ts';
import { deskLedger, memberLedger, officeLedger } from '#domain/ledgers.ts';
import { endOf } from '#domain/retention.ts';
import { settle } from '#lib/outbox/forget-left.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import { flawsOf } from '../support/audits.ts';
import { signWith, type Draft, type TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { OTHER_SUBDISTRICT } from '../support/office-examples.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { connect } from '../support/reader.ts';
import { REALM } from '../support/relay.ts';
import { elementsOn, verdictOn } from '../support/said.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	HOUR,
	household,
	MORNING,
	people,
	SUBDISTRICT
} from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

const NAME = '只此一家的名字';
const NEIGHBOUR = PersonId.parse('p-neighbour');
const PERIOD = '2026Q4';
const office = officeLedger(SUBDISTRICT, PERIOD);
const desk = deskLedger(COMMUNITY, PERIOD);

let now: number;
let district: District;
let neighbour: TestDevice;
let matter: RecordId;
let door: string;
let phones: Phone[];

beforeEach(async () => {
	now = MORNING;
	phones = [];
	district = await startDistrict({ now: () => now });
	neighbour = district.enrol(NEIGHBOUR);
	[matter, door] = [RecordId.parse(v7()), v7()];
	await asSetUp(
		{
			kind: 'organisation.created.v1',
			record: OTHER_SUBDISTRICT,
			body: { name: '临江街道', level: 'subdistrict', parent: DISTRICT }
		},
		...officerAt(NEIGHBOUR, OTHER_SUBDISTRICT)
	);
	await says('secretary', household(door));
	await says('member', demand(matter, { household: door, requester: NAME }));
	await says('secretary', accepted(matter));
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	await district.relay.deliver.settled();
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
});

async function asSetUp(...drafts: readonly Draft[]): Promise<void> {
	const { relay } = district;
	const by = { device: RELAY_DEVICE, realm: REALM, at: now };
	const commit = signWith(
		relay.keys.setUp.privateKey,
		drafts.map((draft) => ({ org: DISTRICT, ...draft })),
		by
	);
	const receipts = await relay.deliver.handInAt([commit], now);
	expect(receipts.map(({ verdict }) => verdict)).toEqual(drafts.map(() => 'accepted'));
}

function officerAt(person: PersonId, at: OrgId): Draft[] {
	const body = { person, displayName: '某干部', role: 'subdistrictOfficer', at, from: now - DAY };
	return [
		{ kind: 'person.registered.v1', record: person, body: { name: '某干部', home: at } },
		{ kind: 'duty.assigned.v1', record: `duty-${person}`, body }
	];
}

/** Says it a while later than what was said before. */
function says(who: keyof District['devices'], draft: Draft): Promise<unknown[]> {
	now += HOUR / 4;
	return verdictOn(district, who, draft);
}

const up = () =>
	says('secretary', {
		kind: 'demand.escalated.v1',
		record: matter,
		body: { office: SUBDISTRICT, reason: '超出社区权限' }
	});
const atOffice = (kind: string, body: Draft['body']) =>
	says('officer', { kind, record: matter, org: SUBDISTRICT, body });
const take = () => atOffice('demand.taken.v1', { assignee: people.officer });
const back = () => atOffice('demand.handed-back.v1', { reason: '先问物业' });
const answer = () => atOffice('demand.handled.v1', { outcome: 'solved', reply: '已疏通' });

const standsIn = (ledger: string) => elementsOn(district, ledger, matter);

async function holds(device: TestDevice): Promise<readonly string[]> {
	const { hold } = await device.scope(district.relay.url);
	return Object.keys(hold).filter(
		(ledger) => ledger.startsWith('office/') && ledger.endsWith(PERIOD)
	);
}

async function officersPhone(): Promise<Phone> {
	const { relay } = district;
	const role = 'subdistrictOfficer' as const;
	const phone = await makePhone({ relay, person: people.officer, role, org: SUBDISTRICT });
	phone.now = () => now;
	phones.push(phone);
	return phone;
}

const sees = (phone: Phone) => phone.ask.one('demand', matter);

test('[A1] [A2] the office reads the whole history of what was handed up; its neighbour reads nothing', async () => {
	const { officer } = district.devices;
	expect(await standsIn(office)).toEqual([]);
	expect(await holds(officer)).toEqual([]);
	expect(await up()).toEqual(['accepted']);
	const whole = [1, 2, 3].map((n) => [n, true]);
	for (const ledger of [office, desk, memberLedger(people.member, COMMUNITY, PERIOD)])
		expect(await standsIn(ledger)).toEqual(whole);
	expect(await holds(officer)).toEqual([office]);
	expect(await holds(neighbour)).toEqual([]);
	for (const device of [neighbour, district.devices.district]) {
		const asked = await fetch(`${district.relay.url}/api/ledgers/${office}`, {
			headers: { cookie: device.cookie }
		});
		expect(asked.status).toBe(403);
	}
	const phone = await officersPhone();
	phone.syncs(district.relay);
	const seen = await until(sees(phone), (row) => row !== null);
	expect(seen?.row).toMatchObject({ requester: NAME, state: 'escalatedSub', household: door });
	expect((await phone.ask.history(matter)()).map(({ n }) => n)).toEqual([1, 2, 3]);
	// The door it hangs on stays with its community, and so does what the desk noted.
	expect(await phone.ask.count({ family: 'household' })()).toBe(0);
});

test('[A2] what the desk notes of it never comes to the office', async () => {
	await up();
	const body = { demand: matter, text: NAME };
	await says('worker', { kind: 'handling.noted.v1', record: v7(), body });
	await says('worker', {
		kind: 'draft.opened.v1',
		record: `reply-${matter}`,
		body: { of: matter }
	});
	const elements = await district.relay.store.elements(office, 0, 1_000);
	const about = elements.map(({ head }) => JSON.parse(head).record);
	expect(new Set(about)).toEqual(new Set([matter]));
});

test('the office answers it, and everybody who read it reads the answer', async () => {
	await up();
	expect(await answer()).toEqual(['noted', 'illegal-transition']);
	expect(await take()).toEqual(['accepted']);
	expect(await answer()).toEqual(['accepted']);
	for (const ledger of [office, desk, memberLedger(people.member, COMMUNITY, PERIOD)])
		expect((await standsIn(ledger)).slice(-1)).toEqual([[6, true]]);
	expect(await district.relay.store.row(matter)).toMatchObject({
		state: 'handled',
		reply: '已疏通',
		office: SUBDISTRICT
	});
	expect(await back()).toEqual(['noted', 'illegal-transition']);
});

test('[A5] handed back, no text of it remains with the office: not in its ledger, not on its devices', async () => {
	await up();
	const { officer } = district.devices;
	const reader = await connect(district.relay.url, officer.cookie);
	const live = await reader.open(`${office}@${district.relay.store.epoch}`);
	const phone = await officersPhone();
	const syncing = phone.syncs(district.relay);
	await until(sees(phone), (row) => row !== null);
	expect(await databasesHolding(phone.prefix, NAME)).not.toEqual([]);

	expect(await take()).toEqual(['accepted']);
	expect(await back()).toEqual(['accepted']);
	const elements = await district.relay.store.elements(office, 0, 1_000);
	expect(JSON.stringify(elements)).not.toContain(NAME);
	expect((await standsIn(office)).every(([, hasText]) => !hasText)).toBe(true);
	expect(Buffer.from(encodeUpdate(elements, 0, Infinity).update).includes(NAME)).toBe(false);
	await until(
		async () => Buffer.from(Y.encodeStateAsUpdate(live)).includes(NAME),
		(has) => !has
	);
	reader.close();
	await until(sees(phone), (row) => row === null);
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(found) => found.length === 0
	);
	await syncing.stop();
	expect(await district.relay.store.row(matter)).toMatchObject({ state: 'accepted' });
	expect((await standsIn(desk)).map(([n]) => n)).toEqual([1, 2, 3, 4, 5]);
	expect(await take()).toEqual(['refused', 'other-organisation']);

	// It goes up again, and comes whole.
	expect(await up()).toEqual(['accepted']);
	expect((await standsIn(office)).slice(-6)).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n, true]));
});

test('[A5] [O2] of what it handed back a device keeps no draft, and what was refused until its author has seen it', async () => {
	await up();
	const phone = await officersPhone();
	let syncing = phone.syncs(district.relay);
	await until(sees(phone), (row) => row !== null);
	await syncing.stop();
	const { device } = phone;
	const value = { reply: NAME };
	const draft = { key: `handle:${matter}`, form: 'handle', schemaVersion: 1, value, savedAt: now };
	await device.drafts.bulkPut([draft, { ...draft, key: 'handle:another', value: {} }]);
	await phone.says([
		{
			kind: 'demand.handled.v1',
			record: matter,
			org: SUBDISTRICT,
			body: { outcome: 'solved', reply: NAME }
		}
	]);
	const waiting = await device.outbox.toArray();
	const [said] = waiting.flatMap(({ entries }) => entries);
	if (said === undefined) throw new Error('nothing waits');
	const seen = {
		...said,
		entry: EntryId.parse(v7()),
		commit: said.id,
		verdict: 'noted',
		reason: 'illegal-transition',
		state: 'settled'
	} as const;
	await device.attention.put(seen);
	await back();
	syncing = phone.syncs(district.relay);
	await until(sees(phone), (row) => row === null);
	await until(
		() => device.drafts.toCollection().primaryKeys(),
		(keys) => keys.join() === 'handle:another'
	);
	expect(await device.attention.get(seen.entry)).toBeUndefined();
	const [refused] = await until(phone.ask.attention(), (items) => items.length > 0);
	expect(refused).toMatchObject({ entry: said.id, body: { reply: NAME } });
	await settle(phone, said.id);
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(found) => found.length === 0
	);
	await syncing.stop();
});

test.each(['alone', 'both'] as const)(
	'[O2] what an officer handed back waits no more on the device that said it: %s',
	async (said) => {
		await up();
		const phone = await officersPhone();
		let syncing = phone.syncs(district.relay);
		await until(sees(phone), (row) => row !== null);
		await syncing.stop();
		const of = { record: matter, org: SUBDISTRICT };
		const taken = { ...of, kind: 'demand.taken.v1', body: { assignee: people.officer } };
		const body = { reason: '先问物业' };
		const handedBack = { ...of, kind: 'demand.handed-back.v1', body };
		// The office reads the first of the two in its ledger, and the second in none.
		await phone.says(said === 'both' ? [taken, handedBack] : [handedBack]);
		expect((await sees(phone)())?.row.state).toBe('accepted');
		syncing = phone.syncs(district.relay);
		await until(sees(phone), (row) => row === null);
		await syncing.stop();
		syncing = phone.syncs(district.relay);
		await until(
			() => phone.device.outbox.count(),
			(waiting) => waiting === 0
		);
		expect(await phone.ask.attention()()).toEqual([]);
		expect(await district.relay.store.row(matter)).toMatchObject({ handedBackWhy: '先问物业' });
		await syncing.stop();
	}
);

test('[D2] [R5] an officer whose duty has ended holds nothing of it any more', async () => {
	await up();
	const phone = await officersPhone();
	phone.syncs(district.relay);
	await until(sees(phone), (row) => row !== null);
	const body = { to: now, reason: '调离' };
	const ended = { kind: 'duty.ended.v1', record: `duty-${people.officer}`, org: DISTRICT, body };
	expect(await says('district', ended)).toEqual(['accepted']);
	await until(sees(phone), (row) => row === null);
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(found) => found.length === 0
	);
	expect(await holds(district.devices.officer)).toEqual([]);
	// Who comes after reads all that the office has.
	await asSetUp(...officerAt(PersonId.parse('p-next'), SUBDISTRICT));
	expect(await holds(district.enrol(PersonId.parse('p-next')))).toEqual([office]);
});

test('[A1] when its door goes to another member, the office goes on reading it', async () => {
	await up();
	const body = { member: people.secondMember, from: now };
	await says('secretary', { kind: 'household.linked.v1', record: door, body });
	const whole = [1, 2, 3].map((n) => [n, true]);
	expect(await standsIn(memberLedger(people.secondMember, COMMUNITY, PERIOD))).toEqual(whole);
	expect(await standsIn(office)).toEqual(whole);
	await take();
	expect((await standsIn(office)).slice(-1)).toEqual([[4, true]]);
});

test('[A4] what is erased of it is gone from the office too', async () => {
	await up();
	const body = { of: matter, at: COMMUNITY, entries: 'all', ground: 'requested' };
	await says('secretary', { kind: 'erasure.ordered.v1', record: v7(), body });
	expect((await standsIn(office)).every(([, hasText]) => !hasText)).toBe(true);
	expect(await take()).toEqual(['refused', 'no-such-record']);
});

test('[A4] what the office has does not age; what it answered is kept, by the secretary alone, when its time comes', async () => {
	await up();
	await take();
	const since = now;
	now = endOf(since, 2);
	expect(await district.relay.dayClock.tick()).toBe(0);
	await answer();
	const answered = now;
	now = endOf(answered, 2);
	expect(await district.relay.dayClock.tick()).toBe(1);
	expect((await standsIn(office)).every(([, hasText]) => !hasText)).toBe(true);
	const kept = await district.relay.store.record(matter);
	expect(kept?.ledgers).toEqual([`kept/${COMMUNITY}/${PERIOD}`]);
});

test('[A2] an officer who has a number shown is recorded by office and district, not by the community', async () => {
	await up();
	const shown = v7();
	const body = { of: matter, field: 'phone' };
	const draft = { kind: 'reveal.recorded.v1', record: shown, org: SUBDISTRICT, body };
	expect(await says('officer', draft)).toEqual(['accepted']);
	const stored = await district.relay.store.record(RecordId.parse(shown));
	expect(stored?.ledgers).toEqual([office, `district/${PERIOD}`]);
	await back();
	expect(await says('officer', { ...draft, record: v7() })).toEqual([
		'refused',
		'other-organisation'
	]);
});
