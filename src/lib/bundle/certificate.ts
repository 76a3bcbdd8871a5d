/** This device's certificate and the relay's key: what lets devices offline believe each other (O5). */
import { CertificateAnswer } from '#domain/wire.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';

export async function readCertificate(
	device: Pick<DeviceDb, 'state'>
): Promise<CertificateAnswer | null> {
	const held = await device.state.get('certificate');
	return CertificateAnswer.safeParse(held?.value).data ?? null;
}

/** Asks for it once; where that fails it is asked for again by the next sync. */
export async function keepCertificate(
	device: Pick<DeviceDb, 'state'>,
	relay: AuthorisedRelay
): Promise<void> {
	if ((await device.state.get('certificate')) !== undefined) return;
	const answer = await relay.ask('/api/certificate', CertificateAnswer);
	if (answer.ok) await device.state.put({ key: 'certificate', value: answer.value });
}
