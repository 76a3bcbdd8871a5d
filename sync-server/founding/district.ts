/** 建立本区: organisations, settings, first people and their invitations, all in one transaction with the secret (R9). */
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';
import { z } from 'zod';
import { AboutUnit } from '#domain/about-unit.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Signed } from '#domain/entry.ts';
import { OrgId, orgRecord, PersonId, RecordId } from '#domain/ids.ts';
import { OrgLevel, Role, roleLevel } from '#domain/people.ts';
import { defaultSettings, settingsRecord } from '#domain/settings.ts';
import { Phone } from '#domain/shapes.ts';
import { DAY } from '#domain/spans.ts';
import type { Directory, Draft } from '../judging/directory.ts';
import { createBench } from '../judging/judge-commit.ts';
import { createVerifier, type Devices } from '../judging/verify.ts';
import { RELAY_DEVICE, RELAY_PERSON, type Keys } from '../keys.ts';
import { createPlacing } from '../ledgers/place.ts';
import { defaultLimits } from '../limits.ts';
import type { Invitations } from '../people/invitations.ts';
import { createSetUpDevice, isEmptyStore, type Utterance } from '../people/set-up-device.ts';
import type { Store, Tx } from '../store/store.ts';
import { createTurn } from '../turns.ts';

const Unit = z.strictObject({
	code: OrgId,
	name: z.string().min(1).max(60),
	level: OrgLevel,
	parent: OrgId.nullish(),
	about: AboutUnit.optional()
});
type Unit = z.infer<typeof Unit>;

const FirstPerson = z.strictObject({
	name: z.string().min(1).max(40),
	phone: Phone.optional(),
	role: Role.exclude(['setUp', 'clock']),
	org: OrgId
});
type FirstPerson = z.infer<typeof FirstPerson>;

/** The first person is the administrator. */
export const FoundAsk = z.strictObject({
	secret: z.string().max(64),
	name: z.string().min(1).max(60),
	units: z.array(Unit).min(1).max(20_000),
	people: z.array(FirstPerson).min(1).max(500)
});
export type FoundAsk = z.infer<typeof FoundAsk>;

export interface Founded {
	readonly realm: string;
	readonly invitations: readonly {
		readonly name: string;
		readonly role: Role;
		readonly orgName: string;
		readonly link: string;
		readonly code: string;
		readonly expiresAt: number;
	}[];
}

export type FoundFailure =
	'secret-wrong' | 'already-founded' | 'organisation-refused' | 'person-refused';

export type FoundOutcome =
	| { readonly ok: true; readonly value: Founded }
	| { readonly ok: false; readonly code: FoundFailure; readonly detail: string };

export interface FoundParts {
	readonly store: Store;
	readonly keys: Keys;
	readonly directory: Directory;
	readonly devices: Devices;
	readonly invitations: Invitations;
	readonly now: () => number;
}

/** Entries that one form signs at most (E7). */
const COMMIT_ENTRIES = 20;
const LEVELS = ['district', 'departmentUnit', 'subdistrict', 'community'] as const;
/** First people answer for what was recorded before the relay was there, too. */
const DUTY_BEFORE = 365 * DAY;

/** Either the whole district stands, or nothing was changed and the secret is still good. */
export async function foundDistrict(
	parts: FoundParts,
	asked: FoundAsk,
	origin: string
): Promise<FoundOutcome> {
	const { store, directory, invitations, keys, now } = parts;
	if (!isSame(asked.secret, keys.foundingSecret)) return fail('secret-wrong');
	const wrong = checkUnits(asked.units) ?? checkPeople(asked);
	if (wrong !== null) return wrong;
	const at = now();
	const realm = randomBytes(8).toString('hex');
	const people = asked.people.map((each) => ({ ...each, id: PersonId.parse(v7()) }));
	try {
		const { draft, issued } = await store.transaction(async (tx) => {
			if (!(await isEmptyStore(tx))) throw new NotFounded('already-founded', '');
			await tx.setMeta('realm', realm);
			await tx.setMeta('realmName', asked.name);
			await tx.setMeta('demo', '0');
			await tx.setMeta('foundedAt', String(at));
			const draft = await directory.draftIn(tx);
			const say = speaker(parts, { tx, people: draft, realm, at });
			await say(organisationEntries(asked.units, at), 'organisation-refused');
			for (const each of people) await say(personEntries(each, asked, at), 'person-refused');
			const issued: Founded['invitations'][number][] = [];
			for (const { id, name, role, org } of people) {
				const slip = { person: id, by: RELAY_PERSON, as: 'slip' } as const;
				const { secret, code, expiresAt } = await invitations.issue(slip, tx);
				const orgName = draft.organisation(orgRecord(org))?.name ?? '';
				const link = invitations.link(origin, realm, secret);
				issued.push({ name, role, orgName, link, code, expiresAt });
			}
			return { draft, issued };
		});
		draft.keep();
		return { ok: true, value: { realm, invitations: issued } };
	} catch (cause) {
		if (cause instanceof NotFounded) return fail(cause.code, cause.detail);
		throw cause;
	}
}

/** Rolls the founding back. */
class NotFounded extends Error {
	readonly code: FoundFailure;
	readonly detail: string;
	constructor(code: FoundFailure, detail: string) {
		super(`found: ${code}`);
		this.code = code;
		this.detail = detail;
	}
}

/** Signs and judges inside the open transaction; anything but acceptance ends it. */
function speaker(
	{ store, keys, devices }: FoundParts,
	{ tx, people, realm, at }: { tx: Tx; people: Draft; realm: string; at: number }
): (says: readonly Utterance[], otherwise: FoundFailure) => Promise<void> {
	const placing = createPlacing(tx, keys);
	const onBroken = (entry: string, cause: unknown) => {
		throw new Error(`found: ${entry} could not be judged`, { cause });
	};
	const { isUnwritable } = store;
	const limits = defaultLimits;
	const bench = createBench({
		tx,
		placing,
		people,
		onBroken,
		isUnwritable,
		limits,
		turn: createTurn()
	});
	const verifier = createVerifier(devices);
	const draws = { id: () => v7(), salt: () => randomBytes(16).toString('base64url') };
	const device = createSetUpDevice(keys.setUp.privateKey, realm, draws);
	return async (says, otherwise) => {
		for (let i = 0; i < says.length; i += COMMIT_ENTRIES) {
			const part = says.slice(i, i + COMMIT_ENTRIES);
			const commit: readonly Signed[] = device.signs(part, at);
			const reads = verifier.readOwn(commit, realm, RELAY_DEVICE);
			const receipts = await bench.decide({ reads, received: { at, offset: 0 } }, new Map());
			placing.end();
			const bad = receipts.findIndex(({ verdict }) => verdict !== 'accepted');
			if (bad >= 0)
				throw new NotFounded(otherwise, `${part[bad]?.record}: ${receipts[bad]?.reason ?? ''}`);
		}
	};
}

function organisationEntries(units: readonly Unit[], at: number): Utterance[] {
	const [district] = units.filter(({ level }) => level === 'district');
	if (district === undefined) throw new Error('found: units without a district');
	const made = LEVELS.flatMap((wanted) => units.filter(({ level }) => level === wanted)).map(
		({ code, name, level, parent, about }): Utterance => ({
			kind: 'organisation.created.v1',
			record: orgRecord(code),
			org: district.code,
			body: {
				name,
				level,
				...(level !== 'district' && parent ? { parent } : {}),
				...(about === undefined ? {} : { about })
			}
		})
	);
	const settings: Utterance = {
		kind: 'settings.changed.v1',
		record: settingsRecord(),
		org: district.code,
		body: { from: dayOf(at), values: defaultSettings }
	};
	return [...made, settings];
}

function personEntries(
	{ id, name, phone, role, org }: FirstPerson & { readonly id: PersonId },
	{ units }: FoundAsk,
	at: number
): Utterance[] {
	const district = units.find(({ level }) => level === 'district')?.code ?? org;
	return [
		{
			kind: 'person.registered.v1',
			record: RecordId.parse(id),
			org: district,
			body: { name, home: org, ...(phone === undefined ? {} : { phone }) }
		},
		{
			kind: 'duty.assigned.v1',
			record: RecordId.parse(randomUUID()),
			org: district,
			body: { person: id, displayName: name, role, at: org, from: at - DUTY_BEFORE }
		}
	];
}

function checkUnits(units: readonly Unit[]): FoundOutcome | null {
	const tops = units.filter(({ level }) => level === 'district');
	if (tops.length !== 1) return fail('organisation-refused', 'one district');
	const codes = new Set(units.map(({ code }) => code));
	if (codes.size !== units.length) return fail('organisation-refused', 'duplicate code');
	return null;
}

function checkPeople({ units, people }: FoundAsk): FoundOutcome | null {
	if (people[0]?.role !== 'admin') return fail('person-refused', 'the first is the administrator');
	const levels = new Map(units.map(({ code, level }) => [code, level]));
	const lost = people.find(({ role, org }) => levels.get(org) !== roleLevel[role]);
	return lost === undefined ? null : fail('person-refused', lost.role);
}

function fail(
	code: FoundFailure,
	detail = ''
): { readonly ok: false; readonly code: FoundFailure; readonly detail: string } {
	return { ok: false, code, detail };
}

function isSame(given: string, secret: string): boolean {
	const [a, b] = [Buffer.from(given.trim()), Buffer.from(secret)];
	return a.length === b.length && timingSafeEqual(a, b);
}
