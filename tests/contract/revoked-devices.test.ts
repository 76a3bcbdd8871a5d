/** [R5, R6] A lost phone stays out of use, though the store goes back to before anybody said so. */
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Signed } from '#domain/entry.ts';
import { CertificateAnswer } from '#domain/wire.ts';
import { REVOKED_FILE } from '#relay/people/revoked.ts';
import {
	joinsAs,
	knock,
	startPeopledRelay,
	type Joined,
	type PeopledRelay
} from '../support/joining.ts';
import { found, REALM, temporaryFolder } from '../support/relay.ts';
import { copyStore, leadBack } from '../support/store-copies.ts';
import { people } from '../support/tell.ts';

interface Certified extends Joined {
	readonly certificate: Signed;
}

let folder: ReturnType<typeof temporaryFolder>;
let copy: ReturnType<typeof temporaryFolder>;
let relay: PeopledRelay;

beforeEach(async () => {
	[folder, copy] = [temporaryFolder(), temporaryFolder()];
	relay = await startPeopledRelay({ dataDir: folder.path });
	await found(relay);
});
afterEach(async () => {
	await relay.end();
	folder.remove();
	copy.remove();
});

async function joins(person = people.member): Promise<Certified> {
	const joined = await joinsAs(relay, person);
	const { cookie } = joined;
	const asked = await knock(relay.url, '/api/certificate', undefined, { cookie });
	return { ...joined, certificate: CertificateAnswer.parse(asked.json).certificate };
}

async function revokes({ cookie }: Joined, { device }: Joined): Promise<void> {
	const { json } = await knock(relay.url, '/api/devices/revoke', { device }, { cookie });
	expect(json).toEqual({ revoked: true });
}

/** The relay is stopped, something happens to its folder, and another begins there. */
async function beginsAnew(between: () => unknown): Promise<void> {
	await relay.end();
	await between();
	relay = await startPeopledRelay({ dataDir: folder.path });
}

const target = () => join(copy.path, 'copy');
const file = () => join(folder.path, REVOKED_FILE);
const signsIn = async ({ phone, device, certificate }: Certified) =>
	(await phone.signIn(relay.url, device, REALM, { certificate })).code;

test('[R6] who was revoked after the copy stays revoked, enrolled before or after it; others come back', async () => {
	const [keeper, before] = [await joins(people.secretary), await joins()];
	await copyStore(folder.path, target());
	const [after, other] = [await joins(), await joins()];
	for (const lost of [before, after]) await revokes(keeper, lost);
	// As a power cut leaves the file.
	appendFileSync(file(), '{"device":"cut');
	await beginsAnew(() => leadBack(folder.path, target()));
	for (const lost of [before, after]) {
		expect(await signsIn(lost)).toBe('revoked');
		const asked = await knock(relay.url, '/api/scope', { held: {} }, { cookie: lost.cookie });
		expect(asked.code).toBe('no-session');
	}
	expect(await signsIn(other)).toBe('');
	await revokes(keeper, other);
	await beginsAnew(() => leadBack(folder.path, target()));
	expect(await signsIn(other)).toBe('revoked');
});

test('[R6] what the store alone knew is kept beside it from the next start on', async () => {
	const [keeper, lost] = [await joins(people.secretary), await joins()];
	await copyStore(folder.path, target());
	await revokes(keeper, lost);
	await beginsAnew(() => rmSync(file()));
	await beginsAnew(() => leadBack(folder.path, target()));
	expect(await signsIn(lost)).toBe('revoked');
});
