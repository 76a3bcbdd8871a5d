/** Joins devices, invitations and sessions into the people of a relay, and hangs their doors. */
import { createChallenges } from './challenges.ts';
import { demoDoor } from './demo-door.ts';
import { devicesDoor } from './devices-door.ts';
import { enrolDoor } from './enrol-door.ts';
import { foundDoor } from './found-door.ts';
import { createInvitations } from './invitations.ts';
import type { Keys } from './keys.ts';
import { operationsDoor } from './operations-door.ts';
import type { Bounds, People } from './relay.ts';
import { createSessions } from './sessions.ts';
import { createPeopleStore } from './store-people.ts';
import type { Store } from './store.ts';

/** A device is marked as seen at most this often, unless what it says changed. */
const SEEN_MS = 60_000;

export function openPeople(
	store: Store,
	now: () => number,
	keys: Pick<Keys, 'pseudonym'>,
	bounds: Bounds
): People {
	const people = createPeopleStore(store);
	const challenges = createChallenges({ sql: store, seal: keys.pseudonym, now });
	const sessions = createSessions({ people, challenges, now, ...bounds });
	const seen = new Map<string, { at: number; told: string }>();
	return {
		devices: people,
		sessions,
		async asked({ device }, told) {
			const at = now();
			const said = JSON.stringify(told);
			const before = seen.get(device);
			if (before && before.told === said && at - before.at < SEEN_MS) return;
			seen.set(device, { at, told: said });
			await people.seen(device, at, told);
		},
		hangDoors(app, parts) {
			const { publicOrigin } = parts.config;
			const invitations = createInvitations(parts);
			enrolDoor(app, { ...parts, people, invitations, sessions, publicOrigin });
			devicesDoor(app, { ...parts, sessions, people });
			foundDoor(app, { ...parts, devices: people, invitations, publicOrigin });
			operationsDoor(app, {
				...parts,
				dataDir: parts.config.dataDir,
				devicesSince: people.countInUse
			});
			demoDoor(app, { ...parts, invitations });
		}
	};
}
