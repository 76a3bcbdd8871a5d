/** Rows of a directory as screens see them: units and the duties in them, named by short codes. */
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { Role } from '#domain/people.ts';

/** What every row has, of a record that was said once and long ago. */
export const standing = {
	period: 'standing',
	n: 1,
	createdBy: PersonId.parse('relay'),
	createdAt: 0,
	receivedAt: 0,
	updatedAt: 0
} as const;

export function unit(
	code: string,
	name: string,
	level: OrganisationRow['level'],
	parent?: string
): OrganisationRow {
	return {
		...standing,
		family: 'organisation',
		record: RecordId.parse(code),
		org: OrgId.parse(code),
		name,
		level,
		state: 'active',
		...(parent === undefined ? {} : { parent: OrgId.parse(parent) })
	};
}

export function duty(
	person: string,
	role: Role,
	org: string,
	times: { from: number; to?: number } = { from: 0 }
): DutyRow {
	return {
		...standing,
		family: 'duty',
		record: RecordId.parse(`${person}-${org}`),
		person: PersonId.parse(person),
		displayName: `${person}名`,
		role,
		org: OrgId.parse(org),
		...times
	};
}
