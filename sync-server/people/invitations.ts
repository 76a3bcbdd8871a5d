/** Invitations: one secret for one named person, looked at freely, used once, in one transaction with its device. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { DeviceId, type PersonId } from '#domain/ids.ts';
import { isPerson } from '#domain/kinds/person.ts';
import type { Role } from '#domain/people.ts';
import { DAY, MINUTE } from '#domain/spans.ts';
import {
	enrolText,
	type Enrolled,
	type EnrolAsk,
	type InvitationKey,
	type InvitationLook
} from '#domain/wire.ts';
import type { Directory } from '../judging/directory.ts';
import { isSignedByStranger } from '../judging/signature.ts';
import { RELAY_PERSON, type Keys } from '../keys.ts';
import { sha256 } from '../ledgers/chain.ts';
import type { Limits } from '../limits.ts';
import { createPeopleStore, type InvitationRecord, type PeopleStore } from '../store/people.ts';
import type { Store, Stored, Tx } from '../store/store.ts';
import { inPages } from '../turns.ts';
import { aboutOf, knownOnce } from './in-care.ts';
import { mayInvite } from './may-invite.ts';
import { whyNotJoin, type Joining, type TooMany } from './may-join.ts';

/** 当面: shown on a screen to the one who stands there. */
const FACE_TO_FACE = 15 * MINUTE;
/** Wrong codes, or wrong phone digits, before an invitation is closed to guessing. */
const TRIES = 5;
/** Digits of a code that find its invitation; the rest prove that the code was heard. */
const SELECTOR = 4;

export type InvitationFailure =
	| 'invitation-unknown'
	| 'invitation-expired'
	| 'invitation-used'
	| 'invitation-revoked'
	| 'code-tries-exceeded'
	| 'check-failed'
	| 'proof-failed'
	| TooMany;

export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly code: InvitationFailure };

/** What the one who invites passes on; neither secret nor code is kept. */
export interface Issued {
	readonly id: string;
	readonly secret: string;
	readonly code: string;
	readonly expiresAt: number;
	/** Whoever joins with it is asked for the last digits of the registered phone. */
	readonly asksPhone: boolean;
}

export interface Joined {
	readonly enrolled: Enrolled;
	/** False where the answer is one that was given before: whoever copied what was asked may ask it too. */
	readonly isFirst: boolean;
}

export interface ListedInvitation {
	readonly id: string;
	readonly person: PersonId;
	readonly name: string;
	readonly role: Role | null;
	readonly orgName: string;
	readonly state: 'open' | 'used' | 'revoked' | 'expired';
	readonly createdAt: number;
	readonly expiresAt: number;
	readonly usedAt: number | null;
}

export interface Invitations {
	/** Into the store, or as a part of a transaction. */
	issue(
		asked: {
			readonly person: PersonId;
			readonly by: PersonId;
			/** By default a screen shown face to face. */
			readonly as?: 'face' | 'slip';
		},
		stored?: Stored
	): Promise<Issued>;
	/** Why the person may have no device more, whoever invites them. */
	whyNot(asked: Joining): Promise<TooMany | null>;
	look(key: InvitationKey): Promise<Outcome<InvitationLook>>;
	/** Uses the invitation up and enrols the device, or says why not. */
	enrol(asked: EnrolAsk): Promise<Outcome<Joined>>;
	revoke(id: string): Promise<boolean>;
	/** Takes back whatever lies open for a person. */
	revokeOpen(person: PersonId, stored?: Stored): Promise<void>;
	personOf(id: string): Promise<PersonId | null>;
	list(isListed: (person: PersonId) => boolean): Promise<ListedInvitation[]>;
	/** `<origin>/join#<secret>.<realm>.<fingerprint>`: the secret never travels in an address. */
	link(origin: string, realm: string, secret: string): string;
}

export interface InvitationParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly keys: Pick<Keys, 'pseudonym' | 'fingerprint' | 'former'>;
	readonly limits: Limits;
	readonly now: () => number;
}

export function createInvitations(parts: InvitationParts): Invitations {
	const { store, directory, keys, now } = parts;
	const people = createPeopleStore(store);
	// A code has few digits: only a key kept outside the store makes its hash worth nothing alone.
	const codeHash = (code: string) => keys.pseudonym(`invitation-code ${code}`);
	const selectorHash = (code: string) => codeHash(code.slice(0, SELECTOR));
	const realmOf = async (stored: Stored) => (await stored.meta('realm')) ?? '';

	async function drawCode(among: PeopleStore, at: number): Promise<string> {
		for (;;) {
			const code = String(randomInt(100_000_000)).padStart(8, '0');
			const other = await among.byCode(codeHash(code));
			if (other === null || stateOf(other, at) !== 'open') return code;
		}
	}

	/** A part of a transaction, so that no guess is looked at before those before it are counted. */
	async function find(
		among: PeopleStore,
		key: InvitationKey,
		at: number
	): Promise<Outcome<InvitationRecord>> {
		if ('secret' in key)
			return stillLent(checked(await among.bySecret(sha256(key.secret)), at), at);
		const selector = selectorHash(key.code);
		if ((await among.wrongCodes(selector, at)) >= TRIES) return fail('code-tries-exceeded');
		const found = await among.byCode(codeHash(key.code));
		if (found === null) await among.countWrongCode(selector, at);
		return stillLent(checked(found, at), at);
	}

	function checked(found: InvitationRecord | null, at: number): Outcome<InvitationRecord> {
		if (found === null) return fail('invitation-unknown');
		const state = stateOf(found, at);
		if (state !== 'open') return fail(`invitation-${state}`);
		if (found.checkTries >= TRIES) return fail('code-tries-exceeded');
		return { ok: true, value: found };
	}

	function stateOf(found: InvitationRecord, at: number): ListedInvitation['state'] {
		if (found.usedAt !== null) return 'used';
		// Whoever stole the relay's key may have made it.
		if (found.revokedAt !== null || found.createdAt <= keys.former.stolenAt) return 'revoked';
		return found.expiresAt <= at ? 'expired' : 'open';
	}

	/** A slip lends no more than its issuer may lend on the day it is used. */
	function stillLent(found: Outcome<InvitationRecord>, at: number): Outcome<InvitationRecord> {
		if (!found.ok || found.value.issuedBy === RELAY_PERSON) return found;
		const { issuedBy, person } = found.value;
		return mayInvite(directory, issuedBy, person, at) ? found : fail('invitation-revoked');
	}

	async function whyNot(stored: Stored, asked: Joining, at: number): Promise<TooMany | null> {
		// Its four identities are everybody's.
		if ((await stored.meta('demo')) === '1') return null;
		return whyNotJoin(createPeopleStore(stored), asked, parts.limits, at);
	}

	async function phoneDigits(stored: Stored, person: PersonId): Promise<string | null> {
		const card = (await stored.rowsAbout('person', person)).find(isPerson);
		const digits = card?.phone?.replace(/\D/g, '') ?? '';
		return digits.length < 4 ? null : digits.slice(-4);
	}

	async function enrolled(device: DeviceId, person: PersonId, at: number): Promise<Enrolled> {
		return {
			realm: await realmOf(store),
			realmName: (await store.meta('realmName')) ?? '',
			demo: (await store.meta('demo')) === '1',
			epoch: store.epoch,
			device,
			person,
			name: directory.nameOf(person),
			duties: directory.dutiesOnWire(person, at)
		};
	}

	/** The answer may have been lost on the way: the same key gets the same device again. */
	async function again(asked: EnrolAsk, at: number): Promise<Outcome<Joined> | null> {
		const { invitation: key } = asked;
		const found =
			'secret' in key
				? await people.bySecret(sha256(key.secret))
				: await people.byCode(codeHash(key.code));
		if (found === null || found.usedBy === null || found.expiresAt <= at) return null;
		const device = await people.deviceOf(found.usedBy);
		if (device === null || device.revokedAt !== null) return null;
		const { x, y } = device.publicKey;
		if (x !== asked.publicKey.x || y !== asked.publicKey.y) return null;
		if (!holdsKey(asked, await realmOf(store))) return fail('proof-failed');
		const told = await enrolled(DeviceId.parse(device.id), found.person, at);
		return { ok: true, value: { enrolled: told, isFirst: false } };
	}

	/** Two devices may race: whoever marks the invitation used makes its device, both or neither. */
	async function join(
		tx: Tx,
		asked: EnrolAsk,
		at: number
	): Promise<Outcome<{ readonly device: DeviceId; readonly person: PersonId }>> {
		const among = createPeopleStore(tx);
		const found = await find(among, asked.invitation, at);
		if (!found.ok) return found;
		const { id, person, asksPhone } = found.value;
		if (!holdsKey(asked, await realmOf(tx))) return fail('proof-failed');
		if (asksPhone && asked.check !== (await phoneDigits(tx, person))) {
			await among.countWrongCheck(id);
			return fail('check-failed');
		}
		const tooMany = await whyNot(tx, found.value, at);
		if (tooMany !== null) return fail(tooMany);
		const device = DeviceId.parse(randomUUID());
		if (!(await among.use(id, device, at))) return fail('invitation-used');
		// A slip that lies about opens nothing once its person has joined another way.
		await among.revokeOpenInvitations(person, at, at + FACE_TO_FACE);
		const { publicKey, label } = asked;
		await among.addDevice({ id: device, person, publicKey, label, createdAt: at });
		return { ok: true, value: { device, person } };
	}

	return {
		async issue({ person, by, as = 'face' }, stored = store) {
			const at = now();
			const among = createPeopleStore(stored);
			const secret = randomBytes(16).toString('base64url');
			const code = await drawCode(among, at);
			const invitation = {
				id: randomUUID(),
				person,
				issuedBy: by,
				asksPhone: as === 'slip' && (await phoneDigits(stored, person)) !== null,
				createdAt: at,
				expiresAt: at + (as === 'slip' ? directory.settings(at).slipDays * DAY : FACE_TO_FACE)
			};
			await among.addInvitation({
				...invitation,
				secretHash: sha256(secret),
				codeHash: codeHash(code),
				selectorHash: selectorHash(code)
			});
			const { id, expiresAt, asksPhone } = invitation;
			return { id, secret, code, expiresAt, asksPhone };
		},
		whyNot: (asked) => whyNot(store, asked, now()),
		async look(key) {
			const at = now();
			const found = await store.transaction((tx) => find(createPeopleStore(tx), key, at));
			if (!found.ok) return found;
			const { person, asksPhone, expiresAt } = found.value;
			const [duty] = directory.dutiesOnWire(person, at);
			if (duty === undefined) return fail('invitation-revoked');
			return {
				ok: true,
				value: {
					realm: await realmOf(store),
					realmName: (await store.meta('realmName')) ?? '',
					demo: (await store.meta('demo')) === '1',
					name: directory.nameOf(person),
					role: duty.role,
					orgName: duty.orgName,
					checks: asksPhone ? 'phone4' : 'none',
					fingerprint: keys.fingerprint,
					formerly: [...keys.former.fingerprints],
					expiresAt
				}
			};
		},
		async enrol(asked) {
			const at = now();
			const before = await again(asked, at);
			if (before !== null) return before;
			const joined = await store.transaction((tx) => join(tx, asked, at));
			if (!joined.ok) return joined;
			const { device, person } = joined.value;
			return { ok: true, value: { enrolled: await enrolled(device, person, at), isFirst: true } };
		},
		revoke: (id) => people.revokeInvitation(id, now()),
		revokeOpen: (person, stored = store) =>
			createPeopleStore(stored).revokeOpenInvitations(person, now()),
		personOf: async (id) => (await people.invitation(id))?.person ?? null,
		async list(isListed) {
			const at = now();
			const about = knownOnce(isListed, (person) => aboutOf(directory, person, at));
			const listed: ListedInvitation[] = [];
			for await (const each of inPages(people.invitations)) {
				const of = about(each.person);
				if (of === null) continue;
				const { id, person, createdAt, expiresAt, usedAt } = each;
				const state = stateOf(each, at);
				listed.push({ id, person, ...of, state, createdAt, expiresAt, usedAt });
			}
			return listed.sort((a, b) => b.createdAt - a.createdAt);
		},
		link: (origin, realm, secret) => `${origin}/join#${secret}.${realm}.${keys.fingerprint}`
	};
}

function fail(code: InvitationFailure): { readonly ok: false; readonly code: InvitationFailure } {
	return { ok: false, code };
}

/** Proof of possession: the invitation is bound to a key that its holder can sign with. */
function holdsKey({ invitation, publicKey, proof }: EnrolAsk, realm: string): boolean {
	const text = enrolText(realm, invitation, publicKey);
	return isSignedByStranger(publicKey, { text, sig: proof });
}
