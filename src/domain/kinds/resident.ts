/** 居民: a person of a household. Only what the community's care needs: never an identity number. */
import { z } from 'zod';
import { correct, emptiable } from '../correction.ts';
import { firstRow, kind, type Family, type Refs, type Row, type Stamp } from '../family.ts';
import { RecordId } from '../ids.ts';
import { deskLedger, memberLedger, STANDING, type LedgerName } from '../ledgers.ts';
import { isDesk, type Actor } from '../people.ts';
import { Phone, WithReason } from '../shapes.ts';
import { Group, isHousehold } from './household.ts';
import { details, type ResidentDetails } from './resident-details.ts';
import { readersOf } from './household-round.ts';

/** 性别, GB/T 2261.1 */
export const Sex = z.enum(['male', 'female']);
export type Sex = z.infer<typeof Sex>;
/** 与户主关系, the classes of GB/T 4761 */
export const Relation = z.enum([
	'head',
	'spouse',
	'child',
	'childInLaw',
	'grandchild',
	'parent',
	'grandparent',
	'sibling',
	'other'
]);
export type Relation = z.infer<typeof Relation>;
/** 政治面貌, as far as the campaign asks */
export const PoliticalStatus = z.enum(['party', 'probationary', 'league', 'other']);
export type PoliticalStatus = z.infer<typeof PoliticalStatus>;
export const WhyLeft = z.enum(['movedAway', 'married', 'died', 'other']);
export type WhyLeft = z.infer<typeof WhyLeft>;

const about = {
	name: z.string().min(1).max(40),
	sex: Sex,
	/** As exact as it is known: a year, a month, a day. */
	birthDate: z.string().regex(/^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/),
	relationToHead: Relation,
	phone: Phone,
	politicalStatus: PoliticalStatus,
	careTags: z.array(Group).max(Group.options.length),
	...details
};

const Registered = z.strictObject({
	household: RecordId,
	...z.strictObject(about).partial().shape,
	name: about.name,
	/** One import's rows share it, so that one undo finds them. */
	importId: z.string().max(64).optional()
});
const { name, careTags, ...known } = about;
const Corrected = z.strictObject({
	...z.strictObject({ name, careTags }).partial().shape,
	...emptiable(known),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});
const Moved = z.strictObject({ household: RecordId });
const Left = z.strictObject({ why: WhyLeft });

export interface ResidentRow extends Row, ResidentDetails {
	readonly family: 'resident';
	readonly household: RecordId;
	readonly name: string;
	readonly sex?: Sex | undefined;
	readonly birthDate?: string | undefined;
	readonly relationToHead?: Relation | undefined;
	readonly phone?: string | undefined;
	readonly politicalStatus?: PoliticalStatus | undefined;
	readonly careTags: readonly Group[];
	readonly importId?: string | undefined;
	readonly state: 'here' | 'left' | 'voided';
	readonly leftWhy?: WhyLeft | undefined;
	readonly closedReason?: string | undefined;
}

export const resident: Family = {
	name: 'resident',
	storage: 'standing',
	kinds: {
		'resident.registered.v1': kind<ResidentRow, z.infer<typeof Registered>>({
			body: Registered,
			may(actor, said, row, refs) {
				const may = mayTell(actor, row ?? { org: said.org });
				return may === true ? mayLiveIn(said.body.household, said.org, refs) : may;
			},
			apply(row, said, stamp) {
				if (row !== null && !mayComeBack(row, said.body.importId))
					return { noted: 'already-exists' };
				const { careTags, ...rest } = said.body;
				return {
					...firstRow('resident', said, said.org, stamp),
					family: 'resident',
					...rest,
					careTags: careTags ?? [],
					state: 'here'
				};
			}
		}),
		'resident.corrected.v1': kind<ResidentRow, z.infer<typeof Corrected>>({
			body: Corrected,
			may: (actor, _said, row) => mayTell(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ...fields } = said.body;
				return correct(row, fields, said.rev, stamp, settles);
			}
		}),
		'resident.moved.v1': kind<ResidentRow, z.infer<typeof Moved>>({
			body: Moved,
			may(actor, said, row, refs) {
				const may = mayTell(actor, row);
				return may === true ? mayLiveIn(said.body.household, said.org, refs) : may;
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'here') return { noted: 'illegal-transition' };
				if (row.household === said.body.household) return { noted: 'nothing-changed' };
				return { ...stepped(row, 'here', stamp), household: said.body.household };
			}
		}),
		'resident.left.v1': kind<ResidentRow, z.infer<typeof Left>>({
			body: Left,
			ends: true,
			may: (actor, _said, row) => mayTell(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'here') return { noted: 'illegal-transition' };
				return { ...stepped(row, 'left', stamp), leftWhy: said.body.why };
			}
		}),
		'resident.returned.v1': kind<ResidentRow, WithReason>({
			body: WithReason,
			may: (actor, _said, row) => mayTell(actor, row),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'left') return { noted: 'illegal-transition' };
				return { ...stepped(row, 'here', stamp), leftWhy: undefined };
			}
		}),
		'resident.voided.v1': kind<ResidentRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayTell(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return { ...stepped(row, 'voided', stamp), closedReason: said.body.reason };
			}
		})
	},
	reads(entry) {
		const home = RecordId.safeParse(entry.body.household);
		return home.success ? [home.data] : [];
	},
	leansOn: (row) => (isResident(row) ? [row.household] : []),
	audience(row, refs) {
		if (!isResident(row)) return [];
		const ledgers: LedgerName[] = [deskLedger(row.org, STANDING)];
		const home = refs.get(row.household);
		if (isHousehold(home) && row.state !== 'voided')
			for (const member of readersOf(home)) ledgers.push(memberLedger(member, row.org, STANDING));
		return ledgers;
	},
	indexes(row) {
		if (!isResident(row)) return {};
		return {
			state: row.state,
			on: row.household,
			sort: placeInFamily(row),
			names: [row.name],
			words: row.phone === undefined ? [] : [row.phone]
		};
	}
};

export function isResident(row: Row | null | undefined): row is ResidentRow {
	return row?.family === 'resident';
}

/** The head first, then by relation; the older before the younger. */
function placeInFamily({ relationToHead, birthDate }: ResidentRow): number {
	const at = Relation.options.indexOf(relationToHead ?? 'other');
	return at * 10_000 + Number(birthDate?.slice(0, 4) ?? 9_999);
}

function stepped(row: ResidentRow, state: ResidentRow['state'], stamp: Stamp): ResidentRow {
	return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state };
}

/** An undone import may bring the same person again; nothing else returns from 作废. */
function mayComeBack(row: ResidentRow, importId: string | undefined): boolean {
	return row.state === 'voided' && row.importId !== undefined && importId !== undefined;
}

/** The register of persons is the desk's; a member tells of changes in a visit. */
function mayTell(
	actor: Actor,
	row: Pick<ResidentRow, 'org'> | null
): true | 'no-such-record' | 'other-organisation' | 'not-allowed' {
	if (row === null) return 'no-such-record';
	if (actor.role === 'setUp') return true;
	if (row.org !== actor.org) return 'other-organisation';
	return isDesk(actor.role) ? true : 'not-allowed';
}

function mayLiveIn(
	record: RecordId,
	org: string,
	refs: Refs
): true | 'no-such-reference' | 'other-organisation' {
	const home = refs.get(record);
	if (!isHousehold(home)) return 'no-such-reference';
	return home.org === org ? true : 'other-organisation';
}
