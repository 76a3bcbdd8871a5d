/** Devices and a real relay: what one says reaches the others, whatever is cut, killed or opened twice. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordId } from '#domain/ids.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { catchUpAll } from '#lib/outbox/overlay.ts';
import { readStatus } from '#lib/sync/sync-status.ts';
import type { TestDevice } from '../../support/device.ts';
import { REALM } from '../../support/relay.ts';
import { accepted, COMMUNITY, demand, household, people, visit } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
let desk: TestDevice;

beforeEach(async () => {
	place = await openPlace();
	desk = place.enrolled(people.secretary);
	await desk.says(place.relay.url, household('door-1'));
});
afterEach(() => place.end());

const secretary = { person: people.secretary, role: 'communitySecretary' } as const;
const member = { person: people.member } as const;
// The tests' records are written as plain text.
const id = (record: string) => record as RecordId;
const stateOf = (phone: Phone, record: string) => async () =>
	(await phone.ask.one('demand', id(record))())?.row.state;
const waits = (phone: Phone) => phone.device.outbox.count();

test('[O2] a visit said offline stays as waiting, then as received, and leaves when it is folded', async () => {
	const phone = await place.phoneOf(member);
	await phone.says([visit('visit-1', 'door-1', { demands: ['demand-1'] }), demand('demand-1')]);
	expect(await phone.ask.waiting()()).toMatchObject([{ stage: 'waiting' }, { stage: 'waiting' }]);
	expect((await phone.ask.travel(id('visit-1'))())[0]).toEqual({
		place: 'device',
		state: 'waiting'
	});
	phone.syncs(place.relay);
	await until(
		() => waits(phone),
		(n) => n === 0
	);
	const seen = await phone.ask.one('visit', id('visit-1'))();
	expect(seen).toMatchObject({ pending: false, stage: 'folded', row: { no: expect.any(String) } });
	expect(await phone.device.overlay.count()).toBe(0);
	expect((await phone.ask.travel(id('visit-1'))()).map(({ state }) => state)).toEqual(
		Array(5).fill('reached')
	);
	expect(await phone.ask.history(id('visit-1'))()).toHaveLength(1);
	const status = await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'online'
	);
	expect(status.lastSuccess).not.toBeNull();
});

test('what a member says reaches the desk and what the desk says comes back, live', async () => {
	const phone = await place.phoneOf(member);
	const tablet = await place.phoneOf(secretary);
	phone.syncs(place.relay);
	tablet.syncs(place.relay);
	await until(
		() => tablet.ask.one('household', id('door-1'))(),
		(seen) => seen !== null
	);
	await phone.says([demand('demand-1')]);
	await until(stateOf(tablet, 'demand-1'), (state) => state === 'registered');
	await tablet.says([accepted('demand-1')]);
	await until(stateOf(phone, 'demand-1'), (state) => state === 'accepted');
	const line = (await phone.ask.history(id('demand-1'))()).at(-1);
	expect(line).toMatchObject({ verdict: 'accepted', actor: { person: people.secretary } });
	// The facts stand in a ledger of their own, which comes when it comes.
	await until(tablet.ask.facts({ orgs: [COMMUNITY] }), (facts) => facts.length === 2);
});

test('[D1] a socket opened as the other person on this tablet brings nothing of theirs', async () => {
	const tablet = await place.phoneOf(secretary);
	const phone = await place.phoneOf(member);
	const syncing = phone.syncs(place.relay);
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'online'
	);
	await syncing.stop();
	// Nothing of its own has moved, so nothing tells it yet whose socket it is.
	phone.syncs(place.relay, { firstSocketAs: tablet.speaker.signer.device });
	await until(
		async () => place.relay.sync.counts.sockets,
		(sockets) => sockets === 1
	);
	tablet.syncs(place.relay);
	await until(
		() => tablet.ask.one('household', id('door-1'))(),
		(seen) => seen !== null
	);
	for (const n of [1, 2, 3]) await desk.says(place.relay.url, demand(`demand-${n}`));
	await until(stateOf(tablet, 'demand-3'), (state) => state === 'registered');
	await phone.says([demand('demand-own')]);
	await until(stateOf(tablet, 'demand-own'), (state) => state === 'registered');
	await until(stateOf(phone, 'demand-own'), (state) => state === 'registered');
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'online'
	);
	const held = await phone.rows.ledgers.toCollection().primaryKeys();
	expect(held.filter((ledger) => ledger.startsWith('desk/'))).toEqual([]);
	expect(await stateOf(phone, 'demand-3')()).toBeUndefined();
});

test('[O4] a relay that is gone never stands in the way; what waited arrives once, in order', async () => {
	const phone = await place.phoneOf(member);
	phone.syncs(place.relay);
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'online'
	);
	await place.restarts(async () => {
		for (const n of [1, 2, 3]) await phone.says([demand(`demand-${n}`, { title: `第${n}件` })]);
		await until(
			() => readStatus(phone.rows),
			({ net }) => net === 'offline'
		);
		expect(await phone.ask.count({ family: 'demand' })()).toBe(3);
	});
	await until(
		() => waits(phone),
		(n) => n === 0,
		20_000
	);
	const page = await phone.ask.page({ family: 'demand' })();
	const numbers = page.items.map(({ row }) => [row.title, row.no]);
	expect(numbers.sort().map(([title, no]) => [title, no?.slice(-1)])).toEqual([
		['第1件', '1'],
		['第2件', '2'],
		['第3件', '3']
	]);
	// What is folded leaves the outbox a moment before the round trip is told of.
	await until(
		() => readStatus(phone.rows),
		({ reason }) => reason === null
	);
});

test('[O2] a refused commit moves to 需要处理 with its reason, its action and what was said', async () => {
	const phone = await place.phoneOf(member);
	await phone.says([visit('visit-1', 'door-of-nobody'), demand('demand-1')]);
	await phone.says([demand('demand-2')]);
	phone.syncs(place.relay);
	const items = await until(
		() => phone.ask.attention()(),
		(all) => all.length === 2
	);
	expect(items.map(({ reason, verdict }) => [verdict, reason]).sort()).toEqual([
		['refused', 'commit-refused'],
		['refused', 'no-such-reference']
	]);
	expect(items.find(({ record }) => record === 'demand-1')?.body).toMatchObject({
		title: '楼道灯不亮'
	});
	// It never blocks the other, and what was refused lies on no row.
	await until(
		() => waits(phone),
		(n) => n === 0
	);
	expect(await phone.ask.count({ family: 'demand' })()).toBe(1);
	expect(await phone.ask.count({ family: 'visit' })()).toBe(0);
});

test('[J3] a noted entry stays in 需要处理 until its author has seen it', async () => {
	const tablet = await place.phoneOf(secretary);
	tablet.syncs(place.relay);
	await desk.says(place.relay.url, demand('demand-1'));
	await until(stateOf(tablet, 'demand-1'), (state) => state === 'registered');
	await desk.says(place.relay.url, { ...accepted('demand-1'), rev: 1 });
	await tablet.says([accepted('demand-1')]);
	const [item] = await until(
		() => tablet.ask.attention()(),
		(all) => all.length === 1
	);
	expect(item).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	await until(
		() => waits(tablet),
		(n) => n === 0
	);
	await tablet.device.attention.update(item?.entry ?? '', { state: 'settled' });
	expect(await tablet.ask.attention()()).toEqual([]);
});

test('two devices of one person see the same, without doubles', async () => {
	const one = await place.phoneOf(member);
	const two = await place.phoneOf(member);
	await one.says([demand('demand-1')]);
	await two.says([demand('demand-2')]);
	one.syncs(place.relay);
	two.syncs(place.relay);
	for (const phone of [one, two])
		await until(
			() => phone.ask.page({ family: 'demand' })(),
			({ items }) => items.length === 2 && items.every((each) => !each.pending)
		);
	const [left, right] = await Promise.all([one.rows.rows.toArray(), two.rows.rows.toArray()]);
	expect(left.map(({ row }) => row)).toEqual(right.map(({ row }) => row));
});

test('[D1] two persons on one tablet: separate databases, nothing mixed', async () => {
	const first = await place.phoneOf(member);
	const second = await place.phoneOf({ person: people.secondMember });
	await first.says([demand('demand-1')]);
	await second.says([demand('demand-2')]);
	const sync = first.syncs(place.relay);
	await until(
		() => waits(first),
		(n) => n === 0
	);
	await sync.stop();
	second.syncs(place.relay);
	await until(
		() => waits(second),
		(n) => n === 0
	);
	expect(await first.ask.one('demand', id('demand-2'))()).toBeNull();
	expect(await second.ask.one('demand', id('demand-1'))()).toBeNull();
	expect(await second.device.receipts.count()).toBe(1);
});

test('[O3] of two tabs one syncs; when it goes the other takes over', async () => {
	const tab = await place.phoneOf(member);
	const other = await place.phoneOf({ ...member, like: tab });
	const roles: string[][] = [[], []];
	const first = tab.syncs(place.relay, { onRole: (role) => roles[0]?.push(role) });
	await until(
		async () => roles[0]?.at(-1),
		(role) => role === 'leader'
	);
	other.syncs(place.relay, { onRole: (role) => roles[1]?.push(role) });
	await other.says([demand('demand-1')]);
	await until(
		() => waits(tab),
		(n) => n === 0
	);
	expect(roles[1]).toEqual(['follower']);
	await first.stop();
	await until(
		async () => roles[1]?.at(-1),
		(role) => role === 'leader'
	);
	await other.says([demand('demand-2')]);
	await until(
		() => waits(other),
		(n) => n === 0
	);
	expect(await other.ask.count({ family: 'demand' })()).toBe(2);
	expect(await desk.scope(place.relay.url)).toMatchObject({ realm: REALM });
});

test('[F2] rows are built anew from the replicas, without a network', async () => {
	const tablet = await place.phoneOf(secretary);
	const sync = tablet.syncs(place.relay);
	await tablet.says([demand('demand-1')]);
	await until(
		() => waits(tablet),
		(n) => n === 0
	);
	await until(
		() => readStatus(tablet.rows),
		({ net }) => net === 'online'
	);
	await sync.stop();
	const before = await tablet.rows.rows.toArray();
	const facts = await tablet.rows.facts.toArray();
	await place.relay.close();
	await tablet.rows.delete();
	await tablet.rows.open();
	tablet.syncs(place.relay);
	await until(
		async () => tablet.rows.rows.toArray(),
		(rows) => rows.length === before.length
	);
	await until(
		() => tablet.rows.meta.get('built'),
		(built) => built !== undefined
	);
	expect(await tablet.rows.rows.toArray()).toEqual(before);
	expect(await tablet.rows.facts.toArray()).toEqual(facts);
	await place.restarts();
});

test('[D2] a ledger that left the scope goes at once: rows, replica and mark', async () => {
	const district = place.enrolled(people.district);
	const tablet = await place.phoneOf(secretary);
	tablet.syncs(place.relay);
	await until(
		() => tablet.ask.one('household', id('door-1'))(),
		(seen) => seen !== null
	);
	const ledger = `desk/${COMMUNITY}/standing`;
	const replicas = async () =>
		(await indexedDB.databases()).filter(({ name }) =>
			name?.includes(`${tablet.prefix}-${ledger}`)
		);
	expect(await replicas()).toHaveLength(1);
	const ended = await district.says(place.relay.url, {
		kind: 'duty.ended.v1',
		record: `duty-${people.secretary}`,
		org: '990100000000',
		body: { to: Date.now() - 1, reason: '调岗' }
	});
	expect(ended).toMatchObject([{ verdict: 'accepted' }]);
	await until(
		() => tablet.ask.one('household', id('door-1'))(),
		(seen) => seen === null
	);
	await until(replicas, (left) => left.length === 0);
	expect(await tablet.rows.ledgers.get(ledger)).toBeUndefined();
	// Without a duty nothing is read, the directory neither.
	await until(
		() => tablet.rows.rows.count(),
		(n) => n === 0
	);
});

test('[F1] after a kill between rows and outbox, the next start brings them together', async () => {
	const phone = await place.phoneOf(member);
	await phone.says([demand('demand-1')]);
	const sync = phone.syncs(place.relay);
	await until(
		() => waits(phone),
		(n) => n === 0
	);
	await sync.stop();
	// As if the outbox had not been brought up to the rows when the process died.
	const receipt = await phone.device.receipts.toCollection().first();
	const row = await phone.rows.rows.get('demand-1');
	if (!receipt || !row) throw new Error('nothing arrived');
	await phone.device.overlay.put({ ...row, stage: 'received', baseN: 0 });
	expect(await phone.ask.one('demand', id('demand-1'))()).toMatchObject({ pending: true });
	await catchUpAll(phone);
	expect(await phone.ask.one('demand', id('demand-1'))()).toMatchObject({ pending: false });
	expect(openRowsDb(phone.prefix).name).toBe(phone.rows.name);
});
