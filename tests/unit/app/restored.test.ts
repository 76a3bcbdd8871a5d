/** Devices and a store that was restored from its backup: nothing is lost, nothing forks, no screen goes empty. */
import 'fake-indexeddb/auto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordId } from '#domain/ids.ts';
import { CommonAsk, LEDGERS_NAMED } from '#domain/offer.ts';
import { readHeldScope } from '#lib/device/held-scope.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { linesOf } from '#lib/rows/rows-db.ts';
import { watch } from '#lib/rows/watch.ts';
import { giveBack } from '#lib/sync/give-back.ts';
import { backUp } from '#relay/backup.ts';
import { KEY_FILE } from '#relay/keys.ts';
import { flawsOf } from '../../support/audits.ts';
import type { TestDevice } from '../../support/device.ts';
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
const worker = { person: people.worker, role: 'communityWorker' } as const;
const member = { person: people.member } as const;
// The tests' records are written as plain text.
const id = (record: string) => record as RecordId;
const demandOf = (phone: Phone, record: string) => async () =>
	(await phone.ask.one('demand', id(record))()) ?? null;
const waits = (phone: Phone) => phone.device.outbox.count();

/** Copies the store as it stands now; answers what ends this relay and starts one on the copy. */
async function backedUp(): Promise<(options?: { otherKeys?: boolean }) => Promise<void>> {
	const { dataDir } = place.relay;
	const target = join(place.temporary(), 'copy');
	await backUp(dataDir, target);
	return ({ otherKeys = false } = {}) =>
		place.restarts(() => {
			if (otherKeys) drawOtherTag(join(target, KEY_FILE));
			copyFileSync(join(dataDir, 'devices.json'), join(target, 'devices.json'));
		}, target);
}

function drawOtherTag(file: string): void {
	const keys = JSON.parse(readFileSync(file, 'utf8'));
	writeFileSync(file, JSON.stringify({ ...keys, tag: 'b3RoZXI' }));
}

async function isFolded(phone: Phone, record: string, state: string): Promise<void> {
	await until(demandOf(phone, record), (seen) => seen?.row.state === state && !seen.pending);
}

/** Rows and histories as every reader must have them. */
async function rowsOf(phone: Phone): Promise<unknown[]> {
	const rows = await phone.rows.rows.toArray();
	return rows.map(({ row, ledgers, ...held }) => ({ row, ledgers, history: linesOf(held) }));
}

/** Answers every state in which a demand was shown since. */
function watchFor(phone: Phone, record: string): () => string[] {
	const shown = new Set<string>();
	const stop = watch(
		demandOf(phone, record),
		(seen) => shown.add(seen?.row.state ?? 'nothing'),
		() => shown.add('an error')
	);
	return () => {
		stop();
		return [...shown];
	};
}

async function hasMovedTo(phone: Phone, epoch: string): Promise<void> {
	await until(
		() => readHeldScope(phone.device),
		(held) => held?.epoch === epoch && held.former === undefined
	);
	await until(
		() => phone.rows.ledgers.filter(({ toRefold }) => toRefold !== undefined).count(),
		(left) => left === 0
	);
}

test('[R6] a device ahead gives back what a restored store lost, and all readers have the same again', async () => {
	const tablet = await place.phoneOf(secretary);
	const phone = await place.phoneOf(member);
	tablet.syncs(place.relay);
	phone.syncs(place.relay);
	await phone.says([demand('demand-1')]);
	await isFolded(tablet, 'demand-1', 'registered');
	const restores = await backedUp();

	// Given to another, it would stand in a ledger of theirs too.
	await tablet.says([accepted('demand-1', { assignee: people.secretary })]);
	await phone.says([visit('visit-2', 'door-1', { demands: ['demand-2'] }), demand('demand-2')]);
	await desk.says(place.relay.url, household('door-2', people.secondMember));
	await isFolded(tablet, 'demand-2', 'registered');
	await isFolded(phone, 'demand-1', 'accepted');
	const before = { tablet: await rowsOf(tablet), phone: await rowsOf(phone) };
	const { epoch } = place.relay.store;
	const shown = watchFor(tablet, 'demand-2');
	await restores();

	expect(place.relay.store.epoch).not.toBe(epoch);
	await hasMovedTo(tablet, place.relay.store.epoch);
	await hasMovedTo(phone, place.relay.store.epoch);
	expect(await rowsOf(tablet)).toEqual(before.tablet);
	expect(await rowsOf(phone)).toEqual(before.phone);
	// What stood on the screen stood there all the time.
	expect(shown()).toEqual(['registered']);
	// One that knew nothing reads the same.
	const other = await place.phoneOf(worker);
	other.syncs(place.relay);
	await isFolded(other, 'demand-2', 'registered');
	const { rows } = other;
	await until(
		() => rows.rows.get('door-2'),
		(found) => found !== undefined
	);
	expect(await rows.rows.get('demand-1')).toEqual(await tablet.rows.rows.get('demand-1'));
	expect(await rows.rows.get('visit-2')).toEqual(await tablet.rows.rows.get('visit-2'));
	const facts = await tablet.rows.facts.toArray();
	await until(
		() => rows.facts.count(),
		(n) => n === facts.length
	);
	expect(await rows.facts.toArray()).toEqual(facts);
	expect(await flawsOf(place.relay)).toEqual([]);
});

test('[R6] what was received by a store that was lost is handed in until this one has it', async () => {
	const phone = await place.phoneOf(member);
	const sync = phone.syncs(place.relay);
	await until(
		() => readHeldScope(phone.device),
		(held) => held !== null
	);
	await sync.stop();
	const restores = await backedUp();
	// The receipt comes, and the network goes before the element does.
	await phone.says([demand('demand-1')]);
	const cut = phone.syncs(place.relay, {
		noSockets: true,
		onAsked: (path) =>
			path.startsWith('/api/ledgers/') ? Promise.reject(new TypeError('no network')) : undefined
	});
	await until(
		() => phone.device.outbox.toArray(),
		([commit]) => commit?.state === 'received'
	);
	await cut.stop();
	await restores();
	expect(await place.relay.store.row(id('demand-1'))).toBeNull();
	phone.syncs(place.relay);
	await isFolded(phone, 'demand-1', 'registered');
	expect(await waits(phone)).toBe(0);
	expect(await place.relay.store.row(id('demand-1'))).toMatchObject({ n: 1 });
});

test('[R6] what was said over a lost element waits until that is given back', async () => {
	const tablet = await place.phoneOf(secretary);
	const sync = tablet.syncs(place.relay);
	const restores = await backedUp();
	await desk.says(place.relay.url, demand('demand-1'));
	await isFolded(tablet, 'demand-1', 'registered');
	await sync.stop();
	await tablet.says([accepted('demand-1')]);
	await restores();
	const asked: string[] = [];
	tablet.syncs(place.relay, { onAsked: (path) => asked.push(path) });
	await isFolded(tablet, 'demand-1', 'accepted');
	expect(await tablet.ask.attention()()).toEqual([]);
	const doors = asked.filter((path) => /entries|offer$/.test(path));
	expect(doors).toEqual(['/api/entries', '/api/offer', '/api/entries']);
});

test('[R6, F1] rows follow what was said meanwhile in the place of what was lost', async () => {
	const tablet = await place.phoneOf(secretary);
	const sync = tablet.syncs(place.relay);
	await desk.says(place.relay.url, demand('demand-1'));
	await isFolded(tablet, 'demand-1', 'registered');
	const restores = await backedUp();
	await desk.says(place.relay.url, { ...accepted('demand-1'), rev: 1 });
	await isFolded(tablet, 'demand-1', 'accepted');
	await sync.stop();
	const other = place.enrolled(people.worker);
	await restores();
	await other.says(place.relay.url, { ...accepted('demand-1', { urgency: 'urgent' }), rev: 1 });
	tablet.syncs(place.relay);
	await hasMovedTo(tablet, place.relay.store.epoch);
	const row = await until(demandOf(tablet, 'demand-1'), (seen) => seen?.row.n === 3);
	expect(row?.row).toEqual(await place.relay.store.row(id('demand-1')));
	const lines = await tablet.ask.history(id('demand-1'))();
	expect(lines.map(({ actor, verdict }) => [actor.person, verdict])).toEqual([
		[people.secretary, 'accepted'],
		[people.worker, 'accepted'],
		[people.secretary, 'noted']
	]);
});

test('[R6] only what differs is fetched anew', async () => {
	const commits = Array.from({ length: 200 }, (_, n) => desk.commit(demand(`demand-${n}`)));
	await place.relay.deliver.handIn(commits, { now: Date.now(), device: desk.id });
	const tablet = await place.phoneOf(secretary);
	tablet.syncs(place.relay);
	await until(tablet.ask.facts({ orgs: [COMMUNITY] }), (facts) => facts.length === 201, 15_000);
	const restores = await backedUp();
	await desk.says(place.relay.url, demand('demand-lost'));
	await isFolded(tablet, 'demand-lost', 'registered');
	await restores();
	await hasMovedTo(tablet, place.relay.store.epoch);
	expect(await tablet.ask.count({ family: 'demand' })()).toBe(201);
	expect(place.relay.sync.counts.bytesOut).toBeLessThan(20_000);
	const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
	const epochs = databases.flatMap((name) =>
		name.startsWith(tablet.prefix) ? name.split('@')[1] : []
	);
	expect(new Set(epochs.filter((epoch) => epoch !== undefined))).toEqual(
		new Set([place.relay.store.epoch])
	);
});

test('[R6, O5] what a relay with other keys cannot vouch for is judged anew in its author’s name', async () => {
	const tablet = await place.phoneOf(secretary);
	tablet.syncs(place.relay);
	const restores = await backedUp();
	const phone = await place.phoneOf(member);
	phone.syncs(place.relay);
	await phone.says([demand('demand-1')]);
	await isFolded(tablet, 'demand-1', 'registered');
	await phone.close();
	await restores({ otherKeys: true });
	await hasMovedTo(tablet, place.relay.store.epoch);
	await isFolded(tablet, 'demand-1', 'registered');
	const [line] = await tablet.ask.history(id('demand-1'))();
	expect(line?.actor.person).toBe(people.member);
	expect(await waits(tablet)).toBe(0);
});

test('[R4, R6] a device of many ledgers asks for what is common in several requests, and of each once', async () => {
	const { device, rows, prefix } = await place.phoneOf(secretary);
	const ledgers = Array.from({ length: 2 * LEDGERS_NAMED + 1 }, (_, n) => `desk/${n}/standing`);
	const named: string[][] = [];
	const relay: Pick<AuthorisedRelay, 'ask'> = {
		async ask(_path, schema, body) {
			const asked = Object.keys(CommonAsk.parse(body).held);
			named.push(asked);
			const common = Object.fromEntries(asked.map((ledger) => [ledger, ledgers.indexOf(ledger)]));
			return { ok: true, value: schema.parse({ common }) };
		}
	};
	const parts = { stores: { device, rows }, prefix, relay, now: Date.now };
	const given = await giveBack(parts, { epoch: 'former', ledgers });
	expect(named.map(({ length }) => length)).toEqual([LEDGERS_NAMED, LEDGERS_NAMED, 1]);
	expect(named.flat()).toEqual(ledgers);
	expect(given).toEqual({ ok: true, common: new Map(ledgers.map((ledger, n) => [ledger, n])) });
});
