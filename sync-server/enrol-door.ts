/** The doors of joining: look at an invitation, enrol a device, open a session, invite and see who came. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { EnrolAsk, InvitationKey, SessionAsk } from '#domain/wire.ts';
import type { Directory } from './directory.ts';
import { addressOf, enter, readJson, slowDown, type App, type AppContext } from './http.ts';
import type { InvitationFailure, Invitations } from './invitations.ts';
import type { Rates } from './limits.ts';
import { mayInvite } from './may-invite.ts';
import { problem, problemOf } from './problem.ts';
import { sessionCookie, type SessionBook, type SessionFailure } from './sessions.ts';
import type { PeopleStore } from './store-people.ts';
import type { Store } from './store-sqlite.ts';
import type { Sync } from './sync.ts';

/** Failed openings one address may make in ten minutes: people mistype, machines guess. */
export const FAILED_OPENINGS = 60;
const TEN_MINUTES = 600;

export interface EnrolDoorParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly invitations: Invitations;
	readonly sessions: SessionBook;
	readonly people: PeopleStore;
	readonly sync: Pick<Sync, 'closeDevice'>;
	readonly rates: Rates;
	readonly publicOrigin: string | null;
	readonly now: () => number;
}

const Challenged = z.strictObject({ device: DeviceId });
const Invited = z.strictObject({ person: PersonId, as: z.enum(['face', 'slip']).optional() });
const Revoked = z.strictObject({ id: z.string().max(64) });
const LostDevice = z.strictObject({ device: DeviceId });

export function enrolDoor(app: App, parts: EnrolDoorParts): void {
	const { store, directory, invitations, sessions, people, publicOrigin } = parts;
	const failures = new RateLimiterMemory({ points: FAILED_OPENINGS, duration: TEN_MINUTES });

	app.post('/api/invitation/look', async (context) => {
		const wait = await mustWait(failures, context);
		if (wait > 0) return slowDown(context, wait);
		const key = InvitationKey.safeParse(await readJson(context));
		if (!key.success) return problem(context, 'malformed');
		const looked = invitations.look(key.data);
		return looked.ok ? context.json(looked.value) : refuse(context, looked.code);
	});

	app.post('/api/enrol', async (context) => {
		const wait = await mustWait(failures, context);
		if (wait > 0) return slowDown(context, wait);
		const asked = EnrolAsk.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed', pathOf(asked.error));
		const enrolled = invitations.enrol(asked.data);
		if (!enrolled.ok) return refuse(context, enrolled.code);
		const { device, person } = enrolled.value;
		giveCookie(context, sessions.begin({ device, person }));
		return context.json(enrolled.value);
	});

	app.post('/api/session/challenge', async (context) => {
		const asked = Challenged.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed');
		return context.json({ challenge: sessions.challenge(asked.data.device) });
	});

	app.post('/api/session', async (context) => {
		const asked = SessionAsk.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed', pathOf(asked.error));
		const opened = sessions.open(asked.data, store.meta('realm') ?? '');
		if (!opened.ok) return problemOf(context, 401, opened.code, sessionTitles[opened.code]);
		giveCookie(context, opened.session);
		return context.json({ person: opened.session.person, until: opened.session.until });
	});

	app.post('/api/invitations', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const asked = Invited.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed');
		const { person, as } = asked.data;
		if (!isInCare(session.person, person)) return problem(context, 'not-yours');
		const issued = invitations.issue({ person, by: session.person, ...(as && { as }) });
		const link = invitations.link(originOf(context, publicOrigin), issued.secret);
		const { id, code, expiresAt } = issued;
		const [duty] = directory.dutiesOnWire(person, parts.now());
		const about = { name: directory.nameOf(person), role: duty?.role, orgName: duty?.orgName };
		return context.json({ id, link, code, expiresAt, ...about });
	});

	app.get('/api/invitations', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const listed = invitations.list((person) => isInCare(session.person, person));
		return context.json({ invitations: listed });
	});

	app.post('/api/invitations/revoke', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const asked = Revoked.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed');
		const person = invitations.personOf(asked.data.id);
		if (person === null || !isInCare(session.person, person)) return problem(context, 'not-yours');
		return context.json({ revoked: invitations.revoke(asked.data.id) });
	});

	// [D1] A lost phone: its key opens nothing from now on, and its sockets close (R5).
	app.post('/api/devices/revoke', async (context) => {
		const session = await enter(context, parts);
		if (session instanceof Response) return session;
		const asked = LostDevice.safeParse(await readJson(context));
		if (!asked.success) return problem(context, 'malformed');
		const lost = people.deviceOf(asked.data.device);
		if (lost === null || !isInCare(session.person, lost.person))
			return problem(context, 'not-yours');
		people.revokeDevice(lost.id, parts.now());
		parts.sync.closeDevice(lost.id);
		return context.json({ revoked: true });
	});

	function isInCare(by: PersonId, person: PersonId): boolean {
		return mayInvite(directory, by, person, parts.now());
	}

	async function refuse(context: AppContext, code: InvitationFailure): Promise<Response> {
		await failures.penalty(addressOf(context));
		const [status, title] = failureTitles[code];
		return problemOf(context, status, code, title);
	}

	function giveCookie(context: AppContext, session: Parameters<typeof sessionCookie>[0]): void {
		const origin = originOf(context, publicOrigin);
		context.header('set-cookie', sessionCookie(session, origin));
	}
}

/** Milliseconds until an address that failed too often may try again. */
export async function mustWait(failures: RateLimiterMemory, context: AppContext): Promise<number> {
	const found = await failures.get(addressOf(context));
	return found !== null && found.remainingPoints <= 0 ? Math.max(1, found.msBeforeNext) : 0;
}

/** The origin that phones see: the configured one, else the one this request came to. */
export function originOf(context: AppContext, publicOrigin: string | null): string {
	if (publicOrigin !== null) return publicOrigin;
	const { origin, host } = context.env.incoming.headers;
	return origin ?? `http://${host ?? 'localhost'}`;
}

function pathOf(error: z.ZodError): string {
	return error.issues[0]?.path.join('.') ?? '';
}

const failureTitles = {
	'invitation-unknown': [404, 'No such invitation'],
	'invitation-expired': [410, 'The invitation has run out'],
	'invitation-used': [410, 'The invitation was used before'],
	'invitation-revoked': [410, 'The invitation was taken back'],
	'code-tries-exceeded': [410, 'Too many wrong guesses'],
	'check-failed': [403, 'The digits are not those of the registered phone'],
	'proof-failed': [403, 'The proof of the key is wrong']
} as const satisfies Record<InvitationFailure, readonly [ContentfulStatusCode, string]>;

const sessionTitles = {
	'challenge-unknown': 'The challenge is unknown, old or used',
	'device-unknown': 'No such device',
	revoked: 'The device was revoked',
	'proof-failed': 'The signature is wrong'
} as const satisfies Record<SessionFailure, string>;
