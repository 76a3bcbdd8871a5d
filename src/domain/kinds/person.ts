/** 党员与志愿者, and officials: who a person is. What they may do is a duty of its own. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { OrgId, orgRecord, PersonId, type RecordId } from '../ids.ts';
import { deskLedger, districtLedger, memberLedger, officeLedger, STANDING } from '../ledgers.ts';
import { isOrganisation, type OrganisationRow } from './organisation.ts';
import type { Actor } from '../people.ts';

export interface PersonRow extends Row {
	readonly family: 'person';
	readonly person: PersonId;
	readonly name: string;
	readonly phone?: string | undefined;
	readonly branch?: string | undefined;
	readonly skills: readonly string[];
	readonly level: OrganisationRow['level'];
	readonly state: 'active' | 'suspended' | 'left';
}

const Phone = z.string().regex(/^[\d -]{5,20}$/);

const Registered = z.strictObject({
	name: z.string().min(1).max(40),
	phone: Phone.optional(),
	/** The organisation that keeps the card. */
	home: OrgId,
	branch: z.string().max(60).optional(),
	skills: z.array(z.string().max(20)).max(20).optional()
});
const Corrected = z.strictObject({
	name: z.string().min(1).max(40).optional(),
	phone: Phone.optional(),
	branch: z.string().max(60).optional(),
	skills: z.array(z.string().max(20)).max(20).optional(),
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
				return {
					...firstRow('person', { ...said, body: {} }, said.body.home, stamp),
					family: 'person',
					person: PersonId.parse(said.record),
					name: said.body.name,
					...(said.body.phone === undefined ? {} : { phone: said.body.phone }),
					...(said.body.branch === undefined ? {} : { branch: said.body.branch }),
					skills: said.body.skills ?? [],
					level: 'community',
					state: 'active'
				};
			}
		}),
		'person.corrected.v1': kind<PersonRow, z.infer<typeof Corrected>>({
			body: Corrected,
			may: (actor, _said, row, refs) => mayChange(actor, row, refs),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				const { reason: _reason, settles, ...fields } = said.body;
				return correct(row, fields, said.rev, stamp, settles);
			}
		}),
		'person.changed.v1': kind<PersonRow, z.infer<typeof Changed>>({
			body: Changed,
			may: (actor, _said, row, refs) => mayChange(actor, row, refs),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === said.body.state) return { noted: 'nothing-changed' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: said.body.state };
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
	if (row === null) return 'no-such-record';
	const isOwn = actor.org === row.org && actor.role !== 'member' && actor.role !== 'volunteer';
	return isOwn ? true : mayKeep(actor, row.org, refs);
}
