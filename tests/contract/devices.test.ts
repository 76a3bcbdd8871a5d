/** Devices in care and sheets of slips: who sees which, what a lost phone can do, what a new slip takes the place of. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { PersonId } from '#domain/ids.ts';
import { HandInAnswer } from '#domain/wire.ts';
import { RELAY_DEVICE } from '#relay/keys.ts';
import { signWith } from '../support/device.ts';
import {
	joinsAs,
	knock,
	startPeopledRelay,
	type Joined,
	type PeopledRelay
} from '../support/joining.ts';
import { connect } from '../support/reader.ts';
import { found, REALM } from '../support/relay.ts';
import { COMMUNITY, DAY, DISTRICT, people, visit } from '../support/tell.ts';

let relay: PeopledRelay;

beforeEach(async () => {
	relay = await startPeopledRelay();
	await found(relay);
});
afterEach(() => relay.end());

const joins = (person: PersonId) => joinsAs(relay, person);

async function sets(kind: string, record: string, body: Record<string, unknown>): Promise<void> {
	const commit = signWith(
		relay.keys.setUp.privateKey,
		[{ kind, record, org: DISTRICT, body: { reason: '换届', ...body } }],
		{ device: RELAY_DEVICE, realm: REALM, at: relay.now() }
	);
	const [receipt] = await relay.deliver.handInAt([commit], relay.now());
	expect(receipt?.verdict).toBe('accepted');
}

const Devices = z.object({
	devices: z.array(
		z.object({
			id: z.string(),
			person: z.string(),
			name: z.string(),
			role: z.string().nullable(),
			label: z.string(),
			lastSeen: z.number(),
			waiting: z.number().nullable(),
			version: z.string().nullable(),
			revokedAt: z.number().nullable()
		})
	),
	own: z.string()
});

async function devicesSeenBy({ cookie }: Joined) {
	const { json } = await knock(relay.url, '/api/devices', undefined, { cookie });
	return Devices.parse(json);
}

test('each level sees the devices in its care, with what they last said of themselves', async () => {
	const member = await joins(people.member);
	const secretary = await joins(people.secretary);
	const stranger = await joins(people.stranger);
	const officer = await joins(people.officer);
	relay.clock.at += DAY;
	const told = { held: {}, waiting: 3, version: '1.0.0' };
	await knock(relay.url, '/api/scope', told, { cookie: member.cookie });

	const seen = await devicesSeenBy(secretary);
	expect(seen.own).toBe(secretary.device);
	expect(seen.devices.find(({ id }) => id === member.device)).toEqual({
		id: member.device,
		person: people.member,
		name: '某member',
		role: 'member',
		label: 'Android',
		lastSeen: relay.clock.at,
		waiting: 3,
		version: '1.0.0',
		revokedAt: null
	});
	const ids = async (by: Joined) => (await devicesSeenBy(by)).devices.map(({ id }) => id).sort();
	expect(await ids(member)).toEqual([member.device]);
	expect(await ids(secretary)).toEqual([member.device, secretary.device].sort());
	expect(await ids(stranger)).toEqual([stranger.device]);
	expect(await ids(officer)).toEqual(
		[member, secretary, stranger, officer].map(({ device }) => device).sort()
	);
	expect((await knock(relay.url, '/api/devices')).code).toBe('no-session');
});

test('[R5] a lost phone is out of use within two seconds: sockets closed, session dead, words refused', async () => {
	const lost = await joins(people.member);
	const secretary = await joins(people.secretary);
	const reader = await connect(relay.url, lost.cookie);
	await reader.open(`directory@${relay.store.epoch}`);
	const { json } = await knock(
		relay.url,
		'/api/devices/revoke',
		{ device: lost.device },
		{ cookie: secretary.cookie }
	);
	expect(json).toEqual({ revoked: true });
	const tooLate = new Promise((resolve) => setTimeout(resolve, 2_000, 'still open'));
	expect(await Promise.race([reader.closed, tooLate])).toBe(4401);
	const scope = await knock(relay.url, '/api/scope', { held: {} }, { cookie: lost.cookie });
	expect(scope.code).toBe('no-session');
	expect((await lost.phone.signIn(relay.url, lost.device)).code).toBe('revoked');

	const said = { ...visit('visit-of-the-finder', 'door'), org: COMMUNITY };
	const by = { device: lost.device, realm: REALM, at: relay.now() };
	const carried = signWith(lost.phone.privateKey, [said], by);
	const { json: answer } = await knock(
		relay.url,
		'/api/entries',
		{ now: relay.now(), commits: [carried] },
		{ cookie: secretary.cookie }
	);
	expect(HandInAnswer.parse(answer).receipts).toMatchObject([
		{ verdict: 'refused', reason: 'device-revoked' }
	]);
	const [listed] = (await devicesSeenBy(secretary)).devices.filter(({ id }) => id === lost.device);
	expect(listed?.revokedAt).toBe(relay.clock.at);
});

test('one takes their own lost phone out of use; who left keeps no working phone', async () => {
	const [first, second] = [await joins(people.member), await joins(people.member)];
	const revoke = (cookie: string, device: string) =>
		knock(relay.url, '/api/devices/revoke', { device }, { cookie });
	expect((await revoke(second.cookie, first.device)).json).toEqual({ revoked: true });
	const secretary = await joins(people.secretary);
	await sets('duty.ended.v1', `duty-${people.member}`, { to: relay.now() });
	const left = (await devicesSeenBy(secretary)).devices.find(({ id }) => id === second.device);
	expect(left).toMatchObject({ role: null, name: '某member' });
	expect((await revoke(secretary.cookie, second.device)).json).toEqual({ revoked: true });
});

const Slips = z.object({
	slips: z.array(
		z.object({
			person: z.string(),
			name: z.string(),
			code: z.string().regex(/^\d{8}$/),
			link: z.string(),
			expiresAt: z.number(),
			asksPhone: z.boolean()
		})
	)
});

test('a sheet of slips is printed for all or for none, and takes the place of earlier slips', async () => {
	const { cookie } = await joins(people.secretary);
	const print = (...wanted: string[]) =>
		knock(relay.url, '/api/invitations/slips', { people: wanted }, { cookie });
	const lookAt = async (code: string) =>
		(await knock(relay.url, '/api/invitation/look', { code })).code;
	expect((await print(people.member, people.stranger)).code).toBe('not-yours');
	expect((await print()).code).toBe('malformed');
	expect((await print(...Array<string>(81).fill(people.member))).code).toBe('malformed');
	const listed = await knock(relay.url, '/api/invitations', undefined, { cookie });
	expect(JSON.stringify(listed.json)).not.toContain(people.stranger);

	const before = Slips.parse((await print(people.member, people.worker)).json).slips;
	expect(before.map(({ person }) => person)).toEqual([people.member, people.worker]);
	expect(before[0]).toMatchObject({ name: '某member', asksPhone: false });
	expect(before[0]?.expiresAt).toBe(relay.clock.at + 7 * DAY);
	const [again] = Slips.parse((await print(people.member)).json).slips;
	expect(await lookAt(before[0]?.code ?? '')).toBe('invitation-revoked');
	expect(await lookAt(again?.code ?? '')).toBe('');
	expect(await lookAt(before[1]?.code ?? '')).toBe('');
});

test('who is suspended is invited by nobody, and an open slip of theirs opens nothing', async () => {
	const { cookie } = await joins(people.secretary);
	const invite = () => knock(relay.url, '/api/invitations', { person: people.member }, { cookie });
	const issued = z.object({ code: z.string() }).parse((await invite()).json);
	const lookAt = () => knock(relay.url, '/api/invitation/look', { code: issued.code });
	await sets('person.changed.v1', people.member, { state: 'suspended' });
	expect((await invite()).code).toBe('not-yours');
	expect((await lookAt()).code).toBe('invitation-revoked');
	await sets('person.changed.v1', people.member, { state: 'active' });
	expect((await lookAt()).code).toBe('');
});
