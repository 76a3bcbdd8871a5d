/** [R5] A session goes on in band: what is asked near its end, who may answer, and what becomes of a socket. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DeviceId } from '#domain/ids.ts';
import { Enrolled, sessionText } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createChallenges } from '#relay/people/challenges.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { control } from '#relay/sockets/frames.ts';
import { signText } from '../support/device.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay,
	type Phone
} from '../support/joining.ts';
import { connect, until, type Reader } from '../support/reader.ts';
import { found, REALM } from '../support/relay.ts';
import { DAY, people } from '../support/tell.ts';

const MINUTE = 60_000;

interface Joined {
	readonly phone: Phone;
	readonly device: DeviceId;
	readonly cookie: string;
	readonly reader: Reader;
}

let relay: PeopledRelay;
let member: Joined;

beforeAll(async () => {
	relay = await startPeopledRelay({ limits: { aliveMs: 1 } });
	await found(relay);
});
afterAll(() => relay.end());
beforeEach(async () => {
	member = await joined();
});

async function joined(person = people.member): Promise<Joined> {
	const phone = makePhone();
	const { secret } = await createInvitations(relay).issue({ person, by: RELAY_PERSON });
	const answer = await phone.enrol(relay.url, { secret });
	const cookie = cookieOf(answer);
	const { device } = Enrolled.parse(answer.json);
	return { phone, device, cookie, reader: await connect(relay.url, cookie) };
}

const session = ({ cookie }: Joined) =>
	knock(relay.url, '/api/scope', { held: {} }, { cookie }).then(({ status }) => status);

/** The newest challenge a socket was told. */
async function challenged({ reader }: Joined): Promise<string> {
	await until(() => reader.told.some(({ prove }) => prove !== undefined));
	return String(reader.told.findLast(({ prove }) => prove !== undefined)?.['prove']);
}

/** Answers, and waits until the relay has answered what was said after it. */
async function answers({ reader }: Joined, challenge: string, by: Phone): Promise<void> {
	const sig = signText(by.privateKey, sessionText(REALM, challenge));
	reader.ws.send(control({ proof: { challenge, sig } }));
	await reader.open(`directory@${relay.store.epoch}`);
}

async function endOf({ device }: Joined): Promise<number> {
	const found = await relay.store.first<{ ends: number }>(
		'SELECT max(expires_at) AS ends FROM session WHERE device = ?',
		device
	);
	return Number(found?.ends);
}

async function untilRenewed(renewed: Joined): Promise<void> {
	while ((await endOf(renewed)) < relay.clock.at + 30 * DAY)
		await new Promise((resolve) => setTimeout(resolve, 5));
}

test('[R5] a socket is asked near the end of its session, and goes on for as long again', async () => {
	relay.clock.at += 19 * DAY;
	expect(await session(member)).toBe(200);
	relay.clock.at += 2 * DAY;
	const challenge = await challenged(member);
	expect(member.reader.told).toEqual([{ prove: challenge }]);
	await answers(member, challenge, member.phone);
	await untilRenewed(member);
	relay.clock.at += 29 * DAY;
	expect(await session(member)).toBe(200);
	await until(() => member.reader.told.length === 2);
	expect(member.reader.ws.readyState).toBe(member.reader.ws.OPEN);
	member.reader.close();
});

test('[R5] a socket that proves nothing is closed at the end of its session, whatever it is used for', async () => {
	const other = await joined(people.worker);
	relay.clock.at += 29 * DAY;
	expect(await session(member)).toBe(200);
	const challenge = await challenged(member);
	await answers(member, challenge, other.phone);
	await answers(member, 'made up', member.phone);
	await answers(member, await challenged(other), member.phone);
	relay.clock.at += DAY;
	expect(await member.reader.closed).toBe(4401);
	expect(await session(member)).toBe(401);
});

test('[R5] a challenge renews once, and only in its time', async () => {
	relay.clock.at += 29 * DAY;
	const challenge = await challenged(member);
	relay.clock.at += DAY / 2;
	await answers(member, challenge, member.phone);
	await until(() => member.reader.told.length > 1);
	const next = await challenged(member);
	await answers(member, next, member.phone);
	await untilRenewed(member);
	relay.clock.at += MINUTE;
	await answers(member, next, member.phone);
	relay.clock.at += 30 * DAY - MINUTE;
	expect(await member.reader.closed).toBe(4401);
});

test('[R5] a challenge that ran out between a look at it and its use renews nothing, used before or not', async () => {
	let now = 0;
	const seal = (text: string) => Buffer.from(text).toString('base64url');
	const challenges = createChallenges({ sql: relay.store, seal, now: () => now });
	const [fresh, used] = [challenges.give(member.device), challenges.give(member.device)];
	expect(await challenges.use(used)).toBe(true);
	expect(await challenges.use(used)).toBe(false);
	expect(challenges.isGiven(member.device, fresh)).toBe(true);
	now += 30 * DAY;
	expect(await challenges.use(used)).toBe(false);
	expect(await challenges.use(fresh)).toBe(false);
	member.reader.close();
});

test('[R5] a device that was revoked meanwhile renews nothing', async () => {
	relay.clock.at += 29 * DAY;
	const challenge = await challenged(member);
	await relay.store.run(
		'UPDATE device SET revoked_at = ? WHERE id = ?',
		relay.clock.at,
		member.device
	);
	await answers(member, challenge, member.phone);
	relay.clock.at += DAY / 2;
	expect(await member.reader.closed).toBe(4401);
	expect(await session(member)).toBe(401);
	expect(await endOf(member)).toBeLessThan(relay.clock.at + DAY);
});
