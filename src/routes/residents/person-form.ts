/** The form of one person of a household: what it holds, what is to be mended, what is said. */
import { startOfDay, type Day } from '#domain/calendar.ts';
import { partsOf } from '#domain/import/register-values.ts';
import { Group } from '#domain/kinds/household.ts';
import { PoliticalStatus, Relation, Sex, type ResidentRow } from '#domain/kinds/resident.ts';
import {
	ConsentBy,
	ConsentScope,
	DisabilityGrade,
	DisabilityKind,
	Employment,
	Health,
	Insurance,
	Schooling,
	SKILLS
} from '#domain/kinds/resident-details.ts';
import type { RecordId } from '#domain/ids.ts';
import { isPhone } from '#domain/shapes.ts';
import type { Utterance } from '#lib/app.ts';
import type { Begun } from '#lib/drafts/draft-form.svelte.ts';
import { yearsOld } from '#lib/homes/person-words.ts';
import { m } from '#lib/i18n/index.ts';
import { type FieldError, optionsOf } from '#lib/ui/field.ts';
import { correctedBody, filledBody, type PhoneFields } from '#lib/homes/form-parts.ts';

export interface PersonFields extends PhoneFields {
	name: string;
	sex: Sex | '';
	birthDate: string;
	relationToHead: Relation | '';
	politicalStatus: PoliticalStatus | '';
	careTags: Group[];
	health: Health | '';
	disabilityKind: DisabilityKind | '';
	disabilityGrade: DisabilityGrade | '';
	employmentStatus: Employment | '';
	schooling: Schooling | '';
	insurance: Insurance[];
	/** Several, as people write them: with commas between. */
	skills: string;
	consentedOn: string;
	consentedBy: ConsentBy | '';
	consentScope: ConsentScope[];
	reason: string;
}

export const sexOptions = optionsOf(Sex.options, m.sex);
export const relationOptions = optionsOf(Relation.options, m.relation);
export const politicsOptions = optionsOf(PoliticalStatus.options, m.politicalStatus);
export const tagOptions = optionsOf(Group.options, m.group);
export const healthOptions = optionsOf(Health.options, m.health);
export const disabilityOptions = optionsOf(DisabilityKind.options, m.disabilityKind);
export const gradeOptions = optionsOf(DisabilityGrade.options, m.disabilityGrade);
export const employmentOptions = optionsOf(Employment.options, m.employment);
export const schoolingOptions = optionsOf(Schooling.options, m.schooling);
export const insuranceOptions = optionsOf(Insurance.options, m.insurance);
export const consentByOptions = optionsOf(ConsentBy.options, m.consentBy);
export const consentScopeOptions = optionsOf(ConsentScope.options, m.consentScope);

const BIRTH = /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

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
		health: row?.health ?? '',
		disabilityKind: row?.disabilityKind ?? '',
		disabilityGrade: row?.disabilityGrade ?? '',
		employmentStatus: row?.employmentStatus ?? '',
		schooling: row?.schooling ?? '',
		insurance: [...(row?.insurance ?? [])],
		skills: (row?.skills ?? []).join(m.records.separator),
		consentedOn: row?.consentedOn ?? '',
		consentedBy: row?.consentedBy ?? '',
		consentScope: [...(row?.consentScope ?? [])],
		reason: ''
	};
}

export function personErrors(
	form: PersonFields,
	{ isNew, today }: { isNew: boolean; today: Day }
): readonly FieldError[] {
	const words = m.homes.person;
	const { tooLong, phoneWrong, reason, reasonMissing } = m.homes.form;
	const errors: FieldError[] = [];
	const report = (field: string, message: string) => errors.push({ field, message });
	if (form.name.trim() === '') report('name', words.nameMissing);
	else if (form.name.trim().length > 40) report('name', tooLong(words.name, 40));
	if (form.birthDate.trim() !== '' && !BIRTH.test(form.birthDate.trim()))
		report('birthDate', words.birthWrong);
	if (form.phone.trim() !== '' && !isPhone(form.phone.trim())) report('phone', phoneWrong);
	if (skillsOf(form).length > SKILLS.most) report('skills', words.skillsMost(SKILLS.most));
	if (skillsOf(form).some((skill) => skill.length > SKILLS.longest))
		report('skills', words.skillLong(SKILLS.longest));
	if (form.consentedOn > today) report('consentedOn', words.consentFuture);
	if (isMinor(form, today) && form.consentedOn !== '' && form.consentedBy === 'self')
		report('consentedBy', words.consentMinor);
	if (!isNew && form.reason.trim() === '') report('reason', reasonMissing);
	if (form.reason.length > 200) report('reason', tooLong(reason, 200));
	return errors;
}

/** 个人信息保护法 art. 31 */
const OF_AGE_TO_CONSENT = 14;

function isMinor({ birthDate }: PersonFields, today: Day): boolean {
	const born = birthDate.trim();
	return BIRTH.test(born) && yearsOld(born, startOfDay(today)) < OF_AGE_TO_CONSENT;
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
		careTags: [...form.careTags],
		health: form.health || null,
		disabilityKind: form.disabilityKind || null,
		disabilityGrade: form.disabilityGrade || null,
		employmentStatus: form.employmentStatus || null,
		schooling: form.schooling || null,
		insurance: form.insurance.length > 0 ? [...form.insurance] : null,
		skills: skillsOf(form).length > 0 ? skillsOf(form) : null,
		...consentIn(form)
	};
}

/** Without a day nobody has agreed. */
function consentIn({ consentedOn, consentedBy, consentScope }: PersonFields) {
	const hasAgreed = consentedOn !== '';
	return {
		consentedOn: consentedOn || null,
		consentedBy: (hasAgreed && consentedBy) || null,
		consentScope: hasAgreed && consentScope.length > 0 ? [...consentScope] : null
	};
}

/** Is anything written in the part that is folded away? */
export function isMoreFilled(form: PersonFields): boolean {
	const { health, disabilityKind, employmentStatus, schooling, insurance, skills } = form;
	const chosen = [health, disabilityKind, employmentStatus, schooling, skills, form.consentedOn];
	return chosen.some((value) => value !== '') || insurance.length > 0;
}

function skillsOf({ skills }: PersonFields): readonly string[] {
	return partsOf(skills);
}
