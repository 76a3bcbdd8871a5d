/** 代班: what the form holds, what must be mended, and the commits it says, twenty doors each (E7). */
import type { Day } from '#domain/calendar.ts';
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { chunks } from '#lib/chunks.ts';
import { m } from '#lib/i18n/index.ts';
import type { Utterance } from '#lib/app.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Lending {
	to: PersonId | '';
	until: string;
	which: 'whole' | 'some';
	doors: RecordId[];
}

export function lendingErrors(form: Lending, today: Day): readonly FieldError[] {
	const words = m.round.lend;
	const errors: FieldError[] = [];
	if (form.to === '') errors.push({ field: 'to', message: words.toMissing });
	if (form.until === '') errors.push({ field: 'until', message: words.untilMissing });
	else if (form.until < today) errors.push({ field: 'until', message: words.untilPast });
	if (form.which === 'some' && form.doors.length === 0)
		errors.push({ field: 'doors', message: words.doorsMissing });
	return errors;
}

export function lent(
	form: Lending,
	own: readonly Pick<HouseholdRow, 'record'>[]
): readonly (readonly Utterance[])[] {
	const doors =
		form.which === 'whole' ? own : own.filter(({ record }) => form.doors.includes(record));
	const body = { to: form.to, until: form.until };
	const says = doors.map(({ record }) => ({ kind: 'household.lent.v1', record, body }));
	return [...chunks(says, COMMIT_ENTRIES)];
}

export function lendingEnded(
	doors: readonly Pick<HouseholdRow, 'record'>[]
): readonly (readonly Utterance[])[] {
	const says = doors.map(({ record }) => ({
		kind: 'household.lending-ended.v1',
		record,
		body: {}
	}));
	return [...chunks(says, COMMIT_ENTRIES)];
}

/** Doors of one owner that somebody walks for now, by who and until when. */
export interface Stand {
	readonly to: PersonId;
	readonly until: Day;
	readonly doors: readonly HouseholdRow[];
}

export function standsOf(households: readonly HouseholdRow[]): readonly Stand[] {
	const stands = new Map<string, Stand>();
	for (const row of households) {
		const { lentTo: to, lentUntil: until } = row;
		if (to === undefined || until === undefined) continue;
		const key = `${to} ${until}`;
		stands.set(key, { to, until, doors: [...(stands.get(key)?.doors ?? []), row] });
	}
	return [...stands.values()];
}
