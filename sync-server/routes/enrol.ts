/** The routes of joining: look at an invitation, enrol a device, open a session, invite and see who came. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { EnrolAsk, InvitationKey, SessionAsk } from '#domain/wire.ts';
import {
	addressOf,
	answerJson,
	enter,
	sayWait,
	slowDown,
	type App,
	type AppContext,
	type Session
} from '../http/app.ts';
import { readAs } from '../http/bodies.ts';
import { problem, problemOf } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import { readmit } from '../judging/readmit.ts';
import type { Keys } from '../keys.ts';
import type { Limits } from '../limits.ts';
import type { InvitationFailure, Invitations } from '../people/invitations.ts';
import { mayInvite } from '../people/may-invite.ts';
import { sessionCookie, type SessionBook, type SessionFailure } from '../people/sessions.ts';
import type { PeopleStore } from '../store/people.ts';
import type { Store, Stored } from '../store/store.ts';
import { createTurn } from '../turns.ts';

export const SLIPS_AT_ONCE = 80;

export interface EnrolRoutesParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly invitations: Invitations;
	readonly sessions: SessionBook;
	readonly people: PeopleStore;
	readonly keys: Pick<Keys, 'setUp' | 'former'>;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly publicOrigin: string | null;
	readonly now: () => number;
}

const Challenged = z.strictObject({ device: DeviceId });
const Invited = z.strictObject({ person: PersonId, as: z.enum(['face', 'slip']).optional() });
/** A sheet or ten of slips, printed at once: one for each. */
const Printed = z.strictObject({
	people: z
		.array(PersonId)
		.min(1)
		.max(SLIPS_AT_ONCE)
		.refine((people) => new Set(people).size === people.length)
});
const Revoked = z.strictObject({ id: z.string().max(64) });

export function enrolRoutes(app: App, parts: EnrolRoutesParts): void {
	const { store, directory, invitations, sessions, rates, publicOrigin } = parts;

	app.post('/api/invitation/look', async (context) => {
		const wait = await rates.opening(addressOf(context));
		if (wait > 0) return slowDown(context, wait);
		const key = await readAs(context, InvitationKey);
		const looked = await invitations.look(key);
		return looked.ok ? context.json(looked.value) : refuse(context, looked.code);
	});

	app.post('/api/enrol', async (context) => {
		const wait = await rates.opening(addressOf(context));
		if (wait > 0) return slowDown(context, wait);
		const asked = await readAs(context, EnrolAsk);
		const joined = await invitations.enrol(asked);
		if (!joined.ok) return refuse(context, joined.code);
		const { enrolled, isFirst } = joined.value;
		// Told again, the device signs in by a challenge: its proof of before is no secret any more.
		if (isFirst) giveCookie(context, await sessions.begin(enrolled));
		return context.json(enrolled);
	});

	app.post('/api/session/challenge', async (context) => {
		const asked = await readAs(context, Challenged);
		return context.json({ challenge: sessions.challenge(asked.device) });
	});

	app.post('/api/session', async (context) => {
		const asked = await readAs(context, SessionAsk);
		const realm = (await store.meta('realm')) ?? '';
		const { certificate } = asked;
		if (certificate !== undefined) await readmit(parts, certificate, realm);
		const opened = await sessions.open(asked, realm);
		if (!opened.ok) {
			if (opened.code === 'slow-down') return slowDown(context, opened.waitMs);
			return problemOf(context, 401, opened.code, sessionTitles[opened.code]);
		}
		giveCookie(context, opened.session);
		return context.json({ person: opened.session.person, until: opened.session.until });
	});

	app.post('/api/invitations', async (context) => {
		const session = await enter(context, parts);
		const { person, as } = await readAs(context, Invited);
		if (!isInCare(session.person, person)) return problem(context, 'not-yours');
		// Told to whoever invites, who may take one out of use; and again when it is used.
		const tooMany = await invitations.whyNot({ person, issuedBy: session.person });
		if (tooMany !== null) return fail(context, tooMany);
		const wait = await waitToInvite(session, [person]);
		if (wait > 0) return enoughInvited(context, wait);
		return context.json(await issue(context, { person, by: session.person, ...(as && { as }) }));
	});

	// A new slip takes the place of one that was printed before: what lies about opens nothing.
	app.post('/api/invitations/slips', async (context) => {
		const session = await enter(context, parts);
		const { people } = await readAs(context, Printed);
		if (!people.every((person) => isInCare(session.person, person)))
			return problem(context, 'not-yours');
		const wait = await waitToInvite(session, people);
		if (wait > 0) return enoughInvited(context, wait);
		const slips = await store.transaction(async (tx) => {
			const issued: object[] = [];
			const turn = createTurn();
			for (const person of people) {
				await turn();
				await invitations.revokeOpen(person, tx);
				issued.push(await issue(context, { person, by: session.person, as: 'slip' }, tx));
			}
			return issued;
		});
		return context.json({ slips });
	});

	app.get('/api/invitations', async (context) => {
		const session = await enter(context, parts);
		const listed = await invitations.list((person) => isInCare(session.person, person));
		return answerJson(context, parts, { invitations: listed });
	});

	app.post('/api/invitations/revoke', async (context) => {
		const session = await enter(context, parts);
		const asked = await readAs(context, Revoked);
		const person = await invitations.personOf(asked.id);
		if (person === null || !isInCare(session.person, person)) return problem(context, 'not-yours');
		return context.json({ revoked: await invitations.revoke(asked.id) });
	});

	/** What the one who invites passes on, with whom it is for. */
	async function issue(
		context: AppContext,
		asked: Parameters<Invitations['issue']>[0],
		stored: Stored = store
	) {
		const { secret, ...issued } = await invitations.issue(asked, stored);
		const realm = (await stored.meta('realm')) ?? '';
		const [duty] = directory.dutiesOnWire(asked.person, parts.now());
		return {
			...issued,
			link: invitations.link(originOf(context, publicOrigin), realm, secret),
			person: asked.person,
			name: directory.nameOf(asked.person),
			role: duty?.role,
			orgName: duty?.orgName
		};
	}

	function isInCare(by: PersonId, person: PersonId): boolean {
		return mayInvite(directory, by, person, parts.now());
	}

	/** The identities of a demo are everybody's, and invite as often. */
	async function waitToInvite({ person }: Session, people: readonly PersonId[]): Promise<number> {
		return (await store.meta('demo')) === '1' ? 0 : rates.invite(person, people);
	}

	async function refuse(context: AppContext, code: InvitationFailure): Promise<Response> {
		await rates.openingFailed(addressOf(context));
		return fail(context, code);
	}

	function giveCookie(context: AppContext, session: Parameters<typeof sessionCookie>[0]): void {
		const origin = originOf(context, publicOrigin);
		context.header('set-cookie', sessionCookie(session, origin));
	}
}

/** The origin that phones see: the configured one, else the one this request came to. */
export function originOf(context: AppContext, publicOrigin: string | null): string {
	if (publicOrigin !== null) return publicOrigin;
	const { origin, host } = context.env.incoming.headers;
	return origin ?? `http://${host ?? 'localhost'}`;
}

function fail(context: AppContext, code: InvitationFailure): Response {
	const [status, title] = failureTitles[code];
	return problemOf(context, status, code, title);
}

function enoughInvited(context: AppContext, waitMs: number): Response {
	sayWait(context, waitMs);
	return problemOf(context, 429, 'too-many-invitations', 'Enough people were invited for today');
}

const failureTitles = {
	'invitation-unknown': [404, 'No such invitation'],
	'invitation-expired': [410, 'The invitation has run out'],
	'invitation-used': [410, 'The invitation was used before'],
	'invitation-revoked': [410, 'The invitation was taken back'],
	'code-tries-exceeded': [410, 'Too many wrong guesses'],
	'check-failed': [403, 'The digits are not those of the registered phone'],
	'proof-failed': [403, 'The proof of the key is wrong'],
	'too-many-devices': [409, 'This person has enough devices: take one out of use first'],
	'too-many-joins': [429, 'Enough devices of this person joined today']
} as const satisfies Record<InvitationFailure, readonly [ContentfulStatusCode, string]>;

const sessionTitles = {
	'challenge-unknown': 'The challenge is unknown, old or used',
	'device-unknown': 'No such device',
	revoked: 'The device was revoked',
	'proof-failed': 'The signature is wrong'
} as const satisfies Record<SessionFailure, string>;
