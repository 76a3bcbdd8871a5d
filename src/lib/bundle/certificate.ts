/** This device's certificate and the relay's key: what lets devices offline believe each other (O5). */
import { CertificateAnswer } from '#domain/wire.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { comesFrom } from './relay-keys.ts';

export async function readCertificate(
	device: Pick<DeviceDb, 'state'>
): Promise<CertificateAnswer | null> {
	const held = await device.state.get('certificate');
	return CertificateAnswer.safeParse(held?.value).data ?? null;
}

/**
 * Asks for it once, and again when the relay speaks with another key (`x` of it). False where that key is not
 * followed, because the one known here did not sign it: what is known stays, and syncing goes on.
 */
export async function keepCertificate(
	device: Pick<DeviceDb, 'state'>,
	relay: AuthorisedRelay,
	relayKey?: string
): Promise<boolean> {
	const held = await readCertificate(device);
	if (held !== null && (relayKey === undefined || held.relayKey.x === relayKey)) return true;
	const answer = await relay.ask('/api/certificate', CertificateAnswer);
	if (!answer.ok) return true;
	if (held !== null && !(await comesFrom(held.relayKey, answer.value))) return false;
	await device.state.put({ key: 'certificate', value: answer.value });
	return true;
}
