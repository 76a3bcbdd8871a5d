/** What each page of the visit form must have before it goes on. */
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Instant } from '#domain/ids.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import {
	captionErrors,
	lineErrors,
	NAME_MAX,
	PLACE_MAX,
	POLICY_LINES,
	POLICY_LONGEST,
	TEXT_MAX
} from '#lib/visits/checks.ts';
import { hazardErrors } from '#lib/visits/hazards.ts';
import { companionErrors } from '#lib/visits/companions.ts';
import { firstWhenErrors } from '#lib/visits/when.ts';
import { isShort } from './short-way.ts';
import { LAST_STEP, stepsOf, type VisitDraft } from './visit-draft.ts';
import { whenOf } from './when.ts';

const DEMAND_MAX = 2000;

/** Errors of one page, in the order of its fields. */
export function stepErrors(form: VisitDraft, step: number, now: Instant): readonly FieldError[] {
	const today = dayOf(now);
	switch (step) {
		case 1:
			return [
				...(form.isMeeting ? meetingErrors(form) : whoErrors(form, today)),
				...firstWhenErrors(whenOf(form), now),
				...companionErrors(form.companions)
			];
		case 2:
			return texts({ changes: form.changes, hardships: form.hardships });
		case 3:
			return demandErrors(form);
		case 4:
			return [
				...captionErrors(form.photos),
				...hazardErrors(form.hazards),
				...texts({ suggestions: form.suggestions }),
				...lineErrors('policyTold', form.policyTold, POLICY_LINES, POLICY_LONGEST),
				...texts({ solvedOnSpot: form.solvedOnSpot, note: form.note ?? '' }),
				...nextErrors(form, today, m.member.visit.other.nextPast)
			];
		default:
			return [];
	}
}

/** The first page that must be mended before 上报, if any. */
export function firstWrongStep(form: VisitDraft, now: Instant): number | null {
	const steps = isShort(form) ? [1] : stepsOf(form).filter((step) => step !== LAST_STEP);
	return steps.find((step) => stepErrors(form, step, now).length > 0) ?? null;
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

function meetingErrors(form: VisitDraft): readonly FieldError[] {
	const errors: FieldError[] = [];
	if (form.place.trim() === '')
		errors.push({ field: 'place', message: m.visit.meeting.placeMissing });
	if (form.place.trim().length > PLACE_MAX)
		errors.push({ field: 'place', message: m.member.textTooLong(PLACE_MAX) });
	if (form.interviewee.trim().length > NAME_MAX)
		errors.push({ field: 'interviewee', message: m.member.textTooLong(NAME_MAX) });
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
