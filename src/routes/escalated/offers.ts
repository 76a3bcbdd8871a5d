/** What somebody of the office may do with a demand that was handed up; anything else is not shown. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import { isTaken } from '#domain/kinds/demand-office.ts';
import { isOffice, type Role } from '#domain/people.ts';

export type Offer = 'take' | 'handle' | 'reassign' | 'handBack' | 'amend';

/** The kind of entry each offer says. */
export const kindOfOffer = {
	take: 'demand.taken.v1',
	handle: 'demand.handled.v1',
	reassign: 'demand.reassigned.v1',
	handBack: 'demand.handed-back.v1',
	amend: 'demand.answer-corrected.v1'
} as const satisfies Record<Offer, string>;

/** [F5] What nothing else can undo. */
type Held = 'handle' | 'handBack';

export function isHeld(offer: Offer): offer is Held {
	return offer === 'handle' || offer === 'handBack';
}

/** In the order the screen shows them: the one next step first. */
export function offersFor(
	row: DemandRow,
	duty: { readonly role: Role; readonly org: string }
): readonly Offer[] {
	if (!isOffice(duty.role) || row.office !== duty.org || row.restrictedAt !== undefined) return [];
	if (row.state === 'handled') return ['amend'];
	if (row.state !== 'escalatedSub') return [];
	return isTaken(row) ? ['handle', 'reassign', 'handBack'] : ['take', 'handBack'];
}
