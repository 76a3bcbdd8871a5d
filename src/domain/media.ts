/** Photos, signatures and voice notes: their bytes travel beside the records, which name them by hash (R8). */
import { z } from 'zod';

/** SHA-256 of the bytes, in hexadecimal: the name of a photo or a recording everywhere. */
export const MediaName = z
	.string()
	.regex(/^[0-9a-f]{64}$/)
	.brand<'MediaName'>();
export type MediaName = z.infer<typeof MediaName>;

/** Bytes that each of them may have. */
export const MEDIA_BYTES = 2 * 1024 * 1024;
/** Bytes of one piece on its way to the relay: a broken link costs no more than this. */
export const MEDIA_PIECE = 64 * 1024;
/** Photos of one visit. */
export const MOST_PHOTOS = 9;
/** 语音备注 of one visit, and how long each may be. */
export const MOST_VOICE_NOTES = 3;
export const VOICE_SECONDS = 120;

export const Photo = z.strictObject({
	sha256: MediaName,
	caption: z.string().min(1).max(30).optional()
});
export type Photo = z.infer<typeof Photo>;

/** 语音备注: spoken instead of written. */
export const VoiceNote = z.strictObject({
	sha256: MediaName,
	seconds: z.int().min(1).max(VOICE_SECONDS)
});
export type VoiceNote = z.infer<typeof VoiceNote>;

/** One that was told twice, in a form and in what was added later, is one. */
export function eachOnce<T extends { readonly sha256: MediaName }>(named: readonly T[]): T[] {
	return [...new Map(named.map((each) => [each.sha256, each])).values()];
}

/** How far a piece brought it: `have` of its bytes are kept, all of them when `done`. */
export const PutAnswer = z.object({ have: z.int().min(0), done: z.boolean() });
export type PutAnswer = z.infer<typeof PutAnswer>;

export type ImageType = 'image/jpeg' | 'image/png';
export type AudioType = 'audio/webm' | 'audio/ogg' | 'audio/mp4';
export type MediaType = ImageType | AudioType;

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** EBML, which Chrome and Android write. */
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];
const OGG = lettersOf('OggS');
const FTYP = lettersOf('ftyp');
/** Pictures of phones begin as MP4 does, but for their brand. */
const PICTURE_BRANDS = ['hei', 'hev', 'mif', 'msf', 'avi'].map(lettersOf);

/** What the first bytes say a file is; null for anything that is no picture or recording of ours. */
export function mediaType(bytes: Uint8Array): MediaType | null {
	if (has(bytes, JPEG)) return 'image/jpeg';
	if (has(bytes, PNG)) return 'image/png';
	if (has(bytes, WEBM)) return 'audio/webm';
	if (has(bytes, OGG)) return 'audio/ogg';
	const isPicture = PICTURE_BRANDS.some((brand) => has(bytes, brand, 8));
	return has(bytes, FTYP, 4) && !isPicture ? 'audio/mp4' : null;
}

export function isAudio(type: MediaType): type is AudioType {
	return type.startsWith('audio/');
}

function has(bytes: Uint8Array, mark: readonly number[], from = 0): boolean {
	return mark.every((byte, at) => bytes[from + at] === byte);
}

function lettersOf(mark: string): readonly number[] {
	return Array.from(mark, (letter) => letter.charCodeAt(0));
}
