/** [R4] How many devices a person may have: whoever made new ones without end would have every bound of a device anew. */
import type { PersonId } from '#domain/ids.ts';
import { DAY } from '#domain/spans.ts';
import { RELAY_PERSON } from '../keys.ts';
import type { Limits } from '../limits.ts';
import type { PeopleStore } from '../store/people.ts';

export type TooMany = 'too-many-devices' | 'too-many-joins';

/** Whoever answers for a person gives them a phone before the lost one is found in the list. */
const BY_OTHERS = 2;

export interface Joining {
	readonly person: PersonId;
	readonly issuedBy: PersonId;
}

/** Why a person may have no device more; null where they may. The relay itself invites the first, and whoever tries the demo. */
export async function whyNotJoin(
	people: Pick<PeopleStore, 'countDevices'>,
	{ person, issuedBy }: Joining,
	limits: Limits,
	at: number
): Promise<TooMany | null> {
	if (issuedBy === RELAY_PERSON) return null;
	const { inUse, joined } = await people.countDevices(person, at - DAY);
	const more = issuedBy === person ? 0 : BY_OTHERS;
	if (inUse >= limits.devicesPerPerson + more) return 'too-many-devices';
	return joined >= limits.joinsPerPersonPerDay ? 'too-many-joins' : null;
}
