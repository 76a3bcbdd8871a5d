/** 语音备注 at the relay's door: kept, read and forgotten as photos are, and served as what it is. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PutAnswer } from '#domain/media.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { getPhoto, putPhoto, voiceNote, type Photo } from '../support/photos.ts';
import { COMMUNITY, household, visit } from '../support/tell.ts';

let district: District;
let door: string;

beforeEach(async () => {
	district = await startDistrict();
	door = v7();
	await district.devices.secretary.says(district.relay.url, household(door));
});
afterEach(() => district.end());

const told = (record: string, ...notes: readonly Photo[]) =>
	visit(record, door, { voiceNotes: notes.map(({ name }) => ({ sha256: name, seconds: 9 })) });

const bring = (by: TestDevice, note: Photo) => putPhoto(district.relay.url, by, note);

async function statusFor(by: TestDevice, { name }: Photo): Promise<number> {
	return (await getPhoto(district.relay.url, by, name)).status;
}

test('[R8] is heard by who reads its visit and by nobody else, served as a recording and nothing else', async () => {
	const { member, secondMember, secretary, stranger, officer } = district.devices;
	const note = voiceNote(100_000);
	await member.says(district.relay.url, told(v7(), note));
	expect(await statusFor(secretary, note)).toBe(404);
	const put = PutAnswer.parse(await (await bring(member, note)).json());
	expect(put).toEqual({ have: note.bytes.length, done: true });
	const heard = await getPhoto(district.relay.url, secretary, note.name);
	expect(heard.headers.get('content-type')).toBe('audio/webm');
	expect(heard.headers.get('x-content-type-options')).toBe('nosniff');
	expect(Buffer.from(await heard.arrayBuffer()).equals(note.bytes)).toBe(true);
	for (const other of [secondMember, stranger, officer])
		expect(await statusFor(other, note)).toBe(404);
});

test.each([
	['Ogg', [0x4f, 0x67, 0x67, 0x53], 200, 'audio/ogg'],
	['MP4', [0, 0, 0, 0x1c, 0x66, 0x74, 0x79, 0x70, 0x69, 0x73, 0x6f, 0x35], 200, 'audio/mp4'],
	['HEIC', [0, 0, 0, 0x18, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63], 422, null],
	['WAV', [0x52, 0x49, 0x46, 0x46, 0x24, 0, 0, 0, 0x57, 0x41, 0x56, 0x45], 422, null]
])('%s is told by its first bytes', async (_what, head, status, type) => {
	const { member } = district.devices;
	const bytes = Buffer.concat([Buffer.from(head), Buffer.alloc(500)]);
	const name = createHash('sha256').update(bytes).digest('hex');
	const answer = await putPhoto(district.relay.url, member, { name, bytes });
	expect(answer.status).toBe(status);
	const got = await getPhoto(district.relay.url, member, name);
	expect(got.status === 200 ? got.headers.get('content-type') : null).toBe(type);
});

test('[R8] one that is added later is heard too; one that a correction drops stays in the history', async () => {
	const { member, secretary } = district.devices;
	const [first, later, record] = [voiceNote(), voiceNote(), v7()];
	await member.says(district.relay.url, told(record, first));
	const added = { voiceNotes: [{ sha256: later.name, seconds: 120 }] };
	const dropped = { voiceNotes: [], reason: '说错了' };
	await member.says(
		district.relay.url,
		{ kind: 'visit.added.v1', record, body: added },
		{ kind: 'visit.corrected.v1', record, body: dropped }
	);
	for (const note of [first, later]) {
		await bring(member, note);
		expect(await statusFor(secretary, note)).toBe(200);
	}
});

test('[A4] is gone at once when its visit is erased, and its file with it', async () => {
	const { member, secretary } = district.devices;
	const [note, other, record] = [voiceNote(), voiceNote(), v7()];
	await member.says(district.relay.url, told(record, note), told(v7(), other));
	for (const each of [note, other]) await bring(member, each);
	const body = { of: record, at: COMMUNITY, entries: 'all', ground: 'requested' };
	const ordered = { kind: 'erasure.ordered.v1', record: v7(), body };
	const [receipt] = await secretary.says(district.relay.url, ordered);
	expect(receipt?.verdict).toBe('accepted');
	for (const by of [member, secretary]) expect(await statusFor(by, note)).toBe(404);
	await district.relay.media.sweep();
	const lies = ({ name }: Photo) => existsSync(fileOf(join(district.dataDir, MEDIA_FOLDER), name));
	expect([lies(note), lies(other)]).toEqual([false, true]);
	expect(await statusFor(secretary, other)).toBe(200);
});
