/** Joining: looking at an invitation, enrolling this device with a proof of its key, taking a demo identity. */
import { z } from 'zod';
import { Enrolled, enrolText, InvitationLook, type InvitationKey } from '#domain/wire.ts';
import { openDeviceDb } from './device-db.ts';
import { makeActive, personHere, type Installation } from './installation.ts';
import { makeKeys, sign, type KeyPair } from './keys.ts';
import { ask, type Answer, type Fetch, type Refusal } from './relay.ts';

export interface Joining {
	readonly fetch: Fetch;
	readonly installation: Installation;
	readonly now: () => number;
	/** What the desk sees of this device: its kind, never a person. */
	readonly label: string;
}

/** The parts of `<origin>/join#<secret>.<realm>.<fingerprint>`; null for anything else. */
export function readInvitation(
	text: string
): { readonly secret: string; readonly realm: string; readonly fingerprint: string } | null {
	const match = /(?:^|#)([\w-]{22})\.([\w-]{8,64})\.([\w-]{4,64})\s*$/.exec(text.trim());
	if (!match) return null;
	const [, secret = '', realm = '', fingerprint = ''] = match;
	return { secret, realm, fingerprint };
}

export function look(fetch: Fetch, key: InvitationKey): Promise<Answer<InvitationLook>> {
	return ask(fetch, '/api/invitation/look', InvitationLook, key);
}

export async function enrol(
	joining: Joining,
	key: InvitationKey,
	{ check, demoKey }: { check?: string | undefined; demoKey?: string | undefined } = {}
): Promise<Answer<Enrolled>> {
	const { fetch, installation } = joining;
	const opener = 'secret' in key ? key.secret : key.code;
	const begun = await beginJoining(joining, key, opener);
	if (!begun.ok) return begun;
	const { realm, ...pair } = begun.value;
	const answer = await ask(fetch, '/api/enrol', Enrolled, {
		invitation: key,
		...(check === undefined ? {} : { check }),
		publicKey: pair.publicKey,
		proof: await sign(pair.privateKey, enrolText(realm, key, pair.publicKey)),
		label: joining.label
	});
	if (!answer.ok) return answer;
	await settleIn(joining, answer.value, pair, demoKey);
	await installation.pending.delete(opener);
	return answer;
}

const Become = z.object({ secret: z.string() });

/** Takes one of the invented persons of the demo district; one who is here already is only switched to. */
export async function becomeDemo(joining: Joining, demoKey: string): Promise<Refusal | null> {
	const { fetch, installation } = joining;
	const here = await installation.persons.where('demoKey').equals(demoKey).first();
	if (here) {
		await makeActive(installation, here.id);
		return null;
	}
	const become = await ask(fetch, '/api/demo/become', Become, { key: demoKey });
	if (!become.ok) return become;
	const enrolled = await enrol(joining, { secret: become.value.secret }, { demoKey });
	return enrolled.ok ? null : enrolled;
}

/**
 * The key is kept before it is sent: the relay knows it again when its answer was lost on the way, so a
 * second try with it costs nothing, though the invitation counts as used.
 */
async function beginJoining(
	{ fetch, installation }: Joining,
	key: InvitationKey,
	opener: string
): Promise<Answer<KeyPair & { readonly realm: string }>> {
	const pending = await installation.pending.get(opener);
	if (pending) return { ok: true, value: pending };
	const looked = await look(fetch, key);
	if (!looked.ok) return looked;
	const { realm } = looked.value;
	const pair = await makeKeys();
	await installation.pending.put({ opener, realm, ...pair });
	return { ok: true, value: { realm, ...pair } };
}

async function settleIn(
	{ installation, now }: Joining,
	enrolled: Enrolled,
	pair: KeyPair,
	demoKey: string | undefined
): Promise<void> {
	const here = personHere(enrolled, { enrolledAt: now(), demoKey });
	const device = openDeviceDb(here.id);
	try {
		await device.keys.put({
			id: 'device',
			device: enrolled.device,
			realm: enrolled.realm,
			privateKey: pair.privateKey
		});
	} finally {
		device.close();
	}
	await installation.transaction('rw', installation.persons, installation.state, async () => {
		await installation.persons.put(here);
		await makeActive(installation, here.id);
	});
}
