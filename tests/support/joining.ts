/** Joining as phones do it, against a relay with its real people, and a clock that the test turns. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Signed } from '#domain/entry.ts';
import type { DeviceId, PersonId } from '#domain/ids.ts';
import {
	Enrolled,
	enrolText,
	Problem,
	PublicKey,
	sessionText,
	type InvitationKey
} from '#domain/wire.ts';
import type { Sessions } from '#relay/http/app.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import type { Limits } from '#relay/limits.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay, type Relay } from '#relay/relay.ts';
import { databaseOf } from './database.ts';
import { signText } from './device.ts';
import { REALM, temporaryFolder, wide } from './relay.ts';
import { MORNING } from './tell.ts';

export interface PeopledRelay extends Relay {
	readonly url: string;
	readonly clock: { at: number };
	/** Closes the relay, and removes its folder unless it was given one. */
	end(): Promise<void>;
}

/** A relay as `npm start` makes it, on a folder of its own. */
export async function startPeopledRelay(
	options: {
		publicOrigin?: string;
		at?: number;
		limits?: Partial<Limits>;
		/** A folder that stays when the relay ends. */
		dataDir?: string;
		/** What comes between a session that was looked up and whoever asked. */
		onSession?: (device: string) => Promise<void>;
	} = {}
): Promise<PeopledRelay> {
	const folder = options.dataDir === undefined ? temporaryFolder() : null;
	const dataDir = folder?.path ?? options.dataDir ?? '';
	const clock = { at: options.at ?? MORNING };
	const relay = await createRelay({
		config: {
			port: 0,
			host: '127.0.0.1',
			dataDir,
			...(await databaseOf(dataDir)),
			publicOrigin: options.publicOrigin ?? null,
			logLevel: 'silent'
		},
		people(...parts) {
			const opened = openPeople(...parts);
			const { sessions } = opened;
			const sessionOf: Sessions['sessionOf'] = async (cookie) => {
				const found = await sessions.sessionOf(cookie);
				if (found !== null) await options.onSession?.(found.device);
				return found;
			};
			return { ...opened, sessions: { ...sessions, sessionOf } };
		},
		limits: { ...wide, ...options.limits },
		now: () => clock.at,
		build: join(dataDir, 'no-build')
	});
	const port = await relay.listen();
	return {
		...relay,
		clock,
		url: `http://127.0.0.1:${port}`,
		async end() {
			await relay.close();
			folder?.remove();
		}
	};
}

export interface Answered {
	readonly status: number;
	/** The stable code of a problem; empty where the answer is good. */
	readonly code: string;
	readonly json: unknown;
	readonly cookie: string;
}

/** Asks a door: GET without a body, else POST. */
export async function knock(
	url: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {}
): Promise<Answered> {
	const response = await fetch(`${url}${path}`, {
		headers: { 'content-type': 'application/json', ...headers },
		...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
	});
	const json: unknown = await response.json();
	const problem = Problem.safeParse(json);
	const isProblem = response.headers.get('content-type') === 'application/problem+json';
	return {
		status: response.status,
		code: isProblem && problem.success ? problem.data.code : '',
		json,
		cookie: response.headers.get('set-cookie') ?? ''
	};
}

/** A phone before it belongs to anybody: it has a key of its own. */
export interface Phone {
	readonly publicKey: PublicKey;
	readonly privateKey: KeyObject;
	enrol(
		url: string,
		invitation: InvitationKey,
		more?: { check?: string; proof?: string; realm?: string }
	): Promise<Answered>;
	/** Answers a challenge and gets a session. */
	signIn(
		url: string,
		device: string,
		realm?: string,
		more?: { certificate?: Signed }
	): Promise<Answered>;
}

export function makePhone(): Phone {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
	const publicKey = PublicKey.parse({ kty, crv, x, y });
	return {
		publicKey,
		privateKey,
		enrol(url, invitation, { check, proof, realm = REALM } = {}) {
			const text = enrolText(realm, invitation, publicKey);
			return knock(url, '/api/enrol', {
				invitation,
				publicKey,
				proof: proof ?? signText(privateKey, text),
				label: 'Android',
				...(check === undefined ? {} : { check })
			});
		},
		async signIn(url, device, realm = REALM, more = {}) {
			const challenge = await challengeFor(url, device);
			const sig = signText(privateKey, sessionText(realm, challenge));
			return knock(url, '/api/session', { device, challenge, sig, ...more });
		}
	};
}

const Challenged = z.object({ challenge: z.string() });

export async function challengeFor(url: string, device: string): Promise<string> {
	const { json } = await knock(url, '/api/session/challenge', { device });
	return Challenged.parse(json).challenge;
}

/** The part of a cookie that goes back to the relay. */
export function cookieOf({ cookie }: Answered): string {
	return cookie.split(';')[0] ?? '';
}

export interface Joined {
	readonly phone: Phone;
	readonly device: DeviceId;
	readonly cookie: string;
}

/** A new device of a person, by an invitation of the relay itself. */
export async function joinsAs(relay: PeopledRelay, person: PersonId): Promise<Joined> {
	const phone = makePhone();
	const { secret } = await createInvitations(relay).issue({ person, by: RELAY_PERSON });
	const answer = await phone.enrol(relay.url, { secret });
	return { phone, device: Enrolled.parse(answer.json).device, cookie: cookieOf(answer) };
}
