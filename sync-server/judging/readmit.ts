/**
 * [R6] A store put back from a copy may have lost a device's enrolment. The certificate that this relay signed for
 * it brings it back; one that was revoked comes back revoked (`revoked.ts`).
 */
import type { Signed } from '#domain/entry.ts';
import { Certificate } from '#domain/wire.ts';
import type { Keys } from '../keys.ts';
import type { PeopleStore } from '../store/people.ts';
import { isSignedBy } from './signature.ts';

export interface Readmission {
	readonly people: Pick<PeopleStore, 'deviceOf' | 'addDevice'>;
	readonly keys: Pick<Keys, 'setUp' | 'former'>;
	readonly now: () => number;
}

/** Who shows a certificate has still to answer the challenge with the key in it. */
export async function readmit(
	{ people, keys, now }: Readmission,
	signed: Signed,
	realm: string
): Promise<void> {
	// What a stolen key has signed is worth nothing.
	const { publicKeys, fingerprints } = keys.former;
	const trusted = publicKeys.slice(publicKeys.length - fingerprints.length);
	if (![keys.setUp.publicKey, ...trusted].some((key) => isSignedBy(key, signed))) return;
	// The relay has signed other texts too, none of them in this shape.
	const certificate = Certificate.safeParse(JSON.parse(signed.text));
	if (!certificate.success || certificate.data.realm !== realm) return;
	const { device: id, person, publicKey } = certificate.data;
	if ((await people.deviceOf(id)) !== null) return;
	await people.addDevice({ id, person, publicKey, label: '', createdAt: now() });
}
