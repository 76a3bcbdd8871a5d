/** Sessions: a signed challenge buys a random token in a cookie; the store keeps its hash. */
import { randomBytes } from 'node:crypto';
import { sessionText, type SessionAsk } from '#domain/wire.ts';
import { sha256 } from './chain.ts';
import type { Session, Sessions } from './http.ts';
import { isSignedByStranger } from './signature.ts';
import type { PeopleStore } from './store-people.ts';

export const COOKIE = 'lxq';
const DAY = 24 * 3_600_000;
/** A session ends this long after it was last used. */
const LASTS = 30 * DAY;
const CHALLENGE_LASTS = 2 * 60_000;
const CHALLENGES_KEPT = 10_000;

export type SessionFailure = 'challenge-unknown' | 'device-unknown' | 'revoked' | 'proof-failed';

export interface OpenedSession extends Session {
	readonly token: string;
	readonly until: number;
}

export interface SessionBook extends Sessions {
	/** A challenge that one device may answer once. */
	challenge(device: string): string;
	open(
		asked: SessionAsk,
		realm: string
	): Promise<
		| { readonly ok: true; readonly session: OpenedSession }
		| { readonly ok: false; readonly code: SessionFailure }
	>;
	/** A session for a device that has just proved its key by enrolling. */
	begin(session: Session): Promise<OpenedSession>;
}

export function createSessions(people: PeopleStore, now: () => number): SessionBook {
	const challenges = new Map<string, { readonly device: string; readonly until: number }>();

	async function begin({ device, person }: Session): Promise<OpenedSession> {
		const token = randomBytes(32).toString('base64url');
		const until = now() + LASTS;
		await people.dropExpired(now());
		await people.addSession(sha256(token), device, until);
		return { token, device, person, until };
	}

	return {
		begin,
		async sessionOf(cookie) {
			const token = tokenOf(cookie);
			if (token === null) return null;
			const hash = sha256(token);
			const found = await people.session(hash);
			const at = now();
			if (found === null || found.revokedAt !== null || found.expiresAt <= at) return null;
			// Sliding, written at most once a day.
			if (found.expiresAt - at < LASTS - DAY) await people.prolong(hash, at + LASTS);
			return { device: found.device, person: found.person };
		},
		challenge(device) {
			const at = now();
			forgetOld(challenges, at);
			const challenge = randomBytes(24).toString('base64url');
			challenges.set(challenge, { device, until: at + CHALLENGE_LASTS });
			return challenge;
		},
		async open({ device, challenge, sig }, realm) {
			const asked = challenges.get(challenge);
			challenges.delete(challenge);
			if (asked === undefined || asked.device !== device || asked.until <= now())
				return { ok: false, code: 'challenge-unknown' };
			const known = await people.deviceOf(device);
			if (known === null) return { ok: false, code: 'device-unknown' };
			const text = sessionText(realm, challenge);
			if (!isSignedByStranger(known.publicKey, { text, sig }))
				return { ok: false, code: 'proof-failed' };
			if (known.revokedAt !== null) return { ok: false, code: 'revoked' };
			return { ok: true, session: await begin({ device, person: known.person }) };
		}
	};
}

/** The cookie that carries a session; `Secure` wherever the origin is https. */
export function sessionCookie({ token }: OpenedSession, publicOrigin: string | null): string {
	const secure = publicOrigin?.startsWith('https:') ? '; Secure' : '';
	return `${COOKIE}=${token}; Path=/; Max-Age=${LASTS / 1000}; HttpOnly; SameSite=Strict${secure}`;
}

function tokenOf(cookie: string | undefined): string | null {
	const pattern = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`);
	return pattern.exec(cookie ?? '')?.[1] ?? null;
}

/** Memory stays bounded whatever strangers ask for: the oldest go first. */
function forgetOld(
	challenges: Map<string, { readonly device: string; readonly until: number }>,
	at: number
): void {
	for (const [challenge, { until }] of challenges) {
		if (until > at && challenges.size < CHALLENGES_KEPT) return;
		challenges.delete(challenge);
	}
}
