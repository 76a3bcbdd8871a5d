/** Photos, signatures and voice notes on this device: stored whole before they are shown, apart from the records (R8). */
import { MEDIA_BYTES, MediaName, type MediaType } from '#domain/media.ts';
import type { DeviceDb, MediaRecord } from '#lib/device/device-db.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import { textOfDrafts } from './in-drafts.ts';
import { ofState } from './of-state.ts';

/** Photos and recordings that may wait for a network at once: a week's rounds. */
export const MOST_WAITING = 300;

/** A picture or a recording as it is kept: its bytes, and of a picture a small one to be shown without a network. */
export interface Medium {
	readonly type: MediaType;
	readonly bytes: ArrayBuffer;
	readonly thumb?: ArrayBuffer | undefined;
}

export type KeepProblem = 'too-big' | 'too-many-waiting' | 'storage-full' | 'storage-broken';
export type KeepResult =
	| { readonly ok: true; readonly sha256: MediaName }
	| { readonly ok: false; readonly reason: KeepProblem };

/** Durable when it resolves; the form that took it names it from then on. */
export async function keepDraftMedia(
	device: DeviceDb,
	medium: Medium,
	now: number
): Promise<KeepResult> {
	if (medium.bytes.byteLength > MEDIA_BYTES) return { ok: false, reason: 'too-big' };
	const waiting = await ofState(device, 'waiting').count();
	const drafts = await ofState(device, 'draft').count();
	if (waiting + drafts >= MOST_WAITING) return { ok: false, reason: 'too-many-waiting' };
	const sha256 = await nameOf(medium.bytes);
	try {
		await store(device, sha256, medium, { state: 'draft', addedAt: now });
		return { ok: true, sha256 };
	} catch (cause) {
		const reason = storageProblem(cause);
		if (reason === null) throw cause;
		return { ok: false, reason };
	}
}

/** What came from the relay is kept to be seen again; what is of one's own stays what it is. */
export async function keepFetched(
	device: DeviceDb,
	sha256: MediaName,
	medium: Medium,
	now: number
): Promise<void> {
	try {
		await store(device, sha256, medium, { state: 'fetched', addedAt: now });
	} catch (cause) {
		// Seen now, and fetched again another time.
		if (storageProblem(cause) === null) throw cause;
	}
}

/** What a form no longer wants; one that is said, or that another form shows, stays. */
export async function dropDraftMedia(device: DeviceDb, sha256: MediaName): Promise<void> {
	const { media, mediaBytes, drafts, outbox } = device;
	await device.transaction('rw', [media, mediaBytes, drafts, outbox], async () => {
		const held = await device.media.get(sha256);
		if (held?.state !== 'draft' || (await textOfDrafts(device)).includes(sha256)) return;
		await device.media.delete(sha256);
		await device.mediaBytes.delete(sha256);
	});
}

export async function nameOf(bytes: BufferSource): Promise<MediaName> {
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
	return MediaName.parse(hex.join(''));
}

async function store(
	device: DeviceDb,
	sha256: MediaName,
	{ type, bytes, thumb }: Medium,
	as: Pick<MediaRecord, 'state' | 'addedAt'>
): Promise<void> {
	await device.transaction('rw', device.media, device.mediaBytes, async () => {
		const before = await device.media.get(sha256);
		const fresh = {
			sha256,
			type,
			size: bytes.byteLength,
			thumb,
			have: 0,
			failures: 0,
			notBefore: 0
		};
		await device.mediaBytes.put({ sha256, bytes });
		await device.media.put(before ?? { ...fresh, ...as });
	});
}
