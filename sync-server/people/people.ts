/** Joins devices, invitations and sessions into the people of a relay, and adds their routes. */
import type { Keys } from '../keys.ts';
import type { Bounds, People } from '../relay.ts';
import { demoRoutes } from '../routes/demo.ts';
import { devicesRoutes } from '../routes/devices.ts';
import { enrolRoutes } from '../routes/enrol.ts';
import { foundRoutes } from '../routes/found.ts';
import { operationsRoutes } from '../routes/operations.ts';
import { createPeopleStore } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { createChallenges } from './challenges.ts';
import { createInvitations } from './invitations.ts';
import { createSessions } from './sessions.ts';

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
		addRoutes(app, parts) {
			const { publicOrigin } = parts.config;
			const invitations = createInvitations(parts);
			enrolRoutes(app, { ...parts, people, invitations, sessions, publicOrigin });
			devicesRoutes(app, { ...parts, sessions, people });
			foundRoutes(app, { ...parts, devices: people, invitations, publicOrigin });
			operationsRoutes(app, {
				...parts,
				dataDir: parts.config.dataDir,
				devicesSince: people.countInUse
			});
			demoRoutes(app, { ...parts, invitations });
		}
	};
}
