/** What a phone keeps beside its rows of a door that went to another: nothing but a begun visit, and that for some days. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { EntryId, RecordId } from '#domain/ids.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { MediaName } from '#domain/media.ts';
import { DAY } from '#domain/spans.ts';
import { doorToKeep } from '#lib/drafts/begun-visit.ts';
import { FINISH_DAYS } from '#lib/outbox/forget-left.ts';
import { leftDrafts, settleForgotten } from '#lib/outbox/left-here.ts';
import { syncView } from '#lib/sync/sync-view.ts';
import { databasesHolding } from '../../support/raw-databases.ts';
import { household, people, visit } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

const NAME = '只此一家的名字';
const OTHER_NAME = '走访时见到的人';
const photo = MediaName.parse('a'.repeat(64));
const door = RecordId.parse('door-1');
let place: Place;
let phone: Phone;

beforeEach(async () => {
	place = await openPlace();
	const desk = place.enrolled(people.secretary);
	const said = household(door);
	await desk.says(place.relay.url, { ...said, body: { ...said.body, head: NAME } });
	phone = await place.phoneOf({ person: people.member });
	const sync = phone.syncs(place.relay);
	await until(
		() => phone.ask.one('household', door)(),
		(seen) => seen !== null
	);
	await phone.says([visit('visit-1', door, { interviewee: NAME })]);
	await until(
		() => phone.device.outbox.count(),
		(n) => n === 0
	);
	await sync.stop();
	await desk.says(place.relay.url, {
		kind: 'household.linked.v1',
		record: door,
		body: { member: people.secondMember, from: Date.now() }
	});
});
afterEach(() => place.end());

const begun = { schemaVersion: 2, savedAt: Date.now() };

async function beginsCorrecting(): Promise<void> {
	await phone.device.drafts.put({
		...begun,
		key: 'correct:visit-1',
		form: 'correct',
		value: { interviewee: NAME, photos: [{ sha256: photo }] }
	});
	const bytes = new ArrayBuffer(4);
	const medium = { sha256: photo, state: 'draft', type: 'image/jpeg', size: 4 } as const;
	await phone.device.media.put({
		...medium,
		addedAt: Date.now(),
		have: 0,
		failures: 0,
		notBefore: 0
	});
	await phone.device.mediaBytes.put({ sha256: photo, bytes });
}

async function beginsVisit(): Promise<void> {
	const home = (await phone.rows.rows.get(door))?.row;
	if (!isHousehold(home)) throw new Error('no door');
	await phone.device.drafts.put({
		...begun,
		key: `visit:${door}`,
		form: 'visit',
		value: { door: doorToKeep(home), interviewee: OTHER_NAME }
	});
}

const syncsUntilGone = async () => {
	const sync = phone.syncs(place.relay);
	await until(
		() => phone.ask.one('household', door)(),
		(seen) => seen === null
	);
	return sync;
};

test('[A5] drafts about what left go with their photos, so does what was seen in 需要处理, and it is told', async () => {
	await beginsCorrecting();
	const entry = EntryId.parse(v7());
	await phone.device.attention.put({
		entry,
		commit: entry,
		record: RecordId.parse('visit-1'),
		kind: 'visit.corrected.v1',
		at: 1,
		verdict: 'noted',
		reason: 'nothing-changed',
		text: NAME,
		sig: '',
		state: 'settled'
	});
	expect(await databasesHolding(phone.prefix, NAME)).toContain(phone.prefix);
	await syncsUntilGone();
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(found) => found.length === 0
	);
	expect(await phone.device.attention.count()).toBe(0);
	await until(
		() => phone.device.mediaBytes.count(),
		(n) => n === 0
	);
	expect((await leftDrafts(phone)()).forgotten).toMatchObject([{ form: 'correct' }]);
	expect((await syncView(phone)()).trouble).toBe(1);
	await settleForgotten(phone.device);
	expect((await syncView(phone)()).trouble).toBe(0);
});

test('[A5] a visit begun there waits for its author for some days, and goes then', async () => {
	await beginsVisit();
	const sync = await syncsUntilGone();
	await until(
		async () => (await leftDrafts(phone)()).begun.map(({ key }) => key),
		(keys) => keys.join() === `visit:${door}`
	);
	expect((await syncView(phone)()).trouble).toBe(1);
	await sync.stop();
	phone.now = () => Date.now() + (FINISH_DAYS + 1) * DAY;
	phone.syncs(place.relay);
	await until(
		() => phone.device.drafts.count(),
		(n) => n === 0
	);
	expect(await databasesHolding(phone.prefix, OTHER_NAME)).toEqual([]);
	expect(await databasesHolding(phone.prefix, NAME)).toEqual([]);
	expect(await leftDrafts(phone)()).toMatchObject({ begun: [], forgotten: [{ form: 'visit' }] });
});

test('[A5] a visit begun at a door that comes back is a draft like any other', async () => {
	await beginsVisit();
	await syncsUntilGone();
	await until(
		async () => (await leftDrafts(phone)()).begun.length,
		(n) => n === 1
	);
	await place.enrolled(people.secretary).says(place.relay.url, {
		kind: 'household.linked.v1',
		record: door,
		body: { member: people.member, from: Date.now() }
	});
	await until(
		async () => (await leftDrafts(phone)()).begun.length,
		(n) => n === 0
	);
	expect(await phone.device.drafts.count()).toBe(1);
});
