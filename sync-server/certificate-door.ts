/** `GET /api/certificate`: says, signed by the relay, whose device this is and by which key it speaks (O5). */
import { certificateText, type CertificateAnswer } from '#domain/wire.ts';
import { enter, type App, type Sessions } from './http.ts';
import { jwkOf, type Keys } from './keys.ts';
import type { Limits } from './limits.ts';
import { problem } from './problem.ts';
import type { Rates } from './rates.ts';
import { signText } from './signature.ts';
import type { Store } from './store.ts';
import type { Devices } from './verify.ts';

export interface CertificateDoorParts {
	readonly store: Store;
	readonly keys: Pick<Keys, 'setUp' | 'former'>;
	readonly devices: Devices;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
}

export function certificateDoor(app: App, parts: CertificateDoorParts): void {
	const { store, keys, devices } = parts;
	const relayKey = jwkOf(keys.setUp.publicKey);
	const handovers = [...keys.former.handovers];

	app.get('/api/certificate', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const known = await devices.deviceOf(session.device);
		if (known === null || known.revokedAt !== null) return problem(context, 'no-session');
		const text = certificateText({
			realm: (await store.meta('realm')) ?? '',
			device: session.device,
			person: known.person,
			publicKey: known.publicKey
		});
		const certificate = { text, sig: signText(keys.setUp.privateKey, text) };
		return context.json({ certificate, relayKey, handovers } satisfies CertificateAnswer);
	});
}
