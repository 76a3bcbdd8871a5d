/** What a person of the desk may do with a demand now; anything else is not shown. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import { isDesk, type Role } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';

export type Offer =
	| 'accept'
	| 'handle'
	| 'escalate'
	| 'merge'
	| 'reassign'
	| 'decline'
	| 'note'
	| 'correct'
	| 'amend'
	| 'unmerge'
	| 'withdraw'
	| 'void';

/** The kind of entry each offer says. */
export const kindOfOffer = {
	accept: 'demand.accepted.v1',
	handle: 'demand.handled.v1',
	escalate: 'demand.escalated.v1',
	merge: 'demand.merged.v1',
	reassign: 'demand.reassigned.v1',
	decline: 'demand.declined.v1',
	note: 'handling.noted.v1',
	correct: 'demand.corrected.v1',
	amend: 'demand.answer-corrected.v1',
	unmerge: 'demand.unmerged.v1',
	withdraw: 'demand.withdrawn.v1',
	void: 'demand.voided.v1'
} as const satisfies Record<Offer, string>;

/** In the order the screen shows them: the one next step first. */
export function offersFor(
	row: Pick<DemandRow, 'state' | 'org' | 'office' | 'restrictedAt'>,
	duty: { readonly role: Role; readonly org: string }
): readonly Offer[] {
	if (!isDesk(duty.role) || row.org !== duty.org || row.restrictedAt !== undefined) return [];
	const decides = duty.role === 'communitySecretary';
	const isTheirs: Readonly<Partial<Record<Offer, boolean>>> = {
		// What the office answered is the office's to mend.
		amend: row.office === undefined && (decides || row.state !== 'declined')
	};
	return byState[row.state].filter(
		(offer) => (isTheirs[offer] ?? true) && (decides || !DECISIONS.has(offer))
	);
}

const DECISIONS = new Set<Offer>(['escalate', 'merge', 'unmerge', 'decline', 'void']);
/** [F5] What nothing else can undo. */
const HELD = new Set<Offer>(['decline', 'handle', 'escalate', 'void', 'withdraw']);

/** What leaves a demand in the state it is in. */
const STAYING = new Set<Offer>(['note', 'correct', 'amend', 'reassign']);

export function leavesQueue(offer: Offer): boolean {
	return !STAYING.has(offer);
}

export function isHeld(offer: Offer): boolean {
	return HELD.has(offer);
}

/** Where neither 更正 nor 作废 is possible afterwards. */
export function tooLateWords(offer: Offer): string | undefined {
	const words: Partial<Record<Offer, string>> = m.secretary.done.tooLateOf;
	return words[offer];
}

const byState: Readonly<Record<DemandRow['state'], readonly Offer[]>> = {
	registered: ['accept', 'merge', 'decline', 'note', 'correct', 'withdraw', 'void'],
	accepted: ['handle', 'escalate', 'merge', 'note', 'reassign', 'correct', 'void'],
	// The office has it: what the desk notes for itself stays here.
	escalatedSub: ['note'],
	handled: ['note', 'amend', 'correct', 'void'],
	merged: ['unmerge', 'note', 'correct', 'void'],
	declined: ['note', 'amend', 'correct', 'void'],
	withdrawn: ['note', 'void'],
	voided: []
};
