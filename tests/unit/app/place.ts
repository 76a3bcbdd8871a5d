/** Where the tests of the app happen: a founded relay in a folder of its own, and the devices made for it. */
import type { PersonId } from '#domain/ids.ts';
import { makeDevice, type TestDevice } from '../../support/device.ts';
import {
	addDevices,
	found,
	REALM,
	startRelay,
	temporaryFolder,
	type RunningRelay
} from '../../support/relay.ts';
import { makePhone, type Phone, type PhoneOptions } from './phone.ts';

export interface Place {
	readonly relay: RunningRelay;
	/** A device that speaks to the relay and holds nothing. */
	enrolled(person: PersonId): TestDevice;
	phoneOf(options: PhoneOptions): Promise<Phone>;
	/** Closes it at the end, before what was opened before it. */
	closes(thing: { close(): unknown }): void;
	temporary(): string;
	/** Ends the relay, lets something happen, and starts it on the same port, on its folder or another. */
	restarts(meanwhile?: () => unknown, dataDir?: string): Promise<void>;
	end(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
	const folders: ReturnType<typeof temporaryFolder>[] = [];
	const open: { close(): unknown }[] = [];
	let relay = await startRelay({ dataDir: temporary() });
	await found(relay);

	function temporary(): string {
		const folder = temporaryFolder();
		folders.push(folder);
		return folder.path;
	}

	return {
		get relay() {
			return relay;
		},
		enrolled(person) {
			const device = makeDevice(person, REALM);
			const { id, publicKey } = device;
			addDevices(relay.dataDir, [{ id, person, publicKey }]);
			return device;
		},
		async phoneOf(options) {
			const phone = await makePhone({ relay, ...options });
			open.push(phone);
			return phone;
		},
		closes(thing) {
			open.push(thing);
		},
		temporary,
		async restarts(meanwhile, dataDir = relay.dataDir) {
			const { port } = relay;
			await relay.close();
			await meanwhile?.();
			relay = await startRelay({ dataDir, port });
		},
		async end() {
			for (const each of open.reverse()) await each.close();
			await relay.close();
			for (const folder of folders) folder.remove();
		}
	};
}
