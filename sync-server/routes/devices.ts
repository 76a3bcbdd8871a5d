/** The routes of devices: who holds which, when each was last heard of, and taking a lost one out of use (R5). */
import { z } from 'zod';
import { DeviceId } from '#domain/ids.ts';
import { answerJson, enter, type App, type Sessions } from '../http/app.ts';
import { readAs } from '../http/bodies.ts';
import { problem } from '../http/problem.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import type { Limits } from '../limits.ts';
import { aboutOf, knownOnce, type About } from '../people/in-care.ts';
import { mayCareFor } from '../people/may-invite.ts';
import type { Sync } from '../sockets/sync.ts';
import type { ListedDevice, PeopleStore } from '../store/people.ts';
import { inPages } from '../turns.ts';

export interface DevicesRoutesParts {
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly people: PeopleStore;
	readonly sync: Pick<Sync, 'closeDevice'>;
	/** Keeps beside the store, too, that it was taken out of use. */
	readonly keepRevoked: (devices: readonly string[]) => void;
	readonly limits: Limits;
	readonly rates: Rates;
	/** The version of the built app, which up-to-date devices have. */
	readonly version: string;
	readonly now: () => number;
}

const LostDevice = z.strictObject({ device: DeviceId });

export function devicesRoutes(app: App, parts: DevicesRoutesParts): void {
	const { directory, people, version, now } = parts;

	app.get('/api/devices', async (context) => {
		const session = await enter(context, parts);
		const at = now();
		const about = knownOnce(
			(person) => mayCareFor(directory, session.person, person, at),
			(person) => aboutOf(directory, person, at)
		);
		const devices: (ListedDevice & About)[] = [];
		for await (const device of inPages(people.listDevices)) {
			const of = about(device.person);
			if (of !== null) devices.push({ ...device, ...of });
		}
		devices.sort((a, b) => a.lastSeen - b.lastSeen);
		return answerJson(context, parts, { devices, version, own: session.device });
	});

	// [D1] A lost phone: its key opens nothing from now on, and its sockets close (R5).
	app.post('/api/devices/revoke', async (context) => {
		const session = await enter(context, parts);
		const asked = await readAs(context, LostDevice);
		const lost = await people.deviceOf(asked.device);
		if (lost === null || !mayCareFor(directory, session.person, lost.person, now()))
			return problem(context, 'not-yours');
		parts.keepRevoked([lost.id]);
		await people.revokeDevice(lost.id, now());
		parts.sync.closeDevice(lost.id);
		return context.json({ revoked: true });
	});
}
