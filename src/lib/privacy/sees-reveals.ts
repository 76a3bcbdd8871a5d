/** Who reads 查看记录: whoever answers for those who look at numbers, in the community, at the office, in the district. */
import { isOffice, type Role } from '#domain/people.ts';

export function seesReveals(role: Role): boolean {
	return role === 'communitySecretary' || role === 'districtOfficer' || isOffice(role);
}
