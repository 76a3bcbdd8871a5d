/** A session by signed challenge, renewed when the relay asks; it never stands in the way of recording (O4). */
import { z } from 'zod';
import type { Signed } from '#domain/entry.ts';
import { PersonId } from '#domain/ids.ts';
import { sessionText, type Proof } from '#domain/wire.ts';
import { certificateOf } from '#lib/bundle/certificate.ts';
import type { DeviceDb, KeyRecord } from './device-db.ts';
import { sign } from './keys.ts';
import { ask, getBytes, putPiece, send, type Answer, type Fetch, type Refusal } from './relay.ts';

const Challenge = z.object({ challenge: z.string() });
const Session = z.object({ person: PersonId, until: z.number() });

export interface AuthorisedRelay {
	/** Asks with a session; opens or renews one when the relay says 401. */
	ask<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<Answer<T>>;
	/** The same with a body already written. */
	send<T>(path: string, schema: z.ZodType<T>, body?: string): Promise<Answer<T>>;
	/** One piece of a photo, and a photo whole (R8). */
	put<T>(
		path: string,
		schema: z.ZodType<T>,
		piece: ArrayBuffer,
		range: { readonly from: number; readonly total: number }
	): Promise<Answer<T>>;
	bytes(path: string): Promise<Answer<ArrayBuffer>>;
	/** A cookie may belong to another person of this tablet: opens this device's own session. */
	renew(): Promise<Refusal | null>;
}

export function authorisedRelay(fetch: Fetch, device: DeviceDb): AuthorisedRelay {
	let renewing: Promise<Refusal | null> | null = null;

	function renew(): Promise<Refusal | null> {
		renewing ??= openSession(fetch, device).finally(() => (renewing = null));
		return renewing;
	}

	async function authorised<T>(attempt: () => Promise<Answer<T>>): Promise<Answer<T>> {
		const first = await attempt();
		if (first.ok || first.status !== 401) return first;
		return (await renew()) ?? attempt();
	}

	return {
		ask: (path, schema, body) => authorised(() => ask(fetch, path, schema, body)),
		send: (path, schema, body) => authorised(() => send(fetch, path, schema, body)),
		put: (path, schema, piece, range) =>
			authorised(() => putPiece(fetch, path, schema, piece, range)),
		bytes: (path) => authorised(() => getBytes(fetch, path)),
		renew
	};
}

/** [R6] A relay that was restored may have forgotten this device: its own certificate reminds it. */
async function openSession(fetch: Fetch, db: DeviceDb): Promise<Refusal | null> {
	const key = await db.keys.get('device');
	if (!key) return { ok: false, code: 'no-key', status: 0 };
	const refusal = await answerChallenge(fetch, key);
	if (refusal?.code !== 'device-unknown') return refusal;
	const held = await certificateOf(db, key.device);
	return held === null ? refusal : answerChallenge(fetch, key, held.certificate);
}

async function answerChallenge(
	fetch: Fetch,
	key: KeyRecord,
	certificate?: Signed
): Promise<Refusal | null> {
	const { device } = key;
	const asked = await ask(fetch, '/api/session/challenge', Challenge, { device });
	if (!asked.ok) return asked;
	const proof = await signChallenge(key, asked.value.challenge);
	const answer = { device, ...proof, certificate };
	const opened = await ask(fetch, '/api/session', Session, answer);
	return opened.ok ? null : opened;
}

/** Proves a device's key to whom its challenge comes from. */
export async function signChallenge(
	{ realm, privateKey }: Pick<KeyRecord, 'realm' | 'privateKey'>,
	challenge: string
): Promise<Omit<Proof, 'device'>> {
	return { challenge, sig: await sign(privateKey, sessionText(realm, challenge)) };
}
