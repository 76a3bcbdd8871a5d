/** [R4] Invitations without end would fill the store and hold up everybody who asks for the list of them. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { PersonId } from '#domain/ids.ts';
import { dropEnded } from '#relay/people/ended.ts';
import { joinsAs, knock, startPeopledRelay, type PeopledRelay } from '../support/joining.ts';
import { found } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

const Listed = z.object({ invitations: z.array(z.object({ person: z.string() })) });
const MANY = 6_000;
let relay: PeopledRelay;

beforeEach(async () => {
	relay = await startPeopledRelay({ limits: { invitationsPerDay: 6, invitationsOfOnePerDay: 3 } });
	await found(relay);
});
afterEach(() => relay.end());

const joins = async (person: PersonId) => (await joinsAs(relay, person)).cookie;

const invites = (cookie: string, person: PersonId) =>
	knock(relay.url, '/api/invitations', { person }, { cookie });
const prints = (cookie: string, ...wanted: PersonId[]) =>
	knock(relay.url, '/api/invitations/slips', { people: wanted }, { cookie });

/** Invitations of a person, all of them taken back. */
async function fill(person: PersonId): Promise<void> {
	const at = relay.clock.at;
	await relay.store.transaction(async (tx) => {
		for (let i = 0; i < MANY; i++)
			tx.write(
				`INSERT INTO invitation (id, person, issued_by, secret_hash, code_hash, selector_hash,
				asks_phone, created_at, expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
				...[randomUUID(), person, person, `secret-${i}`, `code-${i}`, `selector-${i}`],
				...[at, at + DAY, at]
			);
	});
}

test('[R4] a sheet has one slip for each, and nobody twice', async () => {
	const cookie = await joins(people.secretary);
	expect((await prints(cookie, people.member, people.member)).code).toBe('malformed');
	expect((await prints(cookie, people.member, people.worker)).status).toBe(200);
});

test('[R4] invitations that one person gives in a day, and of them those for the same person', async () => {
	const enough = { status: 429, code: 'too-many-invitations' };
	const [member, secretary] = [await joins(people.member), await joins(people.secretary)];
	for (let i = 0; i < 3; i++) expect((await invites(member, people.member)).status).toBe(200);
	expect(await invites(member, people.member)).toMatchObject(enough);
	expect(await prints(member, people.member)).toMatchObject(enough);

	for (let i = 0; i < 3; i++)
		expect((await prints(secretary, people.member, people.worker)).status).toBe(200);
	expect(await invites(secretary, people.secondMember)).toMatchObject(enough);
	expect((await invites(await joins(people.worker), people.secondMember)).status).toBe(200);
	// Its four identities are everybody's.
	await relay.store.setMeta('demo', '1');
	expect((await invites(member, people.member)).status).toBe(200);
});

test('[R4] an invitation that nobody used is forgotten a month after it ran out, however many there are', async () => {
	const cookie = await joins(people.member);
	const listed = async () => {
		const { json } = await knock(relay.url, '/api/invitations', undefined, { cookie });
		return Listed.parse(json).invitations.length;
	};
	await fill(people.member);
	// Sessions end on the same day.
	await relay.store.run('UPDATE session SET expires_at = ?', relay.clock.at + 40 * DAY);
	await dropEnded(relay.store, relay.clock.at + 30 * DAY);
	expect(await listed()).toBe(MANY + 1);
	await dropEnded(relay.store, relay.clock.at + 31 * DAY);
	// That somebody joined with one is known for good.
	expect(await listed()).toBe(1);
});

test('[R4] others have their turn while many invitations and devices are listed', async () => {
	const cookie = await joins(people.member);
	await fill(people.member);
	await relay.store.run(
		`INSERT INTO device (id, person, x, y, label, created_at, last_seen)
		SELECT id, person, 'x', 'y', '', created_at, created_at FROM invitation`
	);
	for (const door of ['/api/invitations', '/api/devices']) {
		let turns = 0;
		const turning = setInterval(() => (turns += 1));
		const begun = performance.now();
		const { status } = await knock(relay.url, door, undefined, { cookie });
		const tookMs = performance.now() - begun;
		clearInterval(turning);
		expect(status).toBe(200);
		expect(turns).toBeGreaterThan(Math.min(6, tookMs / 40));
	}
});
