/** Which duties one may give, and where. */
import { invites } from '#domain/invites.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import { isDesk, isOfficial, orgTree, roleLevel, type Role } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';

/** An office sees officials alone: members are registered by their own desk. */
export function rolesToGive({ role }: Pick<DutyOnWire, 'role'>): readonly Role[] {
	const given: readonly Role[] = invites[role];
	return isDesk(role) ? given : given.filter(isOfficial).filter((each) => each !== role);
}

/** The organisations in care at the level where a role stands. */
export function placesFor(
	role: Role | '',
	organisations: readonly OrganisationRow[],
	own: Pick<DutyOnWire, 'org'>
): readonly OrganisationRow[] {
	if (role === '') return [];
	const tree = orgTree(organisations);
	return organisations.filter(
		({ org, level, state }) =>
			level === roleLevel[role] &&
			state === 'active' &&
			(org === own.org || tree.ancestors(org).includes(own.org))
	);
}

/** A place with what stands above it, where several have the same name. */
export function placeName(
	{ name, parent }: OrganisationRow,
	organisations: readonly OrganisationRow[],
	words: (above: string, name: string) => string
): string {
	return words(organisations.find(({ org }) => org === parent)?.name ?? '', name);
}
