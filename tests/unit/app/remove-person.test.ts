/** 从本机移除: a person goes from a shared device with all that is stored for them, once nothing is stored here alone. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeviceId, RecordId } from '#domain/ids.ts';
import { MediaName } from '#domain/media.ts';
import { makeActive, openInstallation, type Installation } from '#lib/device/installation.ts';
import { removePerson } from '#lib/device/remove-person.ts';
import { checkStorage } from '#lib/device/storage-check.ts';
import { openMarks, type Marks } from '#lib/device/storage-mark.ts';
import { REALM } from '../../support/relay.ts';
import { household, people, visit } from '../../support/tell.ts';
import { until, type Phone } from './phone.ts';
import { openPlace, type Place } from './place.ts';

const door = RecordId.parse('door-1');
let place: Place;
let leaving: Phone;
let staying: Phone;
let installation: Installation;
let marks: Marks;

beforeEach(async () => {
	place = await openPlace();
	await place.enrolled(people.secretary).says(place.relay.url, household(door));
	leaving = await place.phoneOf({ person: people.member });
	staying = await place.phoneOf({ person: people.secondMember });
	installation = openInstallation(`installation-${randomBytes(4).toString('hex')}`);
	place.closes(installation);
	marks = openMarks({ storage: memory(), cookies: undefined });
	for (const { prefix: id, person } of [leaving, staying]) {
		const device = DeviceId.parse(`device-of-${person}`);
		const here = { id, person, device, realm: REALM, realmName: '试点区', demo: false };
		await installation.persons.put({ ...here, name: person, duties: [], enrolledAt: 1 });
		marks.put({ id, device, name: person, said: 0, numbered: 0, at: 1 });
	}
	await makeActive(installation, staying.prefix);
	await leaving.says([visit('visit-1', door)]);
});
afterEach(() => place.end());

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
	const held = new Map<string, string>();
	return {
		getItem: (key) => held.get(key) ?? null,
		setItem: (key, value) => void held.set(key, value),
		removeItem: (key) => void held.delete(key)
	};
}

const removes = (phone: Phone) => removePerson({ installation, marks }, phone.prefix);
const storedFor = async ({ prefix }: Phone) =>
	(await indexedDB.databases()).filter(({ name }) => name?.startsWith(prefix));

async function handsIn(): Promise<void> {
	const sync = leaving.syncs(place.relay);
	await until(
		() => leaving.ask.one('household', door)(),
		(seen) => seen !== null
	);
	await until(
		() => leaving.device.outbox.count(),
		(n) => n === 0
	);
	await sync.stop();
}

test('[D1] whose words are here alone is not removed: unsent entries, photos on their way, what waits for them', async () => {
	expect(await removes(leaving)).toBe(false);
	await handsIn();
	const sha256 = MediaName.parse('a'.repeat(64));
	const photo = { sha256, state: 'waiting', type: 'image/jpeg', size: 4 } as const;
	const fresh = { addedAt: 1, have: 0, failures: 0, notBefore: 0 };
	await leaving.device.media.put({ ...photo, ...fresh });
	expect(await removes(leaving)).toBe(false);
	await leaving.device.media.clear();
	const said = await leaving.says([visit('visit-2', door)]);
	if (!said.ok) throw new Error(said.reason);
	const [commit] = await leaving.device.outbox.toArray();
	const [entry] = commit?.entries ?? [];
	if (commit?.local === undefined || entry === undefined) throw new Error('nothing was said');
	await leaving.device.outbox.update(commit.local, { handedOver: true });
	await leaving.device.attention.put({
		...entry,
		entry: entry.id,
		commit: said.commit,
		verdict: 'refused',
		reason: 'no-duty',
		state: 'open'
	});
	expect(await removes(leaving)).toBe(false);
	await leaving.device.attention.clear();
	// What a bundle carried away is not here alone.
	expect(await removes(leaving)).toBe(true);
});

test('[D1] who is removed leaves nothing stored, and is no loss; whoever is active stays', async () => {
	await handsIn();
	expect((await storedFor(leaving)).length).toBeGreaterThan(2);
	expect(await removes(staying)).toBe(false);
	expect(await removes(leaving)).toBe(true);
	expect(await storedFor(leaving)).toEqual([]);
	expect(await storedFor(staying)).not.toEqual([]);
	expect((await installation.persons.toArray()).map(({ id }) => id)).toEqual([staying.prefix]);
	expect(await checkStorage(installation, marks)).toEqual([]);
});
