/** Joining by invitation: what opens it, what does not, and that it opens once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Enrolled, enrolText, InvitationLook, type InvitationKey } from '#domain/wire.ts';
import { RELAY_DEVICE, RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations, type Invitations } from '#relay/people/invitations.ts';
import { signText, signWith } from '../support/device.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay
} from '../support/joining.ts';
import { found, REALM } from '../support/relay.ts';
import { COMMUNITY, DAY, DISTRICT, people } from '../support/tell.ts';

const MINUTE = 60_000;
const Issued = z.object({ link: z.string(), code: z.string() });
const Listed = z.object({
	invitations: z.array(z.object({ person: z.string(), state: z.string() }))
});
let relay: PeopledRelay;
let invitations: Invitations;

beforeEach(async () => {
	relay = await startPeopledRelay();
	await found(relay);
	invitations = createInvitations(relay);
});
afterEach(() => relay.end());

function invite(as: 'face' | 'slip' = 'face', person = people.member) {
	return invitations.issue({ person, by: RELAY_PERSON, as });
}

const look = (key: InvitationKey) => knock(relay.url, '/api/invitation/look', key);

test('an invitation is looked at freely, and joins the person it names', async () => {
	const { secret, code, expiresAt } = await invite();
	for (const key of [{ secret }, { code }, { secret }]) {
		const { json } = await look(key);
		expect(InvitationLook.parse(json)).toEqual({
			realm: REALM,
			realmName: '兰桥区',
			demo: false,
			name: '某member',
			role: 'member',
			orgName: '梧桐里社区',
			checks: 'none',
			fingerprint: relay.keys.fingerprint,
			formerly: [],
			expiresAt
		});
	}
	const phone = makePhone();
	const answer = await phone.enrol(relay.url, { secret });
	const enrolled = Enrolled.parse(answer.json);
	expect(enrolled).toMatchObject({ person: people.member, realm: REALM, epoch: relay.store.epoch });
	expect(enrolled.duties).toEqual([
		{ role: 'member', org: COMMUNITY, orgName: '梧桐里社区', level: 'community' }
	]);
	const scope = await knock(relay.url, '/api/scope', { held: {} }, { cookie: cookieOf(answer) });
	expect(scope.json).toMatchObject({ person: people.member });
});

test('a slip that lies about opens nothing once its person has joined; a screen shown meanwhile does', async () => {
	const [slip, screen, others] = [
		await invite('slip'),
		await invite(),
		await invite('slip', people.worker)
	];
	const { secret } = await invite();
	expect((await makePhone().enrol(relay.url, { secret })).status).toBe(200);
	expect((await look({ secret: slip.secret })).code).toBe('invitation-revoked');
	expect((await look({ secret: screen.secret })).status).toBe(200);
	expect((await look({ secret: others.secret })).status).toBe(200);
});

test('the spoken code opens the same invitation', async () => {
	const { code } = await invite();
	const answer = await makePhone().enrol(relay.url, { code });
	expect(answer.status).toBe(200);
});

test('the link carries secret, realm and issuer in its fragment alone', async () => {
	const { secret } = await invite();
	const link = new URL(invitations.link('https://bridge.example', REALM, secret));
	expect(link.pathname + link.search).toBe('/join');
	expect(link.hash).toBe(`#${secret}.${REALM}.${relay.keys.fingerprint}`);
});

test('a wrong, expired, used or revoked invitation says which it is', async () => {
	const unknown = { secret: 'A'.repeat(22) };
	expect((await look(unknown)).code).toBe('invitation-unknown');
	expect((await makePhone().enrol(relay.url, unknown)).code).toBe('invitation-unknown');

	const used = await invite();
	expect((await makePhone().enrol(relay.url, { secret: used.secret })).status).toBe(200);
	expect((await makePhone().enrol(relay.url, { secret: used.secret })).code).toBe(
		'invitation-used'
	);
	expect((await look({ code: used.code })).code).toBe('invitation-used');

	const revoked = await invite();
	expect(await invitations.revoke(revoked.id)).toBe(true);
	expect((await look({ secret: revoked.secret })).code).toBe('invitation-revoked');
	expect(await invitations.revoke(used.id)).toBe(false);

	const face = await invite('face');
	const slip = await invite('slip');
	relay.clock.at += 15 * MINUTE;
	expect((await makePhone().enrol(relay.url, { secret: face.secret })).code).toBe(
		'invitation-expired'
	);
	expect((await look({ secret: slip.secret })).status).toBe(200);
	relay.clock.at += 7 * DAY;
	expect((await look({ secret: slip.secret })).code).toBe('invitation-expired');
});

test('five wrong codes close a code to guessing; its link still opens', async () => {
	const { code, secret } = await invite();
	const wrong = (n: number) => ({
		code: code.slice(0, 4) + String((Number(code.slice(4)) + n) % 10_000).padStart(4, '0')
	});
	for (const n of [1, 2, 3]) expect((await look(wrong(n))).code).toBe('invitation-unknown');
	for (const n of [4, 5])
		expect((await makePhone().enrol(relay.url, wrong(n))).code).toBe('invitation-unknown');
	expect((await look(wrong(6))).code).toBe('code-tries-exceeded');
	expect((await makePhone().enrol(relay.url, { code })).code).toBe('code-tries-exceeded');
	expect((await makePhone().enrol(relay.url, { secret })).status).toBe(200);
});

test('guesses at once are counted one by one', async () => {
	const { code } = await invite();
	const guesses = Array.from({ length: 20 }, (_, n) => ({
		code: code.slice(0, 4) + String((Number(code.slice(4)) + n + 1) % 10_000).padStart(4, '0')
	}));
	const looked = await Promise.all(guesses.map((key) => invitations.look(key)));
	const codes = looked.map((each) => (each.ok ? '' : each.code));
	expect(codes.filter((each) => each === 'invitation-unknown')).toHaveLength(5);
	expect(codes.filter((each) => each === 'code-tries-exceeded')).toHaveLength(15);
});

test('digits of a phone guessed at once are counted one by one', async () => {
	await givePhone(people.member, '13800001123');
	const { secret } = await invite('slip');
	const answers = await Promise.all(
		Array.from({ length: 12 }, (_, n) =>
			makePhone().enrol(relay.url, { secret }, { check: String(2_000 + n) })
		)
	);
	expect(answers.filter(({ code }) => code === 'check-failed')).toHaveLength(5);
	expect(answers.filter(({ code }) => code === 'code-tries-exceeded')).toHaveLength(7);
});

test('of devices that race for one invitation exactly one wins', async () => {
	const { secret, code } = await invite();
	const keys: InvitationKey[] = [
		{ secret },
		{ code },
		{ secret },
		{ code },
		{ secret },
		{ secret }
	];
	const answers = await Promise.all(keys.map((key) => makePhone().enrol(relay.url, key)));
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['', 'invitation-used']));
	expect(await relay.store.all('SELECT id FROM device')).toHaveLength(1);
});

test('an answer lost on the way is given again to the same key, and to no other', async () => {
	const { secret } = await invite();
	const phone = makePhone();
	const first = Enrolled.parse((await phone.enrol(relay.url, { secret })).json);
	const again = await phone.enrol(relay.url, { secret });
	expect(Enrolled.parse(again.json).device).toBe(first.device);
	// Whoever copied the request could say the same; a challenge is answered by the key alone.
	expect(again.cookie).toBe('');
	const signedIn = cookieOf(await phone.signIn(relay.url, first.device));
	expect((await knock(relay.url, '/api/scope', { held: {} }, { cookie: signedIn })).status).toBe(
		200
	);
	const other = makePhone();
	const stolen = await knock(relay.url, '/api/enrol', {
		invitation: { secret },
		publicKey: phone.publicKey,
		proof: signText(other.privateKey, enrolText(REALM, { secret }, phone.publicKey)),
		label: ''
	});
	expect(stolen.code).toBe('proof-failed');
	relay.clock.at += 15 * MINUTE;
	expect((await phone.enrol(relay.url, { secret })).code).toBe('invitation-used');
});

test('a proof by another key, or for another realm, leaves the invitation unused', async () => {
	const { secret } = await invite();
	const [phone, other] = [makePhone(), makePhone()];
	const text = enrolText(REALM, { secret }, phone.publicKey);
	const proof = signText(other.privateKey, text);
	expect((await phone.enrol(relay.url, { secret }, { proof })).code).toBe('proof-failed');
	const elsewhere = await phone.enrol(relay.url, { secret }, { realm: 'another-realm' });
	expect(elsewhere.code).toBe('proof-failed');
	const offCurve = await knock(relay.url, '/api/enrol', {
		invitation: { secret },
		publicKey: { ...phone.publicKey, y: phone.publicKey.x },
		proof,
		label: ''
	});
	expect(offCurve.code).toBe('proof-failed');
	expect((await phone.enrol(relay.url, { secret })).status).toBe(200);
});

test('a slip asks for the last digits of the registered phone, five times at most', async () => {
	const cookie = cookieOf(
		await makePhone().enrol(relay.url, { secret: (await invite('face', people.secretary)).secret })
	);
	await givePhone(people.member, '138 0000 1123');
	const issued = await knock(
		relay.url,
		'/api/invitations',
		{ person: people.member, as: 'slip' },
		{ cookie }
	);
	const { link, code } = Issued.parse(issued.json);
	const secret = /#([\w-]{22})\./.exec(link)?.[1] ?? '';
	expect((await look({ code })).json).toMatchObject({ checks: 'phone4' });
	const phone = makePhone();
	for (const check of ['1124', '0000', undefined, '3211'])
		expect((await phone.enrol(relay.url, { secret }, check ? { check } : {})).code).toBe(
			'check-failed'
		);
	const last = makePhone();
	expect((await last.enrol(relay.url, { secret }, { check: '9999' })).code).toBe('check-failed');
	expect((await last.enrol(relay.url, { secret }, { check: '1123' })).code).toBe(
		'code-tries-exceeded'
	);
	const good = await invite('slip');
	expect((await phone.enrol(relay.url, { secret: good.secret }, { check: '1123' })).status).toBe(
		200
	);
});

async function givePhone(person: string, phone: string): Promise<void> {
	const body = { phone, reason: '登记手机' };
	const draft = { kind: 'person.corrected.v1', record: person, org: DISTRICT, body };
	const by = { device: 'relay', realm: REALM, at: relay.clock.at };
	const commit = signWith(relay.keys.setUp.privateKey, [draft], by);
	const [receipt] = await relay.deliver.handInAt([commit], relay.clock.at);
	expect(receipt?.verdict).toBe('accepted');
}

test('invitations are given by those above, and each sees only what is in their care', async () => {
	const join = async (person: typeof people.member) =>
		cookieOf(await makePhone().enrol(relay.url, { secret: (await invite('face', person)).secret }));
	const ask = async (by: typeof people.member, person: typeof people.member) =>
		(await knock(relay.url, '/api/invitations', { person }, { cookie: await join(by) })).code;
	expect(await ask(people.secretary, people.member)).toBe('');
	expect(await ask(people.secretary, people.worker)).toBe('');
	expect(await ask(people.worker, people.member)).toBe('');
	expect(await ask(people.worker, people.secretary)).toBe('not-yours');
	expect(await ask(people.stranger, people.member)).toBe('not-yours');
	expect(await ask(people.member, people.secondMember)).toBe('not-yours');
	expect(await ask(people.member, people.member)).toBe('');
	expect(await ask(people.officer, people.stranger)).toBe('');
	expect(await ask(people.officer, people.district)).toBe('not-yours');
	expect(await ask(people.district, people.officer)).toBe('');
	const open = await knock(relay.url, '/api/invitations');
	expect(open.code).toBe('no-session');

	const cookie = await join(people.stranger);
	const { json } = await knock(relay.url, '/api/invitations', undefined, { cookie });
	const { invitations: listed } = Listed.parse(json);
	expect(new Set(listed.map(({ person }) => person))).toEqual(new Set([people.stranger]));
	expect(listed.map(({ state }) => state)).toContain('used');
	expect(JSON.stringify(json)).not.toMatch(/secret|code|hash/);
});

test('a slip lends no more than its issuer may lend on the day it is used', async () => {
	const { secret } = await invitations.issue({
		person: people.member,
		by: people.secretary,
		as: 'slip'
	});
	expect((await look({ secret })).status).toBe(200);
	const promoted = signWith(
		relay.keys.setUp.privateKey,
		[
			{
				kind: 'duty.assigned.v1',
				record: 'duty-of-promotion',
				org: DISTRICT,
				body: {
					person: people.member,
					displayName: '某',
					role: 'communitySecretary',
					at: COMMUNITY,
					from: relay.now()
				}
			}
		],
		{ device: RELAY_DEVICE, realm: REALM, at: relay.now() }
	);
	const [receipt] = await relay.deliver.handInAt([promoted], relay.now());
	expect(receipt?.verdict).toBe('accepted');
	expect((await look({ secret })).code).toBe('invitation-revoked');
	expect((await makePhone().enrol(relay.url, { secret })).code).toBe('invitation-revoked');
});

test('an unused invitation is taken back by those who may give it', async () => {
	const { id, secret } = await invite();
	const worker = cookieOf(
		await makePhone().enrol(relay.url, { secret: (await invite('face', people.worker)).secret })
	);
	const stranger = cookieOf(
		await makePhone().enrol(relay.url, { secret: (await invite('face', people.stranger)).secret })
	);
	const revoke = (cookie: string) =>
		knock(relay.url, '/api/invitations/revoke', { id }, { cookie });
	expect((await revoke(stranger)).code).toBe('not-yours');
	expect((await revoke(worker)).json).toEqual({ revoked: true });
	expect((await look({ secret })).code).toBe('invitation-revoked');
});

test('what is no invitation is malformed, and guessing is slowed down', async () => {
	expect((await knock(relay.url, '/api/invitation/look', { secret: 'short' })).code).toBe(
		'malformed'
	);
	expect((await knock(relay.url, '/api/enrol', { invitation: { code: '12345678' } })).code).toBe(
		'malformed'
	);
	const answers: string[] = [];
	for (let i = 0; i < 62; i++) answers.push((await look({ secret: 'A'.repeat(22) })).code);
	expect(answers.filter((code) => code === 'invitation-unknown')).toHaveLength(60);
	expect(answers.at(-1)).toBe('slow-down');
});

test('the store holds neither secret nor code of an invitation, nor the token of a session', async () => {
	const { secret, code } = await invite();
	const answer = await makePhone().enrol(relay.url, { secret });
	const token = cookieOf(answer).split('=')[1] ?? '';
	const stored = await Promise.all(
		['invitation', 'session', 'device'].map(async (table) =>
			JSON.stringify(await relay.store.all(`SELECT * FROM ${table}`))
		)
	);
	for (const hidden of [secret, code, token]) expect(stored.join()).not.toContain(hidden);
});
