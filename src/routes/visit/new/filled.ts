/** Whether something is written in the parts of the form that are folded away. */
import type { VisitDraft } from './visit-draft.ts';
import { isMoved } from './when.ts';

export function isArrivalFilled(form: VisitDraft): boolean {
	return isMoved(form) || form.companions.length > 0 || form.purpose.length > 0;
}

export function isRestFilled(form: VisitDraft): boolean {
	const { policyTold, suggestions, solvedOnSpot, note = '', nextDueOn } = form;
	const texts = [policyTold, suggestions, solvedOnSpot, note, nextDueOn];
	return (
		texts.some((text) => text.trim() !== '') ||
		form.hazards.length > 0 ||
		form.visitorSignature !== null ||
		form.location !== null
	);
}
