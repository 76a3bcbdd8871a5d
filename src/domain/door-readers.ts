/** Which members read what was told of a door: it goes with the door to whoever looks after it (A1, A5). */
import type { Refs } from './family.ts';
import type { Instant, PersonId, RecordId } from './ids.ts';
import { isHousehold, type HouseholdRow } from './kinds/household.ts';
import { readersOf } from './kinds/household-round.ts';

/** What somebody told of a door, or of none. */
export interface DoorTale {
	readonly household?: RecordId | undefined;
	readonly by: PersonId;
	/** Told by a member; a desk reads it in its own ledger. */
	readonly isField: boolean;
	readonly receivedAt: Instant;
}

/**
 * Who looks after the door now and knocks there, and the member who told it: except what was told before the
 * door went to somebody else. Who stands in for another keeps what they told themselves, and so does who told of a
 * door that left the register.
 */
export function doorReaders(
	{ household, by, isField, receivedAt }: DoorTale,
	refs: Refs
): readonly PersonId[] {
	const home = homeAmong(refs, household);
	if (home === undefined) return isField ? [by] : [];
	if (!isField) return readersOf(home);
	const carers = readersOf(home);
	const wentAt = home.handedOn?.[by];
	const keepsOwn = wentAt === undefined || receivedAt > wentAt;
	return keepsOwn && !carers.includes(by) ? [by, ...carers] : [...carers];
}

function homeAmong(refs: Refs, household: RecordId | undefined): HouseholdRow | undefined {
	const home = household === undefined ? undefined : refs.get(household);
	return isHousehold(home) ? home : undefined;
}
