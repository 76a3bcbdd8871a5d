/** Looks at the start whether what the marks speak of is still stored, and brings back what can be. */
import { Dexie } from 'dexie';
import { openDeviceDb, type DeviceDb } from './device-db.ts';
import { makeActive, type Installation, type PersonHere } from './installation.ts';
import { readMe } from './me.ts';
import type { Mark, Marks } from './storage-mark.ts';

export type Loss =
	/** The keys are gone: only joining again helps. `name` where a mark still knew it. */
	| { readonly is: 'lost'; readonly id: string; readonly name?: string; readonly at?: number }
	/** The databases went back in time: what was said after `at` may be missing. */
	| { readonly is: 'set-back'; readonly id: string; readonly name: string; readonly at: number };

export async function checkStorage(
	installation: Installation,
	marks: Marks
): Promise<readonly Loss[]> {
	const held = marks.all();
	const losses: Loss[] = [];
	for (const mark of held) {
		const loss = await checkOne(installation, mark);
		if (loss !== null) losses.push(loss);
	}
	const isNobody = (await installation.persons.count()) === 0;
	if (isNobody && held.length === 0 && marks.isTrodden()) losses.push({ is: 'lost', id: '' });
	return losses;
}

async function checkOne(installation: Installation, mark: Mark): Promise<Loss | null> {
	const { id, name, at } = mark;
	const device = await openIfThere(id);
	if (device === null) {
		await installation.persons.delete(id);
		return { is: 'lost', id, name, at };
	}
	try {
		const key = await device.keys.get('device');
		if (key === undefined) {
			await installation.persons.delete(id);
			return { is: 'lost', id, name, at };
		}
		if ((await installation.persons.get(id)) === undefined)
			await bringBack(installation, device, id);
		return (await lastSaid(device)) < mark.said ? { is: 'set-back', id, name, at } : null;
	} finally {
		device.close();
	}
}

/** The list of who is here was lost, the person's own database was not. */
async function bringBack(installation: Installation, device: DeviceDb, id: string): Promise<void> {
	const [key, known] = await Promise.all([device.keys.get('device'), readMe(device)]);
	if (key === undefined || known === null) return;
	const { person, realm, realmName, demo, name, duties } = known;
	const here: PersonHere = {
		...{ id, person, device: key.device, realm, realmName, demo, name, duties },
		enrolledAt: 0
	};
	await installation.transaction('rw', installation.persons, installation.state, async () => {
		await installation.persons.put(here);
		await makeActive(installation, id);
	});
}

export async function lastSaid(device: Pick<DeviceDb, 'state'>): Promise<number> {
	const held = await device.state.get('said');
	return typeof held?.value === 'number' ? held.value : 0;
}

/** Null where there is no such database; asking must not make one. */
async function openIfThere(id: string): Promise<DeviceDb | null> {
	return (await Dexie.exists(id)) ? openDeviceDb(id) : null;
}
