/** Which members read what was told of a door: it goes with the door to whoever looks after it (A1, A5). */
import type { Refs } from './family.ts';
import type { Instant, PersonId, RecordId } from './ids.ts';
import { isHousehold, type HouseholdRow } from './kinds/household.ts';
import { carersOf } from './kinds/household-round.ts';

/** What somebody in the field told of a door, or of none. */
export interface DoorTale {
	readonly household?: RecordId | undefined;
	readonly by: PersonId;
	readonly receivedAt: Instant;
}

/**
 * Who looks after the door now, and who told it: except what was told by a member before the door went to
 * somebody else. Who stands in for another keeps what they told themselves.
 */
export function doorReaders({ household, by, receivedAt }: DoorTale, refs: Refs): PersonId[] {
	const home = homeAmong(refs, household);
	if (home === undefined) return [by];
	const carers = carersOf(home);
	const wentAt = home.handedOn?.[by];
	const keepsOwn = wentAt === undefined || receivedAt > wentAt;
	return keepsOwn && !carers.includes(by) ? [by, ...carers] : [...carers];
}

/** Who looks after the door now, and knocks there: what the desk registers of it is an open matter to them. */
export function doorCarers(household: RecordId | undefined, refs: Refs): readonly PersonId[] {
	const home = homeAmong(refs, household);
	return home === undefined ? [] : carersOf(home);
}

function homeAmong(refs: Refs, household: RecordId | undefined): HouseholdRow | undefined {
	const home = household === undefined ? undefined : refs.get(household);
	return isHousehold(home) ? home : undefined;
}
