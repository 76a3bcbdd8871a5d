/** `GET /api/certificate`: says, signed by the relay, whose device this is and by which key it speaks (O5). */
import { certificateText, type CertificateAnswer } from '#domain/wire.ts';
import { enter, type App, type Sessions } from '../http/app.ts';
import { problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import { signText } from '../judging/signature.ts';
import type { Devices } from '../judging/verify.ts';
import { jwkOf, type Keys } from '../keys.ts';
import type { Limits } from '../limits.ts';
import type { Store } from '../store/store.ts';

export interface CertificateRoutesParts {
	readonly store: Store;
	readonly keys: Pick<Keys, 'setUp' | 'former'>;
	readonly devices: Devices;
	readonly sessions: Sessions;
	readonly limits: Limits;
	readonly rates: Rates;
}

export function certificateRoutes(app: App, parts: CertificateRoutesParts): void {
	const { store, keys, devices } = parts;
	const relayKey = jwkOf(keys.setUp.publicKey);
	const handovers = [...keys.former.handovers];

	app.get('/api/certificate', async (context) => {
		const session = await enter(context, parts);
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
