/** Photos as large as a phone's camera takes them: each its own, slow to decode, small once shrunk. */
import type { Page } from '@playwright/test';

export interface PhotoFile {
	readonly name: string;
	readonly mimeType: 'image/jpeg';
	readonly buffer: Buffer;
}

export async function bigPhotos(
	page: Page,
	{ count, side }: { readonly count: number; readonly side: number }
): Promise<readonly PhotoFile[]> {
	const photos: PhotoFile[] = [];
	for (let nth = 1; nth <= count; nth++) {
		const base64 = await page.evaluate(draw, { nth, side });
		const buffer = Buffer.from(base64, 'base64');
		photos.push({ name: `IMG_${nth}.jpg`, mimeType: 'image/jpeg', buffer });
	}
	return photos;
}

/** In the page: a wall of one colour with its number on it. */
async function draw({ nth, side }: { nth: number; side: number }): Promise<string> {
	const canvas = new OffscreenCanvas(side, Math.round(side * 0.75));
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('big-photo: no canvas');
	context.fillStyle = `hsl(${(nth * 47) % 360} 60% 70%)`;
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.fillStyle = '#222';
	context.font = `${side / 4}px sans-serif`;
	context.fillText(String(nth), side / 4, side / 2);
	const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
	const bytes = new Uint8Array(await blob.arrayBuffer());
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192)
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(text);
}
