/** 三级组织体系: districts, sub-districts, communities and department units. */
import { z } from 'zod';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { OrgId, orgRecord, type RecordId } from '../ids.ts';
import { boardLedger, DIRECTORY, STANDING } from '../ledgers.ts';
import { isDesk, OrgLevel, type Actor } from '../people.ts';
import { correct, emptiable } from '../correction.ts';
import { aboutUnit, AboutUnit } from '../about-unit.ts';
import { Phone, WithReason } from '../shapes.ts';

export interface OrganisationRow extends Row, AboutUnit {
	readonly family: 'organisation';
	readonly name: string;
	readonly level: OrgLevel;
	readonly parent?: OrgId | undefined;
	readonly state: 'active' | 'closed';
	/** The office's own number, for notes and papers that residents read. */
	readonly phone?: string | undefined;
	readonly closedReason?: string | undefined;
}

/** Characters of a unit's name. */
export const LONGEST_NAME = 60;

const Created = z.strictObject({
	name: z.string().min(1).max(LONGEST_NAME),
	level: OrgLevel,
	parent: OrgId.optional(),
	/** As a list of units brings it along. */
	about: AboutUnit.optional()
});
const Renamed = z.strictObject({ name: z.string().min(1).max(LONGEST_NAME) });
const PhoneSet = z.strictObject({ phone: Phone });
const Described = z
	.strictObject({
		...emptiable(aboutUnit),
		/** Where it decides between two versions. */
		reason: z.string().min(1).max(200).optional(),
		settles: z.array(z.string()).max(Object.keys(aboutUnit).length).optional()
	})
	.refine((body) => Object.keys(body).length > 0);

export const organisation: Family = {
	name: 'organisation',
	storage: 'standing',
	kinds: {
		'organisation.created.v1': kind<OrganisationRow, z.infer<typeof Created>>({
			body: Created,
			may(actor, said, _row, refs) {
				if (said.body.level === 'district') return actor.role === 'setUp' ? true : 'not-allowed';
				if (!OrgId.safeParse(said.record).success) return 'contradiction';
				const { parent } = said.body;
				if (parent === undefined || parentOf(parent, refs) === undefined)
					return 'no-such-reference';
				return mayShape(actor, said.body.level, parent);
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				// An organisation's record id is its code.
				const org = OrgId.parse(said.record);
				return {
					...firstRow('organisation', said, org, stamp),
					family: 'organisation',
					name: said.body.name,
					level: said.body.level,
					...(said.body.parent === undefined ? {} : { parent: said.body.parent }),
					...said.body.about,
					state: 'active'
				};
			}
		}),
		'organisation.renamed.v1': kind<OrganisationRow, z.infer<typeof Renamed>>({
			body: Renamed,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.name === said.body.name) return { noted: 'nothing-changed' };
				return correct(row, { name: said.body.name }, said.rev, stamp);
			}
		}),
		'organisation.phone-set.v1': kind<OrganisationRow, z.infer<typeof PhoneSet>>({
			body: PhoneSet,
			may: (actor, _said, row) => mayDescribe(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.phone === said.body.phone) return { noted: 'nothing-changed' };
				return correct(row, { phone: said.body.phone }, said.rev, stamp);
			}
		}),
		'organisation.described.v1': kind<OrganisationRow, z.infer<typeof Described>>({
			body: Described,
			may: (actor, _said, row) => mayDescribe(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				const { settles, reason: _reason, ...about } = said.body;
				const isSame = (Object.keys(about) as (keyof AboutUnit)[]).every(
					(field) => (row[field] ?? null) === (about[field] ?? null)
				);
				if (isSame && settles === undefined) return { noted: 'nothing-changed' };
				return correct(row, about, said.rev, stamp, settles);
			}
		}),
		'organisation.closed.v1': kind<OrganisationRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'closed') return { noted: 'illegal-transition' };
				const closedReason = said.body.reason;
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'closed', closedReason };
			}
		})
	},
	reads(entry) {
		const parent = OrgId.safeParse(entry.body.parent);
		return parent.success ? [orgRecord(parent.data)] : [];
	},
	audience: (row) => [DIRECTORY, boardLedger(row.org, STANDING)],
	indexes(row) {
		return isOrganisation(row) ? { state: row.state, on: row.parent, words: [row.name] } : {};
	}
};

export function isOrganisation(row: Row | null | undefined): row is OrganisationRow {
	return row?.family === 'organisation';
}

function parentOf(parent: OrgId, refs: ReadonlyMap<RecordId, Row>): OrganisationRow | undefined {
	const row = refs.get(orgRecord(parent));
	return isOrganisation(row) ? row : undefined;
}

/** The district makes sub-districts and departments; a sub-district makes its own communities. */
export function mayShape(
	actor: Pick<Actor, 'role' | 'org'>,
	level: OrgLevel,
	parent: OrgId
): true | 'not-allowed' {
	if (actor.role === 'setUp' || actor.role === 'districtOfficer' || actor.role === 'admin')
		return true;
	const own = actor.role === 'subdistrictOfficer' && level === 'community' && parent === actor.org;
	return own ? true : 'not-allowed';
}

/** Those who may rename it, and its own desk, which knows where its door is and when it is open. */
export function mayDescribe(
	actor: Pick<Actor, 'role' | 'org'>,
	row: OrganisationRow | null
): true | 'no-such-record' | 'not-allowed' {
	const isOwn = row?.org === actor.org && isDesk(actor.role);
	return isOwn ? true : mayChange(actor, row);
}

export function mayChange(
	actor: Pick<Actor, 'role' | 'org'>,
	row: OrganisationRow | null
): true | 'no-such-record' | 'not-allowed' {
	if (row === null) return 'no-such-record';
	if (row.parent === undefined)
		return actor.role === 'setUp' || actor.role === 'districtOfficer' ? true : 'not-allowed';
	return mayShape(actor, row.level, row.parent);
}
