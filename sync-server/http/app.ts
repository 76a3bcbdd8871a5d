/** The relay's HTTP side: one Hono app with its guards, to which each file of `routes/` adds its own. */
import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { DeviceId, PersonId } from '#domain/ids.ts';
import type { FaultCode } from '#domain/operations.ts';
import type { Proof } from '#domain/wire.ts';
import { WentBack } from '../judging/deliver.ts';
import type { Limits } from '../limits.ts';
import type { Outage } from '../operations/outages.ts';
import { createGate, type Gate } from '../turns.ts';
import { askerOf } from './addresses.ts';
import { closeUnread, whenAnswered, type Exchange } from './answers.ts';
import { NoRoom, type JsonLimits } from './bodies.ts';
import { RETRY_AFTER_S } from './connections.ts';
import { answered, problem } from './problem.ts';
import type { Rates, Room } from './rates.ts';
import { isOwnOrigin } from './security.ts';
import type { StaticFiles } from './static-files.ts';

interface Environment {
	Bindings: HttpBindings;
	Variables: {
		/** Bytes a request's body may have. */
		bodyBytes: number;
		/** Where it is held, and how much of it is there. */
		room: Room;
		held: number;
		/** How deep its JSON may be nested. */
		json: JsonLimits;
		/** Where large ones wait for their turn. */
		parsing: Gate;
		/** What it costs whoever asks that the body is no JSON. */
		unreadable: (() => Promise<void>) | undefined;
		exchange: Exchange;
		/** What is done when the request is answered, and the answer read. */
		end: (() => void) | undefined;
		/** Who asks: the peer, or whom a trusted proxy names. */
		address: string;
	};
}
export type App = Hono<Environment>;
export type AppContext = Context<Environment>;

export interface Session {
	readonly device: DeviceId;
	readonly person: PersonId;
}

export interface LivingSession extends Session {
	/** When it ends, unless its device proves its key anew. */
	readonly until: number;
}

export interface Sessions {
	/** Who the cookie of a request stands for; null when it is missing, expired or revoked. */
	sessionOf(cookie: string | undefined): Promise<LivingSession | null>;
	/** A challenge that one device may answer once. */
	challenge(device: string): string;
	/** The session begins its days anew where its device has signed a challenge, and only there. */
	renew(cookie: string | undefined, proof: Proof, realm: string): Promise<void>;
}

export interface HttpParts {
	readonly limits: Limits;
	readonly rates: Rates;
	/** A request failed in a way nobody foresaw. */
	readonly broken: (code: FaultCode, said: object, cause: unknown) => void;
	readonly publicOrigin: string | null;
	readonly trustedProxies: readonly string[];
	/** Did the connection of a request come when there was no room? */
	readonly isOneTooMany: (socket: Socket) => boolean;
	/** Is it what was asked that no store can hold? */
	readonly isMalformed: (cause: unknown) => boolean;
	/** Is it the store that cannot be written or reached now, or the disk? */
	readonly outageOf: (cause: unknown) => Outage | null;
	/** False while the relay is stopping: nothing new is taken. */
	readonly isOpen: () => boolean;
}

/** A device that asks too much at once may go on as soon as something is answered. */
const AT_ONCE_MS = 1_000;

/** An app with guards and error answers; call `serveFiles` once all routes are added. */
export function createApp(parts: HttpParts): App {
	const { limits, rates, broken, publicOrigin, trustedProxies } = parts;
	const parsing = createGate(1);
	const app: App = new Hono();
	app.use('*', async (context, next) => {
		context.set('address', askerOf(context.env.incoming, trustedProxies));
		if (!parts.isOneTooMany(context.env.incoming.socket)) return next();
		context.header('connection', 'close');
		return comeAgain(context, 'busy');
	});
	app.use('/api/*', async (context, next) => {
		if (!parts.isOpen()) return comeAgain(context, 'shutting-down');
		const isRead = context.req.method === 'GET' || context.req.method === 'HEAD';
		const { origin, host } = context.env.incoming.headers;
		if (!isRead && !isOwnOrigin({ origin, host }, publicOrigin))
			return problem(context, 'wrong-origin');
		const wait = await rates.open(addressOf(context));
		if (wait > 0) return slowDown(context, wait);
		const told = Number(context.req.header('content-length') ?? 0);
		if (told > limits.bodyBytes) return problem(context, 'too-big');
		const { incoming, outgoing } = context.env;
		context.set('exchange', { socket: incoming.socket, outgoing });
		context.set('bodyBytes', limits.openBodyBytes);
		context.set('room', rates.rooms.open);
		context.set('held', 0);
		context.set('json', limits);
		context.set('parsing', parsing);
		try {
			await next();
		} finally {
			context.get('room').give(context.get('held'));
			// Not before the work is done, though whoever asked has hung up.
			const end = context.get('end');
			if (end) whenAnswered(context.get('exchange'), end);
		}
	});
	app.onError((cause, context) => {
		if (cause instanceof HTTPException) return cause.getResponse();
		if (cause instanceof NoRoom) return comeAgain(context, 'busy');
		if (cause instanceof WentBack) return comeAgain(context, 'shutting-down');
		if (parts.isMalformed(cause)) return problem(context, 'malformed');
		broken('request-failed', { route: routePath(context, -1) }, cause);
		const outage = parts.outageOf(cause);
		if (outage === 'store-away') return comeAgain(context, outage);
		return problem(context, outage ?? 'relay-error');
	});
	app.notFound((context) => problem(context, 'not-found'));
	return app;
}

/** Serves the built app behind all other routes; whatever else is asked there counts as well. */
export function serveFiles(
	app: App,
	{ files, rates }: { readonly files: StaticFiles; readonly rates: Rates }
): void {
	app.use('*', async (context, next) => {
		const wait = await rates.files(addressOf(context));
		return wait > 0 ? slowDown(context, wait) : next();
	});
	app.get('*', (context) => files.answer(context) ?? problem(context, 'not-found'));
}

/** The session of a request; who has none, or asks too fast, is answered here. */
export async function enter(
	context: AppContext,
	{ sessions, rates, limits }: { sessions: Sessions; rates: Rates; limits: Limits }
): Promise<Session> {
	const session = await sessions.sessionOf(context.req.header('cookie'));
	if (session === null) throw answered(problem(context, 'no-session'));
	const wait = await rates.request(session.device);
	if (wait > 0) throw answered(slowDown(context, wait));
	const end = rates.begin(session.device);
	if (end === null) throw answered(slowDown(context, AT_ONCE_MS));
	context.set('end', end);
	context.set('unreadable', () => rates.unreadable(session.device));
	context.set('bodyBytes', limits.bodyBytes);
	context.set('room', rates.rooms.devices);
	return session;
}

function comeAgain(context: AppContext, code: 'busy' | 'shutting-down' | 'store-away'): Response {
	context.header('retry-after', String(RETRY_AFTER_S));
	return problem(context, code);
}

/** Of these a device holds no more than it may ask at once. */
const SMALL_ANSWER = 64 * 1024;

/** An answer that may be large: there has to be room for it until it is read. */
export function answerLarge(
	context: AppContext,
	{ rates, limits }: { readonly rates: Rates; readonly limits: Limits },
	body: string | Uint8Array<ArrayBuffer>,
	headers: Readonly<Record<string, string>>
): Response {
	const bytes = Buffer.byteLength(body);
	if (bytes > SMALL_ANSWER) {
		const room = rates.rooms.answers;
		const exchange = context.get('exchange');
		if (!room.take(bytes)) return comeAgain(context, 'busy');
		whenAnswered(exchange, () => room.give(bytes));
		closeUnread(exchange, limits.answerMs);
	}
	return context.body(body, 200, headers);
}

/** Lists, which may be large. */
export function answerJson(
	context: AppContext,
	parts: Parameters<typeof answerLarge>[1],
	said: object
): Response {
	return answerLarge(context, parts, JSON.stringify(said), { 'content-type': 'application/json' });
}

export function slowDown(context: AppContext, waitMs: number): Response {
	sayWait(context, waitMs);
	return problem(context, 'slow-down');
}

/** When to ask again: whole seconds, as Retry-After has them. */
export function sayWait(context: AppContext, waitMs: number): void {
	context.header('retry-after', String(Math.ceil(waitMs / 1000)));
}

/** The address a request counts for. */
export function addressOf(context: AppContext): string {
	return context.get('address');
}
