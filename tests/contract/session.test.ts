/** Sessions by signed challenge: a challenge is answered once, by the device it was given to. */
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Signed } from '#domain/entry.ts';
import { CertificateAnswer, Enrolled, sessionText } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { createPeopleStore, type PeopleStore } from '#relay/store/people.ts';
import { signText } from '../support/device.ts';
import {
	challengeFor,
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay,
	type Phone
} from '../support/joining.ts';
import { found, REALM } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

const MINUTE = 60_000;
let relay: PeopledRelay;
let store: PeopleStore;

beforeAll(async () => {
	relay = await startPeopledRelay({ publicOrigin: 'https://bridge.example' });
	await found(relay);
	store = createPeopleStore(relay.store);
});
afterAll(() => relay.end());

async function joined(
	person = people.member
): Promise<{ phone: Phone; device: string; cookie: string }> {
	const invitations = createInvitations(relay);
	const phone = makePhone();
	const { secret } = await invitations.issue({ person, by: RELAY_PERSON });
	const answer = await phone.enrol(relay.url, { secret });
	return { phone, device: Enrolled.parse(answer.json).device, cookie: cookieOf(answer) };
}

const scope = (cookie: string) => knock(relay.url, '/api/scope', { held: {} }, { cookie });

test('a signed challenge opens a session for its person', async () => {
	const { phone, device } = await joined();
	const answer = await phone.signIn(relay.url, device);
	expect(answer.json).toEqual({ person: people.member, until: relay.clock.at + 30 * DAY });
	expect(answer.cookie).toMatch(
		/^lxq=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure$/
	);
	expect((await scope(cookieOf(answer))).json).toMatchObject({ person: people.member });
});

test('a challenge is answered once, in time, and by its own device', async () => {
	const { phone, device } = await joined();
	const other = await joined(people.worker);
	const challenged = () => challengeFor(relay.url, device);
	const answer = (challenge: string, by = phone, as = device) =>
		knock(relay.url, '/api/session', {
			device: as,
			challenge,
			sig: signText(by.privateKey, sessionText(REALM, challenge))
		});
	const challenge = await challenged();
	expect((await answer(challenge)).status).toBe(200);
	expect((await answer(challenge)).code).toBe('challenge-unknown');

	expect((await answer(await challenged(), other.phone)).code).toBe('proof-failed');
	const taken = await challenged();
	expect((await answer(taken, other.phone, other.device)).code).toBe('challenge-unknown');
	const old = await challenged();
	relay.clock.at += 3 * MINUTE;
	expect((await answer(old)).code).toBe('challenge-unknown');
	expect((await answer('made-up')).code).toBe('challenge-unknown');
	expect((await phone.signIn(relay.url, 'no-such-device')).code).toBe('device-unknown');
	expect((await phone.signIn(relay.url, device, 'another-realm')).code).toBe('proof-failed');
});

test('[R6] a device whose enrolment a restored store lost comes back by its certificate, a revoked one does not', async () => {
	const { phone, device, cookie } = await joined();
	const asked = await knock(relay.url, '/api/certificate', undefined, { cookie });
	const { certificate } = CertificateAnswer.parse(asked.json);
	const signIn = (shown: Signed, by = phone) =>
		by.signIn(relay.url, device, REALM, { certificate: shown });
	const isLost = () => relay.store.run('DELETE FROM device WHERE id = ?', device);
	await isLost();
	expect((await phone.signIn(relay.url, device)).code).toBe('device-unknown');
	const other = makePhone();
	const own = { ...certificate, sig: signText(other.privateKey, certificate.text) };
	expect((await signIn(own)).code).toBe('device-unknown');
	expect((await signIn(certificate, other)).code).toBe('proof-failed');
	expect((await signIn(certificate)).json).toMatchObject({ person: people.member });
	expect((await phone.signIn(relay.url, device)).status).toBe(200);

	await store.revokeDevice(device, relay.clock.at);
	expect((await signIn(certificate)).code).toBe('revoked');
	await isLost();
	expect((await signIn(certificate)).code).toBe('revoked');
	expect((await phone.signIn(relay.url, device)).code).toBe('revoked');
});

test('a session ends thirty days after its device proved its key, however much it is used', async () => {
	const { phone, device, cookie } = await joined();
	relay.clock.at += 20 * DAY;
	expect((await scope(cookie)).status).toBe(200);
	relay.clock.at += 10 * DAY;
	expect((await scope(cookie)).code).toBe('no-session');
	expect((await scope('lxq=made-up')).code).toBe('no-session');
	const anew = cookieOf(await phone.signIn(relay.url, device));
	expect((await scope(anew)).status).toBe(200);
});

test('a revoked device has no session and gets none', async () => {
	const { phone, device, cookie } = await joined();
	expect((await scope(cookie)).status).toBe(200);
	await store.revokeDevice(device, relay.clock.at);
	expect((await scope(cookie)).code).toBe('no-session');
	expect((await phone.signIn(relay.url, device)).code).toBe('revoked');
});

test('[D1] [R5] a lost phone is revoked by those it is in the care of: no session, no open socket', async () => {
	const lost = await joined();
	const keeper = await joined(people.secretary);
	const stranger = await joined(people.stranger);
	const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/sync`, {
		headers: { cookie: lost.cookie, origin: 'https://bridge.example' }
	});
	await new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	const closed = new Promise<number>((resolve) => socket.once('close', resolve));
	const revoke = (cookie: string) =>
		knock(relay.url, '/api/devices/revoke', { device: lost.device }, { cookie });
	expect((await revoke(stranger.cookie)).code).toBe('not-yours');
	expect((await scope(lost.cookie)).status).toBe(200);
	expect((await revoke(keeper.cookie)).json).toEqual({ revoked: true });
	expect(await closed).toBe(4401);
	expect((await scope(lost.cookie)).code).toBe('no-session');
});

test('[R5] a phone that is revoked while its socket is let in does not keep it', async () => {
	let between: (device: string) => Promise<void> = () => Promise.resolve();
	const slow = await startPeopledRelay({ onSession: (device) => between(device) });
	await found(slow);
	const { secret } = await createInvitations(slow).issue({
		person: people.member,
		by: RELAY_PERSON
	});
	const cookie = cookieOf(await makePhone().enrol(slow.url, { secret }));
	between = async (device) => {
		between = () => Promise.resolve();
		await createPeopleStore(slow.store).revokeDevice(device, slow.clock.at);
		slow.sync.closeDevice(device);
	};
	const socket = new WebSocket(`${slow.url.replace('http', 'ws')}/sync`, { headers: { cookie } });
	expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4401);
	await slow.end();
});

test("a page of another site cannot knock, and the relay's own device is nobody's", async () => {
	const foreign = { origin: 'https://elsewhere.example' };
	const answer = await knock(relay.url, '/api/session/challenge', { device: 'x' }, foreign);
	expect(answer.code).toBe('wrong-origin');
	expect(await store.deviceOf('relay')).toBe(null);
});
