/** What of the photos goes, and when: what nothing names after a month, what was erased at once, whoever is killed. */
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PutAnswer, type MediaName } from '#domain/media.ts';
import type { Session } from '#relay/http/app.ts';
import { fileOf, MEDIA_FOLDER, nameOfPart, PARTS } from '#relay/media/files.ts';
import { createMediaStore, type MediaStore } from '#relay/media/store.ts';
import type { SqlValue, Store } from '#relay/store/store.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { getPhoto, photo, putPhoto, type Photo } from '../support/photos.ts';
import { DAY, household, visit } from '../support/tell.ts';

let district: District;
let clock = Date.now();
let door: string;

beforeEach(async () => {
	clock = Date.now();
	district = await startDistrict({ now: () => clock });
	door = v7();
	await district.devices.secretary.says(district.relay.url, household(door));
});
afterEach(() => district.end());

async function put(by: TestDevice, whole: Photo): Promise<PutAnswer> {
	return PutAnswer.parse(await (await putPhoto(district.relay.url, by, whole)).json());
}

/** The first bytes of a photo. */
async function putHalf(by: TestDevice, { name, bytes }: Photo): Promise<void> {
	const half = { name, bytes: bytes.subarray(0, 100) };
	const { status } = await putPhoto(district.relay.url, by, half, { total: bytes.length });
	expect(status).toBe(200);
}

async function mayRead(by: TestDevice, name: string): Promise<boolean> {
	return (await getPhoto(district.relay.url, by, name)).status === 200;
}

/** Answers the entry that names it. */
async function names(by: TestDevice, name: MediaName): Promise<string> {
	const said = visit(v7(), door, { photos: [{ sha256: name }] });
	const [receipt] = await by.says(district.relay.url, said);
	return receipt?.id ?? '';
}

/** [A4] As an order of an authority does it. */
async function erase(entry: string): Promise<void> {
	await district.relay.media.readNames();
	await district.relay.store.run('UPDATE entry SET text = NULL, sig = NULL WHERE id = ?', entry);
}

const folder = () => join(district.dataDir, MEDIA_FOLDER);
const lies = (name: MediaName) => existsSync(fileOf(folder(), name));
const growing = () => readdirSync(join(folder(), PARTS)).map(nameOfPart);

/** Photos of this district over a store that something happens to. */
function mediaOver(change: Partial<Store>): MediaStore {
	const { relay } = district;
	const store = { ...relay.store, ...change };
	const prefixesOf = () => [];
	return createMediaStore({
		...{ store, folder: folder(), prefixesOf },
		devices: relay.people.devices,
		now: () => clock
	});
}

async function isKnown(name: MediaName): Promise<boolean> {
	return (await district.relay.store.first('SELECT 1 FROM media WHERE sha256 = ?', name)) !== null;
}

/** Photos of a relay that is killed in front of its next transaction once it has forgotten a photo. */
function killedAfterForgetting(name: MediaName): MediaStore {
	return mediaOver({
		async transaction(work) {
			if (!(await isKnown(name))) throw new Error('killed');
			return district.relay.store.transaction(work);
		}
	});
}

function sessionOf({ id, person }: TestDevice): Session {
	return { device: id, person };
}

/** A whole photo, taken by a relay that is killed before its store knows of it. */
async function takenAndKilled(by: TestDevice, { name, bytes }: Photo): Promise<void> {
	const killed = mediaOver({ transaction: () => Promise.reject(new Error('killed')) });
	const piece = { from: 0, total: bytes.length, bytes };
	await expect(killed.put(name, sessionOf(by), piece)).rejects.toThrow('killed');
	expect([lies(name), await isKnown(name)]).toEqual([true, false]);
}

test('[R8] a photo that nothing names goes after a month, one whose last name was erased at once', async () => {
	const { member } = district.devices;
	const [named, orphan, erased] = [photo(), photo(), photo()];
	await names(member, named.name);
	const entry = await names(member, erased.name);
	for (const each of [named, orphan, erased]) await put(member, each);
	const { media } = district.relay;
	expect(await media.sweep()).toBe(0);
	await erase(entry);
	expect(await media.sweep()).toBe(1);
	expect(await mayRead(member, erased.name)).toBe(false);
	expect(lies(erased.name)).toBe(false);
	clock += 31 * DAY;
	expect(await media.sweep()).toBe(1);
	expect(await mayRead(member, named.name)).toBe(true);
	expect(await mayRead(member, orphan.name)).toBe(false);
});

test('[R4] the bytes of all photos are counted as they come and go, and none of them is asked for it', async () => {
	const { member, secondMember } = district.devices;
	const { media, store } = district.relay;
	const [kept, erased] = [photo(3_000), photo(5_000)];
	const entry = await names(member, erased.name);
	for (const each of [kept, erased]) await put(member, each);
	await put(secondMember, kept);
	expect(await media.size()).toBe(kept.bytes.length + erased.bytes.length);
	await erase(entry);
	expect(await media.sweep()).toBe(1);
	expect(await media.size()).toBe(kept.bytes.length);
	await store.run('UPDATE media SET bytes = 0');
	expect(await media.size()).toBe(kept.bytes.length);
});

test('[R8] a photo that is named while orphans are swept stays', async () => {
	const { member } = district.devices;
	const orphan = photo();
	const { name } = orphan;
	await put(member, orphan);
	clock += 31 * DAY;
	const { store } = district.relay;
	/** Whoever sweeps finds the orphan, and then waits its turn behind the entry that names it. */
	const swept = mediaOver({
		async transaction(work) {
			if ((await store.first('SELECT 1 FROM media_name')) === null) await names(member, name);
			return store.transaction(work);
		}
	});
	expect(await swept.sweep()).toBe(0);
	expect(await mayRead(member, name)).toBe(true);
});

test('[R8] a photo that is brought again while it is swept stays', async () => {
	const { member, secondMember } = district.devices;
	const orphan = photo();
	await put(member, orphan);
	clock += 31 * DAY;
	const { store } = district.relay;
	let turns = 0;
	const swept = mediaOver({
		async transaction(work) {
			const done = await store.transaction(work);
			turns += 1;
			if (turns === 1) await put(secondMember, orphan);
			return done;
		}
	});
	await swept.sweep();
	expect(await mayRead(secondMember, orphan.name)).toBe(true);
});

test('[A4] of a photo that was forgotten no file outlives the next start, though its relay was killed in between', async () => {
	const { member, secondMember } = district.devices;
	const erased = photo();
	const entry = await names(member, erased.name);
	await put(member, erased);
	// Who never held it keeps nobody's photo.
	await names(secondMember, erased.name);
	await erase(entry);
	await expect(killedAfterForgetting(erased.name).sweep()).rejects.toThrow('killed');
	expect(lies(erased.name)).toBe(true);
	await district.restart();
	await expect.poll(() => lies(erased.name)).toBe(false);
	const left = 'SELECT 1 FROM media_upload WHERE sha256 = ?';
	await expect.poll(() => district.relay.store.first(left, erased.name)).toBeNull();
});

test('[A4] of a photo that was erased before the store knew of it no file outlives the next start', async () => {
	const { member } = district.devices;
	const [erased, named] = [photo(), photo()];
	const entry = await names(member, erased.name);
	await names(member, named.name);
	for (const each of [erased, named]) await takenAndKilled(member, each);
	await erase(entry);
	await district.restart();
	await expect.poll(() => lies(erased.name)).toBe(false);
	await district.relay.media.dropStrays();
	expect(lies(named.name)).toBe(true);
	expect(await put(member, named)).toMatchObject({ done: true });
	expect(await mayRead(member, named.name)).toBe(true);
});

test('[R6] what the store does not know stays, for a store that is put back may give way to a later one', async () => {
	const { media } = district.relay;
	const { name, bytes } = photo();
	const file = fileOf(folder(), name);
	const other = join(dirname(file), 'no-photo');
	mkdirSync(dirname(file), { recursive: true });
	for (const each of [file, other]) writeFileSync(each, bytes);
	const long = (clock - 400 * DAY) / 1000;
	for (const each of [file, other]) utimesSync(each, long, long);
	await media.dropStrays();
	expect([file, other].map((each) => existsSync(each))).toEqual([true, true]);
});

test('[R8] a photo that is taken while the files are walked stays, or is asked for again', async () => {
	const { member } = district.devices;
	const { media, store } = district.relay;
	const [fresh, forgotten] = [photo(), photo()];
	const entry = await names(member, forgotten.name);
	await put(member, forgotten);
	await erase(entry);
	await expect(killedAfterForgetting(forgotten.name).sweep()).rejects.toThrow('killed');
	/** Walked when a file lies there whole, and the store does not know it yet. */
	const taking = mediaOver({
		async transaction(work) {
			await media.dropStrays();
			return store.transaction(work);
		}
	});
	const takes = async ({ name, bytes }: Photo) => {
		const taken = await taking.put(name, sessionOf(member), {
			from: 0,
			total: bytes.length,
			bytes
		});
		return taken.ok && taken.value;
	};
	expect(await takes(forgotten)).toEqual({ have: 0, done: false });
	expect(await takes(fresh)).toMatchObject({ done: true });
	expect(await takes(forgotten)).toMatchObject({ done: true });
	for (const { name } of [fresh, forgotten]) expect(await mayRead(member, name)).toBe(true);
});

test('[A4] what devices have sent half of an erased photo goes with it, and nothing else that grows', async () => {
	const { member, secondMember } = district.devices;
	const [erased, neverWhole, named, unnamed] = [photo(), photo(), photo(), photo()];
	const entries = [await names(member, erased.name), await names(member, neverWhole.name)];
	await names(member, named.name);
	await put(member, erased);
	for (const each of [erased, neverWhole, named, unnamed]) await putHalf(secondMember, each);
	for (const entry of entries) await erase(entry);
	await district.relay.media.sweep();
	expect(growing().toSorted()).toEqual([named.name, unnamed.name].toSorted());
	clock += 4 * DAY;
	await district.relay.media.sweep();
	expect(growing()).toEqual([]);
});

test('[R8] a photo that becomes whole while its pieces are looked at holds up no sweep', async () => {
	const { member } = district.devices;
	const { store, url } = district.relay;
	const whole = photo();
	await putHalf(member, whole);
	const rest = { name: whole.name, bytes: whole.bytes.subarray(100) };
	const swept = mediaOver({
		async first<T>(sql: string, ...values: SqlValue[]) {
			if (sql.includes('FROM media_name')) await putPhoto(url, member, rest, { from: 100 });
			return store.first<T>(sql, ...values);
		}
	});
	expect(await swept.sweep()).toBe(0);
	expect(await mayRead(member, whole.name)).toBe(true);
});
