/** 户: the door a member knocks at, its tier, and the member it is linked to. */
import { z } from 'zod';
import { correct, emptiable } from '../correction.ts';
import {
	firstRow,
	kind,
	type Family,
	type Noted,
	type Refs,
	type Row,
	type Stamp
} from '../family.ts';
import { doorCode, plainPart } from '../door-parts.ts';
import { PersonId, RecordId, type Instant } from '../ids.ts';
import { deskLedger, memberLedger, STANDING } from '../ledgers.ts';
import { HandedBy, isDesk, isField, saidBy, type Actor } from '../people.ts';
import { restricting } from '../restricting.ts';
import { CareTier } from '../settings.ts';
import { Nothing, Phone, WithReason } from '../shapes.ts';
import {
	carersOf,
	doorSort,
	isLive,
	leftRegisterAt,
	lendingPassed,
	readersOf,
	roundKinds,
	type RoundFields
} from './household-round.ts';
import { changeFact, changingKinds, raisedBy, type ChangeFields } from './household-changing.ts';
import { linkedTo, planningKinds, planPassed, type PlanFields } from './household-planning.ts';

/** 困难类型 and 关爱标签, one list for the door. */
export const Group = z.enum([
	'livingAlone',
	'veryOld',
	'emptyNest',
	'lowIncome',
	'nearLowIncome',
	'extremePoverty',
	'seriousIllness',
	'disabled',
	'unemployed',
	'leftBehind',
	'bereaved',
	'childInNeed',
	'veteran',
	'needyMember'
]);
export type Group = z.infer<typeof Group>;

/** 住房性质 */
export const Tenure = z.enum(['owned', 'rented', 'vacant']);
export type Tenure = z.infer<typeof Tenure>;

const door = {
	estate: z.string().min(1).max(40),
	building: z.string().max(10),
	unit: z.string().max(10),
	room: z.string().min(1).max(10)
};
const about = {
	head: z.string().max(40),
	headBorn: z.int().min(1900).max(2100),
	phone: Phone,
	size: z.int().min(0).max(30),
	tenure: Tenure,
	tier: CareTier,
	groups: z.array(Group).max(Group.options.length)
};

/** 户编号 */
const HouseholdNo = z.string().max(40);

const Registered = z.strictObject({
	...door,
	head: about.head.optional(),
	headBorn: about.headBorn.optional(),
	phone: about.phone.optional(),
	size: about.size.optional(),
	tenure: Tenure.optional(),
	tier: CareTier.optional(),
	groups: about.groups.optional(),
	linkedMember: PersonId.optional(),
	/** As the community's own register has it. */
	householdNo: HouseholdNo.optional(),
	/** 分户: the door whose second family this is. */
	splitFrom: RecordId.optional(),
	/** One import's rows share it, so that one undo finds them. */
	importId: z.string().max(64).optional()
});
const Corrected = z.strictObject({
	...z.strictObject({ ...door, tier: about.tier, groups: about.groups }).partial().shape,
	...emptiable({
		head: about.head,
		headBorn: about.headBorn,
		phone: about.phone,
		size: about.size,
		tenure: about.tenure,
		householdNo: HouseholdNo
	}),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});
const Linked = z.strictObject({
	member: PersonId.nullable(),
	from: z.int(),
	handedBy: HandedBy.optional()
});
const Merged = z.strictObject({ into: RecordId });
const Split = z.strictObject({ into: RecordId });

/** `unconfirmed` is 待核: a door entered in the field. */
export type HouseholdState = 'unconfirmed' | 'active' | 'movedOut' | 'merged' | 'voided';

export interface HouseholdRow extends Row, RoundFields, PlanFields, ChangeFields {
	readonly family: 'household';
	readonly estate: string;
	readonly building: string;
	readonly unit: string;
	readonly room: string;
	readonly head?: string | undefined;
	readonly headBorn?: number | undefined;
	readonly phone?: string | undefined;
	readonly size?: number | undefined;
	readonly tenure?: Tenure | undefined;
	readonly tier: CareTier;
	readonly groups: readonly Group[];
	readonly linkedMember?: PersonId | undefined;
	/** The day from which the member looks after this door, as a moment. */
	readonly linkedFrom?: number | undefined;
	/** [A5] When the door went from each member who had it to the next: what they told before went with it. */
	readonly handedOn?: Readonly<Record<PersonId, Instant>> | undefined;
	readonly householdNo?: string | undefined;
	readonly splitFrom?: RecordId | undefined;
	readonly splitInto?: readonly RecordId[] | undefined;
	readonly importId?: string | undefined;
	/** The door this one turned out to be; what points here is read as pointing there. */
	readonly mergedInto?: RecordId | undefined;
	/** 迁出日期 */
	readonly movedOutAt?: Instant | undefined;
	/** When it left the register, where it is kept alone (封存). */
	readonly leftAt?: Instant | undefined;
	/** What 撤销合并 and 恢复在册 go back to. */
	readonly stateBefore?: 'unconfirmed' | 'active' | undefined;
	readonly closedReason?: string | undefined;
	readonly state: HouseholdState;
}

export const household: Family = {
	name: 'household',
	storage: 'standing',
	kinds: {
		'household.registered.v1': kind<HouseholdRow, z.infer<typeof Registered>>({
			body: Registered,
			may(actor, said, row, refs) {
				const { linkedMember, splitFrom } = said.body;
				// What a desk took out of its register only a desk may bring back.
				if (row !== null && !isDesk(actor.role)) return 'already-exists';
				if (splitFrom !== undefined && !isHousehold(refs.get(splitFrom)))
					return 'no-such-reference';
				if (isDesk(actor.role) || actor.role === 'setUp') return true;
				const forSelf = linkedMember === undefined || linkedMember === actor.person;
				return isField(actor.role) && forSelf ? true : 'not-allowed';
			},
			apply(row, said, stamp) {
				if (row !== null && !mayComeBack(row, said.body.importId))
					return { noted: 'already-exists' };
				const { linkedMember, tier, groups, ...rest } = said.body;
				const { person, role } = saidBy(stamp.actor);
				const byField = isField(role);
				const linked = byField ? person : linkedMember;
				return {
					...firstRow('household', said, said.org, stamp),
					family: 'household',
					...rest,
					tier: tier ?? 'general',
					groups: groups ?? [],
					...(linked === undefined ? {} : { linkedMember: linked }),
					state: byField ? 'unconfirmed' : 'active'
				};
			}
		}),
		'household.corrected.v1': kind<HouseholdRow, z.infer<typeof Corrected>>({
			body: Corrected,
			// How often a door is visited, and its number in the register, are not for who visits it to say.
			may: (actor, { body: { tier, householdNo } }, row) =>
				mayTouch(actor, row, (tier ?? householdNo) === undefined ? 'linked-too' : 'desk-only'),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'merged' || row.state === 'voided')
					return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ...fields } = said.body;
				return raisedBy(row, correct(row, fields, said.rev, stamp, settles), said, stamp);
			}
		}),
		'household.linked.v1': kind<HouseholdRow, z.infer<typeof Linked>>({
			body: Linked,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply: (row, said, stamp) => linkedTo(row, said.body, stamp)
		}),
		'household.confirmed.v1': kind<HouseholdRow, Nothing>({
			body: Nothing,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'unconfirmed') return { noted: 'illegal-transition' };
				return moved(row, 'active', stamp);
			}
		}),
		'household.moved-out.v1': kind<HouseholdRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (!isLive(row)) return { noted: 'illegal-transition' };
				const gone = left(row, 'movedOut', stamp);
				return { ...gone, movedOutAt: stamp.at, closedReason: said.body.reason };
			}
		}),
		'household.returned.v1': kind<HouseholdRow, WithReason>({
			body: WithReason,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply: (row, _said, stamp) => back(row, 'movedOut', stamp)
		}),
		'household.merged.v1': kind<HouseholdRow, z.infer<typeof Merged>>({
			body: Merged,
			ends: true,
			may(actor, said, row, refs) {
				const into = liveDoor(said.body.into, row, refs);
				return into === true ? mayTouch(actor, row, 'desk-only') : into;
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (!isLive(row)) return { noted: 'illegal-transition' };
				if (said.body.into === row.record) return { noted: 'contradiction' };
				return { ...left(row, 'merged', stamp), mergedInto: said.body.into };
			}
		}),
		'household.unmerged.v1': kind<HouseholdRow, WithReason>({
			body: WithReason,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply: (row, _said, stamp) => back(row, 'merged', stamp)
		}),
		'household.split.v1': kind<HouseholdRow, z.infer<typeof Split>>({
			body: Split,
			may(actor, said, row, refs) {
				const other = refs.get(said.body.into);
				if (!isHousehold(other)) return 'no-such-reference';
				if (other.splitFrom !== row?.record) return 'contradiction';
				return mayTouch(actor, row, 'desk-only');
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (!isLive(row)) return { noted: 'illegal-transition' };
				const { into } = said.body;
				const before = row.splitInto ?? [];
				if (before.includes(into)) return { noted: 'nothing-changed' };
				return { ...moved(row, row.state, stamp), splitInto: [...before, into] };
			}
		}),
		'household.voided.v1': kind<HouseholdRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayVoid(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return { ...moved(row, 'voided', stamp), closedReason: said.body.reason };
			}
		}),
		...changingKinds,
		'household.restricted.v1': restricting<HouseholdRow>((row) => ({
			leftAt: leftRegisterAt(row) ?? undefined
		})),
		...planningKinds,
		...roundKinds
	},
	reads(entry) {
		return [entry.body.into, entry.body.splitFrom, entry.body.to].flatMap((id) => {
			const parsed = RecordId.safeParse(id);
			return parsed.success ? [parsed.data] : [];
		});
	},
	audience(row) {
		if (!isHousehold(row)) return [];
		const members = readersOf(row).map((member) => memberLedger(member, row.org, STANDING));
		return [deskLedger(row.org, STANDING), ...members];
	},
	passed: (row, now) =>
		isHousehold(row) ? (lendingPassed(row, now) ?? planPassed(row, now)) : null,
	fact(row) {
		if (!isHousehold(row)) throw new Error('household: a fact of another family');
		return {
			family: 'household',
			state: isLive(row) ? 'active' : 'gone',
			tier: row.tier,
			...changeFact(row),
			...(row.mergedInto === undefined ? {} : { household: row.mergedInto })
		};
	},
	indexes(row) {
		if (!isHousehold(row)) return {};
		const { record, state, linkedMember, mergedInto, splitFrom, head } = row;
		const on = mergedInto ?? splitFrom;
		return {
			state,
			...(linkedMember === undefined ? {} : { person: linkedMember }),
			...(on === undefined || on === record ? {} : { on }),
			sort: doorSort(row),
			names: head === undefined ? [] : [head],
			words: [plainPart(row.room), doorCode(row), row.phone ?? ''].filter(Boolean)
		};
	}
};

export function isHousehold(row: Row | null | undefined): row is HouseholdRow {
	return row?.family === 'household';
}

/** The door a record turned out to be, however often doors were merged on the way. */
export function doorStandingFor<R extends Pick<HouseholdRow, 'record' | 'mergedInto'>>(
	row: R,
	doors: ReadonlyMap<RecordId, R>
): R {
	const met = new Set<RecordId>([row.record]);
	let at = row;
	for (;;) {
		const next = at.mergedInto === undefined ? undefined : doors.get(at.mergedInto);
		if (next === undefined || met.has(next.record)) return at;
		met.add(next.record);
		at = next;
	}
}

function moved(row: HouseholdRow, state: HouseholdState, stamp: Stamp): HouseholdRow {
	return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state };
}

/** Out of the register, remembering what it was. */
function left(row: HouseholdRow, state: 'movedOut' | 'merged', stamp: Stamp): HouseholdRow {
	const stateBefore = row.state === 'unconfirmed' ? 'unconfirmed' : 'active';
	return { ...moved(row, state, stamp), stateBefore };
}

function back(row: HouseholdRow | null, from: HouseholdState, stamp: Stamp): HouseholdRow | Noted {
	if (row === null) return { noted: 'no-such-record' };
	if (row.state !== from) return { noted: 'illegal-transition' };
	const to = row.stateBefore ?? 'active';
	return {
		...moved(row, to, stamp),
		stateBefore: undefined,
		mergedInto: undefined,
		closedReason: undefined,
		movedOutAt: undefined
	};
}

/** An undone import may bring the same door again; nothing else returns from 作废. */
function mayComeBack(row: HouseholdRow, importId: string | undefined): boolean {
	return row.state === 'voided' && row.importId !== undefined && importId !== undefined;
}

/** Only a door that is lived in takes another in: so no chain of merged doors ever closes a circle. */
function liveDoor(
	record: RecordId,
	row: HouseholdRow | null,
	refs: Refs
): true | 'no-such-reference' | 'other-organisation' | 'contradiction' {
	const into = refs.get(record);
	if (!isHousehold(into)) return 'no-such-reference';
	if (row !== null && into.org !== row.org) return 'other-organisation';
	return isLive(into) ? true : 'contradiction';
}

type May = true | 'no-such-record' | 'other-organisation' | 'not-allowed';

/** The desk; and who opened a door in the field, as long as nobody has confirmed it. */
function mayVoid(actor: Actor, row: HouseholdRow | null): May {
	const isOwn = row?.state === 'unconfirmed' && row.createdBy === actor.person;
	return isOwn && row.org === actor.org ? true : mayTouch(actor, row, 'desk-only');
}

function mayTouch(actor: Actor, row: HouseholdRow | null, who: 'desk-only' | 'linked-too'): May {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return actor.role === 'setUp' ? true : 'other-organisation';
	if (isDesk(actor.role) || actor.role === 'setUp') return true;
	const own = who === 'linked-too' && carersOf(row).includes(actor.person);
	return own ? true : 'not-allowed';
}
