/** What the round asks of a household: its visit postponed, and the door lent to another member (代班). */
import { z } from 'zod';
import { addDays, dayOf, type Day } from '../calendar.ts';
import { plainPart } from '../door-parts.ts';
import type { Reason } from '../element.ts';
import { kind, type AnyKind, type Passed, type Stamp } from '../family.ts';
import { PersonId, RecordId, type Instant } from '../ids.ts';
import { isDesk, type Actor } from '../people.ts';
import { LooseDayShape, Nothing } from '../shapes.ts';
import type { HouseholdRow } from './household.ts';
import { isPerson } from './person.ts';

/** How far a visit may be put off, in days. */
export const LONGEST_POSTPONEMENT = 92;

export const PostponeReason = z.enum(['away', 'askedLater', 'ill', 'weather', 'other']);
export type PostponeReason = z.infer<typeof PostponeReason>;

const Postponed = z.strictObject({
	until: LooseDayShape,
	why: PostponeReason,
	note: z.string().min(1).max(200).optional()
});
const Lent = z.strictObject({ to: PersonId, until: LooseDayShape });

/** The fields of a household that these kinds write. */
export interface RoundFields {
	/** 顺延: the day the next visit was put off to, until somebody knocks again. */
	readonly nextDueOn?: Day | undefined;
	readonly postponedWhy?: PostponeReason | undefined;
	readonly postponedNote?: string | undefined;
	readonly postponedAt?: Instant | undefined;
	/** 代班: who reads and visits this door through that day; the owner keeps it. */
	readonly lentTo?: PersonId | undefined;
	readonly lentUntil?: Day | undefined;
}

export const roundKinds: Readonly<Record<string, AnyKind>> = {
	'household.postponed.v1': kind<HouseholdRow, z.infer<typeof Postponed>>({
		body: Postponed,
		may: (actor, _said, row) => mayArrange(actor, row, carersOf),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isLive(row)) return { noted: 'illegal-transition' };
			const { until, why, note } = said.body;
			const today = dayOf(stamp.at);
			if (until < today || until > addDays(today, LONGEST_POSTPONEMENT))
				return { noted: 'contradiction' };
			return {
				...stepped(row, stamp),
				nextDueOn: until,
				postponedWhy: why,
				postponedNote: note,
				postponedAt: stamp.at
			};
		}
	}),
	'household.lent.v1': kind<HouseholdRow, z.infer<typeof Lent>>({
		body: Lent,
		may(actor, said, row, refs) {
			const may = mayArrange(actor, row, () => []);
			if (may !== true) return may;
			// A ledger of somebody without a duty here opens to nobody (A2): the card is enough.
			const card = RecordId.safeParse(said.body.to);
			return card.success && isPerson(refs.get(card.data)) ? true : 'no-such-reference';
		},
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			const { to, until } = said.body;
			if (!isLive(row)) return { noted: 'illegal-transition' };
			// Only what somebody holds is lent, to somebody else, and not for days that are over.
			const { linkedMember } = row;
			if (linkedMember === undefined || linkedMember === to || until < dayOf(stamp.receivedAt))
				return { noted: 'contradiction' };
			if (row.lentTo === to && row.lentUntil === until) return { noted: 'nothing-changed' };
			return { ...stepped(row, stamp), lentTo: to, lentUntil: until };
		}
	}),
	'household.lending-ended.v1': kind<HouseholdRow, Nothing>({
		body: Nothing,
		ends: true,
		may(actor, _said, row) {
			if (actor.role === 'clock' && row?.org === actor.org) return true;
			return mayArrange(actor, row, ({ lentTo }) => (lentTo === undefined ? [] : [lentTo]));
		},
		apply(row, _said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			// [F4] whoever comes second finds nothing to end
			if (row.lentTo === undefined) return { noted: 'illegal-transition' };
			if (stamp.actor.role === 'clock' && !isOver(row, stamp.receivedAt))
				return { noted: 'contradiction' };
			return notLent(stepped(row, stamp));
		}
	})
};

/** Who visits this door now: the member it is linked to, and whoever it is lent to. */
export function carersOf({
	linkedMember,
	lentTo
}: Pick<HouseholdRow, 'linkedMember' | 'lentTo'>): readonly PersonId[] {
	return [linkedMember, lentTo].filter((each) => each !== undefined);
}

/** [A2] Who reads it beside the desk: nobody knocks any more at a door that moved out or was no door. */
export function readersOf(
	row: Pick<HouseholdRow, 'linkedMember' | 'lentTo' | 'state'>
): readonly PersonId[] {
	return row.state === 'movedOut' || row.state === 'voided' ? [] : carersOf(row);
}

/** A new owner decides anew who stands in. */
export function notLent(row: HouseholdRow): HouseholdRow {
	return { ...row, lentTo: undefined, lentUntil: undefined };
}

/** [F4] The day of a lending has passed: the clock ends it. */
export function lendingPassed(row: HouseholdRow, now: Instant): Passed | null {
	return isOver(row, now) ? { kind: 'household.lending-ended.v1', body: {} } : null;
}

function isOver({ lentUntil }: HouseholdRow, now: Instant): boolean {
	return lentUntil !== undefined && lentUntil < dayOf(now);
}

/** In the register and lived in, confirmed or not yet. */
export function isLive(row: Pick<HouseholdRow, 'state'>): boolean {
	return row.state === 'active' || row.state === 'unconfirmed';
}

export function stepped(row: HouseholdRow, stamp: Stamp): HouseholdRow {
	return { ...row, n: stamp.n, updatedAt: stamp.receivedAt };
}

/** The desk, and of the field those that `also` names. */
export function mayArrange(
	actor: Actor,
	row: HouseholdRow | null,
	also: (row: HouseholdRow) => readonly PersonId[]
): true | Reason {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return isDesk(actor.role) || also(row).includes(actor.person) ? true : 'not-allowed';
}

/** When it moved out, was merged or made void: from then on years count (`retention.ts`). Null while it is there. */
export function leftRegisterAt(row: HouseholdRow): Instant | null {
	return isLive(row) ? null : (row.leftAt ?? row.movedOutAt ?? row.updatedAt);
}

/** By building, unit, room, as a walker meets the doors. */
export function doorSort(row: Pick<HouseholdRow, 'building' | 'unit' | 'room'>): number {
	const digits = (text: string) => Number.parseInt(plainPart(text).replace(/\D/g, ''), 10) || 0;
	return digits(row.building) * 10_000_000 + digits(row.unit) * 100_000 + digits(row.room);
}
