/** 更正 of a visit: which fields the form offers, what must be mended, and only what was changed. */
import type { VisitOutcome, VisitRow } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

const texts = ['changes', 'hardships', 'suggestions', 'hazards', 'solvedOnSpot'] as const;
export type VisitText = (typeof texts)[number];
export const visitTexts: readonly VisitText[] = texts;

export interface VisitCorrecting extends Record<VisitText, string> {
	outcome: VisitOutcome;
	mode: VisitRow['mode'];
	interviewee: string;
	nextDueOn: string;
	reason: string;
}

const LONGEST = 1000;

export function visitCorrectingFrom(row: VisitRow): VisitCorrecting {
	return {
		outcome: row.outcome,
		mode: row.mode,
		interviewee: row.interviewee ?? '',
		changes: row.changes ?? '',
		hardships: row.hardships ?? '',
		suggestions: row.suggestions ?? '',
		hazards: row.hazards ?? '',
		solvedOnSpot: row.solvedOnSpot ?? '',
		nextDueOn: row.nextDueOn ?? '',
		reason: ''
	};
}

/** The body of `visit.corrected.v1`, or null when nothing differs; a day cannot be taken away. */
export function visitCorrectedBody(
	row: VisitRow,
	form: VisitCorrecting
): Record<string, unknown> | null {
	const before: Readonly<Record<string, string>> = { ...visitCorrectingFrom(row) };
	const { reason, ...fields } = form;
	const changed = Object.entries(fields).filter(
		([field, value]) => value !== before[field] && !(field === 'nextDueOn' && value === '')
	);
	return changed.length === 0 ? null : { ...Object.fromEntries(changed), reason };
}

/** An old visit without a name may stay so; one that is said to have met somebody says whom. */
export function visitCorrectingErrors(row: VisitRow, form: VisitCorrecting): readonly FieldError[] {
	const { reasonMissing, reasonTooLong } = m.secretary.correct;
	const { intervieweeMissing, tooLong } = m.secretary.visits;
	const errors: FieldError[] = [];
	const longer = (field: keyof VisitCorrecting, longest: number): void => {
		if (form[field].length > longest) errors.push({ field, message: tooLong(longest) });
	};
	const isAsBefore = form.outcome === row.outcome && form.interviewee === (row.interviewee ?? '');
	if (form.outcome === 'met' && form.interviewee.trim() === '' && !isAsBefore)
		errors.push({ field: 'interviewee', message: intervieweeMissing });
	longer('interviewee', 40);
	for (const field of texts) longer(field, LONGEST);
	if (form.reason.trim() === '') errors.push({ field: 'reason', message: reasonMissing });
	if (form.reason.length > 200) errors.push({ field: 'reason', message: reasonTooLong });
	return errors;
}
