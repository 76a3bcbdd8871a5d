/** [J2] [E6] A NUL, which PostgreSQL keeps in no text: it is refused as any other nonsense, and holds up nothing beside it. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { parseLedger } from '#domain/ledgers.ts';
import { Enrolled, HandInAnswer } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { isOnPostgres } from '../support/database.ts';
import { signWith } from '../support/device.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay
} from '../support/joining.ts';
import { found, REALM } from '../support/relay.ts';
import { COMMUNITY, demand, people } from '../support/tell.ts';

const NUL = '\0';
const phone = makePhone();
let relay: PeopledRelay;
let device: string;
let cookie: string;

beforeAll(async () => {
	relay = await startPeopledRelay();
	await found(relay);
	const asked = { person: people.member, by: RELAY_PERSON };
	const { secret } = await createInvitations(relay).issue(asked);
	const answer = await phone.enrol(relay.url, { secret });
	device = Enrolled.parse(answer.json).device;
	cookie = cookieOf(answer);
});
afterAll(() => relay.end());

const mark = { seq: 1, chain: 'x' };
const sig = 'A'.repeat(86);

test('[E6] a NUL is malformed at every door', async () => {
	const doors = [
		['session/challenge', { device: NUL }],
		['session', { device: NUL, challenge: 'x', sig }],
		['session', { device: 'x', challenge: NUL, sig }],
		['scope', { held: {}, version: NUL }],
		['scope', { held: { [`desk/${NUL}/standing`]: mark } }],
		['offer/common', { held: { [NUL]: [mark] } }],
		['offer', { elements: [{ previous: NUL, head: '{}' }] }],
		['invitations', { person: NUL }],
		['invitations/revoke', { id: NUL }],
		['devices/revoke', { device: NUL }]
	] as const;
	for (const [door, body] of doors) {
		const { status, code } = await knock(relay.url, `/api/${door}`, body, { cookie });
		expect([door, status, code]).toEqual([door, 400, 'malformed']);
	}
});

test('[J2] an entry with a NUL wherever it may stand is refused, and what is handed in beside it is taken', async () => {
	const by = { device, realm: REALM, at: relay.now() };
	const says = (from = by) =>
		signWith(phone.privateKey, [{ ...demand(v7()), org: COMMUNITY }], from);
	const [one] = says();
	const text = one?.text ?? '';
	const commits = [
		says(),
		says({ ...by, device: NUL }),
		[{ text: text + NUL, sig }],
		[{ text, sig: sig + NUL }],
		says()
	];
	const { status, json } = await knock(
		relay.url,
		'/api/entries',
		{ now: relay.now(), commits },
		{ cookie }
	);
	expect(status).toBe(200);
	expect(HandInAnswer.parse(json).receipts.map(({ verdict }) => verdict)).toEqual([
		'accepted',
		'refused',
		'refused',
		'refused',
		'accepted'
	]);
});

test('ids hold no sign that cannot be printed, and those of before are read', () => {
	for (const id of ['\0', 'a\nb', '\ud800', ''])
		expect([PersonId, DeviceId].map((each) => each.safeParse(id).success)).toEqual([false, false]);
	for (const id of ['relay', v7(), 'p-李', '1 2_3'])
		expect([PersonId, DeviceId].map((each) => each.safeParse(id).success)).toEqual([true, true]);
	expect(parseLedger(`member/${NUL}/${COMMUNITY}/standing`)).toBeNull();
});

test('what a database cannot hold is whose who asked, not the relay’s', async () => {
	const asked = relay.store.first('SELECT 1 FROM meta WHERE key = ?', NUL);
	const isMalformed = asked.then(
		() => false,
		(cause: unknown) => relay.store.isMalformed(cause)
	);
	// SQLite finds nothing under it.
	expect(await isMalformed).toBe(isOnPostgres);
});
