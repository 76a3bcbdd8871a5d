/** Pictures made small in the browser: decoded to size and written anew, so that nothing of EXIF is left. */

const LONGEST = 1600;
const THUMB_LONGEST = 320;
const QUALITY = 0.8;
const THUMB_QUALITY = 0.7;

export interface Shrunk {
	readonly bytes: ArrayBuffer;
	readonly thumb: ArrayBuffer;
}

/** Null for a file that is no picture this browser can read; throws for one that cannot be decoded whole. */
export async function shrinkPhoto(file: Blob): Promise<Shrunk | null> {
	const size = await sizeOf(file);
	if (size === null) return null;
	const bytes = await drawn(file, within(size, LONGEST), QUALITY);
	const thumb = await drawn(file, within(size, THUMB_LONGEST), THUMB_QUALITY);
	return { bytes: await bytes.arrayBuffer(), thumb: await thumb.arrayBuffer() };
}

export async function thumbOf(picture: Blob): Promise<ArrayBuffer> {
	const size = await sizeOf(picture);
	// A picture that was checked by its bytes and cannot be drawn is shown as it is.
	if (size === null || picture.type === 'image/png') return picture.arrayBuffer();
	return (await drawn(picture, within(size, THUMB_LONGEST), THUMB_QUALITY)).arrayBuffer();
}

interface Size {
	readonly width: number;
	readonly height: number;
}

/** As it is seen, the way it was held: known from its head, before anything is decoded. */
async function sizeOf(file: Blob): Promise<Size | null> {
	const url = URL.createObjectURL(file);
	try {
		const image = new Image();
		const isPicture = await new Promise<boolean>((resolve) => {
			image.onload = () => resolve(true);
			image.onerror = () => resolve(false);
			image.src = url;
		});
		return isPicture ? { width: image.naturalWidth, height: image.naturalHeight } : null;
	} finally {
		URL.revokeObjectURL(url);
	}
}

function within({ width, height }: Size, longest: number): Size {
	const scale = Math.min(1, longest / Math.max(width, height));
	return {
		width: Math.max(1, Math.round(width * scale)),
		height: Math.max(1, Math.round(height * scale))
	};
}

async function drawn(file: Blob, { width, height }: Size, quality: number): Promise<Blob> {
	const bitmap = await createImageBitmap(file, {
		resizeWidth: width,
		resizeHeight: height,
		resizeQuality: 'high'
	});
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	try {
		const context = canvas.getContext('2d');
		if (context === null) throw new Error('shrink: no canvas to draw on');
		context.drawImage(bitmap, 0, 0, width, height);
	} finally {
		bitmap.close();
	}
	const blob = await new Promise<Blob | null>((resolve) =>
		canvas.toBlob(resolve, 'image/jpeg', quality)
	);
	if (blob === null) throw new Error('shrink: the picture could not be written');
	return blob;
}
