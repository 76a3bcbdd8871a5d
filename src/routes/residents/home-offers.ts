/** What the desk may do with a household now; anything else is not shown. */
import type { HouseholdRow, HouseholdState } from '#domain/kinds/household.ts';
import { isDesk } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';

export type Offer =
	| 'confirm'
	| 'merge'
	| 'link'
	| 'correct'
	| 'split'
	| 'moveOut'
	| 'return'
	| 'unmerge'
	| 'void'
	| 'unplan';

/** Those that need nothing but a press. */
export const kindOfPress = {
	confirm: 'household.confirmed.v1',
	unplan: 'household.plan-dropped.v1'
} as const satisfies Partial<Record<Offer, string>>;

/** Those that need nothing but a reason, and the kind each says. */
export const kindOfReason = {
	moveOut: 'household.moved-out.v1',
	return: 'household.returned.v1',
	void: 'household.voided.v1'
} as const satisfies Partial<Record<Offer, string>>;

export function homeOffers(
	row: Pick<HouseholdRow, 'state' | 'org' | 'nextMemberFrom' | 'restrictedAt'>,
	duty: Pick<DutyOnWire, 'role' | 'org'>
): readonly Offer[] {
	if (!isDesk(duty.role) || row.org !== duty.org || row.restrictedAt !== undefined) return [];
	const plan: readonly Offer[] = row.nextMemberFrom === undefined ? [] : ['unplan'];
	return [...byState[row.state], ...plan];
}

/** In the order the screen shows them: the one next step first. */
const byState: Readonly<Record<HouseholdState, readonly Offer[]>> = {
	unconfirmed: ['confirm', 'merge', 'link', 'correct', 'void'],
	active: ['link', 'correct', 'split', 'merge', 'moveOut', 'void'],
	movedOut: ['return', 'correct', 'void'],
	merged: ['unmerge'],
	voided: []
};
