/** A tablet that two share: what the one who is not active may not read any more goes all the same. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { readMe } from '#lib/device/me.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { leftDrafts } from '#lib/outbox/left-here.ts';
import { databasesHolding } from '../../support/raw-databases.ts';
import { household, people, visit } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

const NAME = '只此一家的名字';
const OWN = '自己写下的话';
const door = RecordId.parse('door-1');
let place: Place;
let away: Phone;
let active: Phone;
/** Of the browser: one for whoever opened a session last. */
let cookie: string;
let asked: string[];
let isRevoked: boolean;

beforeEach(async () => {
	place = await openPlace();
	isRevoked = false;
	asked = [];
	const said = household(door);
	const named = { ...said, body: { ...said.body, head: NAME } };
	await place.enrolled(people.secretary).says(place.relay.url, named);
	away = await place.phoneOf({ person: people.member });
	active = await place.phoneOf({ person: people.secondMember });
	cookie = away.speaker.signer.device;
	const sync = away.syncs(place.relay, { noSockets: true, fetch: ofBrowser });
	await until(
		() => away.ask.one('household', door)(),
		(seen) => seen !== null
	);
	await sync.stop();
	await away.device.drafts.put({
		key: 'household:new',
		form: 'household',
		schemaVersion: 1,
		value: { head: NAME },
		savedAt: Date.now()
	});
	await away.says([visit('visit-1', door, { interviewee: OWN })]);
	expect(await databasesHolding(away.prefix, NAME)).not.toEqual([]);
});
afterEach(() => place.end());

/** Sessions are opened by whoever asks for one, and the browser keeps the last. */
const ofBrowser: Fetch = async (path, init) => {
	asked.push(`${cookie} ${path}`);
	if (path === '/api/session/challenge') return Response.json({ challenge: 'c' });
	if (path === '/api/session') {
		const { device }: { device: string } = JSON.parse(String(init?.body));
		if (isRevoked && device === away.speaker.signer.device)
			return Response.json({ title: '', status: 403, code: 'revoked' }, { status: 403 });
		cookie = device;
		const { person } = device === away.speaker.signer.device ? away : active;
		return Response.json({ person, until: Date.now() + 1e6 });
	}
	const headers = { ...init?.headers, cookie: `lxq=${cookie}` };
	return fetch(place.relay.url + path, { ...init, headers });
};

function activeSyncs(): void {
	cookie = active.speaker.signer.device;
	active.syncs(place.relay, {
		noSockets: true,
		fetch: ofBrowser,
		people: async () => [away, active].map(({ prefix: id, person }) => ({ id, person }))
	});
}

const isActiveAgain = () =>
	until(
		async () => cookie,
		(now) => now === active.speaker.signer.device
	);

test('[D2] who was revoked and is not active is emptied, but for what was not handed in', async () => {
	isRevoked = true;
	activeSyncs();
	await until(
		() => readMe(away.device),
		(me) => me?.revoked === true
	);
	expect(await databasesHolding(away.prefix, NAME)).toEqual([]);
	expect(await databasesHolding(away.prefix, OWN)).toEqual([away.prefix]);
	expect((await leftDrafts(away)()).forgotten).toMatchObject([{ form: 'household' }]);
	await isActiveAgain();
});

test('[D2] whose last duty ended while another is active is emptied', async () => {
	await place.enrolled(people.secretary).says(place.relay.url, {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to: Date.now() - 1, reason: '调离' }
	});
	activeSyncs();
	await until(
		() => databasesHolding(away.prefix, NAME),
		(found) => found.length === 0
	);
	expect((await readMe(away.device))?.duties).toEqual([]);
	await isActiveAgain();
	// Nothing is said for them.
	expect(await away.device.outbox.count()).toBe(1);
});

test('[A5] a door that went to another leaves who is not active; what is theirs is told under their own session', async () => {
	await away.device.drafts.clear();
	await place.enrolled(people.secretary).says(place.relay.url, {
		kind: 'household.linked.v1',
		record: door,
		body: { member: people.secondMember, from: Date.now() }
	});
	asked = [];
	activeSyncs();
	await until(
		() => databasesHolding(away.prefix, NAME),
		(found) => found.length === 0
	);
	await isActiveAgain();
	expect(asked).toContain(`${away.speaker.signer.device} /api/scope`);
	await until(
		() => active.ask.one('household', door)(),
		(seen) => seen !== null
	);
});

test('[D2] whoever still may read keeps what is theirs', async () => {
	activeSyncs();
	await until(
		async () => asked,
		(all) => all.includes(`${away.speaker.signer.device} /api/scope`)
	);
	await isActiveAgain();
	expect((await away.ask.one('household', door)())?.row.head).toBe(NAME);
	expect(await away.device.drafts.count()).toBe(1);
});
