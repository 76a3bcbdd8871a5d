/** Voice notes of a phone: kept second by second, put together after a kill, and sent in the same queue as photos. */
import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorisedRelay } from '#lib/device/session.ts';
import { keepDraftMedia, type Medium } from '#lib/media/keep.ts';
import { mediaDesk, type MediaDesk } from '#lib/media/media-desk.ts';
import { sweepMedia } from '#lib/media/sweep.ts';
import { syncView } from '#lib/sync/sync-view.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { putPhoto, voiceNote } from '../../support/photos.ts';
import { DAY, household, MORNING, people, visit } from '../../support/tell.ts';
import { makePhone, until, type Phone } from './phone.ts';

let district: District;
let door: string;

beforeAll(async () => {
	district = await startDistrict();
	door = v7();
	await district.devices.secretary.says(district.relay.url, household(door));
});
afterAll(() => district.end());

const bytesOf = (part: Buffer) => new Uint8Array(part).buffer;
const heard = (): Medium => ({ type: 'audio/webm', bytes: bytesOf(voiceNote(1_000).bytes) });

/** The desk of a phone; without a relay it is offline. */
function deskOf(phone: Phone, url?: string, cookie = ''): MediaDesk {
	const fetch = (path: string, init?: RequestInit) =>
		url === undefined
			? Promise.reject(new TypeError('offline'))
			: globalThis.fetch(url + path, { ...init, headers: { cookie } });
	const relay = authorisedRelay(fetch, phone.device);
	const shrink = () => Promise.reject(new Error('a recording has no small picture'));
	return mediaDesk({ device: phone.device, relay, now: phone.now, shrink });
}

/** Speaks so many seconds, and is never stopped. */
async function speaks({ spoken }: MediaDesk, recording: string, pieces: readonly Buffer[]) {
	for (const [n, piece] of pieces.entries())
		await spoken.keep({ recording, n, until: (n + 1) * 1000 + 40, bytes: bytesOf(piece) });
}

test('what was spoken until a kill is put together in its order, and only of this recording', async () => {
	const phone = await makePhone({ person: people.member });
	const desk = deskOf(phone);
	const { bytes } = voiceNote(3_000);
	const pieces = [bytes.subarray(0, 900), bytes.subarray(900, 2_000), bytes.subarray(2_000)];
	await speaks(desk, 'r-2', [voiceNote(50).bytes]);
	await speaks(desk, 'r-1', pieces);
	const found = await desk.spoken.whole('r-1');
	expect(found).toMatchObject({ seconds: 3, medium: { type: 'audio/webm' } });
	expect(Buffer.from(found?.medium.bytes ?? new ArrayBuffer()).equals(bytes)).toBe(true);
	await desk.spoken.forget('r-1');
	expect(await desk.spoken.whole('r-1')).toBeNull();
	expect(await desk.spoken.whole('r-2')).toMatchObject({ seconds: 1 });
	await phone.close();
});

test('nothing to be heard is no voice note, and none is longer than two minutes', async () => {
	const phone = await makePhone({ person: people.member });
	const desk = deskOf(phone);
	expect(await desk.spoken.whole('nothing')).toBeNull();
	await speaks(desk, 'noise', [randomBytes(0), Buffer.from('no recording')]);
	expect(await desk.spoken.whole('noise')).toBeNull();
	const bytes = bytesOf(voiceNote(10).bytes);
	await desk.spoken.keep({ recording: 'long', n: 0, until: 120_900, bytes });
	await desk.spoken.keep({ recording: 'short', n: 0, until: 200, bytes });
	expect(await desk.spoken.whole('long')).toMatchObject({ seconds: 120 });
	expect(await desk.spoken.whole('short')).toMatchObject({ seconds: 1 });
	await phone.close();
});

test('[D2] what was spoken stays as long as a form names it, and a day without one', async () => {
	const phone = await makePhone({ person: people.member });
	const desk = deskOf(phone);
	for (const recording of ['named', 'given-up'])
		await speaks(desk, recording, [voiceNote(10).bytes]);
	const value = { voiceNotes: { kept: [], recording: 'named' } };
	const draft = { key: 'visit:door', form: 'visit', schemaVersion: 2, value, savedAt: MORNING };
	await phone.device.drafts.put(draft);
	const left = async () => (await phone.device.spoken.toArray()).map((piece) => piece.recording);
	await sweepMedia(phone, phone.now());
	expect(await left()).toEqual(['given-up', 'named']);
	await sweepMedia(phone, phone.now() + 2 * DAY);
	expect(await left()).toEqual(['named']);
	await phone.close();
});

test('[R8] a voice note waits with its record as a photo does, is played offline, and follows by itself', async () => {
	const phone = await makePhone({ person: people.member, relay: district.relay });
	const kept = await keepDraftMedia(phone.device, heard(), phone.now());
	if (!kept.ok) throw new Error(kept.reason);
	const { sha256 } = kept;
	const said = visit(v7(), door, { voiceNotes: [{ sha256, seconds: 9 }] });
	await phone.says([{ ...said, body: { ...said.body, startedAt: Date.now() } }]);
	expect(await syncView(phone)()).toMatchObject({ waiting: 1, photos: 1 });
	const desk = deskOf(phone);
	expect(await desk.waiting([sha256])()).toEqual(new Set([sha256]));
	expect((await desk.thumbs([sha256])()).size).toBe(0);
	const played = await desk.recording(sha256);
	expect(played.ok && played.file.type).toBe('audio/webm');

	const syncing = phone.syncs(district.relay);
	await until(
		() => desk.waiting([sha256])(),
		(waiting) => waiting.size === 0
	);
	await syncing.stop();
	const { url } = district.relay;
	const tablet = await makePhone({ person: people.secretary, role: 'communitySecretary' });
	const at = deskOf(tablet, url, district.devices.secretary.cookie);
	expect(await deskOf(tablet).recording(sha256)).toEqual({ ok: false, reason: 'unreachable' });
	expect((await at.recording(sha256)).ok).toBe(true);
	// Once heard it is here.
	expect((await deskOf(tablet).recording(sha256)).ok).toBe(true);
	await tablet.close();
	await phone.close();
});

test('a recording that is named as a picture is none, nor the other way round', async () => {
	const phone = await makePhone({ person: people.member });
	const { member } = district.devices;
	const { url } = district.relay;
	const note = voiceNote(200);
	expect((await putPhoto(url, member, note)).status).toBe(200);
	const online = deskOf(phone, url, member.cookie);
	expect(await online.picture(note.name)).toEqual({ ok: false, reason: 'broken' });
	expect(await phone.device.media.count()).toBe(0);
	expect((await online.recording(note.name)).ok).toBe(true);
	expect(await deskOf(phone).picture(note.name)).toEqual({ ok: false, reason: 'broken' });
	await phone.close();
});
