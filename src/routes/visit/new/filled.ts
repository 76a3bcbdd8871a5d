/** Whether something is written in the parts of the form that are folded away. */
import type { VisitDraft } from './visit-draft.ts';

export function isArrivalFilled({ companions, purpose }: VisitDraft): boolean {
	return companions.length > 0 || purpose.length > 0;
}

export function isRestFilled(form: VisitDraft): boolean {
	const texts = [form.policyTold, form.suggestions, form.solvedOnSpot, form.nextDueOn];
	return (
		texts.some((text) => text.trim() !== '') ||
		form.hazards.length > 0 ||
		form.visitorSignature !== null ||
		form.location !== null
	);
}
