/** A unit is added, renamed or closed after the founding: who may, what is to be mended first, what is said. */
import { aboutFields, aboutUnit, isTooLong, type AboutField } from '#domain/about-unit.ts';
import { DIVISION } from '#domain/import/division.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import { LONGEST_NAME, mayShape, type OrganisationRow } from '#domain/kinds/organisation.ts';
import { OrgId, orgRecord, type RecordId } from '#domain/ids.ts';
import { isCurrent, isOfficial, type Duty, type Role } from '#domain/people.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export type LevelToAdd = Exclude<OrganisationRow['level'], 'district'>;

export interface NewUnit {
	level: LevelToAdd | '';
	parent: string;
	name: string;
	code: string;
}

type Own = Pick<Duty, 'role' | 'org'>;
type Units = readonly OrganisationRow[];

const CODE = /^\d{12}$/;
const levelAbove = {
	subdistrict: 'district',
	community: 'subdistrict',
	departmentUnit: 'district'
} as const satisfies Record<LevelToAdd, OrganisationRow['level']>;
/** How many digits a 统计用区划代码 has in common with those below it. */
const sharedDigits = { district: 6, subdistrict: 9 } as const;

/** Who answers for a unit of each level, and is invited first; no role stands in a department. */
export const firstRoleAt: Partial<Record<OrganisationRow['level'], Role>> = {
	subdistrict: 'subdistrictOfficer',
	community: 'communitySecretary'
};

export function emptyUnit(): NewUnit {
	return { level: '', parent: '', name: '', code: '' };
}

export function levelsToAdd(units: Units, own: Own): readonly LevelToAdd[] {
	const levels: readonly LevelToAdd[] = ['subdistrict', 'community', 'departmentUnit'];
	return levels.filter((level) => parentsFor(level, units, own).length > 0);
}

/** What a new unit of that level may stand under. */
export function parentsFor(level: LevelToAdd | '', units: Units, own: Own): Units {
	if (level === '') return [];
	return units.filter(
		(unit) =>
			unit.state === 'active' &&
			unit.level === levelAbove[level] &&
			mayShape(own, level, unit.org) === true
	);
}

export function unitErrors(
	{ level, name, code }: NewUnit,
	parent: OrganisationRow | undefined,
	units: Units
): readonly FieldError[] {
	const { need } = m.desktop.units.new;
	const errors: FieldError[] = [];
	if (level === '') errors.push({ field: 'level', message: need.level });
	else if (parent === undefined) errors.push({ field: 'parent', message: need.parent });
	errors.push(...nameErrors(name, parent, units));
	const wrong = codeProblem(plainCode(code), level, parent, units);
	if (wrong !== null) errors.push({ field: 'code', message: wrong });
	return errors;
}

/** `own` is the unit that is renamed: it does not stand beside itself. */
export function nameErrors(
	name: string,
	parent: OrganisationRow | undefined,
	units: Units,
	own?: OrgId
): readonly FieldError[] {
	const { need } = m.desktop.units.new;
	const wrong = (message: string): readonly FieldError[] => [{ field: 'name', message }];
	if (name.trim() === '') return wrong(need.name);
	if (plainName(name).length > LONGEST_NAME) return wrong(need.shorterName(LONGEST_NAME));
	const beside = units.find(
		(unit) =>
			unit.org !== own &&
			unit.state === 'active' &&
			unit.parent === parent?.org &&
			nameKey(unit.name) === nameKey(name)
	);
	return beside === undefined ? [] : wrong(need.sameName(parent?.name ?? '', beside.name));
}

export function unitSays(
	form: NewUnit,
	as: { readonly level: LevelToAdd; readonly parent: OrgId; readonly org: OrgId }
): Utterance {
	const body = { name: plainName(form.name), level: as.level, parent: as.parent };
	return { kind: 'organisation.created.v1', record: orgRecord(as.org), body };
}

/** What a unit is known by, as a form holds it: empty where it is not known. */
export type UnitAbout = Record<AboutField, string>;

export function aboutFrom(unit: OrganisationRow): UnitAbout {
	const said = aboutFields.map((field) => [field, unit[field] ?? '']);
	// Every field, and no other.
	return Object.fromEntries(said) as UnitAbout;
}

export function aboutErrors(about: UnitAbout): readonly FieldError[] {
	return aboutFields
		.filter((field) => isTooLong(field, plainName(about[field])))
		.map((field) => ({
			field,
			message: m.people.card.need.shorter(
				m.records.fieldWords[field],
				aboutUnit[field].maxLength ?? 0
			)
		}));
}

/** Only what differs from what was there; what was emptied is `null`. */
export function aboutChanges(before: UnitAbout, about: UnitAbout): Record<string, string | null> {
	const changed = aboutFields.filter((field) => plainName(about[field]) !== before[field]);
	return Object.fromEntries(changed.map((field) => [field, plainName(about[field]) || null]));
}

/** The code that was typed; without one, a code of our own, made of a new record's id, like no 统计用区划代码. */
export function codeFor(form: NewUnit, fresh: RecordId): OrgId {
	const typed = plainCode(form.code);
	if (typed !== '') return OrgId.parse(typed);
	const number = parseInt(fresh.slice(-12), 16) % 1e11;
	return OrgId.parse(`X${String(number).padStart(11, '0')}`);
}

export function plainName(name: string): string {
	return name.trim().replace(/\s+/g, ' ');
}

/** Why a unit cannot be closed yet, as far as this device knows, in words. */
export function closingBlocks(
	{ org, state }: Pick<OrganisationRow, 'org' | 'state'>,
	known: {
		readonly units: Units;
		readonly duties: readonly DutyRow[];
		readonly open: number;
		readonly now: number;
	}
): readonly string[] {
	const words = m.desktop.units.unit;
	if (state === 'closed') return [];
	const listed = (names: readonly string[]) => names.join(m.records.separator);
	const here = known.duties
		.filter((duty) => duty.org === org && isOfficial(duty.role) && isCurrent(duty, known.now))
		.map(({ displayName, role }) => m.records.who(displayName, m.roles[role]));
	const below = known.units
		.filter((unit) => unit.parent === org && unit.state === 'active')
		.map(({ name }) => name);
	return [
		...(below.length > 0 ? [words.stillBelow(listed(below))] : []),
		...(here.length > 0 ? [words.stillHere(listed(here))] : []),
		...(known.open > 0 ? [words.stillOpen(known.open)] : [])
	];
}

/** What stays where it is when a unit is closed. */
export function closingNote({ level }: Pick<OrganisationRow, 'level'>, doors: number): string {
	const words = m.desktop.units.unit;
	const parts = [words.closeNote];
	if (level === 'community') parts.push(words.closeMembers);
	if (doors > 0) parts.push(words.closeDoors(doors));
	return parts.join(m.desktop.units.sentenceGap);
}

function codeProblem(
	code: string,
	level: LevelToAdd | '',
	parent: OrganisationRow | undefined,
	units: Units
): string | null {
	const { need } = m.desktop.units.new;
	if (code === '') return null;
	if (!CODE.test(code)) return need.code;
	const holder = units.find(({ org }) => org === code);
	if (holder !== undefined) return need.codeTaken(holder.name);
	// A department has no division of its own, and not every district has such codes.
	if (level === 'departmentUnit' || parent === undefined || !DIVISION.test(parent.org)) return null;
	const digits = parent.org.slice(
		0,
		sharedDigits[parent.level === 'district' ? 'district' : 'subdistrict']
	);
	return code.startsWith(digits) ? null : need.codeElsewhere(parent.name, digits);
}

/** Full-width digits are digits, and groups of digits are written apart. */
function plainCode(code: string): string {
	return code.normalize('NFKC').replace(/\s/g, '');
}

function nameKey(name: string): string {
	return name.normalize('NFKC').replace(/\s/g, '');
}
