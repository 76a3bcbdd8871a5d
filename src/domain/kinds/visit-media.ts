/** The photos, signatures and voice notes of a visit: which its entries may name, and how those added later join them. */
import { z } from 'zod';
import { MediaName, MOST_PHOTOS, MOST_VOICE_NOTES, Photo, VoiceNote } from '../media.ts';

/** Those that were there, and those added later. */
const PHOTOS_KEPT = 2 * MOST_PHOTOS;
export const VOICE_NOTES_KEPT = 2 * MOST_VOICE_NOTES;

export const VoiceNotes = z.array(VoiceNote).max(MOST_VOICE_NOTES);
export const mediaFields = {
	photos: z.array(Photo).max(PHOTOS_KEPT).optional(),
	voiceNotes: z.array(VoiceNote).max(VOICE_NOTES_KEPT).optional(),
	intervieweeSignature: MediaName.optional(),
	visitorSignature: MediaName.optional()
};

/** 补充: what the visitor adds to a visit that is done; nothing that stands is changed by it. */
export const Added = z
	.strictObject({
		note: z.string().min(1).max(1000).optional(),
		photos: z.array(Photo).min(1).max(MOST_PHOTOS).optional(),
		voiceNotes: VoiceNotes.min(1).optional()
	})
	.refine((added) => Object.values(added).some((said) => said !== undefined));

interface Kept {
	readonly photos?: readonly Photo[] | undefined;
	readonly voiceNotes?: readonly VoiceNote[] | undefined;
}

/** What stands once these joined it; null where that is more than a visit keeps. */
export function addedMedia(
	standing: Kept,
	added: Kept
): { photos?: Photo[]; voiceNotes?: VoiceNote[] } | null {
	const photos = [...(standing.photos ?? []), ...(added.photos ?? [])];
	const voiceNotes = [...(standing.voiceNotes ?? []), ...(added.voiceNotes ?? [])];
	if (photos.length > PHOTOS_KEPT || voiceNotes.length > VOICE_NOTES_KEPT) return null;
	return {
		...(photos.length === 0 ? {} : { photos }),
		...(voiceNotes.length === 0 ? {} : { voiceNotes })
	};
}

/** The names in a body of any of the kinds, or in a row; what is none of them names nothing. */
export function mediaIn(body: unknown): readonly MediaName[] {
	return Named.parse(body);
}

const List = z.array(z.object({ sha256: MediaName })).catch([]);
const Named = z
	.object({
		photos: List,
		voiceNotes: List,
		intervieweeSignature: MediaName.nullable().catch(null),
		visitorSignature: MediaName.nullable().catch(null)
	})
	.transform(({ photos, voiceNotes, intervieweeSignature, visitorSignature }) => [
		...[...photos, ...voiceNotes].map(({ sha256 }) => sha256),
		...[intervieweeSignature, visitorSignature].filter((name) => name !== null)
	]);
