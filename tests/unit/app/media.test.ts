/** Photos of a phone: kept before they are shown, sent after the records, whole over a link that breaks. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MediaName } from '#domain/media.ts';
import type { DraftRecord } from '#lib/device/device-db.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { dropDraftMedia, keepDraftMedia, MOST_WAITING } from '#lib/media/keep.ts';
import { mediaDesk } from '#lib/media/media-desk.ts';
import { ofState } from '#lib/media/of-state.ts';
import { sendPhotos } from '#lib/media/send.ts';
import { unknownLine } from '#lib/sync/line.ts';
import { sweepMedia } from '#lib/media/sweep.ts';
import { syncView } from '#lib/sync/sync-view.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { DAY, household, MORNING, people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone, type SyncOptions } from './phone.ts';

let district: District;
let door: string;

beforeAll(async () => {
	district = await startDistrict();
	door = v7();
	await district.devices.secretary.says(district.relay.url, household(door));
});
afterAll(() => district.end());

function picture(size: number) {
	const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(size)]);
	const of = (part: Buffer) => new Uint8Array(part).buffer;
	return { type: 'image/jpeg' as const, bytes: of(bytes), thumb: of(bytes.subarray(0, 50)) };
}

async function takes(phone: Phone, size = 1_000): Promise<MediaName> {
	const kept = await keepDraftMedia(phone.device, picture(size), phone.now());
	if (!kept.ok) throw new Error(kept.reason);
	return kept.sha256;
}

const visited = (record: string, name: MediaName) =>
	visit(record, door, { photos: [{ sha256: name }], startedAt: Date.now() });

const draftWith = (key: string, name: MediaName): DraftRecord => ({
	key,
	form: 'visit',
	schemaVersion: 2,
	value: { photos: [{ sha256: name }] },
	savedAt: MORNING
});

async function stateOf(phone: Phone, name: MediaName) {
	return (await phone.device.media.get(name))?.state;
}

/** Requests of a phone in their order, and the bytes of photos among them; some never reach the relay. */
function link(phone: Phone, isCut: (path: string, nth: number) => boolean = () => false) {
	const asked: string[] = [];
	let pieces = 0;
	const cookie = `lxq=${phone.speaker.signer.device}`;
	const fetch: NonNullable<SyncOptions['fetch']> = async (path, init) => {
		const what = path.replace(/[0-9a-f]{64}$/, '');
		asked.push(what);
		if (isCut(what, asked.filter((each) => each === what).length)) throw new TypeError('cut');
		if (init?.body instanceof ArrayBuffer) pieces += init.body.byteLength;
		const headers = { ...init?.headers, cookie };
		return globalThis.fetch(district.relay.url + path, { ...init, headers });
	};
	return { fetch, asked, arrived: () => pieces };
}

test('[R8] a photo waits once its record is said, and comes back to the form with it', async () => {
	const phone = await makePhone({ person: people.member });
	const name = await takes(phone);
	expect(await stateOf(phone, name)).toBe('draft');
	const said = await phone.says([visited(v7(), name)], { hold: true });
	expect(await stateOf(phone, name)).toBe('waiting');
	expect(await syncView(phone)()).toMatchObject({ waiting: 1, photos: 1 });
	if (said.ok) await phone.takesBack(said.commit);
	expect(await stateOf(phone, name)).toBe('draft');
	await dropDraftMedia(phone.device, name);
	expect(await phone.device.mediaBytes.count()).toBe(0);
	await phone.close();
});

test('[R8] a picture taken off one form stays with another that shows it, and with what can be taken back', async () => {
	const phone = await makePhone({ person: people.member });
	const name = await takes(phone);
	const isKept = async () => [
		await stateOf(phone, name),
		await phone.device.mediaBytes.where('sha256').equals(name).count()
	];
	await phone.device.drafts.put(draftWith('visit:other-door', name));
	await dropDraftMedia(phone.device, name);
	expect(await isKept()).toEqual(['draft', 1]);

	const said = await phone.says([visit(v7(), door)], { draft: 'visit:other-door', hold: true });
	await dropDraftMedia(phone.device, name);
	await sweepMedia(phone, phone.now() + 2 * DAY);
	expect(await isKept()).toEqual(['draft', 1]);

	if (said.ok) await phone.takesBack(said.commit);
	await phone.device.drafts.delete('visit:other-door');
	await dropDraftMedia(phone.device, name);
	expect(await isKept()).toEqual([undefined, 0]);
	await phone.close();
});

test('[R8] 撤回 leaves a picture waiting that another commit names', async () => {
	const phone = await makePhone({ person: people.member });
	const name = await takes(phone);
	await phone.says([visited(v7(), name)]);
	const again = await phone.says([visited(v7(), name)], { hold: true });
	expect(again.ok && (await phone.takesBack(again.commit))).toEqual({ ok: true });
	await dropDraftMedia(phone.device, name);
	expect(await stateOf(phone, name)).toBe('waiting');
	await phone.close();
});

test('[R8] nothing of a photo leaves while its record is held for 撤回', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const name = await takes(phone);
	await phone.says([visited(v7(), name)], { hold: true });
	const { fetch, asked } = link(phone);
	const { device, now } = phone;
	const relay = authorisedRelay(fetch, device);
	const line = unknownLine();
	const sending = { device, relay, line, now, random: Math.random, shouldStop: () => false };
	expect(await sendPhotos(sending)).toBeNull();
	expect([asked, await stateOf(phone, name)]).toEqual([[], 'waiting']);
	await phone.close();
});

test('[R8] records go first, photos follow over a link that breaks, nothing is sent twice', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const name = await takes(phone, 60_000);
	const record = v7();
	await phone.says([visited(record, name)]);
	const cutEveryOther = (path: string, nth: number) => path === '/api/media/' && nth % 2 === 0;
	const { fetch, asked, arrived } = link(phone, cutEveryOther);
	const syncing = phone.syncs(district.relay, { fetch, noSockets: true, random: () => 0.1 });
	await until(
		() => stateOf(phone, name),
		(state) => state === 'sent',
		25_000
	);
	expect(asked.indexOf('/api/entries')).toBeLessThan(asked.indexOf('/api/media/'));
	// Of what arrived nothing was sent again.
	expect(arrived()).toBe(60_004);
	const { cookie } = district.devices.secretary;
	const seen = await globalThis.fetch(`${district.relay.url}/api/media/${name}`, {
		headers: { cookie }
	});
	expect((await seen.arrayBuffer()).byteLength).toBe(60_004);
	await syncing.stop();
	await phone.close();
});

test('[R8] over a line that breaks after so many bytes, pieces grow small enough to get through', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const name = await takes(phone, 100_000);
	await phone.says([visited(v7(), name)]);
	const { fetch } = link(phone);
	const narrow: typeof fetch = (path, init) => {
		const isTooMuch = init?.body instanceof ArrayBuffer && init.body.byteLength > 10_000;
		return isTooMuch ? Promise.reject(new TypeError('cut')) : fetch(path, init);
	};
	const syncing = phone.syncs(district.relay, { fetch: narrow, random: () => 0.1 });
	await until(
		() => stateOf(phone, name),
		(state) => state === 'sent',
		25_000
	);
	await syncing.stop();
	await phone.close();
});

test('[R8] a photo in trouble holds up neither records nor other photos', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const [bad, good] = [await takes(phone), await takes(phone)];
	await phone.device.mediaBytes.put({ sha256: bad, bytes: picture(10).bytes });
	await phone.says([visited(v7(), bad)]);
	await phone.says([visited(v7(), good)]);
	const syncing = phone.syncs(district.relay);
	await until(
		() => stateOf(phone, good),
		(state) => state === 'sent'
	);
	await until(
		() => syncView(phone)(),
		({ photos, waiting, photoProblem }) =>
			photos === 1 && waiting === 0 && photoProblem === 'hash-differs'
	);
	await phone.says([visited(v7(), good)]);
	await until(
		() => syncView(phone)(),
		({ waiting }) => waiting === 0
	);
	await syncing.stop();
	await phone.close();
});

test('[R8] others see a photo whole, and small without a network', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const name = await takes(phone);
	await phone.says([visited(v7(), name)]);
	const syncing = phone.syncs(district.relay);
	await until(
		() => stateOf(phone, name),
		(state) => state === 'sent'
	);
	await syncing.stop();

	const desk = await makePhone({
		person: people.secretary,
		role: 'communitySecretary',
		relay: district.relay
	});
	let isOnline = true;
	const { fetch } = link(desk, () => !isOnline);
	const media = mediaDesk({
		device: desk.device,
		relay: authorisedRelay(fetch, desk.device),
		now: desk.now,
		shrink: async () => picture(20).thumb
	});
	expect((await media.thumbs([name])()).size).toBe(0);
	expect((await media.picture(name)).ok).toBe(true);
	isOnline = false;
	expect((await media.picture(name)).ok).toBe(true);
	expect((await media.thumbs([name])()).get(name)).toMatchObject({ waits: false });
	await desk.device.mediaBytes.delete(name);
	expect(await media.picture(name)).toEqual({ ok: false, reason: 'unreachable' });
	await desk.close();
	await phone.close();
});

test('[D2] photos of records that left go, and drafts that no form names', async () => {
	const phone = await makePhone({ person: people.member });
	const [forgotten, drafted, waiting] = [
		await takes(phone),
		await takes(phone),
		await takes(phone)
	];
	const fetched = await takes(phone);
	await phone.device.media.update(fetched, { state: 'fetched' });
	await phone.device.drafts.put(draftWith('visit:door', drafted));
	await phone.says([visited(v7(), waiting)]);
	await sweepMedia(phone, phone.now());
	expect(await stateOf(phone, forgotten)).toBe('draft');
	expect(await stateOf(phone, fetched)).toBeUndefined();
	await sweepMedia(phone, phone.now() + 2 * DAY);
	expect(await stateOf(phone, forgotten)).toBeUndefined();
	expect(await stateOf(phone, drafted)).toBe('draft');
	expect(await stateOf(phone, waiting)).toBe('waiting');
	expect(await phone.device.mediaBytes.count()).toBe(2);
	await phone.close();
});

test('what waits is bounded, and a photo that is too large is named so', async () => {
	const phone = await makePhone({ person: people.member });
	expect(await keepDraftMedia(phone.device, picture(3 * 1024 * 1024), 1)).toEqual({
		ok: false,
		reason: 'too-big'
	});
	for (let i = 0; i < MOST_WAITING; i++) await takes(phone, 10);
	expect(await keepDraftMedia(phone.device, picture(10), 1)).toEqual({
		ok: false,
		reason: 'too-many-waiting'
	});
	expect(await ofState(phone.device, 'draft').count()).toBe(MOST_WAITING);
	await phone.close();
});
