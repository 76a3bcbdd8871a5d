/** A running relay with the founded district and one device for each person of the stories. */
import type { PersonId } from '#domain/ids.ts';
import { makeDevice, type TestDevice } from './device.ts';
import {
	addDevices,
	found,
	REALM,
	startRelay,
	temporaryFolder,
	type RunningRelay,
	type StartOptions
} from './relay.ts';
import { people } from './tell.ts';

export type Role = keyof typeof people;

export interface District {
	/** The relay that runs now; `restart` replaces it. */
	relay: RunningRelay;
	readonly devices: Readonly<Record<Role, TestDevice>>;
	readonly dataDir: string;
	/** Enrols one more device of a person. */
	enrol(person: PersonId): TestDevice;
	/** Stops the relay and starts another on the same folder. */
	restart(options?: Partial<StartOptions>): Promise<void>;
	end(): Promise<void>;
}

export async function startDistrict(options: Partial<StartOptions> = {}): Promise<District> {
	const folder = temporaryFolder();
	const dataDir = folder.path;
	const relay = await startRelay({ dataDir, ...options });
	await found(relay);
	const enrol = (person: PersonId) => {
		const device = makeDevice(person, REALM, relay.now);
		const { id, publicKey } = device;
		addDevices(dataDir, [{ id, person, publicKey }]);
		return device;
	};
	const devices = {
		member: enrol(people.member),
		secondMember: enrol(people.secondMember),
		secretary: enrol(people.secretary),
		worker: enrol(people.worker),
		stranger: enrol(people.stranger),
		officer: enrol(people.officer),
		district: enrol(people.district)
	};
	const started: District = {
		relay,
		devices,
		dataDir,
		enrol,
		async restart(again = {}) {
			await started.relay.close();
			started.relay = await startRelay({ dataDir, ...options, ...again });
		},
		async end() {
			await started.relay.close();
			folder.remove();
		}
	};
	return started;
}
