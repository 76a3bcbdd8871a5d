/** The form of one person of a household: what it holds, what is to be mended, what is said. */
import { Group } from '#domain/kinds/household.ts';
import { PoliticalStatus, Relation, Sex, type ResidentRow } from '#domain/kinds/resident.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Utterance } from '#lib/app.ts';
import type { Begun } from '#lib/drafts/draft-form.svelte.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { correctedBody, filledBody, type PhoneFields } from './form-parts.ts';

export interface PersonFields extends PhoneFields {
	name: string;
	sex: Sex | '';
	birthDate: string;
	relationToHead: Relation | '';
	politicalStatus: PoliticalStatus | '';
	careTags: Group[];
	reason: string;
}

const options = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>) =>
	values.map((value) => ({ value, words: words[value] }));
export const sexOptions = options(Sex.options, m.sex);
export const relationOptions = options(Relation.options, m.relation);
export const politicsOptions = options(PoliticalStatus.options, m.politicalStatus);
export const tagOptions = options(Group.options, m.group);

const BIRTH = /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const PHONE = /^[\d -]{5,20}$/;

/** The number stays masked where it stands: the form begins without it. */
export function personFields(row?: ResidentRow): PersonFields {
	return {
		name: row?.name ?? '',
		sex: row?.sex ?? '',
		birthDate: row?.birthDate ?? '',
		relationToHead: row?.relationToHead ?? '',
		phone: '',
		noPhone: false,
		politicalStatus: row?.politicalStatus ?? '',
		careTags: [...(row?.careTags ?? [])],
		reason: ''
	};
}

export function personErrors(
	form: PersonFields,
	{ isNew }: { isNew: boolean }
): readonly FieldError[] {
	const words = m.homes.person;
	const { tooLong, phoneWrong, reason, reasonMissing } = m.homes.form;
	const errors: FieldError[] = [];
	const report = (field: string, message: string) => errors.push({ field, message });
	if (form.name.trim() === '') report('name', words.nameMissing);
	else if (form.name.trim().length > 40) report('name', tooLong(words.name, 40));
	if (form.birthDate.trim() !== '' && !BIRTH.test(form.birthDate.trim()))
		report('birthDate', words.birthWrong);
	if (form.phone.trim() !== '' && !PHONE.test(form.phone.trim())) report('phone', phoneWrong);
	if (!isNew && form.reason.trim() === '') report('reason', reasonMissing);
	if (form.reason.length > 200) report('reason', tooLong(reason, 200));
	return errors;
}

export function registeredPerson(
	record: RecordId,
	household: RecordId,
	form: PersonFields
): Utterance {
	const phone = form.phone.trim() || null;
	return {
		kind: 'resident.registered.v1',
		record,
		body: filledBody({ household, ...saidBy(form), phone })
	};
}

export function correctedPerson(
	row: ResidentRow,
	form: PersonFields,
	{ base, seen }: Begun<PersonFields>
): Utterance | null {
	const changed = correctedBody(saidBy(form), saidBy(base), form, row.phone);
	if (changed === null) return null;
	const body = { ...changed, reason: form.reason.trim() };
	return { kind: 'resident.corrected.v1', record: row.record, body, seen };
}

/** What the form says besides the number; `null` where it says nothing. */
function saidBy(form: PersonFields): Readonly<Record<string, unknown>> {
	return {
		name: form.name.trim(),
		sex: form.sex || null,
		birthDate: form.birthDate.trim() || null,
		relationToHead: form.relationToHead || null,
		politicalStatus: form.politicalStatus || null,
		careTags: [...form.careTags]
	};
}
