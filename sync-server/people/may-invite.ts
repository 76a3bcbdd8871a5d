/** In whose care a person is: an invitation speaks for them, so it is given only by those above, or by themselves. */
import { orgRecord, type OrgId, type PersonId } from '#domain/ids.ts';
import { mayInviteRole } from '#domain/invites.ts';
import type { Role } from '#domain/people.ts';
import type { Directory } from '../judging/directory.ts';

interface Held {
	readonly role: Role;
	readonly org: OrgId;
}

/**
 * Every duty the person holds must be in the inviter's care, lest an invitation lend what is above them.
 * Who is suspended or has left the roster is invited by nobody.
 */
export function mayInvite(
	directory: Directory,
	by: PersonId,
	person: PersonId,
	now: number
): boolean {
	const theirs = directory.dutiesOnWire(person, now);
	if (theirs.length === 0) return false;
	// A second device of one's own.
	const isTheirs = by === person || areInCare(directory, by, theirs, now);
	return isTheirs && directory.isActive(person);
}

/** Whose devices one sees and takes out of use: those who hold no duty any more stay where their last ones were. */
export function mayCareFor(
	directory: Directory,
	by: PersonId,
	person: PersonId,
	now: number
): boolean {
	if (by === person) return true;
	const current = directory.dutiesOnWire(person, now);
	const theirs = current.length > 0 ? current : directory.duties(person);
	return theirs.length > 0 && areInCare(directory, by, theirs, now);
}

function areInCare(
	directory: Directory,
	by: PersonId,
	theirs: readonly Held[],
	now: number
): boolean {
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
