/** Photos and voice notes as devices bring them to the relay's door. */
import { createHash, randomBytes } from 'node:crypto';
import { MediaName } from '#domain/media.ts';
import type { TestDevice } from './device.ts';

const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const WEBM = [0x1a, 0x45, 0xdf, 0xa3];

export interface Photo {
	readonly bytes: Buffer;
	readonly name: MediaName;
}

export function photo(size = 5_000): Photo {
	return beginningWith(JPEG, size);
}

/** As Chrome records. */
export function voiceNote(size = 5_000): Photo {
	return beginningWith(WEBM, size);
}

function beginningWith(head: readonly number[], size: number): Photo {
	const bytes = Buffer.concat([Buffer.from(head), randomBytes(size)]);
	return { bytes, name: MediaName.parse(createHash('sha256').update(bytes).digest('hex')) };
}

export function getPhoto(url: string, by: TestDevice, name: string): Promise<Response> {
	return fetch(`${url}/api/media/${name}`, { headers: { cookie: by.cookie } });
}

/** Brings a photo, or the piece of it that `bytes` are. */
export function putPhoto(
	url: string,
	by: TestDevice,
	{ name, bytes }: { readonly name: string; readonly bytes: Buffer },
	{
		from = 0,
		total = from + bytes.length
	}: { readonly from?: number; readonly total?: number } = {}
): Promise<Response> {
	return fetch(`${url}/api/media/${name}`, {
		method: 'PUT',
		headers: {
			cookie: by.cookie,
			'content-range': `bytes ${from}-${from + bytes.length - 1}/${total}`
		},
		body: new Uint8Array(bytes)
	});
}
