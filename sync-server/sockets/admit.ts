/** Who may open a socket: asked before anything else is spent on it (A2, R4). */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { askerOf } from '../http/addresses.ts';
import type { Session, Sessions } from '../http/app.ts';
import { RETRY_AFTER_S, type Connections } from '../http/connections.ts';
import type { Rates } from '../http/rates.ts';
import { isOwnOrigin } from '../http/security.ts';

export interface Asker {
	readonly session: Session;
	readonly cookie: string | undefined;
	/** The one room of a stock provider's socket. */
	readonly room: string | null;
}

export interface Refused {
	readonly status: string;
	readonly retryAfter?: number;
}

/** There is no room for one more now. */
export const busy: Refused = { status: '503 Service Unavailable', retryAfter: RETRY_AFTER_S };

export interface AdmitParts {
	readonly sessions: Sessions;
	readonly rates: Rates;
	readonly connections: Pick<Connections, 'isOneTooMany'>;
	readonly publicOrigin: string | null;
	readonly trustedProxies: readonly string[];
	readonly isFull: () => boolean;
}

export async function admit(
	request: IncomingMessage,
	{ sessions, rates, connections, publicOrigin, trustedProxies, isFull }: AdmitParts
): Promise<Asker | Refused> {
	const path = (request.url ?? '').split('?')[0] ?? '';
	if (connections.isOneTooMany(request.socket)) return busy;
	if (path !== '/sync' && !path.startsWith('/sync/')) return { status: '404 Not Found' };
	if (!isOwnOrigin(request.headers, publicOrigin)) return { status: '403 Forbidden' };
	const wait = await rates.open(askerOf(request, trustedProxies));
	if (wait > 0) return { status: '429 Too Many Requests', retryAfter: Math.ceil(wait / 1000) };
	const { cookie } = request.headers;
	const session = await sessions.sessionOf(cookie);
	if (session === null) return { status: '401 Unauthorized' };
	if (isFull()) return busy;
	return { session, cookie, room: path === '/sync' ? null : decoded(path.slice('/sync/'.length)) };
}

/** Says it and closes: one that never closes its own side would stay, since no request is waited for any more. */
export function refuse(socket: Duplex, { status, retryAfter }: Refused): void {
	const retry = retryAfter === undefined ? '' : `retry-after: ${retryAfter}\r\n`;
	socket.once('finish', () => socket.destroy());
	socket.end(`HTTP/1.1 ${status}\r\n${retry}connection: close\r\ncontent-length: 0\r\n\r\n`);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		// A malformed escape names no ledger.
		return '';
	}
}
