/** A device that may read nothing any more holds nothing that others told, and keeps what it has said itself. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordId } from '#domain/ids.ts';
import { readMe } from '#lib/device/me.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { leftDrafts } from '#lib/outbox/left-here.ts';
import { readStatus } from '#lib/sync/sync-status.ts';
import { syncView } from '#lib/sync/sync-view.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { databasesHolding } from '../../support/raw-databases.ts';
import { COMMUNITY, household, OTHER_COMMUNITY, people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

const NAME = '只此一家的名字';
const OWN = '自己写下的话';
let district: District;
let phone: Phone;

beforeEach(async () => {
	district = await startDistrict();
	const door = household('door-1');
	await district.devices.secretary.says(district.relay.url, {
		...door,
		body: { ...door.body, head: NAME }
	});
	phone = await makePhone({ relay: district.relay, person: people.member });
	const sync = phone.syncs(district.relay);
	// The record's id is written as plain text.
	const record = 'door-1' as RecordId;
	await until(
		() => phone.ask.one('household', record)(),
		(seen) => seen !== null
	);
	await phone.says([visit('visit-1', 'door-1', { interviewee: NAME })]);
	await until(
		() => phone.device.outbox.count(),
		(n) => n === 0
	);
	await sync.stop();
	// Said and not handed in when the end comes.
	await phone.says([visit('visit-2', 'door-1', { interviewee: OWN })]);
	await begins('visit:door-1');
	await begins('household:new');
	expect(await databasesHolding(phone.prefix, NAME)).not.toEqual([]);
});
afterEach(async () => {
	await phone.close();
	await district.end();
});

/** A form is left half written. */
async function begins(key: string): Promise<void> {
	const form = key.slice(0, key.indexOf(':'));
	const value = { interviewee: NAME };
	await phone.device.drafts.put({ key, form, schemaVersion: 1, value, savedAt: Date.now() });
}

const forgotten = async () => (await leftDrafts(phone)()).forgotten.map(({ form }) => form).sort();

const ledgersHere = async () => {
	const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
	return names.filter((name) => name.startsWith(phone.prefix) && name.includes('@'));
};

/** As a relay answers that no longer knows the session and has revoked the key. */
const revoking: Fetch = async (path) => {
	if (path === '/api/session/challenge')
		return Response.json({ challenge: 'c', title: '', status: 200 });
	const code = path === '/api/session' ? 'revoked' : 'no-session';
	return Response.json(
		{ title: '', status: code === 'revoked' ? 403 : 401, code },
		{
			status: code === 'revoked' ? 403 : 401
		}
	);
};

test('[D2] a revoked device is empty at its next contact, but for what it has not handed in', async () => {
	phone.syncs(district.relay, { fetch: revoking, noSockets: true });
	await until(
		() => readMe(phone.device),
		(me) => me?.revoked === true
	);
	expect(await databasesHolding(phone.prefix, NAME)).toEqual([]);
	expect(await ledgersHere()).toEqual([]);
	expect(await phone.rows.rows.count()).toBe(0);
	expect((await readMe(phone.device))?.duties).toEqual([]);
	expect((await readStatus(phone.rows)).reason).toBe('revoked');
	// No network would help it: the chip must not say that one is missing.
	expect((await syncView(phone)()).sync).toEqual({ is: 'stopped', n: 1 });
	expect(await databasesHolding(phone.prefix, OWN)).toEqual([phone.prefix]);
	expect(await forgotten()).toEqual(['household', 'visit']);
	expect(await phone.ask.waiting()()).toMatchObject([{ record: 'visit-2', stage: 'waiting' }]);
});

test('[D2] a session that has merely run out takes nothing away', async () => {
	const expired: Fetch = async (path) =>
		Response.json({ title: '', status: 403, code: `not-${path.length}` }, { status: 403 });
	phone.syncs(district.relay, { fetch: expired, noSockets: true });
	await until(
		() => readStatus(phone.rows),
		({ net }) => net === 'offline'
	);
	expect(await databasesHolding(phone.prefix, NAME)).not.toEqual([]);
	expect((await readMe(phone.device))?.revoked).toBeUndefined();
});

test('[D2] a member who moves to another community takes nothing of the first one along', async () => {
	await phone.device.drafts.delete('household:new');
	const { secretary, stranger } = district.devices;
	const { url } = district.relay;
	await stranger.says(url, {
		kind: 'duty.assigned.v1',
		record: `duty-there-${people.member}`,
		org: OTHER_COMMUNITY,
		body: {
			person: people.member,
			displayName: '某member',
			role: 'member',
			at: OTHER_COMMUNITY,
			from: Date.now() - 1_000
		}
	});
	await secretary.says(url, {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to: Date.now() - 1, reason: '调往书院社区' }
	});
	const there = { ...household('door-there'), org: OTHER_COMMUNITY };
	await stranger.says(url, there);
	phone.syncs(district.relay);
	// The record's id is written as plain text.
	const record = 'door-there' as RecordId;
	await until(
		() => phone.ask.one('household', record)(),
		(seen) => seen !== null
	);
	expect((await readMe(phone.device))?.duties.map(({ org }) => org)).toEqual([OTHER_COMMUNITY]);
	await until(
		() => databasesHolding(phone.prefix, NAME),
		(names) => names.length === 0
	);
	expect((await ledgersHere()).filter((name) => name.includes(COMMUNITY))).toEqual([]);
});

test('[D2] a person whose last duty has ended is empty at the next contact, directory included', async () => {
	const ended = {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to: Date.now() - 1, reason: '调离' }
	};
	const [receipt] = await district.devices.secretary.says(district.relay.url, ended);
	expect(receipt?.verdict).toBe('accepted');
	phone.syncs(district.relay);
	await until(
		() => readMe(phone.device),
		(me) => me?.duties.length === 0
	);
	await until(ledgersHere, (names) => names.length === 0);
	expect(await phone.rows.rows.count()).toBe(0);
	expect(await databasesHolding(phone.prefix, NAME)).toEqual([]);
	expect(await forgotten()).toEqual(['household', 'visit']);
	// [J6] what was said under the duty still counts, and waits for nothing afterwards.
	await until(
		() => phone.device.outbox.count(),
		(n) => n === 0
	);
	expect((await readMe(phone.device))?.revoked).toBeUndefined();
});
