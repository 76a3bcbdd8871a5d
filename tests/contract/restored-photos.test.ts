/** Photos that a store which was put back does not know any more: they lie there still, and are seen again (R6, R8). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLedger } from '#domain/ledgers.ts';
import type { MediaName } from '#domain/media.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { flawsOf } from '../support/audits.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { heldOf, offer, type HeldElement } from '../support/offers.ts';
import { getPhoto, photo, putPhoto } from '../support/photos.ts';
import { startRelay, temporaryFolder } from '../support/relay.ts';
import { copyStore, leadBack } from '../support/store-copies.ts';
import { COMMUNITY, household, visit } from '../support/tell.ts';

let district: District;
let copy: ReturnType<typeof temporaryFolder>;
const door = v7();

beforeEach(async () => {
	copy = temporaryFolder();
	district = await startDistrict();
	await district.devices.secretary.says(district.relay.url, household(door));
	await copyStore(district.dataDir, join(copy.path, 'copy'));
});
afterEach(async () => {
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.end();
	copy.remove();
});

/** Answers how the desk holds the record. */
async function names(by: TestDevice, name: MediaName): Promise<readonly HeldElement[]> {
	const { url } = district.relay;
	const [receipt] = await by.says(url, visit(v7(), door, { photos: [{ sha256: name }] }));
	const period = receipt?.places[0]?.ledger.split('/').at(-1) ?? '';
	const held = await heldOf(url, district.devices.secretary, deskLedger(COMMUNITY, period));
	return held.filter(({ id }) => id === receipt?.id);
}

/** In place, so that the photos lie where they lay. */
async function restores(): Promise<void> {
	const { dataDir, relay } = district;
	await relay.close();
	await leadBack(dataDir, join(copy.path, 'copy'));
	district.relay = await startRelay({ dataDir });
}

async function givesBack(elements: readonly HeldElement[]): Promise<void> {
	const answers = await offer(district.relay.url, district.devices.worker, elements);
	expect(answers.map(({ is }) => is)).toEqual(elements.map(() => 'taken'));
	await district.relay.media.knowAgain();
}

async function mayRead(by: TestDevice, name: MediaName): Promise<boolean> {
	return (await getPhoto(district.relay.url, by, name)).status === 200;
}

const put = (by: TestDevice, whole: ReturnType<typeof photo>) =>
	putPhoto(district.relay.url, by, whole);

test('a photo whose entry is given back is seen again by who reads it, and by nobody else', async () => {
	const { member, secretary, stranger } = district.devices;
	const whole = photo();
	const held = await names(member, whole.name);
	await put(member, whole);
	await restores();
	expect(await mayRead(secretary, whole.name)).toBe(false);
	const answers = await offer(district.relay.url, district.devices.worker, held);
	expect(answers).toMatchObject([{ is: 'taken' }]);
	// Nobody asks for it: what came back is enough.
	await expect.poll(() => mayRead(secretary, whole.name)).toBe(true);
	expect(await mayRead(member, whole.name)).toBe(true);
	expect(await mayRead(stranger, whole.name)).toBe(false);
	expect(await district.relay.media.knowAgain()).toBe(0);
});

test('one that nobody names is served to nobody, one that is not what it is called neither', async () => {
	const { member, secretary } = district.devices;
	const [stray, bent] = [photo(), photo()];
	const held = await names(member, bent.name);
	for (const whole of [stray, bent]) await put(member, whole);
	writeFileSync(fileOf(join(district.dataDir, MEDIA_FOLDER), bent.name), photo().bytes);
	await restores();
	await givesBack(held);
	for (const { name } of [stray, bent])
		for (const device of [member, secretary]) expect(await mayRead(device, name)).toBe(false);
});

test('to name what lies there already opens nothing, whether it is said now or came back', async () => {
	const { member, secondMember, secretary } = district.devices;
	const whole = photo();
	const own = await names(member, whole.name);
	await put(member, whole);
	const theirs = await names(secondMember, whole.name);
	await restores();
	await givesBack(theirs);
	await names(secondMember, whole.name);
	expect(await district.relay.media.knowAgain()).toBe(0);
	for (const device of [secondMember, secretary])
		expect(await mayRead(device, whole.name)).toBe(false);
	await givesBack(own);
	expect(await mayRead(secretary, whole.name)).toBe(true);
	expect(await mayRead(secondMember, whole.name)).toBe(false);
});

test('of those who named it before it came the first one held it', async () => {
	const { member, secondMember } = district.devices;
	const whole = photo();
	const own = await names(member, whole.name);
	const theirs = await names(secondMember, whole.name);
	await put(member, whole);
	await restores();
	await givesBack([...theirs, ...own]);
	expect(await mayRead(member, whole.name)).toBe(true);
	expect(await mayRead(secondMember, whole.name)).toBe(false);
});
