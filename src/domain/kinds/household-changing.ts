/** 重大变化 of a household: what happened in it, and when a door of the highest tier is to be visited for it. */
import { z } from 'zod';
import { kind, type AnyKind, type Stamp } from '../family.ts';
import type { Instant } from '../ids.ts';
import { isDesk, isField } from '../people.ts';
import type { HouseholdRow } from './household.ts';
import { isLive, stepped } from './household-round.ts';

export const MajorChange = z.enum([
	'illness',
	'death',
	'accident',
	'danger',
	'livelihood',
	'leftAlone',
	'conflict',
	'other'
]);
export type MajorChange = z.infer<typeof MajorChange>;

const Changed = z.strictObject({
	what: MajorChange,
	note: z.string().min(1).max(200).optional()
});

/** The fields of a household that tell of its last major change. */
export interface ChangeFields {
	readonly changedAt?: Instant | undefined;
	/** `tierRaised`: the register itself put the door into the highest tier. */
	readonly changedWhat?: MajorChange | 'tierRaised' | undefined;
	readonly changedNote?: string | undefined;
}

export const changingKinds: Readonly<Record<string, AnyKind>> = {
	'household.changed.v1': kind<HouseholdRow, z.infer<typeof Changed>>({
		body: Changed,
		// Whoever may visit a door may tell of it.
		may(actor, _said, row) {
			if (row === null) return 'no-such-record';
			if (row.org !== actor.org) return 'other-organisation';
			return isField(actor.role) || isDesk(actor.role) ? true : 'not-allowed';
		},
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isLive(row)) return { noted: 'illegal-transition' };
			// Told offline, it may arrive after a later one.
			if ((row.changedAt ?? 0) >= stamp.at) return { noted: 'nothing-changed' };
			const { what, note } = said.body;
			return {
				...stepped(row, stamp),
				changedAt: stamp.at,
				changedWhat: what,
				changedNote: note
			};
		}
	})
};

/** A door that a correction put into the highest tier has changed with it. */
export function raisedBy(before: HouseholdRow, after: HouseholdRow, stamp: Stamp): HouseholdRow {
	if (before.tier === 'high' || after.tier !== 'high') return after;
	if ((before.changedAt ?? 0) >= stamp.at) return after;
	return { ...after, changedAt: stamp.at, changedWhat: 'tierRaised', changedNote: undefined };
}

/** [A3] When it changed leaves the community, and only where a visit hangs on it. */
export function changeFact({ tier, changedAt }: HouseholdRow): { changedAt?: Instant } {
	return tier === 'high' && changedAt !== undefined ? { changedAt } : {};
}
