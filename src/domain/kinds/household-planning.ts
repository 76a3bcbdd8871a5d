/** 包联 from a day to come: the plan lies on the door until the relay's clock carries it out (F4). */
import { z } from 'zod';
import { dayOf, startOfDay, type Day } from '../calendar.ts';
import { kind, type AnyKind, type Noted, type Passed, type Stamp } from '../family.ts';
import { PersonId, type Instant } from '../ids.ts';
import { mayClock } from '../may-clock.ts';
import { HandedBy } from '../people.ts';
import { DayShape, Nothing } from '../shapes.ts';
import type { HouseholdRow } from './household.ts';
import { isLive, mayArrange, notLent, stepped } from './household-round.ts';

const Planned = z.strictObject({
	/** Null leaves the door with nobody from that day. */
	member: PersonId.nullable(),
	from: DayShape,
	handedBy: HandedBy.optional()
});

/** The fields of a household that these kinds write. */
export interface PlanFields {
	/** Who looks after the door from that day on; nobody where only the day stands. */
	readonly nextMember?: PersonId | undefined;
	readonly nextMemberFrom?: Day | undefined;
	readonly nextHandedBy?: string | undefined;
	/** 交接: who looked after the door before, in words, for whoever does now and holds no card of theirs. */
	readonly handedBy?: string | undefined;
}

export const planningKinds: Readonly<Record<string, AnyKind>> = {
	'household.link-planned.v1': kind<HouseholdRow, z.infer<typeof Planned>>({
		body: Planned,
		may: (actor, _said, row) => mayArrange(actor, row, () => []),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isLinkable(row)) return { noted: 'illegal-transition' };
			const { from, handedBy } = said.body;
			const member = said.body.member ?? undefined;
			if (row.nextMember === member && row.nextMemberFrom === from)
				return { noted: 'nothing-changed' };
			// Said offline, it may arrive when its day has come.
			return from <= dayOf(stamp.receivedAt)
				? handedTo(row, { member, from: startOfDay(from), handedBy }, stamp)
				: {
						...stepped(row, stamp),
						nextMember: member,
						nextMemberFrom: from,
						nextHandedBy: handedBy
					};
		}
	}),
	'household.plan-dropped.v1': kind<HouseholdRow, Nothing>({
		body: Nothing,
		ends: true,
		may: (actor, _said, row) => mayArrange(actor, row, () => []),
		apply(row, _said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.nextMemberFrom === undefined) return { noted: 'illegal-transition' };
			return { ...stepped(row, stamp), ...noPlan };
		}
	}),
	'household.link-begun.v1': kind<HouseholdRow, Nothing>({
		body: Nothing,
		may: (actor, _said, row) => mayClock(actor, row),
		apply(row, _said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			// [F4] whoever comes second finds no plan
			if (row.nextMemberFrom === undefined || !isLinkable(row))
				return { noted: 'illegal-transition' };
			if (row.nextMemberFrom > dayOf(stamp.receivedAt)) return { noted: 'contradiction' };
			const { nextMember: member, nextMemberFrom, nextHandedBy: handedBy } = row;
			return handedTo(row, { member, from: startOfDay(nextMemberFrom), handedBy }, stamp);
		}
	})
};

/** [F4] The day of a plan has come: the clock carries it out. */
export function planPassed(row: HouseholdRow, now: Instant): Passed | null {
	const isDue = row.nextMemberFrom !== undefined && row.nextMemberFrom <= dayOf(now);
	return isDue && isLinkable(row) ? { kind: 'household.link-begun.v1', body: {} } : null;
}

const noPlan = {
	nextMember: undefined,
	nextMemberFrom: undefined,
	nextHandedBy: undefined
} as const satisfies PlanFields;

interface Handing {
	/** Null or absent: with nobody. */
	readonly member?: PersonId | null | undefined;
	readonly from: Instant;
	readonly handedBy?: string | undefined;
}

/** At once, where it is not with them already. */
export function linkedTo(
	row: HouseholdRow | null,
	to: Handing & { readonly member: PersonId | null },
	stamp: Stamp
): HouseholdRow | Noted {
	if (row === null) return { noted: 'no-such-record' };
	if (!isLinkable(row)) return { noted: 'illegal-transition' };
	return isWith(row, to.member) ? { noted: 'nothing-changed' } : handedTo(row, to, stamp);
}

/** [A5] The door with another member, or with nobody; a plan and a lending of before are over. */
function handedTo(
	row: HouseholdRow,
	{ member: next, from, handedBy }: Handing,
	stamp: Stamp
): HouseholdRow {
	const member = next ?? undefined;
	const { linkedMember: before } = row;
	const goesOn = before === undefined || before === member;
	const handedOn = goesOn ? row.handedOn : { ...row.handedOn, [before]: stamp.receivedAt };
	return notLent({
		...stepped(row, stamp),
		linkedMember: member,
		linkedFrom: member === undefined ? undefined : from,
		handedOn,
		handedBy,
		...noPlan
	});
}

export function isWith(row: HouseholdRow, member: PersonId | null): boolean {
	return (row.linkedMember ?? null) === member;
}

/** A merged door goes along with the one it turned out to be, and its visits with it. */
export function isLinkable(row: HouseholdRow): boolean {
	return isLive(row) || row.state === 'merged';
}
