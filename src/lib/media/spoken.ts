/** What is being spoken: kept second by second, and put together when it ends, or when its form is opened anew. */
import { Dexie } from 'dexie';
import { mediaType, VOICE_SECONDS, type VoiceNote } from '#domain/media.ts';
import type { DeviceDb, SpokenPiece } from '#lib/device/device-db.ts';
import type { Medium } from './keep.ts';

export interface Spoken extends Pick<VoiceNote, 'seconds'> {
	readonly medium: Medium;
}

export interface SpokenDesk {
	/** Durable when it resolves. */
	keep(piece: Omit<SpokenPiece, 'at'>): Promise<void>;
	/** All there is of a recording; null where that is nothing to be heard. */
	whole(recording: string): Promise<Spoken | null>;
	forget(recording: string): Promise<void>;
}

export function spokenDesk({ spoken }: DeviceDb, now: () => number): SpokenDesk {
	const piecesOf = (recording: string) =>
		spoken.where('[recording+n]').between([recording, Dexie.minKey], [recording, Dexie.maxKey]);
	return {
		async keep(piece) {
			await spoken.put({ ...piece, at: now() });
		},
		async whole(recording) {
			const pieces = await piecesOf(recording).toArray();
			const bytes = await new Blob(pieces.map((piece) => piece.bytes)).arrayBuffer();
			const type = mediaType(new Uint8Array(bytes));
			const last = pieces[pieces.length - 1];
			if (type === null || last === undefined) return null;
			const seconds = Math.min(VOICE_SECONDS, Math.max(1, Math.round(last.until / 1000)));
			return { medium: { type, bytes }, seconds };
		},
		async forget(recording) {
			await piecesOf(recording).delete();
		}
	};
}

/** Pieces from before a moment that no draft names: their form was given up, or ended. */
export async function sweepSpoken(
	{ spoken }: DeviceDb,
	drafts: string,
	before: number
): Promise<void> {
	await spoken.filter(({ recording, at }) => at < before && !drafts.includes(recording)).delete();
}
