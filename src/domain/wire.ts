/** What travels between a device and the relay, parsed on both sides (ARCHITECTURE §5). */
import { z } from 'zod';
import { Action, Given, Reason } from './element.ts';
import { HAND_IN_ENTRIES, Signed, COMMIT_ENTRIES } from './entry.ts';
import { DeviceId, EntryId, OrgId, PersonId } from './ids.ts';
import { OrgLevel, Role } from './people.ts';

/** [O4] Commits in local order; at most 100 entries in all. `now` is the device's clock (E3). */
export const HandIn = z.strictObject({
	now: z.int(),
	/** [R6] Of the store the device last heard of: what was said over lost elements waits until they are back. */
	epoch: z.string().optional(),
	commits: z.array(z.array(Signed).min(1).max(COMMIT_ENTRIES)).min(1).max(HAND_IN_ENTRIES)
});
export type HandIn = z.infer<typeof HandIn>;

export const Place = z.strictObject({ ledger: z.string(), seq: z.int() });
export type Place = z.infer<typeof Place>;

/** [R1] Sent after the transaction is durable. `id` is null where the text could not be parsed. */
export const Receipt = z.object({
	id: EntryId.nullable(),
	verdict: z.enum(['accepted', 'noted', 'refused', 'later']),
	// [E5] a newer relay may say more than this device knows
	reason: Reason.catch('newer-reason').optional(),
	action: Action.catch('update-the-app').optional(),
	given: z.object(Given.shape).optional(),
	receivedAt: z.int().optional(),
	places: z.array(Place)
});
export type Receipt = z.infer<typeof Receipt>;

export const HandInAnswer = z.object({ receipts: z.array(Receipt) });

export const LedgerMark = z.strictObject({ seq: z.int().min(0), chain: z.string() });
export type LedgerMark = z.infer<typeof LedgerMark>;

export const ScopeAsk = z.strictObject({
	held: z.record(z.string(), LedgerMark),
	epoch: z.string().optional(),
	/** Entries still waiting on this device, for the list of who has not synced. */
	waiting: z.int().min(0).optional(),
	version: z.string().max(64).optional()
});
export type ScopeAsk = z.infer<typeof ScopeAsk>;

/** Asks whether anything is other than this device has it, in few bytes however many ledgers it holds. */
export const SameAsk = ScopeAsk.omit({ held: true, epoch: true }).extend({
	/** SHA-256 of `sameText`, as base64url. */
	same: z.string().length(43)
});
export const SameAnswer = z.object({ same: z.boolean(), now: z.int() });

/** What two sides have alike who hold the same and know the same of the person. */
export function sameText(tag: string, held: Readonly<Record<string, LedgerMark>>): string {
	const ledgers = Object.entries(held).map(([name, { seq, chain }]) => `${name} ${seq} ${chain}`);
	return [tag, ...ledgers.sort()].join('\n');
}

export const DutyOnWire = z.strictObject({
	role: Role,
	org: OrgId,
	orgName: z.string(),
	level: OrgLevel
});
export type DutyOnWire = z.infer<typeof DutyOnWire>;

type DutyName = Pick<DutyOnWire, 'role' | 'org'>;

export function isSameDuty(a: DutyName, b: DutyName): boolean {
	return a.role === b.role && a.org === b.org;
}

function knownDuty(duty: unknown): DutyOnWire[] {
	const known = DutyOnWire.safeParse(duty);
	return known.success ? [known.data] : [];
}

/** What the relay says of a person and of itself, which seldom changes. */
export const ScopeAbout = z.object({
	person: PersonId,
	name: z.string(),
	/** [E5] A duty in a role that this device does not know opens nothing on it. */
	duties: z.array(z.unknown()).transform((duties) => duties.flatMap(knownDuty)),
	realm: z.string(),
	realmName: z.string(),
	demo: z.boolean(),
	epoch: z.string(),
	/** `x` of the relay's present key: another one is followed by its certificate. */
	relayKey: z.string(),
	/** Stands for all of these; a relay of before does not say it. */
	tag: z.string().catch('')
});
export type ScopeAbout = z.infer<typeof ScopeAbout>;

export const ScopeAnswer = ScopeAbout.extend({
	now: z.int(),
	hold: z.record(z.string(), LedgerMark),
	moved: z.array(z.string()),
	/** Ledgers whose held chain the relay does not know: drop the replica and fetch anew. */
	rebuild: z.array(z.string()),
	drop: z.array(z.string())
});
export type ScopeAnswer = z.infer<typeof ScopeAnswer>;

export const PublicKey = z.strictObject({
	kty: z.literal('EC'),
	crv: z.literal('P-256'),
	x: z.string().regex(/^[\w-]{43}$/),
	y: z.string().regex(/^[\w-]{43}$/)
});
export type PublicKey = z.infer<typeof PublicKey>;

/** [O5] Whose device it is and the key it signs with: what a device offline verifies a bundle by. */
export const Certificate = z.strictObject({
	v: z.literal(1),
	realm: z.string(),
	device: DeviceId,
	person: PersonId,
	publicKey: PublicKey
});
export type Certificate = z.infer<typeof Certificate>;

/** The text that the relay signs. */
export function certificateText(certificate: Omit<Certificate, 'v'>): string {
	const { realm, device, person, publicKey } = certificate;
	return JSON.stringify({ v: 1, realm, device, person, publicKey } satisfies Certificate);
}

/** [O5] The relay's key gives way to another, which the former signs. */
export const Handover = z.strictObject({
	v: z.literal(1),
	from: PublicKey,
	to: PublicKey,
	at: z.int(),
	/** The former may be in strange hands: nothing else that it signed is believed any more. */
	stolen: z.literal(true).optional()
});
export type Handover = z.infer<typeof Handover>;

/** Times one relay's key may change. */
export const HANDOVERS = 100;

export const CertificateAnswer = z.strictObject({
	certificate: Signed,
	relayKey: PublicKey,
	/** From the relay's first key to the present one, in order. */
	handovers: z.array(Signed).max(HANDOVERS)
});
export type CertificateAnswer = z.infer<typeof CertificateAnswer>;

/** An invitation is opened by its 128-bit secret (link, QR) or its spoken code. */
export const InvitationKey = z.union([
	z.strictObject({ secret: z.string().regex(/^[\w-]{22}$/) }),
	z.strictObject({ code: z.string().regex(/^\d{8}$/) })
]);
export type InvitationKey = z.infer<typeof InvitationKey>;

export const InvitationLook = z.strictObject({
	realm: z.string(),
	realmName: z.string(),
	demo: z.boolean(),
	name: z.string(),
	role: Role,
	orgName: z.string(),
	checks: z.enum(['none', 'phone4']),
	/** Of the relay's own key, to hold against the one in the link. */
	fingerprint: z.string(),
	/** Of keys before, whose slips are still good. */
	formerly: z.array(z.string()),
	expiresAt: z.int()
});
export type InvitationLook = z.infer<typeof InvitationLook>;

export const EnrolAsk = z.strictObject({
	invitation: InvitationKey,
	/** Last 4 digits of the registered phone, where the invitation asks for them. */
	check: z
		.string()
		.regex(/^\d{4}$/)
		.optional(),
	publicKey: PublicKey,
	/** Signature over `enrolText(realm, key, publicKey)`: proof of possession. */
	proof: z.string().regex(/^[\w-]{86}$/),
	label: z.string().max(80)
});
export type EnrolAsk = z.infer<typeof EnrolAsk>;

export const Enrolled = z.strictObject({
	realm: z.string(),
	realmName: z.string(),
	demo: z.boolean(),
	epoch: z.string(),
	device: DeviceId,
	person: PersonId,
	name: z.string(),
	duties: z.array(DutyOnWire)
});
export type Enrolled = z.infer<typeof Enrolled>;

/** What a device answers to a challenge: over the door, or in band while its socket is open. */
export const Proof = z.strictObject({
	device: DeviceId,
	challenge: z.string().max(128),
	/** Signature over `sessionText(realm, challenge)`. */
	sig: z.string().regex(/^[\w-]{86}$/)
});
export type Proof = z.infer<typeof Proof>;

export const SessionAsk = Proof.extend({
	/** [R6] Shown to a relay that does not know this device any more. */
	certificate: Signed.optional()
});
export type SessionAsk = z.infer<typeof SessionAsk>;

export const RealmAnswer = z.strictObject({
	realm: z.string().nullable(),
	name: z.string(),
	demo: z.boolean(),
	epoch: z.string(),
	version: z.string(),
	/** An empty store may be founded or filled with the demo district. */
	foundable: z.boolean()
});
export type RealmAnswer = z.infer<typeof RealmAnswer>;

/** The text an enrolling device signs. */
export function enrolText(realm: string, key: InvitationKey, publicKey: PublicKey): string {
	const opener = 'secret' in key ? key.secret : key.code;
	return `lxq-enrol:${realm}:${opener}:${publicKey.x}.${publicKey.y}`;
}

/** The text a device signs to open a session, or to renew one. */
export function sessionText(realm: string, challenge: string): string {
	return `lxq-session:${realm}:${challenge}`;
}

/** A refused request, as problem+json. */
export const Problem = z.object({
	title: z.string(),
	status: z.int(),
	code: z.string(),
	detail: z.string().optional()
});
export type Problem = z.infer<typeof Problem>;
