/** This device's certificate and the relay's key: what lets devices offline believe each other (O5). */
import type { DeviceId } from '#domain/ids.ts';
import { Certificate, CertificateAnswer } from '#domain/wire.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import { readJson } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { comesFrom } from './relay-keys.ts';

/** The newest, whichever device it is of: it tells by which key the relay speaks. */
export function readCertificate(
	device: Pick<DeviceDb, 'state'>
): Promise<CertificateAnswer | null> {
	return readAt(device, 'certificate');
}

/** That of the device which signed: a phone that joined again has been more than one. */
export async function certificateOf(
	device: Pick<DeviceDb, 'state'>,
	signer: DeviceId
): Promise<CertificateAnswer | null> {
	const newest = await readCertificate(device);
	if (newest !== null && deviceIn(newest) === signer) return newest;
	return readAt(device, formerKey(signer));
}

/**
 * Asks for it once, and again when the phone joined anew or the relay speaks with another key (`x` of it). False
 * where that key is not followed, because the one known here did not sign it: what is known stays, and syncing goes on.
 */
export async function keepCertificate(
	device: Pick<DeviceDb, 'state' | 'keys'>,
	relay: Pick<AuthorisedRelay, 'ask' | 'renew'>,
	relayKey?: string
): Promise<boolean> {
	const own = (await device.keys.get('device'))?.device;
	const held = await readCertificate(device);
	const former = held === null ? undefined : deviceIn(held);
	const isKnown = relayKey === undefined || held?.relayKey.x === relayKey;
	if (held !== null && former === own && isKnown) return true;
	const answer = await askFor(own, relay);
	if (answer === null) return true;
	if (held !== null && !(await comesFrom(held.relayKey, answer))) return false;
	// What was signed before the phone joined anew can still be given to the desk.
	if (former !== undefined && former !== own)
		await device.state.put({ key: formerKey(former), value: held });
	await device.state.put({ key: 'certificate', value: answer });
	return true;
}

/** The session may still be that of the device this phone was before. */
async function askFor(
	own: DeviceId | undefined,
	relay: Pick<AuthorisedRelay, 'ask' | 'renew'>
): Promise<CertificateAnswer | null> {
	const answer = await relay.ask('/api/certificate', CertificateAnswer);
	if (!answer.ok) return null;
	if (deviceIn(answer.value) === own) return answer.value;
	await relay.renew();
	const again = await relay.ask('/api/certificate', CertificateAnswer);
	return again.ok && deviceIn(again.value) === own ? again.value : null;
}

async function readAt(
	{ state }: Pick<DeviceDb, 'state'>,
	key: string
): Promise<CertificateAnswer | null> {
	const held = await state.get(key);
	return CertificateAnswer.safeParse(held?.value).data ?? null;
}

function formerKey(device: DeviceId): string {
	return `certificate:${device}`;
}

function deviceIn({ certificate }: CertificateAnswer): DeviceId | undefined {
	return Certificate.safeParse(readJson(certificate.text)).data?.device;
}
