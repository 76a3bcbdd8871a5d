/** 更正 of a visit: which fields the form offers, and that only what was changed is said. */
import type { Day } from '#domain/calendar.ts';
import type { VisitMode, VisitOutcome, VisitRow } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Correcting {
	outcome: VisitOutcome;
	interviewee: string;
	mode: VisitMode;
	changes: string;
	hardships: string;
	suggestions: string;
	hazards: string;
	solvedOnSpot: string;
	nextDueOn: string;
	reason: string;
}

const LONGEST = {
	interviewee: 40,
	changes: 1000,
	hardships: 1000,
	suggestions: 1000,
	hazards: 1000,
	solvedOnSpot: 1000
} as const;

export const textFields = [
	'changes',
	'hardships',
	'suggestions',
	'hazards',
	'solvedOnSpot'
] as const;

export function correctingFrom(row: VisitRow): Correcting {
	return {
		outcome: row.outcome,
		interviewee: row.interviewee ?? '',
		mode: row.mode,
		changes: row.changes ?? '',
		hardships: row.hardships ?? '',
		suggestions: row.suggestions ?? '',
		hazards: row.hazards ?? '',
		solvedOnSpot: row.solvedOnSpot ?? '',
		nextDueOn: row.nextDueOn ?? '',
		reason: ''
	};
}

/** The body of `visit.corrected.v1`, or null when nothing differs. A named day cannot be unsaid. */
export function correctedBody(row: VisitRow, form: Correcting): Record<string, unknown> | null {
	const before: Readonly<Record<string, string>> = { ...correctingFrom(row) };
	const { reason, ...fields } = form;
	const changed = Object.entries(fields)
		.map(([field, value]) => [field, value.trim()] as const)
		.filter(
			([field, value]) => value !== before[field] && !(field === 'nextDueOn' && value === '')
		);
	if (changed.length === 0) return null;
	// What was written is no longer nothing.
	const isWell = row.allWell === true && textFields.some((field) => form[field].trim() !== '');
	return {
		...Object.fromEntries(changed),
		...(isWell ? { allWell: false } : {}),
		reason: reason.trim()
	};
}

export function correctingErrors(
	row: VisitRow,
	form: Correcting,
	today: Day
): readonly FieldError[] {
	const errors: FieldError[] = [];
	if (form.outcome === 'met' && row.allWell !== true && form.interviewee.trim() === '')
		errors.push({ field: 'interviewee', message: m.member.visit.who.nameMissing });
	for (const [field, longest] of Object.entries(LONGEST)) {
		const text: unknown = Reflect.get(form, field);
		if (typeof text === 'string' && text.trim().length > longest)
			errors.push({ field, message: m.member.textTooLong(longest) });
	}
	if (form.nextDueOn !== (row.nextDueOn ?? '') && form.nextDueOn !== '' && form.nextDueOn < today)
		errors.push({ field: 'nextDueOn', message: m.member.visit.other.nextPast });
	if (form.reason.trim() === '')
		errors.push({ field: 'reason', message: m.secretary.correct.reasonMissing });
	if (form.reason.trim().length > 200)
		errors.push({ field: 'reason', message: m.secretary.correct.reasonTooLong });
	return errors;
}
