/** The first screens' way to the relay: the realm, the demo district, invitations, founding. */
import { z } from 'zod';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { Operations } from '#domain/operations.ts';
import { Role } from '#domain/people.ts';
import {
	RealmAnswer,
	type Enrolled,
	type InvitationKey,
	type InvitationLook
} from '#domain/wire.ts';
import { capabilities, type Capability } from './capabilities.ts';
import { becomeDemo, enrol, look, readInvitation, type Joining } from './join.ts';
import { ask, type Answer, type Fetch } from './relay.ts';
import type { AuthorisedRelay } from './session.ts';
import { storageProblem } from './storage-problem.ts';

const DemoProgress = z.object({ done: z.number(), total: z.number(), stage: z.string() });
const DemoPerson = z.object({
	key: z.string(),
	name: z.string(),
	role: Role,
	orgName: z.string()
});
const Invited = z.object({
	name: z.string().optional(),
	role: Role.optional(),
	orgName: z.string().optional(),
	link: z.string(),
	code: z.string(),
	expiresAt: z.number()
});
const Slip = Invited.extend({ person: PersonId, name: z.string(), asksPhone: z.boolean() });
const Slips = z.object({ slips: z.array(Slip) });
const ListedDevice = z.object({
	id: DeviceId,
	person: PersonId,
	name: z.string(),
	role: Role.nullable(),
	orgName: z.string(),
	label: z.string(),
	createdAt: z.number(),
	lastSeen: z.number(),
	waiting: z.number().nullable(),
	version: z.string().nullable(),
	revokedAt: z.number().nullable()
});
const Devices = z.object({
	devices: z.array(ListedDevice),
	/** Of the built app: what an up-to-date device has. */
	version: z.string(),
	own: DeviceId
});
const Founded = z.object({ realm: z.string(), invitations: z.array(Invited) });
const ListedInvitation = z.object({
	id: z.string(),
	person: PersonId,
	name: z.string(),
	role: Role.nullable(),
	orgName: z.string(),
	state: z.enum(['open', 'used', 'revoked', 'expired']),
	createdAt: z.number(),
	expiresAt: z.number(),
	usedAt: z.number().nullable()
});
const Invitations = z.object({ invitations: z.array(ListedInvitation) });
const Revoked = z.object({ revoked: z.boolean() });

export type DemoProgress = z.infer<typeof DemoProgress>;
export type DemoPerson = z.infer<typeof DemoPerson>;
export type Invited = z.infer<typeof Invited>;
export type ListedInvitation = z.infer<typeof ListedInvitation>;
export type Slip = z.infer<typeof Slip>;
export type ListedDevice = z.infer<typeof ListedDevice>;
export type Devices = z.infer<typeof Devices>;
export type Founded = z.infer<typeof Founded>;

export interface Door {
	realm(): Promise<Answer<RealmAnswer>>;
	startDemo(): Promise<Answer<unknown>>;
	demoProgress(): Promise<Answer<DemoProgress>>;
	demoPeople(): Promise<Answer<readonly DemoPerson[]>>;
	become(key: string): Promise<Answer<null>>;
	readInvitation: typeof readInvitation;
	look(key: InvitationKey): Promise<Answer<InvitationLook>>;
	enrol(key: InvitationKey, check?: string): Promise<Answer<Enrolled>>;
	found(body: unknown): Promise<Answer<Founded>>;
	/** Invites a person in one's care, face to face or by a slip of paper; needs a person here. */
	invite(person: PersonId, as: 'face' | 'slip'): Promise<Answer<Invited>>;
	invitations(): Promise<Answer<z.infer<typeof Invitations>>>;
	revokeInvitation(id: string): Promise<Answer<z.infer<typeof Revoked>>>;
	/** Prints slips for several at once; each takes the place of the person's earlier one. */
	slips(people: readonly PersonId[]): Promise<Answer<z.infer<typeof Slips>>>;
	/** The devices of those in one's care, and one's own. */
	devices(): Promise<Answer<Devices>>;
	revokeDevice(device: DeviceId): Promise<Answer<z.infer<typeof Revoked>>>;
	/** 运行情况, for whoever runs the district. */
	operations(): Promise<Answer<Operations>>;
	/** Has the relay copy its store now; the answer comes before the copy is made. */
	backUp(): Promise<Answer<Operations>>;
	capabilities(): Promise<readonly Capability[]>;
}

/** `relay` answers for the active person; null while nobody is here. */
export function door(joining: Joining, relay: () => AuthorisedRelay | null): Door {
	const { fetch } = joining;
	return {
		realm: () => ask(fetch, '/api/realm', RealmAnswer),
		startDemo: () => ask(fetch, '/api/demo/start', z.unknown(), {}),
		demoProgress: () => ask(fetch, '/api/demo/progress', DemoProgress),
		demoPeople: () => ask(fetch, '/api/demo/people', z.array(DemoPerson)),
		become: (key) =>
			guarded(async () => (await becomeDemo(joining, key)) ?? { ok: true, value: null }),
		readInvitation,
		look: (key) => look(fetch, key),
		enrol: (key, check) => guarded(() => enrol(joining, key, { check })),
		found: (body) => ask(fetch, '/api/found', Founded, body),
		invite: (person, as) =>
			withSession(fetch, relay(), '/api/invitations', Invited, { person, as }),
		invitations: () => withSession(fetch, relay(), '/api/invitations', Invitations),
		revokeInvitation: (id) =>
			withSession(fetch, relay(), '/api/invitations/revoke', Revoked, { id }),
		slips: (people) => withSession(fetch, relay(), '/api/invitations/slips', Slips, { people }),
		devices: () => withSession(fetch, relay(), '/api/devices', Devices),
		revokeDevice: (device) =>
			withSession(fetch, relay(), '/api/devices/revoke', Revoked, { device }),
		operations: () => withSession(fetch, relay(), '/api/operations', Operations),
		backUp: () => withSession(fetch, relay(), '/api/operations/backup', Operations, {}),
		capabilities
	};
}

function withSession<T>(
	fetch: Fetch,
	relay: AuthorisedRelay | null,
	path: string,
	schema: z.ZodType<T>,
	body?: unknown
): Promise<Answer<T>> {
	return relay ? relay.ask(path, schema, body) : ask(fetch, path, schema, body);
}

/** What this device itself cannot do becomes a code, like a refusal of the relay. */
async function guarded<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
	if (typeof crypto === 'undefined' || crypto.subtle === undefined)
		return { ok: false, code: 'no-crypto', status: 0 };
	try {
		return await run();
	} catch (cause) {
		if (!(cause instanceof Error)) throw cause;
		console.error('door:', cause);
		return { ok: false, code: storageProblem(cause) ?? 'storage-broken', status: 0 };
	}
}
