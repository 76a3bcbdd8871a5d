/** 代录 of what a stopped phone could not hand in (J6): its file, the desk's tablets, one record in the end. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId, type EntryId, type PersonId } from '#domain/ids.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { isVisit } from '#domain/kinds/visit.ts';
import type { Role } from '#domain/people.ts';
import { bundles, type RefusedCommit } from '#lib/bundle/bundles.ts';
import { readCertificate } from '#lib/bundle/certificate.ts';
import { publishDeskKeys } from '#lib/bundle/desk-key.ts';
import { receiversOf } from '#lib/bundle/make-bundle.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { knock, startPeopledRelay, type PeopledRelay } from '../../support/joining.ts';
import { found, REALM } from '../../support/relay.ts';
import { COMMUNITY, demand, household, people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

const PHOTO = 'a'.repeat(64);
const VOICE_NOTE = 'f'.repeat(64);

let relay: PeopledRelay;
let devices: Phone[];
const cookies = new Map<Phone, string>();

beforeEach(async () => {
	relay = await startPeopledRelay();
	await found(relay);
	devices = [];
});
afterEach(async () => {
	for (const each of devices) await each.close();
	cookies.clear();
	await relay.end();
});

async function deviceOf(person: PersonId, role: Role): Promise<Phone> {
	const { addDevice } = createPeopleStore(relay.store);
	const device = await makePhone({
		person,
		role,
		enrol: (enrolling) => addDevice({ ...enrolling, label: 'Android', createdAt: relay.clock.at })
	});
	device.now = () => relay.clock.at;
	devices.push(device);
	return device;
}

async function tabletOf(person: PersonId, role: 'communitySecretary' | 'communityWorker') {
	const tablet = await deviceOf(person, role);
	const newRecord = () => RecordId.parse(`key-${person}`);
	const duties = [{ role, org: COMMUNITY, orgName: '', level: 'community' as const }];
	const { device } = tablet;
	await publishDeskKeys({ device, newRecord, say: (said) => tablet.says(said) }, duties);
	return tablet;
}

/** As a browser does it: with the cookie that the relay gave last. */
async function online(device: Phone, isDone: () => Promise<unknown>): Promise<void> {
	const syncing = device.syncs(relay, {
		noSockets: true,
		async fetch(path, init) {
			const headers = { ...init?.headers, cookie: cookies.get(device) ?? '' };
			const response = await fetch(relay.url + path, { ...init, headers });
			const given = response.headers.get('set-cookie')?.split(';')[0];
			if (given !== undefined) cookies.set(device, given);
			return response;
		}
	});
	await until(isDone, Boolean);
	await syncing.stop();
}

/** Until nothing waits and all of the desk's devices are known, then without a network again. */
function inStep(device: Phone, desks = 1): Promise<void> {
	return online(
		device,
		async () =>
			(await device.ask.waiting()()).length === 0 &&
			(await readCertificate(device.device)) !== null &&
			(await receiversOf(device, COMMUNITY)).length === desks
	);
}

async function stops(phone: Phone, by: Phone): Promise<void> {
	const { json } = await knock(
		relay.url,
		'/api/devices/revoke',
		{ device: phone.speaker.signer.device },
		{ cookie: cookies.get(by) ?? '' }
	);
	expect(json).toEqual({ revoked: true });
	await online(phone, async () => (await phone.rows.rows.count()) === 0);
}

const bundlesOf = (device: Phone) =>
	bundles(
		() => ({ stores: device, person: device.person, realm: REALM, now: device.now }),
		(says) => device.says(says)
	);

async function fileOf(phone: Phone): Promise<Blob> {
	const made = await bundlesOf(phone).make(COMMUNITY, '请用社区的平板打开');
	if (!made.ok) throw new Error(made.reason);
	return new Blob([...made.files]);
}

async function refusedOn(device: Phone): Promise<readonly RefusedCommit[]> {
	const [bundle] = await bundlesOf(device).carried()();
	return bundle?.refusals ?? [];
}

const commitsOf = (refused: readonly RefusedCommit[]): readonly EntryId[] =>
	refused.map(({ commit }) => commit);
const id = (record: string) => RecordId.parse(record);
const rowOf = (record: string) => relay.store.row(id(record));

async function said(kind: string): Promise<number> {
	const entries = await relay.store.all<{ text: string }>('SELECT text FROM entry');
	return entries.filter(({ text }) => text.includes(`"${kind}"`)).length;
}

test('[J6] [R5] what a stopped phone gives to the tablet is refused, and said anew by the desk in its owner’s name', async () => {
	const tablet = await tabletOf(people.secretary, 'communitySecretary');
	await tablet.says([household('door-1')]);
	await inStep(tablet);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone);
	const photos = [{ sha256: PHOTO }];
	const voiceNotes = [{ sha256: VOICE_NOTE, seconds: 9 }];
	const demands = ['demand-1'];
	const body = { photos, voiceNotes, demands };
	await phone.says([visit('visit-1', 'door-1', body), demand('demand-1')]);
	await phone.says([demand('demand-2')]);
	await stops(phone, tablet);

	const taken = await bundlesOf(tablet).take(await fileOf(phone));
	expect(taken).toMatchObject({ ok: true, entries: 3, photos: 2 });
	await inStep(tablet);
	expect(await rowOf('visit-1')).toBeNull();
	const refused = await refusedOn(tablet);
	expect(refused).toMatchObject([
		{ kind: 'visit.recorded.v1', reason: 'device-revoked', adoption: { media: 2, isDone: false } },
		{ kind: 'demand.registered.v1', reason: 'device-revoked', adoption: { isDone: false } }
	]);
	expect(await bundlesOf(tablet).toAdopt()()).toBe(2);

	expect(await bundlesOf(tablet).adopt(commitsOf(refused))).toMatchObject({ ok: true });
	expect(await bundlesOf(tablet).adopt(commitsOf(refused))).toBeNull();
	await inStep(tablet);
	const row = await rowOf('visit-1');
	expect(row).toMatchObject({
		visitor: people.member,
		visitorIsField: true,
		createdBy: people.secretary,
		demands
	});
	expect(isVisit(row) && (row.photos ?? row.voiceNotes)).toBeUndefined();
	for (const record of ['demand-1', 'demand-2']) expect(isDemand(await rowOf(record))).toBe(true);
	expect(await bundlesOf(tablet).toAdopt()()).toBe(0);
	expect(await said('visit.recorded.v1')).toBe(1);
});

test('[J6] two tablets that take the same file say it once; the second press is without effect', async () => {
	const first = await tabletOf(people.secretary, 'communitySecretary');
	const second = await tabletOf(people.worker, 'communityWorker');
	await first.says([household('door-1')]);
	await inStep(first);
	await inStep(second, 2);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone, 2);
	await phone.says([visit('visit-1', 'door-1')]);
	await phone.says([visit('visit-2', 'door-1')]);
	await stops(phone, first);
	const file = await fileOf(phone);
	for (const tablet of [first, second]) {
		expect(await bundlesOf(tablet).take(file)).toMatchObject({ ok: true, entries: 2 });
		await inStep(tablet, 2);
	}
	const refused = await refusedOn(first);
	const [one] = commitsOf(refused);
	if (one === undefined) throw new Error('nothing was refused');
	await bundlesOf(first).adopt([one]);
	await inStep(first, 2);

	// Not in step yet: it does not know what the first one said.
	expect(await bundlesOf(second).adopt([one])).toMatchObject({ ok: true });
	await inStep(second, 2);
	expect(await said('visit.recorded.v1')).toBe(2);
	expect(await rowOf('visit-1')).toMatchObject({ n: 2, createdBy: people.secretary });

	await bundlesOf(first).adopt(commitsOf(refused));
	await inStep(first, 2);
	await online(second, async () => (await bundlesOf(second).toAdopt()()) === 0);
	expect(await bundlesOf(second).adopt(commitsOf(refused))).toBeNull();
	expect(await rowOf('visit-2')).toMatchObject({ n: 1 });
});

test('[J6] what was added to a visit that stands is said once by two tablets that have the same file', async () => {
	const first = await tabletOf(people.secretary, 'communitySecretary');
	const second = await tabletOf(people.worker, 'communityWorker');
	await first.says([household('door-1')]);
	await inStep(first);
	await inStep(second, 2);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone, 2);
	await phone.says([visit('visit-1', 'door-1')]);
	await inStep(phone, 2);
	const body = { note: '后来又去了' };
	for (const record of ['visit-1', 'visit-1'])
		await phone.says([{ kind: 'visit.added.v1', record, body }]);
	await stops(phone, first);
	const file = await fileOf(phone);
	for (const tablet of [first, second]) {
		await bundlesOf(tablet).take(file);
		await inStep(tablet, 2);
	}
	const refused = commitsOf(await refusedOn(first));
	await bundlesOf(first).adopt(refused.slice(0, 1));
	await inStep(first, 2);
	// Not in step yet: it does not know what the first one said.
	expect(await bundlesOf(second).adopt(refused.slice(0, 1))).toMatchObject({ ok: true });
	await inStep(second, 2);
	expect(await second.ask.attention()()).toMatchObject([
		{ verdict: 'noted', reason: 'already-exists' }
	]);

	await bundlesOf(first).adopt(refused);
	await inStep(first, 2);
	await online(second, async () => (await bundlesOf(second).toAdopt()()) === 0);
	expect(await bundlesOf(second).adopt(refused)).toBeNull();
	expect(await rowOf('visit-1')).toMatchObject({ n: 4, additions: [body, body] });
});

test('[J6] [R8] of a visit that stands its photos stay, others stay behind, and what is nothing but those is not said', async () => {
	const tablet = await tabletOf(people.secretary, 'communitySecretary');
	await tablet.says([household('door-1')]);
	await inStep(tablet);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone);
	const [standing, dropped] = ['b', 'c'].map((digit) => ({ sha256: digit.repeat(64) }));
	await phone.says([visit('visit-1', 'door-1', { photos: [standing, dropped] })]);
	await inStep(phone);
	await inStep(tablet);
	const speaksOf = (kind: string, body: object) => phone.says([{ kind, record: 'visit-1', body }]);
	await speaksOf('visit.corrected.v1', { photos: [standing], reason: '照错了' });
	await speaksOf('visit.added.v1', { note: '后来又去了', photos: [{ sha256: PHOTO }] });
	await speaksOf('visit.added.v1', { photos: [{ sha256: PHOTO }] });
	await speaksOf('visit.corrected.v1', { intervieweeSignature: PHOTO, reason: '补签' });
	await stops(phone, tablet);
	await bundlesOf(tablet).take(await fileOf(phone));
	await inStep(tablet);

	const refused = await refusedOn(tablet);
	expect(refused.map(({ adoption }) => [adoption?.says.length, adoption?.media])).toEqual([
		[1, 0],
		[1, 1],
		[0, 1],
		[0, 1]
	]);
	expect(await bundlesOf(tablet).toAdopt()()).toBe(2);
	await bundlesOf(tablet).adopt(commitsOf(refused));
	await inStep(tablet);
	expect(await tablet.ask.attention()()).toEqual([]);
	expect(await rowOf('visit-1')).toMatchObject({
		n: 3,
		photos: [standing],
		additions: [{ by: people.member, note: '后来又去了', photos: 0 }]
	});
	expect(await bundlesOf(tablet).toAdopt()()).toBe(0);
});

test('[J6] a colleague’s words and a fault of the words are not said anew, one’s own are', async () => {
	const tablet = await tabletOf(people.secretary, 'communitySecretary');
	await tablet.says([household('door-1')]);
	await inStep(tablet);
	const own = await deviceOf(people.secretary, 'communitySecretary');
	const colleague = await deviceOf(people.worker, 'communityWorker');
	for (const [device, record] of [
		[own, 'demand-own'],
		[colleague, 'demand-theirs']
	] as const) {
		await inStep(device);
		await device.says([demand(record)]);
		await stops(device, tablet);
		expect(await bundlesOf(tablet).take(await fileOf(device))).toMatchObject({ ok: true });
	}
	const member = await deviceOf(people.member, 'member');
	await inStep(member);
	await member.says([visit('visit-1', 'no-such-door')]);
	expect(await bundlesOf(tablet).take(await fileOf(member))).toMatchObject({ ok: true });
	await inStep(tablet);
	const carried = await bundlesOf(tablet).carried()();
	const refused = carried.flatMap(({ refusals }) => refusals);
	expect(
		carried.map(({ person, refusals: [only] }) => [person, only?.reason, only?.adoption !== null])
	).toEqual(
		expect.arrayContaining([
			[people.secretary, 'device-revoked', true],
			[people.worker, 'device-revoked', false],
			[people.member, 'no-such-reference', false]
		])
	);
	await bundlesOf(tablet).adopt(commitsOf(refused));
	await inStep(tablet);
	expect(await rowOf('demand-own')).toMatchObject({ createdBy: people.secretary });
	expect(await rowOf('demand-theirs')).toBeNull();
});

test('[E4] what a colleague corrected meanwhile is not undone unseen by what a stopped phone had written before', async () => {
	const tablet = await tabletOf(people.secretary, 'communitySecretary');
	const colleague = await deviceOf(people.worker, 'communityWorker');
	await tablet.says([household('door-1')]);
	await inStep(tablet);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone);
	const corrects = (head: string) => ({
		kind: 'household.corrected.v1',
		record: 'door-1',
		body: { head, reason: '写错了' }
	});
	const isThere = (device: Phone) => async () =>
		(await device.ask.one('household', id('door-1'))()) !== null;
	for (const device of [phone, colleague]) await online(device, isThere(device));
	await phone.says([corrects('手机写的')]);
	await colleague.says([corrects('社区改的')]);
	await inStep(colleague);
	await inStep(tablet);
	await stops(phone, tablet);
	await bundlesOf(tablet).take(await fileOf(phone));
	await inStep(tablet);
	expect(await bundlesOf(tablet).adopt(commitsOf(await refusedOn(tablet)))).toMatchObject({
		ok: true
	});
	await inStep(tablet);
	expect(await rowOf('door-1')).toMatchObject({
		head: '手机写的',
		conflicts: [{ field: 'head', other: '社区改的' }]
	});
});

test('[J6] what was said anew and refused is open again', async () => {
	const tablet = await tabletOf(people.secretary, 'communitySecretary');
	await inStep(tablet);
	const phone = await deviceOf(people.member, 'member');
	await inStep(phone);
	await phone.says([household('door-1')]);
	await phone.says([visit('visit-1', 'door-1')]);
	await stops(phone, tablet);
	await bundlesOf(tablet).take(await fileOf(phone));
	await inStep(tablet);
	const [door, walk] = commitsOf(await refusedOn(tablet));
	if (door === undefined || walk === undefined) throw new Error('nothing was refused');
	const isDone = async () => (await refusedOn(tablet)).map(({ adoption }) => adoption?.isDone);
	await bundlesOf(tablet).adopt([walk]);
	expect(await isDone()).toEqual([false, true]);
	await inStep(tablet);
	expect(await isDone()).toEqual([false, false]);
	await bundlesOf(tablet).adopt([door, walk]);
	await inStep(tablet);
	expect(await isDone()).toEqual([true, true]);
	expect(await rowOf('visit-1')).toMatchObject({ n: 1 });
});
