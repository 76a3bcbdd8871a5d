/**
 * [R5] Sessions of open sockets: near its end the device is asked in band to prove its key, which no person
 * notices; a socket whose session is over is closed with a code that lets its device sign in anew.
 */
import type { WebSocket } from 'ws';
import { HOUR } from '#domain/spans.ts';
import type { Proof } from '#domain/wire.ts';
import type { Session, Sessions } from '../http/app.ts';

/** 4401: this session is over, and no other. */
const SESSION_OVER = 4401;
/** Early enough for a device that is online one day a week. */
const ASKED_BEFORE = 10 * 24 * HOUR;
/** A device that does not answer is asked again. */
const ASKED_AGAIN = HOUR;

export interface RenewalParts {
	readonly sessions: Sessions;
	readonly realm: () => Promise<string | null>;
	readonly missed: (said: string, cause: unknown) => void;
	readonly now: () => number;
}

export interface Renewal {
	/** Closes the socket where its session is over, and asks for a proof where that is near. */
	look(): Promise<void>;
	/** What the device answered; an answer that proves nothing leaves the session to its end. */
	prove(proof: Omit<Proof, 'device'>): Promise<void>;
}

/** The session of one socket. `ask` says a challenge over it; a socket that cannot be told has none. */
export function renewalOf(
	socket: {
		readonly ws: WebSocket;
		readonly session: Session;
		readonly cookie: string | undefined;
		readonly ask: ((challenge: string) => void) | null;
	},
	{ sessions, realm, missed, now }: RenewalParts
): Renewal {
	const { ws, cookie, ask } = socket;
	const { device } = socket.session;
	let askedAt = -Infinity;

	return {
		async look() {
			try {
				const session = await sessions.sessionOf(cookie);
				if (session === null) return endSession(ws);
				const isNear = session.until - now() < ASKED_BEFORE;
				if (ask === null || !isNear || now() - askedAt < ASKED_AGAIN) return;
				askedAt = now();
				ask(sessions.challenge(device));
			} catch (cause) {
				// Who cannot be looked up now is looked up again at the next sign of life.
				missed('a session could not be looked up', cause);
			}
		},
		async prove(proof) {
			try {
				await sessions.renew(cookie, { device, ...proof }, (await realm()) ?? '');
			} catch (cause) {
				missed('a session could not be renewed', cause);
			}
		}
	};
}

export function endSession(ws: WebSocket): void {
	ws.close(SESSION_OVER, 'session over');
}
