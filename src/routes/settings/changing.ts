/** What every form of the settings shares: from which day and why, what it changes, what stands against it. */
import { addDays, type Day } from '#domain/calendar.ts';
import { newContradictions } from '#domain/contradictions.ts';
import type { Conflict } from '#domain/family.ts';
import { isDay } from '#domain/shapes.ts';
import {
	differing,
	fieldsOf,
	fieldValue,
	settingsAt,
	withFields,
	type SettingsChange,
	type SettingsField,
	type SettingsPatch,
	type SettingsRow
} from '#domain/settings.ts';
import { m, written } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { fullDayWords } from '#lib/ui/format.ts';
import { fieldWords, settingWords } from './setting-words.ts';

export interface Dated {
	from: Day;
	reason: string;
}

/** What a form's fields come to, or what is to be mended in them. */
export type Filled =
	| { readonly ok: true; readonly values: SettingsPatch }
	| { readonly ok: false; readonly errors: readonly FieldError[] };

/** One field's passage in one change. */
export interface Passage {
	readonly field: SettingsField;
	readonly what: string;
	readonly from: string;
	readonly to: string;
}

const LONGEST = 200;
const words = m.settings;

export function datedFrom(today: Day): Dated {
	return { from: addDays(today, 1), reason: '' };
}

/** Of what a form holds, what was typed in it: what stood there when it was opened may be others' to change. */
export function touchedIn(filled: Filled, begun: Filled): Filled {
	if (!filled.ok || !begun.ok) return filled;
	return { ok: true, values: differing(filled.values, begun.values) };
}

/** Of what a form holds, what its change would say; nothing while its day is none. */
export function changeOf(row: SettingsRow | null, { from }: Dated, filled: Filled): SettingsPatch {
	if (!filled.ok || !isDay(from)) return {};
	return differing(filled.values, settingsAt(row, from));
}

export function passagesOf(row: SettingsRow | null, from: Day, values: SettingsPatch): Passage[] {
	const before = settingsAt(row, from);
	return fieldsOf(values).map(([field, value]) => ({
		field,
		what: fieldWords(field),
		from: settingWords(field, fieldValue(before, field)),
		to: settingWords(field, value)
	}));
}

/** Changes of the same fields that are waiting for a later day. */
export function laterPassages(
	row: SettingsRow | null,
	from: Day,
	values: SettingsPatch
): readonly { readonly id: string; readonly words: string }[] {
	const touched = new Set(fieldsOf(values).map(([field]) => field));
	const later = (row?.changes ?? []).filter((each) => each.from > from && !each.revoked);
	return later.flatMap((change) =>
		fieldsOf(change.values)
			.filter(([field]) => touched.has(field))
			.map(([field, value]) => ({
				id: `${change.n} ${field}`,
				words: words.laterChange(
					fieldWords(field),
					fullDayWords(change.from),
					settingWords(field, value)
				)
			}))
	);
}

/** Everything that keeps a change from being said; `fieldId` names the input a contradiction belongs to. */
export function changeErrors(
	row: SettingsRow | null,
	{ from, reason }: Dated,
	filled: Filled,
	{ today, fieldId }: { readonly today: Day; readonly fieldId: (field: SettingsField) => string }
): readonly FieldError[] {
	const dated = datedErrors({ from, reason }, today);
	if (!filled.ok) return [...filled.errors, ...dated];
	return isDay(from) ? [...valueErrors(row, from, filled.values, fieldId), ...dated] : dated;
}

function valueErrors(
	row: SettingsRow | null,
	from: Day,
	filled: SettingsPatch,
	fieldId: (field: SettingsField) => string
): FieldError[] {
	const values = differing(filled, settingsAt(row, from));
	const [first] = fieldsOf(filled).map(([field]) => field);
	if (fieldsOf(values).length === 0)
		return [{ field: first === undefined ? 'from' : fieldId(first), message: words.nothing }];
	const plan = { changes: [...(row?.changes ?? []), { n: (row?.n ?? 0) + 1, from, values }] };
	return newContradictions(row, plan, from).map(({ code, field, value }) => ({
		field: fieldId(field),
		message: words.contradictions[code](
			fieldWords(field),
			isDay(value) ? fullDayWords(value) : value
		)
	}));
}

function datedErrors({ from, reason }: Dated, today: Day): FieldError[] {
	const errors: FieldError[] = [];
	if (!isDay(from)) errors.push({ field: 'from', message: words.fromMissing });
	else if (from < today) errors.push({ field: 'from', message: words.fromPast });
	if (reason.trim() === '') errors.push({ field: 'reason', message: words.reasonMissing });
	if (reason.length > LONGEST) errors.push({ field: 'reason', message: words.reasonTooLong });
	return errors;
}

/** What a change of the row changed, seen from what was in force when it was said. */
export function pastPassages(row: SettingsRow, change: SettingsChange): Passage[] {
	const before = { changes: row.changes.filter(({ n }) => n < change.n) };
	const said = differing(change.values, settingsAt(before, change.from));
	return fieldsOf(said).map(([field, value]) => ({
		field,
		what: fieldWords(field),
		from: settingWords(field, fieldValue(settingsAt(before, change.from), field)),
		to: settingWords(field, value)
	}));
}

/** A whole number within bounds, or null. */
export function wholeNumber(text: string, min: number, max: number): number | null {
	const written = text.trim();
	if (!/^\d{1,5}$/.test(written)) return null;
	const n = Number(written);
	return n >= min && n <= max ? n : null;
}

/** [E4] One of two versions, said by somebody who has seen both: from the day of the one that stands. */
export function decision(
	row: SettingsRow,
	{ field, stands, other }: Conflict,
	keep: 'standing' | 'other',
	today: Day
): { readonly from: Day; readonly values: SettingsPatch; readonly reason: string } {
	const days = row.changes
		.filter(({ values, revoked }) => !revoked && fieldsOf(values).some(([each]) => each === field))
		.map(({ from }) => from);
	const standing = days[days.length - 1] ?? today;
	return {
		from: standing > today ? standing : today,
		values: withFields<SettingsPatch>({}, [[field, keep === 'standing' ? stands : other]]),
		reason: written.settings.decidedReason[keep]
	};
}

/** Why a change cannot be taken back, or null: later ones may stand on it. */
export function revokeProblem(row: SettingsRow, change: SettingsChange): string | null {
	const without = { changes: row.changes.filter(({ entry }) => entry !== change.entry) };
	const found = newContradictions(row, without, change.from);
	return found.length === 0 ? null : words.revokeContradicts;
}
