/** Who may invite whom: an invitation speaks for a person, so it is given only by those above, or by themselves. */
import { orgRecord, type OrgId, type PersonId } from '#domain/ids.ts';
import { mayInviteRole } from '#domain/invites.ts';
import type { Directory } from './directory.ts';

/** Every duty the person holds must be in the inviter's care, lest an invitation lend what is above them. */
export function mayInvite(
	directory: Directory,
	by: PersonId,
	person: PersonId,
	now: number
): boolean {
	const theirs = directory.dutiesOnWire(person, now);
	if (theirs.length === 0) return false;
	// A second device of one's own.
	if (by === person) return true;
	const own = directory.dutiesOnWire(by, now);
	return theirs.every((duty) =>
		own.some(
			({ role, org }) => mayInviteRole(role, duty.role) && isWithin(directory, duty.org, org)
		)
	);
}

function isWithin(directory: Directory, org: OrgId, above: OrgId): boolean {
	const seen = new Set<OrgId>();
	let at: OrgId | undefined = org;
	while (at !== undefined && at !== above && !seen.has(at)) {
		seen.add(at);
		at = directory.organisation(orgRecord(at))?.parent;
	}
	return at === above;
}
