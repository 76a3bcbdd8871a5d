/** The form of one household, new or corrected: what it holds, what is to be mended, what is said. */
import { isSameDoor, plainDoor, plainPart, type Address } from '#domain/door-parts.ts';
import { Group, Tenure, type HouseholdRow } from '#domain/kinds/household.ts';
import type { RecordId } from '#domain/ids.ts';
import { CareTier } from '#domain/settings.ts';
import { isPhone } from '#domain/shapes.ts';
import type { Utterance } from '#lib/app.ts';
import type { Begun } from '#lib/drafts/draft-form.svelte.ts';
import { m } from '#lib/i18n/index.ts';
import { type FieldError, optionsOf } from '#lib/ui/field.ts';
import { doorErrors, type DoorForm } from './door-form.ts';
import { correctedBody, filledBody, type PhoneFields } from './form-parts.ts';

export interface HomeFields extends DoorForm, PhoneFields {
	headBorn: string;
	size: string;
	tenure: Tenure | '';
	tier: CareTier;
	groups: Group[];
	householdNo: string;
	reason: string;
}

export const tenureOptions = optionsOf(Tenure.options, m.tenure);
export const tierOptions = optionsOf(CareTier.options, m.careTier);
export const groupOptions = optionsOf(Group.options, m.group);

const NUMBER_LONGEST = 40;
const REASON_LONGEST = 200;

export const homeLabels = { ...m.records.fieldWords, estate: m.homes.form.estate };

/** The number stays masked where it stands: the form begins without it. */
export function homeFields(row?: HouseholdRow): HomeFields {
	return {
		estate: row?.estate ?? '',
		building: plainPart(row?.building ?? ''),
		unit: plainPart(row?.unit ?? ''),
		room: plainPart(row?.room ?? ''),
		head: row?.head ?? '',
		headBorn: row?.headBorn?.toString() ?? '',
		phone: '',
		noPhone: false,
		size: row?.size?.toString() ?? '',
		tenure: row?.tenure ?? '',
		tier: row?.tier ?? 'general',
		groups: [...(row?.groups ?? [])],
		householdNo: row?.householdNo ?? '',
		reason: ''
	};
}

export function homeErrors(form: HomeFields, { isNew }: { isNew: boolean }): readonly FieldError[] {
	const words = m.homes.form;
	const errors: FieldError[] = [...doorErrors(form, { ...words, labels: homeLabels })];
	const report = (field: string, message: string) => errors.push({ field, message });
	const born = form.headBorn.trim();
	if (born !== '' && !/^(19|20)\d\d$/.test(born)) report('headBorn', words.yearWrong);
	const size = form.size.trim();
	if (size !== '' && !(/^\d{1,2}$/.test(size) && Number(size) <= 30))
		report('size', words.sizeWrong);
	if (form.phone.trim() !== '' && !isPhone(form.phone.trim())) report('phone', words.phoneWrong);
	if (form.householdNo.trim().length > NUMBER_LONGEST)
		report('householdNo', words.tooLong(homeLabels.householdNo, NUMBER_LONGEST));
	if (!isNew && form.reason.trim() === '') report('reason', words.reasonMissing);
	if (form.reason.length > REASON_LONGEST)
		report('reason', words.tooLong(words.reason, REASON_LONGEST));
	return errors;
}

export function registeredHome(record: RecordId, form: HomeFields): Utterance {
	const phone = form.phone.trim() || null;
	return {
		kind: 'household.registered.v1',
		record,
		body: filledBody({ ...saidBy(form), phone })
	};
}

export function correctedHome(
	row: HouseholdRow,
	form: HomeFields,
	{ base, seen }: Begun<HomeFields>
): Utterance | null {
	const changed = correctedBody(saidBy(form), saidBy(base), form, row.phone);
	if (changed === null) return null;
	const body = { ...changed, reason: form.reason.trim() };
	return { kind: 'household.corrected.v1', record: row.record, body, seen };
}

/** What the form says besides the number; `null` where it says nothing. */
function saidBy(form: HomeFields): Readonly<Record<string, unknown>> {
	const { tier, tenure } = form;
	const [head, size, born] = [form.head, form.size, form.headBorn].map((text) => text.trim());
	return {
		...plainDoor(form),
		head: head || null,
		headBorn: born ? Number(born) : null,
		size: size ? Number(size) : null,
		tenure: tenure || null,
		tier,
		groups: [...form.groups],
		householdNo: form.householdNo.trim() || null
	};
}

/** Another door of the register with the same address. */
export function sameAddress<R extends Address & Pick<HouseholdRow, 'record'>>(
	form: Address,
	doors: readonly R[],
	own?: RecordId
): R | undefined {
	return doors.find((row) => row.record !== own && isSameDoor(row, form));
}
