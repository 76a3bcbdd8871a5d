/** Which of the relay's keys a device believes: the one it knows, those that one came from, those it leads to (O5). */
import type { Signed } from '#domain/entry.ts';
import { Handover, type CertificateAnswer, type PublicKey } from '#domain/wire.ts';
import { isSignedBy } from '#lib/device/keys.ts';
import { readJson } from '#lib/device/relay.ts';

/** Does the answer's key come, change by change, from the one that was known? */
export async function comesFrom(
	known: PublicKey,
	{ relayKey, handovers }: CertificateAnswer
): Promise<boolean> {
	const keys = [known, ...(await keysAfter(known, handovers))];
	return keys.some((key) => isSame(key, relayKey));
}

/** Keys whose certificates are believed by a device that was offline meanwhile, or meets one that was. */
export async function keysBelieved(
	{ relayKey, handovers }: CertificateAnswer,
	theirs: readonly Signed[]
): Promise<readonly PublicKey[]> {
	const before = await keysBefore(relayKey, handovers);
	return [relayKey, ...before, ...(await keysAfter(relayKey, theirs))];
}

async function keysAfter(
	key: PublicKey,
	handovers: readonly Signed[]
): Promise<readonly PublicKey[]> {
	const keys: PublicKey[] = [];
	let at = key;
	for (const signed of handovers) {
		const said = await readHandover(signed);
		if (said === null || !isSame(said.from, at)) continue;
		at = said.to;
		keys.push(at);
	}
	return keys;
}

/** Back to the first, or to one that was given up as stolen. */
async function keysBefore(
	key: PublicKey,
	handovers: readonly Signed[]
): Promise<readonly PublicKey[]> {
	const keys: PublicKey[] = [];
	let at = key;
	for (const signed of [...handovers].reverse()) {
		const said = await readHandover(signed);
		if (said === null || !isSame(said.to, at) || said.stolen) break;
		at = said.from;
		keys.push(at);
	}
	return keys;
}

async function readHandover({ text, sig }: Signed): Promise<Handover | null> {
	const said = Handover.safeParse(readJson(text)).data;
	return said && (await isSignedBy(said.from, text, sig)) ? said : null;
}

function isSame(one: PublicKey, other: PublicKey): boolean {
	return one.x === other.x && one.y === other.y;
}
