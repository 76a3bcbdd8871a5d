/** A phone whose door goes to somebody else holds nothing of it any more; the next phone holds all of it. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import { IndexeddbPersistence } from 'y-indexeddb';
import type { PersonId, RecordId } from '#domain/ids.ts';
import { memberLedger, STANDING } from '#domain/ledgers.ts';
import { encodeUpdate } from '#relay/ledgers/ledger-document.ts';
import type { TestDevice } from '../../support/device.ts';
import { databasesHolding } from '../../support/raw-databases.ts';
import { COMMUNITY, demand, household, people, visit } from '../../support/tell.ts';
import { until, type Phone, type SyncOptions } from './phone.ts';
import { openPlace, type Place } from './place.ts';

const NAME = '只此一家的名字';
let place: Place;
let desk: TestDevice;

beforeEach(async () => {
	place = await openPlace();
	desk = place.enrolled(people.secretary);
	await desk.says(place.relay.url, named('door-1'), household('door-2'));
});
afterEach(() => place.end());

function named(record: string, member: PersonId = people.member) {
	const said = household(record, member);
	return { ...said, body: { ...said.body, head: NAME } };
}

async function link(member: PersonId): Promise<void> {
	const body = { member, from: Date.now() };
	await desk.says(place.relay.url, { kind: 'household.linked.v1', record: 'door-1', body });
}

// The tests' records are written as plain text.
const id = (record: string) => record as RecordId;
const sees = (phone: Phone, family: 'household' | 'visit' | 'demand', record: string) => async () =>
	(await phone.ask.one(family, id(record))())?.row.record;
const holding = (phone: Phone) => () => databasesHolding(phone.prefix, NAME);

async function tellsOfTheDoor(phone: Phone): Promise<void> {
	await phone.says([
		visit('visit-1', 'door-1', { interviewee: NAME, demands: ['demand-1'] }),
		demand('demand-1', { household: 'door-1', requester: NAME })
	]);
	await until(
		() => phone.device.outbox.count(),
		(n) => n === 0
	);
}

async function storedDocument(phone: Phone, ledger: string): Promise<Uint8Array> {
	const doc = new Doc();
	const stored = new IndexeddbPersistence(
		`${phone.prefix}-${ledger}@${place.relay.store.epoch}`,
		doc
	);
	await stored.whenSynced;
	const bytes = encodeStateAsUpdate(doc);
	await stored.destroy();
	return bytes;
}

const ways: readonly [string, SyncOptions][] = [
	['over the socket', {}],
	['where sockets are cut', { noSockets: true }]
];

test.each(ways)('[A5] a phone drops a door that goes to another, %s', async (_way, options) => {
	const old = await place.phoneOf({ person: people.member });
	let sync = old.syncs(place.relay, options);
	await until(sees(old, 'household', 'door-1'), (seen) => seen !== undefined);
	await tellsOfTheDoor(old);
	expect(await holding(old)()).not.toEqual([]);
	await link(people.secondMember);
	await place.relay.deliver.settled();
	if (options.noSockets) {
		// Nobody tells it: it asks when the app is opened.
		await sync.stop();
		sync = old.syncs(place.relay, options);
	}
	await until(sees(old, 'visit', 'visit-1'), (seen) => seen === undefined);
	await until(holding(old), (names) => names.length === 0);
	expect(await sees(old, 'household', 'door-1')()).toBeUndefined();
	expect(await sees(old, 'demand', 'demand-1')()).toBeUndefined();
	expect(await sees(old, 'household', 'door-2')()).toBe('door-2');
	expect(await old.ask.history(id('visit-1'))()).toEqual([]);
	expect(await old.device.overlay.count()).toBe(0);
	await sync.stop();
	// What follows stands behind the hole that the door left.
	await desk.says(place.relay.url, {
		kind: 'household.corrected.v1',
		record: 'door-2',
		body: { head: '另一家', reason: '写错' }
	});
	sync = old.syncs(place.relay, options);
	await until(
		() => old.ask.one('household', id('door-2'))(),
		(seen) => seen?.row.head === '另一家'
	);
	await sync.stop();
	for (const ledger of (await old.rows.ledgers.toArray()).map((mark) => mark.ledger)) {
		const elements = await place.relay.store.elements(ledger, 0, 1_000);
		const { update } = encodeUpdate(elements, 0, Infinity);
		expect(await storedDocument(old, ledger)).toEqual(update);
	}

	const next = await place.phoneOf({ person: people.secondMember });
	next.syncs(place.relay, options);
	await until(sees(next, 'demand', 'demand-1'), (seen) => seen !== undefined);
	expect(await sees(next, 'visit', 'visit-1')()).toBe('visit-1');
	expect(await next.ask.history(id('door-1'))()).toHaveLength(2);
});

test('[A5] rows built anew from what is stored, offline, hold nothing of it; a full copy comes back', async () => {
	const phone = await place.phoneOf({ person: people.member });
	const sync = phone.syncs(place.relay);
	await until(sees(phone, 'household', 'door-1'), (seen) => seen !== undefined);
	await link(people.secondMember);
	await until(holding(phone), (names) => names.length === 0);
	await sync.stop();
	await phone.rows.delete();
	await phone.rows.open();
	const offline = phone.syncs(place.relay, {
		fetch: () => Promise.reject(new TypeError('no network'))
	});
	await until(sees(phone, 'household', 'door-2'), (seen) => seen !== undefined);
	expect(await sees(phone, 'household', 'door-1')()).toBeUndefined();
	await offline.stop();
	await link(people.member);
	phone.syncs(place.relay);
	await until(sees(phone, 'household', 'door-1'), (seen) => seen !== undefined);
	expect(await phone.ask.history(id('door-1'))()).toHaveLength(3);
	expect((await phone.ask.one('household', id('door-1'))())?.row.head).toBe(NAME);
});

test('[A5] what was handed in and left before it was folded here does not wait for ever', async () => {
	const phone = await place.phoneOf({ person: people.member });
	const sync = phone.syncs(place.relay);
	await until(sees(phone, 'household', 'door-1'), (seen) => seen !== undefined);
	await sync.stop();
	await phone.says([visit('visit-1', 'door-1', { interviewee: NAME })]);
	let isHeld = true;
	phone.syncs(place.relay, {
		noSockets: true,
		async onAsked(path) {
			if (path.startsWith('/api/ledgers/'))
				while (isHeld) await new Promise((resolve) => setTimeout(resolve, 10));
		}
	});
	await until(
		() => phone.ask.waiting()(),
		([item]) => item?.stage === 'received'
	);
	await link(people.secondMember);
	await place.relay.deliver.settled();
	isHeld = false;
	await until(
		() => phone.device.outbox.count(),
		(n) => n === 0
	);
	expect(await sees(phone, 'visit', 'visit-1')()).toBeUndefined();
});

test('[A5] an app that is killed before it compacted does so when it starts', async () => {
	const phone = await place.phoneOf({ person: people.member });
	const sync = phone.syncs(place.relay);
	await until(sees(phone, 'household', 'door-1'), (seen) => seen !== undefined);
	await link(people.secondMember);
	await until(holding(phone), (names) => names.length === 0);
	await sync.stop();
	// As the kill leaves it: the fold is stored, the old pieces lie beside what is merged.
	const ledger = memberLedger(people.member, COMMUNITY, STANDING);
	const doc = new Doc();
	const stored = new IndexeddbPersistence(
		`${phone.prefix}-${ledger}@${place.relay.store.epoch}`,
		doc
	);
	await stored.whenSynced;
	await phone.rows.ledgers.update(ledger, { holdsGone: true });
	const db = stored.db;
	if (db === null) throw new Error('no database');
	db.transaction('updates', 'readwrite')
		.objectStore('updates')
		.add(encodeUpdate([{ seq: 1, head: '{"seq":1,"kind":"a"}', text: NAME, sig: '' }], 0).update);
	await stored.destroy();
	expect(await holding(phone)()).not.toEqual([]);
	phone.syncs(place.relay, { fetch: () => Promise.reject(new TypeError('no network')) });
	await until(holding(phone), (names) => names.length === 0);
	expect((await phone.rows.ledgers.get(ledger))?.holdsGone).toBe(false);
});
