/** Who may give an invitation to whom: an invitation speaks for a person, so only those above them give it. */
import type { Role } from './people.ts';

const members = ['member', 'volunteer'] as const;
const community = [...members, 'communityWorker'] as const;
const subdistrict = [...community, 'communitySecretary'] as const;
const district = [...subdistrict, 'subdistrictOfficer', 'districtOfficer', 'admin'] as const;

/** The roles whose holders each role invites, in its own organisation and in those below it. */
export const invites = {
	setUp: [],
	clock: [],
	volunteer: [],
	member: [],
	communityWorker: members,
	communitySecretary: community,
	subdistrictOfficer: subdistrict,
	districtOfficer: district,
	admin: district
} as const satisfies Record<Role, readonly Role[]>;

export function mayInviteRole(by: Role, role: Role): boolean {
	const invited: readonly Role[] = invites[by];
	return invited.includes(role);
}
