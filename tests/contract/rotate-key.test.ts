/** `npm run rotate-key`: what was signed and printed before stays good, unless the key was stolen. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CertificateAnswer, Enrolled, InvitationLook, ScopeAnswer } from '#domain/wire.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { flawsOf } from '../support/audits.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay
} from '../support/joining.ts';
import { found, REALM, temporaryFolder } from '../support/relay.ts';
import { people } from '../support/tell.ts';

const folder = temporaryFolder();
let relay: PeopledRelay;

beforeAll(async () => {
	relay = await startPeopledRelay({ dataDir: folder.path, at: Date.now() });
	await found(relay);
});
afterAll(async () => {
	await relay.end();
	folder.remove();
});

async function issue() {
	const invitations = createInvitations(relay);
	const issued = await invitations.issue({ person: people.member, by: RELAY_PERSON, as: 'slip' });
	const link = new URL(invitations.link('https://bridge.example', REALM, issued.secret));
	return { ...issued, fingerprint: link.hash.split('.').at(-1) ?? '' };
}

const look = (secret: string) => knock(relay.url, '/api/invitation/look', { secret });

/** As a clerk does it: the command, then a start. */
async function rotate(...flags: string[]): Promise<string> {
	await relay.end();
	const command = [`${import.meta.dirname}/../../sync-server/rotate-key.ts`, ...flags];
	const env = { ...process.env, DATA_DIR: folder.path };
	const { stdout } = await promisify(execFile)(process.execPath, command, { env });
	relay = await startPeopledRelay({ dataDir: folder.path, at: Date.now() });
	return stdout;
}

test('[O5, R9] a slip from before still opens, and its holder gets a certificate of the new key', async () => {
	const { secret } = await issue();
	const first = await makePhone().enrol(relay.url, { secret });
	const slip = await issue();
	const before = relay.keys;
	expect(await rotate()).toContain('stay good');
	expect(relay.keys.fingerprint).not.toBe(before.fingerprint);
	const looked = InvitationLook.parse((await look(slip.secret)).json);
	expect(looked.fingerprint).toBe(relay.keys.fingerprint);
	expect(looked.formerly).toEqual([slip.fingerprint]);
	expect((await look(secret)).code).toBe('invitation-used');

	const joined = await makePhone().enrol(relay.url, { secret: slip.secret });
	for (const cookie of [cookieOf(first), cookieOf(joined)]) {
		const { json } = await knock(relay.url, '/api/certificate', undefined, { cookie });
		const { relayKey, handovers } = CertificateAnswer.parse(json);
		expect(handovers).toEqual(relay.keys.former.handovers);
		const scope = await knock(relay.url, '/api/scope', { held: {} }, { cookie });
		expect(ScopeAnswer.parse(scope.json).relayKey).toBe(relayKey.x);
	}
	expect(Enrolled.parse(joined.json).person).toBe(people.member);
});

test('[L2] what the relay itself said under any of its keys is still its own', async () => {
	await rotate();
	expect(await flawsOf(relay)).toEqual([]);
});

test('a stolen key takes every unused slip with it; a new one opens', async () => {
	const slip = await issue();
	expect(await rotate('--stolen')).toContain('print new ones');
	expect((await look(slip.secret)).code).toBe('invitation-revoked');
	const refused = await makePhone().enrol(relay.url, { secret: slip.secret });
	expect(refused.code).toBe('invitation-revoked');
	relay.clock.at += 1;
	const again = await issue();
	expect(InvitationLook.parse((await look(again.secret)).json).formerly).toEqual([]);
	await rotate();
	expect((await look(slip.secret)).code).toBe('invitation-revoked');
	expect((await look(again.secret)).code).toBe('');
});
