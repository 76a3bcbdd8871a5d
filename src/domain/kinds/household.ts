/** 户: the door a member knocks at, its tier, and the member it is linked to. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { PersonId } from '../ids.ts';
import { deskLedger, memberLedger, STANDING, type LedgerName } from '../ledgers.ts';
import { isDesk, isField, type Actor } from '../people.ts';
import { CareTier } from '../settings.ts';

/** 困难类型 and 关爱标签, one list for the door. */
export const Group = z.enum([
	'livingAlone',
	'veryOld',
	'emptyNest',
	'lowIncome',
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

const door = {
	estate: z.string().min(1).max(40),
	building: z.string().max(10),
	unit: z.string().max(10),
	room: z.string().min(1).max(10)
};
const about = {
	head: z.string().max(40),
	headBorn: z.int().min(1900).max(2100),
	phone: z.string().regex(/^[\d -]{5,20}$/),
	size: z.int().min(0).max(30),
	tier: CareTier,
	groups: z.array(Group).max(13)
};

const Registered = z.strictObject({
	...door,
	head: about.head.optional(),
	headBorn: about.headBorn.optional(),
	phone: about.phone.optional(),
	size: about.size.optional(),
	tier: CareTier.optional(),
	groups: about.groups.optional(),
	linkedMember: PersonId.optional(),
	/** 户编号 as the community's own register has it. */
	householdNo: z.string().max(40).optional()
});
const Corrected = z.strictObject({
	...z.strictObject({ ...door, ...about }).partial().shape,
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});
const Linked = z.strictObject({ member: PersonId.nullable(), from: z.int() });
const Confirmed = z.strictObject({});
const MovedOut = z.strictObject({ reason: z.string().min(1).max(200) });

export interface HouseholdRow extends Row {
	readonly family: 'household';
	readonly estate: string;
	readonly building: string;
	readonly unit: string;
	readonly room: string;
	readonly head?: string | undefined;
	readonly headBorn?: number | undefined;
	readonly phone?: string | undefined;
	readonly size?: number | undefined;
	readonly tier: CareTier;
	readonly groups: readonly Group[];
	readonly linkedMember?: PersonId | undefined;
	readonly householdNo?: string | undefined;
	/** `unconfirmed` is 待核: a door entered in the field. */
	readonly state: 'unconfirmed' | 'active' | 'movedOut';
}

export const household: Family = {
	name: 'household',
	storage: 'standing',
	kinds: {
		'household.registered.v1': kind<HouseholdRow, z.infer<typeof Registered>>({
			body: Registered,
			may(actor, said) {
				if (isDesk(actor.role) || actor.role === 'setUp') return true;
				const forSelf =
					said.body.linkedMember === undefined || said.body.linkedMember === actor.person;
				return isField(actor.role) && forSelf ? true : 'not-allowed';
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { linkedMember, tier, groups, ...rest } = said.body;
				const byField = isField(stamp.actor.role);
				const linked = byField ? stamp.actor.person : linkedMember;
				return {
					...firstRow('household', { ...said, body: {} }, said.org, stamp),
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
			may: (actor, _said, row) => mayTouch(actor, row, 'linked-too'),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				const { reason: _reason, settles, ...fields } = said.body;
				return correct(row, fields, said.rev, stamp, settles);
			}
		}),
		'household.linked.v1': kind<HouseholdRow, z.infer<typeof Linked>>({
			body: Linked,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				const member = said.body.member ?? undefined;
				if (row.linkedMember === member) return { noted: 'nothing-changed' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, linkedMember: member };
			}
		}),
		'household.confirmed.v1': kind<HouseholdRow, z.infer<typeof Confirmed>>({
			body: Confirmed,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'unconfirmed') return { noted: 'illegal-transition' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'active' };
			}
		}),
		'household.moved-out.v1': kind<HouseholdRow, z.infer<typeof MovedOut>>({
			body: MovedOut,
			may: (actor, _said, row) => mayTouch(actor, row, 'desk-only'),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'movedOut') return { noted: 'illegal-transition' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'movedOut' };
			}
		})
	},
	reads: () => [],
	audience(row) {
		if (!isHousehold(row)) return [];
		const ledgers: LedgerName[] = [deskLedger(row.org, STANDING)];
		if (row.linkedMember !== undefined)
			ledgers.push(memberLedger(row.linkedMember, row.org, STANDING));
		return ledgers;
	},
	fact(row) {
		const gone = isHousehold(row) && row.state === 'movedOut';
		return {
			family: 'household',
			state: gone ? 'gone' : 'active',
			tier: isHousehold(row) ? row.tier : 'general'
		};
	},
	indexes(row) {
		if (!isHousehold(row)) return {};
		return {
			state: row.state,
			...(row.linkedMember === undefined ? {} : { person: row.linkedMember }),
			sort: doorSort(row),
			words: [row.head ?? '', row.room, `${row.building}${row.unit}${row.room}`].filter(Boolean)
		};
	}
};

export function isHousehold(row: Row | null | undefined): row is HouseholdRow {
	return row?.family === 'household';
}

function mayTouch(
	actor: Actor,
	row: HouseholdRow | null,
	who: 'desk-only' | 'linked-too'
): true | 'no-such-record' | 'other-organisation' | 'not-allowed' {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return actor.role === 'setUp' ? true : 'other-organisation';
	if (isDesk(actor.role) || actor.role === 'setUp') return true;
	const own = who === 'linked-too' && row.linkedMember === actor.person;
	return own ? true : 'not-allowed';
}

/** By building, unit, room, as a walker meets the doors. */
function doorSort(row: HouseholdRow): number {
	const digits = (text: string) => Number.parseInt(text.replace(/\D/g, ''), 10) || 0;
	return digits(row.building) * 10_000_000 + digits(row.unit) * 100_000 + digits(row.room);
}
