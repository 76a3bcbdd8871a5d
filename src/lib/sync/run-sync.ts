/** Syncing for one person on this installation, wherever it runs: in the worker, or in a test. */
import { watchClosing } from '#lib/device/closing.ts';
import { openDeviceDb } from '#lib/device/device-db.ts';
import type { Fetch } from '#lib/device/relay.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { engine } from './engine.ts';
import { stand, type TabRole } from './leader.ts';
import type { Socket } from './multiplexer.ts';
import { others, type Other } from './others.ts';

export interface SyncParts {
	/** The prefix of the person's databases. */
	readonly id: string;
	readonly person: string;
	readonly version: string;
	readonly fetch: Fetch;
	readonly openSocket: () => Socket;
	readonly now: () => number;
	readonly random: () => number;
	readonly locks: LockManager | undefined;
	readonly onRole: (role: TabRole) => void;
	/** Everybody on this installation. */
	readonly people?: (() => Promise<readonly Other[]>) | undefined;
	/** Milliseconds between the leader's beats. */
	readonly beat?: number | undefined;
}

export interface Syncing {
	nudge(): void;
	stop(): Promise<void>;
}

export function runSync(parts: SyncParts): Syncing {
	const device = openDeviceDb(parts.id);
	const rows = openRowsDb(parts.id);
	const { id, person, version, now, random, openSocket, locks, onRole, beat } = parts;
	const everybody = parts.people ?? (async () => []);
	const list = async () => (await everybody()).filter((each) => each.id !== id);
	const running = engine({
		stores: { device, rows },
		prefix: id,
		person,
		relay: authorisedRelay(parts.fetch, device),
		openSocket,
		now,
		random,
		version,
		others: others({ list, fetch: parts.fetch, locks, version, now })
	});
	const unwatchClosing = watchClosing([device, rows], {
		onReopened: running.lookAnew,
		// The page tells it.
		onShut: () => undefined
	});
	const resign = stand(
		{
			name: `${id}-sync`,
			locks,
			openChannel: (name) => new BroadcastChannel(name),
			onRole,
			...(beat === undefined ? {} : { beat })
		},
		(signal) => running.run(signal)
	);
	// A wish may come from a tab that does not sync.
	const wishes = new BroadcastChannel(`${id}-wishes`);
	wishes.onmessage = () => running.nudge();
	return {
		nudge() {
			running.nudge();
			wishes.postMessage('nudge');
		},
		async stop() {
			wishes.close();
			unwatchClosing();
			await resign();
			device.close();
			rows.close();
		}
	};
}
