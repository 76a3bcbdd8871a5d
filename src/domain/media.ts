/** Photos and signatures: their bytes travel beside the records, which name them by hash (R8). */
import { z } from 'zod';

/** SHA-256 of the bytes, in hexadecimal: a photo's name everywhere. */
export const MediaName = z
	.string()
	.regex(/^[0-9a-f]{64}$/)
	.brand<'MediaName'>();
export type MediaName = z.infer<typeof MediaName>;

/** Bytes one photo or signature may have. */
export const MEDIA_BYTES = 2 * 1024 * 1024;
/** Bytes of one piece on its way to the relay: a broken link costs no more than this. */
export const MEDIA_PIECE = 64 * 1024;
/** Photos of one visit. */
export const MOST_PHOTOS = 9;

export const Photo = z.strictObject({
	sha256: MediaName,
	caption: z.string().min(1).max(30).optional()
});
export type Photo = z.infer<typeof Photo>;

/** How far a piece brought a photo: `have` of its bytes are kept, all of them when `done`. */
export const PutAnswer = z.object({ have: z.int().min(0), done: z.boolean() });
export type PutAnswer = z.infer<typeof PutAnswer>;

export type ImageType = 'image/jpeg' | 'image/png';

/** What the first bytes say a file is; null for anything that is no picture of ours. */
export function imageType(bytes: Uint8Array): ImageType | null {
	if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
	return startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ? 'image/png' : null;
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
	return head.every((byte, at) => bytes[at] === byte);
}
