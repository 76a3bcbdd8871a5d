/** 更正 of a demand by the one who brought it: the words, the type, the urgency; only what was changed. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Correcting {
	description: string;
	type: DemandRow['type'];
	urgency: DemandRow['urgency'];
	place: string;
	reason: string;
}

const TEXT_MAX = 2000;
const SHORT_MAX = 200;

export function correctingFrom(row: DemandRow): Correcting {
	return {
		description: row.description === '' ? row.title : row.description,
		type: row.type,
		urgency: row.urgency,
		place: row.place ?? '',
		reason: ''
	};
}

/**
 * The body of `demand.corrected.v1`, or null when nothing differs from what the form began with. New words bring
 * a new title.
 */
export function correctedBody(
	row: DemandRow,
	form: Correcting,
	before: Correcting = correctingFrom(row)
): Record<string, unknown> | null {
	const text = form.description.trim();
	const changed = {
		...(text === before.description ? {} : { title: titleOf(text), description: text }),
		...(form.type === before.type ? {} : { type: form.type }),
		...(form.urgency === before.urgency ? {} : { urgency: form.urgency }),
		...(form.place.trim() === before.place ? {} : { place: form.place.trim() })
	};
	if (Object.keys(changed).length === 0) return null;
	return { ...changed, reason: form.reason.trim() };
}

export function correctingErrors(row: DemandRow, form: Correcting): readonly FieldError[] {
	const { correct } = m.secretary;
	const errors: FieldError[] = [];
	const text = form.description.trim();
	if (text === '')
		errors.push({ field: 'description', message: m.member.visit.demands.textMissing });
	if (text.length > TEXT_MAX && text !== row.description)
		errors.push({ field: 'description', message: m.member.textTooLong(TEXT_MAX) });
	if (form.place.trim().length > SHORT_MAX)
		errors.push({ field: 'place', message: m.member.textTooLong(SHORT_MAX) });
	if (form.reason.trim() === '') errors.push({ field: 'reason', message: correct.reasonMissing });
	if (form.reason.trim().length > SHORT_MAX)
		errors.push({ field: 'reason', message: correct.reasonTooLong });
	return errors;
}
