/** What each page of the visit form must have before it goes on. */
import type { Day } from '#domain/calendar.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { isShort, LAST_STEP, type VisitDraft } from './visit-draft.ts';

const TEXT_MAX = 1000;
const NAME_MAX = 40;
export const DEMAND_MAX = 2000;

/** Errors of one page, in the order of its fields. */
export function stepErrors(form: VisitDraft, step: number, today: Day): readonly FieldError[] {
	switch (step) {
		case 1:
			return whoErrors(form, today);
		case 2:
			return texts({ changes: form.changes, hardships: form.hardships });
		case 3:
			return demandErrors(form);
		case 4:
			return [
				...texts({
					suggestions: form.suggestions,
					hazards: form.hazards,
					solvedOnSpot: form.solvedOnSpot
				}),
				...nextErrors(form, today, m.member.visit.other.nextPast)
			];
		default:
			return [];
	}
}

/** The first page that must be mended before 上报, if any. */
export function firstWrongStep(form: VisitDraft, today: Day): number | null {
	const last = isShort(form) ? 1 : LAST_STEP - 1;
	for (let step = 1; step <= last; step++)
		if (stepErrors(form, step, today).length > 0) return step;
	return null;
}

function whoErrors(form: VisitDraft, today: Day): readonly FieldError[] {
	const words = m.member.visit.who;
	const errors: FieldError[] = [];
	if (form.met === undefined) errors.push({ field: 'met', message: words.missing });
	if (form.met === 'other' && form.interviewee.trim() === '')
		errors.push({ field: 'interviewee', message: words.nameMissing });
	if (form.met === 'other' && form.interviewee.trim().length > NAME_MAX)
		errors.push({ field: 'interviewee', message: m.member.textTooLong(NAME_MAX) });
	if (form.mode === undefined) errors.push({ field: 'mode', message: words.modeMissing });
	if (form.met === 'notHome')
		errors.push(...texts({ changes: form.changes }), ...nextErrors(form, today, words.backPast));
	return errors;
}

function demandErrors({ demands, writing }: VisitDraft): readonly FieldError[] {
	if (writing !== null && writing.text.trim().length > DEMAND_MAX)
		return [{ field: 'demand-text', message: m.member.textTooLong(DEMAND_MAX) }];
	const tooLong = demands.find((each) => each.text.length > DEMAND_MAX);
	return tooLong === undefined
		? []
		: [{ field: `demand-${tooLong.record}`, message: m.member.textTooLong(DEMAND_MAX) }];
}

function nextErrors(form: VisitDraft, today: Day, message: string): readonly FieldError[] {
	return form.nextDueOn !== '' && form.nextDueOn < today ? [{ field: 'nextDueOn', message }] : [];
}

function texts(fields: Readonly<Record<string, string>>): readonly FieldError[] {
	return Object.entries(fields)
		.filter(([, text]) => text.trim().length > TEXT_MAX)
		.map(([field]) => ({ field, message: m.member.textTooLong(TEXT_MAX) }));
}
