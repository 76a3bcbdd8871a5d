/** Sessions: a signed challenge buys a random token in a cookie; the store keeps its hash. */
import { randomBytes } from 'node:crypto';
import { DAY } from '#domain/spans.ts';
import { sessionText, type Proof } from '#domain/wire.ts';
import type { LivingSession, Session, Sessions } from '../http/app.ts';
import type { Rates } from '../http/rates.ts';
import { isSignedByStranger } from '../judging/signature.ts';
import type { KnownDevice } from '../judging/verify.ts';
import { sha256 } from '../ledgers/chain.ts';
import type { Limits } from '../limits.ts';
import type { PeopleStore } from '../store/people.ts';
import type { Challenges } from './challenges.ts';

export const COOKIE = 'lxq';
/** A session ends this long after its device last proved its key: a cookie that was copied dies by itself. */
const LASTS = 30 * DAY;
/** As long as browsers keep one: when it is over, the store says. */
const COOKIE_LASTS_S = (400 * DAY) / 1000;

export type SessionFailure = 'challenge-unknown' | 'device-unknown' | 'revoked' | 'proof-failed';
type Refused =
	| { readonly ok: false; readonly code: SessionFailure }
	/** [R4] It proved its key too often. */
	| { readonly ok: false; readonly code: 'slow-down'; readonly waitMs: number };

export interface OpenedSession extends LivingSession {
	readonly token: string;
}

export interface SessionBook extends Sessions {
	open(
		proof: Proof,
		realm: string
	): Promise<{ readonly ok: true; readonly session: OpenedSession } | Refused>;
	/** A session for a device that has just proved its key by enrolling. */
	begin(session: Session): Promise<OpenedSession>;
}

export interface SessionsParts {
	readonly people: PeopleStore;
	readonly challenges: Challenges;
	readonly limits: Pick<Limits, 'sessionsPerDevice'>;
	readonly rates: Pick<Rates, 'signIn'>;
	readonly now: () => number;
}

export function createSessions(parts: SessionsParts): SessionBook {
	const { people, challenges, limits, rates, now } = parts;

	async function begin({ device, person }: Session): Promise<OpenedSession> {
		const token = randomBytes(32).toString('base64url');
		const until = now() + LASTS;
		await people.dropSessions(device, limits.sessionsPerDevice - 1);
		await people.addSession(sha256(token), device, until);
		return { token, device, person, until };
	}

	/** The device that signed the challenge it was given. */
	async function provedBy(
		{ device, challenge, sig }: Proof,
		realm: string
	): Promise<{ readonly ok: true; readonly known: KnownDevice } | Refused> {
		if (!challenges.isGiven(device, challenge)) return { ok: false, code: 'challenge-unknown' };
		const known = await people.deviceOf(device);
		if (known === null) return { ok: false, code: 'device-unknown' };
		const text = sessionText(realm, challenge);
		if (!isSignedByStranger(known.publicKey, { text, sig }))
			return { ok: false, code: 'proof-failed' };
		if (known.revokedAt !== null) return { ok: false, code: 'revoked' };
		const waitMs = await rates.signIn(device);
		if (waitMs > 0) return { ok: false, code: 'slow-down', waitMs };
		if (!(await challenges.use(challenge))) return { ok: false, code: 'challenge-unknown' };
		return { ok: true, known };
	}

	return {
		begin,
		async sessionOf(cookie) {
			const token = tokenOf(cookie);
			if (token === null) return null;
			const found = await people.session(sha256(token));
			if (found === null || found.revokedAt !== null || found.expiresAt <= now()) return null;
			return { device: found.device, person: found.person, until: found.expiresAt };
		},
		challenge: (device) => challenges.give(device),
		async open(proof, realm) {
			const proved = await provedBy(proof, realm);
			if (!proved.ok) return proved;
			const { person } = proved.known;
			return { ok: true, session: await begin({ device: proof.device, person }) };
		},
		async renew(cookie, proof, realm) {
			const token = tokenOf(cookie);
			if (token === null || !(await provedBy(proof, realm)).ok) return;
			await people.prolong(sha256(token), proof.device, now() + LASTS);
		}
	};
}

/** The cookie that carries a session; `Secure` wherever the origin is https. */
export function sessionCookie({ token }: OpenedSession, publicOrigin: string | null): string {
	const secure = publicOrigin?.startsWith('https:') ? '; Secure' : '';
	return `${COOKIE}=${token}; Path=/; Max-Age=${COOKIE_LASTS_S}; HttpOnly; SameSite=Strict${secure}`;
}

function tokenOf(cookie: string | undefined): string | null {
	const pattern = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`);
	return pattern.exec(cookie ?? '')?.[1] ?? null;
}
