/** A photo as a phone's camera writes it: lying on its side, with a note of where it was taken. */
import type { Page } from '@playwright/test';

/** Stands in the photo's EXIF, and must stand nowhere else. */
export const EXIF_CANARY = 'taken-at-30.5N-114.3E';
const ROTATED = 6;

/** What the page looks like, as a JPEG that says to be turned by a quarter. */
export async function cameraPhoto(
	page: Page
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
	const jpeg = await page.screenshot({ type: 'jpeg' });
	const tiff = Buffer.alloc(26);
	tiff.write('II*\0', 'latin1');
	tiff.writeUInt32LE(8, 4);
	tiff.writeUInt16LE(1, 8);
	tiff.writeUInt16LE(0x0112, 10);
	tiff.writeUInt16LE(3, 12);
	tiff.writeUInt32LE(1, 14);
	tiff.writeUInt16LE(ROTATED, 18);
	const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(EXIF_CANARY)]);
	const head = Buffer.alloc(4);
	head.writeUInt16BE(0xffe1, 0);
	head.writeUInt16BE(exif.length + 2, 2);
	const buffer = Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
	return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
}
