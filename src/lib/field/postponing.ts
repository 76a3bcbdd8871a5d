/** Putting a visit off: what the small form holds, what must be mended, and what it says. */
import { addDays, type Day } from '#domain/calendar.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { LONGEST_POSTPONEMENT, type PostponeReason } from '#domain/kinds/household-round.ts';
import { m } from '#lib/i18n/index.ts';
import type { Utterance } from '#lib/app.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { noteErrors, noteSaid } from './short-note.ts';

export interface Postponing {
	why: PostponeReason | undefined;
	until: string;
	note: string;
}

export function postponingErrors(form: Postponing, today: Day): readonly FieldError[] {
	const { postpone, day } = m.round;
	const errors: FieldError[] = [];
	if (form.why === undefined) errors.push({ field: 'why', message: postpone.whyMissing });
	if (form.until === '') errors.push({ field: 'until', message: day.missing });
	else if (form.until < today) errors.push({ field: 'until', message: day.past });
	else if (form.until > addDays(today, LONGEST_POSTPONEMENT))
		errors.push({ field: 'until', message: day.tooFar(LONGEST_POSTPONEMENT) });
	return [...errors, ...noteErrors(form.note)];
}

export function postponed(home: Pick<HouseholdRow, 'record'>, form: Postponing): Utterance {
	return {
		kind: 'household.postponed.v1',
		record: home.record,
		body: { until: form.until, why: form.why, ...noteSaid(form.note) }
	};
}
