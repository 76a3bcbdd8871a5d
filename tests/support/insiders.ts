/** Who is enrolled at a relay with its real people, and whose session is good. */
import type { PersonId } from '#domain/ids.ts';
import { createChallenges } from '#relay/people/challenges.ts';
import { createSessions } from '#relay/people/sessions.ts';
import type { Relay } from '#relay/relay.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { makeDevice, type TestDevice } from './device.ts';
import { REALM } from './relay.ts';

export interface Insider {
	readonly device: TestDevice;
	readonly cookie: string;
}

/** Answers what enrols a new device of a person, without an invitation. */
export function enrollingAt({
	store,
	keys,
	limits,
	rates,
	now
}: Pick<Relay, 'store' | 'keys' | 'limits' | 'rates' | 'now'>): (
	person: PersonId
) => Promise<Insider> {
	const people = createPeopleStore(store);
	const challenges = createChallenges({ sql: store, seal: keys.pseudonym, now });
	const sessions = createSessions({ people, challenges, limits, rates, now });
	return async (person) => {
		const device = makeDevice(person, REALM, now);
		const { id, publicKey } = device;
		await people.addDevice({ id, person, publicKey, label: 'Android', createdAt: now() });
		const { token } = await sessions.begin({ device: id, person });
		return { device, cookie: `lxq=${token}` };
	};
}
