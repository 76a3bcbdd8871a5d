/** What a file is by its first bytes, whatever it is called: a picture, a recording, or nothing of ours. */
import { expect, test } from 'vitest';
import { isAudio, mediaType } from '#domain/media.ts';

const bytesOf = (head: string) => Uint8Array.from(`${head} and more`, (each) => each.charCodeAt(0));

test.each([
	['a JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
	['a PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
	['WebM, of Chrome and Android', '\x1a\x45\xdf\xa3\x9f', 'audio/webm'],
	['Ogg, of Firefox', 'OggS\0', 'audio/ogg'],
	['MP4, of Safari', '\0\0\0\x1cftypiso5', 'audio/mp4'],
	['M4A', '\0\0\0\x20ftypM4A ', 'audio/mp4']
])('%s is known', (_what, head, type) => {
	expect(mediaType(bytesOf(head))).toBe(type);
});

test.each([
	['a HEIC picture, which begins as MP4 does', '\0\0\0\x18ftypheic'],
	['an AVIF picture', '\0\0\0\x20ftypavif'],
	['a page', '<script>alert(1)</script>'],
	['an MP3', 'ID3\x03'],
	['a WAV', 'RIFF\x24\0\0\0WAVEfmt '],
	['the mark of MP4 in another place', 'ftypiso5'],
	['half a mark', '\x1a\x45\xdf'],
	['nothing', '']
])('%s is none of ours', (_what, head) => {
	expect(mediaType(bytesOf(head))).toBeNull();
});

test('a recording is told from a picture', () => {
	expect((['image/jpeg', 'image/png'] as const).filter(isAudio)).toEqual([]);
	const recordings = ['audio/webm', 'audio/ogg', 'audio/mp4'] as const;
	expect(recordings.filter(isAudio)).toEqual(recordings);
});
