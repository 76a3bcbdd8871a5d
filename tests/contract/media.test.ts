/** Photos at the relay's door: in pieces, whole or not at all, and for nobody who does not read their record. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MEDIA_BYTES, PutAnswer, type MediaName } from '#domain/media.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { getPhoto, photo, putPhoto } from '../support/photos.ts';
import { copyStore } from '../support/store-copies.ts';
import { DAY, household, people, visit } from '../support/tell.ts';

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

function put(
	by: TestDevice,
	name: string,
	bytes: Buffer,
	range: Parameters<typeof putPhoto>[3] = {}
): Promise<Response> {
	return putPhoto(district.relay.url, by, { name, bytes }, range);
}

async function answer(response: Response): Promise<PutAnswer> {
	return PutAnswer.parse(await response.json());
}

function get(by: TestDevice, name: string): Promise<Response> {
	return getPhoto(district.relay.url, by, name);
}

async function mayRead(by: TestDevice, name: string): Promise<boolean> {
	return (await get(by, name)).status === 200;
}

const names = (by: TestDevice, name: MediaName, record = v7()) =>
	by.says(district.relay.url, visit(record, door, { photos: [{ sha256: name }] }));

test('[R8] a photo is read by who reads a ledger that names it, and by nobody else', async () => {
	const { member, secondMember, secretary, worker, stranger, officer } = district.devices;
	const { name, bytes } = photo();
	await names(member, name);
	expect(await mayRead(secretary, name)).toBe(false);
	expect(await answer(await put(member, name, bytes))).toEqual({ have: bytes.length, done: true });
	const seen = await get(secretary, name);
	expect(seen.headers.get('content-type')).toBe('image/jpeg');
	expect(Buffer.from(await seen.arrayBuffer()).equals(bytes)).toBe(true);
	for (const reader of [member, worker]) expect(await mayRead(reader, name)).toBe(true);
	for (const other of [secondMember, stranger, officer])
		expect(await mayRead(other, name)).toBe(false);
	expect((await fetch(`${district.relay.url}/api/media/${name}`)).status).toBe(401);
});

test('[R8] to know a name is not to hold the photo: naming it opens nothing', async () => {
	const { member, secondMember, stranger, secretary } = district.devices;
	const { name, bytes } = photo();
	await names(member, name);
	await put(member, name, bytes);
	await names(secondMember, name);
	expect(await mayRead(secondMember, name)).toBe(false);
	// An empty claim of having it opens nothing either: only all of its bytes do.
	expect(
		await answer(await put(stranger, name, bytes.subarray(0, 100), { total: bytes.length }))
	).toEqual({ have: 100, done: false });
	expect(await mayRead(stranger, name)).toBe(false);

	// Who could already read it may name it again: a correction that keeps the photo.
	await secretary.says(district.relay.url, visit(v7(), door, { photos: [{ sha256: name }] }));
	expect(await mayRead(secretary, name)).toBe(true);
});

test('[R8] a signature given anew is read by who reads the visit, and so is the one it replaced', async () => {
	const { member, secondMember, secretary } = district.devices;
	const [first, again, record] = [photo(), photo(), v7()];
	const signed = visit(record, door, { intervieweeSignature: first.name });
	await member.says(district.relay.url, signed);
	await put(member, first.name, first.bytes);
	const body = { intervieweeSignature: again.name, reason: '补签' };
	await member.says(district.relay.url, { kind: 'visit.corrected.v1', record, body });
	await put(member, again.name, again.bytes);
	for (const { name } of [first, again]) {
		expect(await mayRead(secretary, name)).toBe(true);
		expect(await mayRead(secondMember, name)).toBe(false);
	}
	// What was told of a door goes with the door, and its pictures with it.
	const link = { member: people.secondMember, from: clock };
	await secretary.says(district.relay.url, {
		kind: 'household.linked.v1',
		record: door,
		body: link
	});
	await district.relay.deliver.settled();
	for (const { name } of [first, again]) expect(await mayRead(secondMember, name)).toBe(true);
});

test('[R8] a photo goes on where a broken link left it, and is whole or nothing', async () => {
	const { member } = district.devices;
	const { name, bytes } = photo(200_000);
	const total = bytes.length;
	const half = bytes.subarray(0, 65_536);
	expect(await answer(await put(member, name, half, { total }))).toEqual({
		have: 65_536,
		done: false
	});
	await district.restart({ now: () => clock });
	// The device does not know that the first piece arrived.
	expect(await answer(await put(member, name, half, { total }))).toMatchObject({ have: 65_536 });
	expect(await mayRead(member, name)).toBe(false);
	for (let from = 65_536; from < total; from += 65_536) {
		const piece = bytes.subarray(from, from + 65_536);
		await put(member, name, piece, { from, total });
	}
	expect(await mayRead(member, name)).toBe(true);
	const kept = readFileSync(fileOf(join(district.dataDir, MEDIA_FOLDER), name));
	expect(kept.equals(bytes)).toBe(true);
	// Doubled: the answer got lost.
	expect(await answer(await put(member, name, half, { total }))).toEqual({
		have: total,
		done: true
	});
});

test('[R8] what is not what it is called, or neither picture nor recording, is not kept', async () => {
	const { member } = district.devices;
	const { name, bytes } = photo();
	const other = photo();
	expect((await put(member, name, other.bytes)).status).toBe(422);
	const text = Buffer.from('<script>alert(1)</script>');
	const hash = createHash('sha256').update(text).digest('hex');
	expect(await (await put(member, hash, text)).json()).toMatchObject({ code: 'no-media' });
	// The failed try left nothing behind.
	expect(await answer(await put(member, name, bytes))).toMatchObject({ done: true });
});

test('[R4] sizes, ranges and a device are held to their bounds', async () => {
	const { member } = district.devices;
	const { name, bytes } = photo();
	expect((await put(member, name, bytes, { total: 3 * 1024 * 1024 })).status).toBe(413);
	expect((await put(member, name, photo(300_000).bytes)).status).toBe(413);
	expect((await put(member, 'no-name', bytes)).status).toBe(400);
	const url = `${district.relay.url}/api/media/${name}`;
	const without = await fetch(url, {
		method: 'PUT',
		headers: { cookie: member.cookie },
		body: new Uint8Array(bytes)
	});
	expect(without.status).toBe(400);
	await district.restart({ now: () => clock, limits: { mediaBytesPerDay: 8_000 } });
	expect((await put(member, name, bytes)).status).toBe(200);
	const next = photo();
	const slow = await put(member, next.name, next.bytes);
	expect([slow.status, slow.headers.has('retry-after')]).toEqual([429, true]);
	clock += 2 * DAY;
	expect((await put(member, next.name, next.bytes)).status).toBe(200);
	await district.restart({ now: () => clock, limits: { mediaBytes: 6_000 } });
	const third = photo();
	expect((await put(member, third.name, third.bytes)).status).toBe(507);
	// What is left of the disk is for the records: no disk has that much.
	const freeBytes = Number.MAX_SAFE_INTEGER;
	await district.restart({ now: () => clock, limits: { freeBytes } });
	expect((await put(member, third.name, third.bytes)).status).toBe(507);
	const [receipt] = await names(member, third.name);
	expect(receipt?.verdict).toBe('accepted');
	await district.restart({ now: () => clock });
	expect((await put(member, third.name, third.bytes)).status).toBe(200);
});

test('[R4] photos that a person brings in a day, with whichever devices', async () => {
	const { member, secondMember } = district.devices;
	const [first, second] = [photo(), photo()];
	await district.restart({ now: () => clock, limits: { mediaBytesPerDay: 8_000 } });
	expect((await put(member, first.name, first.bytes)).status).toBe(200);
	const other = district.enrol(people.member);
	expect((await put(other, second.name, second.bytes)).status).toBe(429);
	expect((await put(secondMember, second.name, second.bytes)).status).toBe(200);
	clock += 2 * DAY;
	const later = photo();
	expect((await put(other, later.name, later.bytes)).status).toBe(200);
});

test('[R4] a photo that is not whole yet counts as the largest, for whoever brings it and for all; it can be gone on with', async () => {
	const { member, secondMember } = district.devices;
	const [first, second, third] = [photo(), photo(), photo()];
	const total = first.bytes.length;
	const brings = async (by: TestDevice, { name, bytes }: typeof first, from = 0, to = total) =>
		(await put(by, name, bytes.subarray(from, to), { from, total })).status;
	const mediaBytesPerDay = MEDIA_BYTES + total;
	await district.restart({ now: () => clock, limits: { mediaBytesPerDay } });
	expect(await brings(member, first, 0, 100)).toBe(200);
	expect(await brings(member, second, 0, 100)).toBe(200);
	expect(await brings(member, third, 0, 100)).toBe(429);
	expect(await brings(district.enrol(people.member), third, 0, 100)).toBe(429);
	expect(await brings(secondMember, third, 0, 100)).toBe(200);
	expect(await brings(member, first, 100)).toBe(200);
	expect(await mayRead(member, first.name)).toBe(true);

	await district.restart({ now: () => clock, limits: { mediaBytes: 2 * MEDIA_BYTES } });
	expect(await brings(secondMember, first)).toBe(507);
	expect(await brings(member, second, 100)).toBe(200);
	expect(await brings(secondMember, third, 100)).toBe(200);
	expect(await brings(secondMember, first)).toBe(200);
});

test('[R8] names are found anew from the entries, and a backup carries the photos', async () => {
	const { member, secretary } = district.devices;
	const { name, bytes } = photo();
	await names(member, name);
	await put(member, name, bytes);
	const { store } = district.relay;
	await store.run('DELETE FROM media_name');
	await store.run(`DELETE FROM meta WHERE key = 'mediaNamed'`);
	await district.restart({ now: () => clock });
	expect(await mayRead(secretary, name)).toBe(true);

	const target = join(district.dataDir, 'copy');
	await copyStore(district.dataDir, target);
	expect(readFileSync(fileOf(join(target, MEDIA_FOLDER), name)).equals(bytes)).toBe(true);
});
