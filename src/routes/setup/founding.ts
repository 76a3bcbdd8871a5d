/** Founding a district: what is asked, what is missing at each step, and what the relay is told. */
import type { OrganisationUnit } from '#domain/import/organisation-tree.ts';
import { roleLevel } from '#domain/people.ts';
import { isPhone } from '#domain/shapes.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

/** One person for each level, the administrator first. */
export const firstRoles = [
	'admin',
	'districtOfficer',
	'subdistrictOfficer',
	'communitySecretary',
	'member'
] as const;
export type FirstRole = (typeof firstRoles)[number];

export interface FirstPerson {
	name: string;
	phone: string;
}

/** What the draft keeps: neither the secret nor the list. */
export interface FoundingDraft {
	name: string;
	subdistrict: string;
	community: string;
	people: Record<FirstRole, FirstPerson>;
}

/** The draft with what stands in memory alone. */
export interface Founding extends Readonly<FoundingDraft> {
	readonly secret: string;
	/** Null until a list was read. */
	readonly units: readonly OrganisationUnit[] | null;
}

export type Step = 1 | 2 | 3 | 4;

const NAME_LIMIT = 40;

export function emptyFounding(): FoundingDraft {
	const nobody = (): FirstPerson => ({ name: '', phone: '' });
	return {
		name: '',
		subdistrict: '',
		community: '',
		people: {
			admin: nobody(),
			districtOfficer: nobody(),
			subdistrictOfficer: nobody(),
			communitySecretary: nobody(),
			member: nobody()
		}
	};
}

/** What is still to be mended at a step; the ids are those of its fields. */
export function checkStep(step: Step, founding: Founding): readonly FieldError[] {
	switch (step) {
		case 1:
			return checkStart(founding);
		case 2:
			return checkUnits(founding);
		case 3:
			return checkPeople(founding);
		case 4:
			return [];
	}
}

/** The first step that something is missing at: no later one may be shown. */
export function furthestStep(founding: Founding): Step {
	const open = ([1, 2, 3] as const).find((step) => checkStep(step, founding).length > 0);
	return open ?? 4;
}

export function unitsAt(
	units: readonly OrganisationUnit[] | null,
	level: OrganisationUnit['level'],
	parent?: string
): readonly OrganisationUnit[] {
	return (units ?? []).filter(
		(unit) => unit.level === level && (parent === undefined || unit.parent === parent)
	);
}

/** Whether the list has the level at which a role stands. */
export function hasPlaceFor(role: FirstRole, units: readonly OrganisationUnit[] | null): boolean {
	return units?.some(({ level }) => level === roleLevel[role]) ?? false;
}

/** Where a first person stands: the chosen unit, if it is in the list that was read last. */
export function placeOf(role: FirstRole, founding: Founding): OrganisationUnit | undefined {
	const { units, subdistrict, community } = founding;
	switch (roleLevel[role]) {
		case 'district':
			return unitsAt(units, 'district')[0];
		case 'subdistrict':
			return unitsAt(units, 'subdistrict').find(({ code }) => code === subdistrict);
		case 'community':
			return unitsAt(units, 'community', subdistrict).find(({ code }) => code === community);
	}
}

/** The body of POST /api/found. */
export function foundBody(founding: Founding): object {
	return {
		secret: founding.secret.trim(),
		name: founding.name.trim(),
		units: founding.units ?? [],
		people: firstRoles.flatMap((role) => {
			const place = placeOf(role, founding);
			if (place === undefined) return [];
			const { name, phone } = founding.people[role];
			const digits = plainPhone(phone);
			return [
				{ name: name.trim(), role, org: place.code, ...(digits === '' ? {} : { phone: digits }) }
			];
		})
	};
}

function checkStart({ secret, name }: Founding): readonly FieldError[] {
	const { need } = m.setup.found;
	const errors: FieldError[] = [];
	if (secret.trim() === '') errors.push({ field: 'secret', message: need.secret });
	if (name.trim() === '') errors.push({ field: 'name', message: need.name });
	if (name.trim().length > NAME_LIMIT) errors.push({ field: 'name', message: need.shorterName });
	return errors;
}

function checkUnits({ units }: Founding): readonly FieldError[] {
	const { need } = m.setup.found;
	if (units === null) return [{ field: 'file', message: need.organisations }];
	return units.length === 0 ? [{ field: 'file', message: need.noGoodRow }] : [];
}

function checkPeople(founding: Founding): readonly FieldError[] {
	const { need } = m.setup.found;
	const asked = firstRoles.filter((role) => hasPlaceFor(role, founding.units));
	return asked.flatMap((role) => {
		const errors = [...checkPerson(role, founding.people[role])];
		if (placeOf(role, founding) !== undefined) return errors;
		if (role === 'subdistrictOfficer')
			errors.push({ field: 'subdistrict', message: need.subdistrict });
		if (role === 'communitySecretary') errors.push({ field: 'community', message: need.community });
		return errors;
	});
}

function checkPerson(role: FirstRole, { name, phone }: FirstPerson): readonly FieldError[] {
	const { need, person } = m.setup.found;
	const errors: FieldError[] = [];
	if (name.trim() === '')
		errors.push({ field: `${role}-name`, message: need.person(person[role]) });
	if (name.trim().length > NAME_LIMIT)
		errors.push({ field: `${role}-name`, message: need.shorterPerson(person[role]) });
	if (phone.trim() !== '' && !isPhone(plainPhone(phone)))
		errors.push({ field: `${role}-phone`, message: need.phone(person[role]) });
	return errors;
}

/** Full-width digits are digits. */
function plainPhone(phone: string): string {
	return phone.normalize('NFKC').trim();
}
