/** Sends waiting photos in pieces, after the records; a photo in trouble holds up nobody else (R8). */
import { PutAnswer } from '#domain/media.ts';
import { HOUR } from '#domain/spans.ts';
import type { DeviceDb, MediaRecord } from '#lib/device/device-db.ts';
import type { Refusal } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { spreadAfter } from '#lib/sync/back-off.ts';
import { pieceBroke, pieceCame, type Line } from '#lib/sync/line.ts';
import { ofState } from './of-state.ts';

const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 6 * HOUR;
/** Pieces that may bring a photo no further before it is put aside. */
const MOST_STUCK = 3;
/** In the device's state: the moment before which the relay wants no photo from it. */
const REST = 'photos-rest';

export interface Sending {
	readonly line: Line;
	readonly device: DeviceDb;
	readonly relay: AuthorisedRelay;
	readonly now: () => number;
	readonly random: () => number;
	/** Something else is due: the photo goes on where it is, later. */
	readonly shouldStop: () => boolean;
}

/** Null when all that could be sent is sent, or something else is due; else why the relay was not reached. */
export async function sendPhotos(parts: Sending): Promise<Refusal | null> {
	while (!parts.shouldStop() && !(await isResting(parts))) {
		// [R8] records first: nothing is sent while one of them waits, held for 撤回 too
		const records = await parts.device.outbox.where('state').anyOf('waiting', 'sending').count();
		if (records > 0) return null;
		const next = await ofState(parts.device, 'waiting')
			.filter(({ notBefore }) => notBefore <= parts.now())
			.first();
		if (next === undefined) return null;
		const refusal = await sendOne(parts, next);
		if (refusal !== null) return refusal;
	}
	return null;
}

async function sendOne(parts: Sending, photo: MediaRecord): Promise<Refusal | null> {
	const { device, relay, line } = parts;
	const { sha256 } = photo;
	const held = await device.mediaBytes.get(sha256);
	if (held === undefined) {
		await putAside(parts, photo, 'gone', LONGEST_REST_MS);
		return null;
	}
	const total = held.bytes.byteLength;
	let from = photo.have < total ? photo.have : 0;
	for (let stuck = 0; stuck < MOST_STUCK && !parts.shouldStop();) {
		const piece = held.bytes.slice(from, from + line.pieceBytes);
		const began = performance.now();
		const answer = await relay.put(`/api/media/${sha256}`, PutAnswer, piece, { from, total });
		if (!answer.ok) {
			pieceBroke(line);
			return refused(parts, photo, answer);
		}
		pieceCame(line, performance.now() - began);
		const { have, done } = answer.value;
		if (done) {
			await device.media.update(sha256, { state: 'sent', have: total, problem: undefined });
			return null;
		}
		stuck = have > from ? 0 : stuck + 1;
		from = have < total ? have : 0;
		await device.media.update(sha256, { have: from });
		if (stuck === MOST_STUCK) await putAside(parts, photo, 'stuck', restOf(photo));
	}
	return null;
}

/** The photo's own trouble is the photo's alone; anything else concerns the whole link. */
async function refused(
	parts: Sending,
	photo: MediaRecord,
	refusal: Refusal
): Promise<Refusal | null> {
	const { status, code, retryAfter } = refusal;
	if (status === 429 && retryAfter !== undefined) {
		await restAll(parts, photo, code, retryAfter);
		return null;
	}
	const isOwn = [400, 404, 413, 422, 429, 507].includes(status);
	if (!isOwn) return refusal;
	await putAside(parts, photo, code, restOf(photo));
	return null;
}

/** [R4] The relay spoke of this device: none of its photos goes before that moment, records do. */
async function restAll(
	{ device, now, random }: Sending,
	{ sha256 }: MediaRecord,
	problem: string,
	seconds: number
): Promise<void> {
	const until = now() + seconds * 1000 + spreadAfter(seconds, random);
	await device.transaction('rw', device.state, device.media, async () => {
		await device.state.put({ key: REST, value: until });
		await device.media.update(sha256, { problem });
	});
}

/** [E3] A moment further off than any rest was set by a wrong clock. */
async function isResting({ device, now }: Sending): Promise<boolean> {
	const until = (await device.state.get(REST))?.value;
	return typeof until === 'number' && until > now() && until - now() < LONGEST_REST_MS;
}

function restOf({ failures }: MediaRecord): number {
	return Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** failures);
}

async function putAside(
	{ device, now }: Sending,
	{ sha256, failures }: MediaRecord,
	problem: string,
	restMs: number
): Promise<void> {
	await device.media.update(sha256, {
		failures: failures + 1,
		notBefore: now() + restMs,
		have: 0,
		problem
	});
}
