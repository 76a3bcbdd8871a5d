/** [R4] Devices without end would have every bound of one device as often: how many a person may have, and what theirs share. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { PersonId } from '#domain/ids.ts';
import { Enrolled } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type Answered,
	type PeopledRelay
} from '../support/joining.ts';
import { found } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

const Invited = z.object({ link: z.string() });
let relay: PeopledRelay;

beforeEach(async () => {
	relay = await startPeopledRelay({ limits: { devicesPerPerson: 2, joinsPerPersonPerDay: 5 } });
	await found(relay);
});
afterEach(() => relay.end());

async function first(person: PersonId): Promise<Answered> {
	const { secret } = await createInvitations(relay).issue({ person, by: RELAY_PERSON });
	return makePhone().enrol(relay.url, { secret });
}

const invites = (by: Answered, person: PersonId) =>
	knock(relay.url, '/api/invitations', { person }, { cookie: cookieOf(by) });

function joinsWith(invited: Answered): Promise<Answered> {
	const secret = /#([\w-]{22})\./.exec(Invited.parse(invited.json).link)?.[1] ?? '';
	return makePhone().enrol(relay.url, { secret });
}

const stops = (by: Answered, stopped: Answered) =>
	knock(
		relay.url,
		'/api/devices/revoke',
		{ device: Enrolled.parse(stopped.json).device },
		{ cookie: cookieOf(by) }
	);

test('[R4] devices in use of a person: one more joins once one is taken out of use, those above give two more', async () => {
	const { member } = people;
	const own = await first(member);
	const [one, other] = [await invites(own, member), await invites(own, member)];
	const second = await joinsWith(one);
	expect(second.status).toBe(200);
	expect(await invites(own, member)).toMatchObject({ status: 409, code: 'too-many-devices' });
	// Given while there was room.
	expect((await joinsWith(other)).code).toBe('too-many-devices');

	const secretary = await first(people.secretary);
	const given: Answered[] = [];
	for (let i = 0; i < 2; i++) given.push(await joinsWith(await invites(secretary, member)));
	expect(given.map(({ status }) => status)).toEqual([200, 200]);
	expect((await invites(secretary, member)).code).toBe('too-many-devices');
	expect((await invites(secretary, people.worker)).status).toBe(200);

	for (const each of [second, ...given]) expect((await stops(own, each)).status).toBe(200);
	// The invitation was not used up.
	expect((await joinsWith(other)).status).toBe(200);
});

test('[R4] devices that join as one person in a day, whatever became of those before', async () => {
	const own = await first(people.member);
	for (let i = 0; i < 4; i++) {
		const more = await joinsWith(await invites(own, people.member));
		expect((await stops(own, more)).status).toBe(200);
	}
	const full = { status: 429, code: 'too-many-joins' };
	expect(await invites(own, people.member)).toMatchObject(full);
	expect((await invites(await first(people.secretary), people.member)).code).toBe(full.code);
	relay.clock.at += DAY;
	expect((await joinsWith(await invites(own, people.member))).status).toBe(200);
});

test('[R4] the identities of a demo are everybody’s: their devices are not counted', async () => {
	const own = await first(people.member);
	for (let i = 0; i < 3; i++) await first(people.member);
	expect((await invites(own, people.member)).code).toBe('too-many-devices');
	await relay.store.setMeta('demo', '1');
	expect((await joinsWith(await invites(own, people.member))).status).toBe(200);
});
