/** Where a sheet tells otherwise of a household or a person than the register, and the correction it would say. */
import type { ImportedHome, ImportedPerson } from '#domain/import/parse-register.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';

/** The fields that differ, each as the sheet has it. */
export type Changes = Readonly<Record<string, unknown>>;

/** An empty cell changes nothing, and neither does a size that only counts the sheet's own rows. */
export function homeChanges(home: ImportedHome, row: HouseholdRow): Changes {
	const { head, headBorn, phone, size, tenure, tier, groups, householdNo, people } = home;
	const isCounted = size === Math.min(30, people.length);
	const said = { head, headBorn, tenure, tier, householdNo, ...(isCounted ? {} : { size }) };
	return { ...changed(said, row), ...phoneChange(phone, row), ...listChange({ groups }, row) };
}

export function personChanges(person: ImportedPerson, row: ResidentRow): Changes {
	const { row: _row, name: _name, relation, sex, birth, phone, politics, groups, ...told } = person;
	const { insurance, skills, consentScope, ...details } = told;
	const isFiner = birth !== undefined && !(row.birthDate ?? '').startsWith(birth);
	const said = {
		relationToHead: relation,
		sex,
		politicalStatus: politics,
		...details,
		...(isFiner ? { birthDate: birth } : {})
	};
	return {
		...changed(said, row),
		...phoneChange(phone, row),
		...listChange({ careTags: groups, insurance, skills, consentScope }, row)
	};
}

function changed(said: Changes, row: object): Changes {
	return pick(said, row, (is, was) => is !== '' && is !== was);
}

function listChange(
	said: Readonly<Record<string, readonly string[] | undefined>>,
	row: object
): Changes {
	const sorted = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : []);
	return pick(said, row, (is, was) => sorted(is) !== '[]' && sorted(is) !== sorted(was));
}

function phoneChange(phone: string | undefined, row: Pick<HouseholdRow, 'phone'>): Changes {
	const digits = (text = '') => text.replace(/\D/g, '');
	return phone === undefined || digits(phone) === digits(row.phone) ? {} : { phone };
}

function pick(
	said: Changes,
	row: object,
	differs: (is: unknown, was: unknown) => boolean
): Changes {
	const before = new Map<string, unknown>(Object.entries(row));
	return Object.fromEntries(
		Object.entries(said).filter(([field, is]) => is !== undefined && differs(is, before.get(field)))
	);
}
