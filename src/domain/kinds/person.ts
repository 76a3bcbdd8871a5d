/** 党员与志愿者, and officials: who a person is. What they may do is a duty of its own. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { OrgId, orgRecord, PersonId, type RecordId } from '../ids.ts';
import { deskLedger, districtLedger, memberLedger, officeLedger, STANDING } from '../ledgers.ts';
import type { Actor } from '../people.ts';
import { ServiceCategory } from '../service-categories.ts';
import { Phone, WithReason } from '../shapes.ts';
import { isOrganisation } from './organisation.ts';

export interface PersonRow extends Row {
	readonly family: 'person';
	readonly person: PersonId;
	readonly name: string;
	readonly phone?: string | undefined;
	/** 党支部 or 单位. */
	readonly branch?: string | undefined;
	readonly occupation?: string | undefined;
	readonly skills: readonly string[];
	/** 服务意向. */
	readonly categories: readonly ServiceCategory[];
	/** 可服务时间, in the person's own words. */
	readonly availability?: string | undefined;
	/** 党员领导干部: they owe a pairing and a lit wish. */
	readonly isLeadingCadre: boolean;
	/** `voided` is a card made by mistake: somebody stands in the roster twice. */
	readonly state: 'active' | 'suspended' | 'left' | 'voided';
}

/** What a card can hold besides the name; forms and imports measure by the same. */
export const cardLimits = {
	name: 40,
	branch: 60,
	occupation: 60,
	skill: 20,
	skills: 20,
	availability: 60
} as const;

const card = {
	phone: Phone.optional(),
	branch: z.string().max(cardLimits.branch).optional(),
	occupation: z.string().max(cardLimits.occupation).optional(),
	skills: z.array(z.string().min(1).max(cardLimits.skill)).max(cardLimits.skills).optional(),
	categories: z.array(ServiceCategory).max(ServiceCategory.options.length).optional(),
	availability: z.string().max(cardLimits.availability).optional(),
	isLeadingCadre: z.boolean().optional()
};

const Registered = z.strictObject({
	name: z.string().min(1).max(cardLimits.name),
	/** The organisation that keeps the card. */
	home: OrgId,
	...card
});
const Corrected = z.strictObject({
	name: z.string().min(1).max(cardLimits.name).optional(),
	...card,
	/** Empty: the number was wrong and no other is known. */
	phone: Phone.or(z.literal('')).optional(),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(10).optional()
});
const Changed = z.strictObject({
	state: z.enum(['active', 'suspended', 'left']),
	reason: z.string().min(1).max(200)
});

export const person: Family = {
	name: 'person',
	storage: 'standing',
	kinds: {
		'person.registered.v1': kind<PersonRow, z.infer<typeof Registered>>({
			body: Registered,
			may: (actor, said, _row, refs) => mayKeep(actor, said.body.home, refs),
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { home, ...fields } = said.body;
				return {
					...firstRow('person', said, home, stamp),
					skills: [],
					categories: [],
					isLeadingCadre: false,
					...fields,
					family: 'person',
					person: PersonId.parse(said.record),
					state: 'active'
				};
			}
		}),
		'person.corrected.v1': kind<PersonRow, z.infer<typeof Corrected>>({
			body: Corrected,
			may: (actor, _said, row, refs) => mayChange(actor, row, refs),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ...fields } = said.body;
				return correct(row, fields, said.rev, stamp, settles);
			}
		}),
		'person.changed.v1': kind<PersonRow, z.infer<typeof Changed>>({
			body: Changed,
			may: (actor, _said, row, refs) => mayChange(actor, row, refs),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				if (row.state === said.body.state) return { noted: 'nothing-changed' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: said.body.state };
			}
		}),
		'person.voided.v1': kind<PersonRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row, refs) => mayChange(actor, row, refs),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'voided' };
			}
		})
	},
	reads(entry) {
		const home = OrgId.safeParse(entry.body.home);
		return home.success ? [orgRecord(home.data)] : [];
	},
	audience(row, refs) {
		if (!isPerson(row)) return [];
		const home = refs.get(orgRecord(row.org));
		const own = memberLedger(row.person, row.org, STANDING);
		if (!isOrganisation(home)) return [own];
		switch (home.level) {
			case 'district':
			case 'departmentUnit':
				return [districtLedger(STANDING)];
			case 'subdistrict':
				return [officeLedger(row.org, STANDING)];
			case 'community':
				return [deskLedger(row.org, STANDING), own];
		}
	},
	indexes(row) {
		return isPerson(row)
			? { state: row.state, person: row.person, words: [row.name], sort: row.createdAt }
			: {};
	}
};

export function isPerson(row: Row | null | undefined): row is PersonRow {
	return row?.family === 'person';
}

/** Each level keeps the people of its own organisation and of the level below (区 → 办 → 社区). */
export function mayKeep(
	actor: Actor,
	home: OrgId,
	refs: ReadonlyMap<RecordId, Row>
): true | 'not-allowed' | 'no-such-reference' {
	const org = refs.get(orgRecord(home));
	if (!isOrganisation(org)) return 'no-such-reference';
	switch (actor.role) {
		case 'setUp':
		case 'admin':
		case 'districtOfficer':
			return true;
		case 'subdistrictOfficer':
			return home === actor.org || org.parent === actor.org ? true : 'not-allowed';
		case 'communitySecretary':
		case 'communityWorker':
			return home === actor.org ? true : 'not-allowed';
		default:
			return 'not-allowed';
	}
}

function mayChange(
	actor: Actor,
	row: PersonRow | null,
	refs: ReadonlyMap<RecordId, Row>
): true | 'not-allowed' | 'no-such-record' | 'no-such-reference' {
	return row === null ? 'no-such-record' : mayKeep(actor, row.org, refs);
}
