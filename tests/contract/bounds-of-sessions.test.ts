/** [R4] Sessions of one device: how many there are, how often they begin, and that nobody looks at those that are over. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonId } from '#domain/ids.ts';
import { dropEnded } from '#relay/people/ended.ts';
import {
	cookieOf,
	joinsAs,
	knock,
	startPeopledRelay,
	type PeopledRelay
} from '../support/joining.ts';
import { found } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

let relay: PeopledRelay;
beforeEach(async () => {
	relay = await startPeopledRelay({ limits: { sessionsPerDevice: 3, signInsPerHour: 5 } });
	await found(relay);
});
afterEach(() => relay.end());

const joins = (person: PersonId) => joinsAs(relay, person);

test('[R4] sessions of one device: one more ends the one that would end first, and nobody else’s', async () => {
	const { phone, device, cookie } = await joins(people.member);
	const other = await joins(people.worker);
	const cookies = [cookie];
	for (let i = 0; i < 4; i++) {
		relay.clock.at += 1_000;
		cookies.push(cookieOf(await phone.signIn(relay.url, device)));
	}
	const asks = async (each: string) =>
		(await knock(relay.url, '/api/scope', { held: {} }, { cookie: each })).status;
	expect(await Promise.all(cookies.map(asks))).toEqual([401, 401, 200, 200, 200]);
	expect(await asks(other.cookie)).toBe(200);
});

test('[R4] how often a device signs in, whatever others say in its name', async () => {
	const { phone, device } = await joins(people.member);
	const other = await joins(people.worker);
	for (let i = 0; i < 6; i++)
		expect((await other.phone.signIn(relay.url, device)).code).toBe('proof-failed');
	for (let i = 0; i < 5; i++) expect((await phone.signIn(relay.url, device)).status).toBe(200);
	expect(await phone.signIn(relay.url, device)).toMatchObject({ status: 429, code: 'slow-down' });
	expect((await other.phone.signIn(relay.url, other.device)).status).toBe(200);
});

test('[R4] sessions that are over are forgotten once a day, however many there are', async () => {
	const { device } = await joins(people.member);
	const count = async () => (await relay.store.all('SELECT device FROM session')).length;
	await relay.store.transaction(async (tx) => {
		for (let i = 0; i < 1_200; i++)
			tx.write('INSERT INTO session VALUES (?, ?, ?)', randomUUID(), device, relay.clock.at + i);
	});
	await dropEnded(relay.store, relay.clock.at + 1_198);
	expect(await count()).toBe(2);
	await dropEnded(relay.store, relay.clock.at + 30 * DAY);
	expect(await count()).toBe(0);
});
