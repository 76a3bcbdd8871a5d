/** Which encoding a text file is in: UTF-8, UTF-16 or GB18030, and nothing by guess alone. */

/** The text without its byte order mark, or why there is none. */
export function decodeText(
	bytes: Uint8Array
): { readonly text: string } | { readonly refused: 'encoding' | 'not-a-table' } {
	const marked = markedEncoding(bytes);
	if (marked !== null) return decoded(bytes, marked) ?? { refused: 'encoding' };
	if (bytes.includes(0)) {
		const wide = wideEncoding(bytes);
		return (wide === null ? null : decoded(bytes, wide)) ?? { refused: 'not-a-table' };
	}
	const text = decoded(bytes, 'utf-8');
	if (text !== null) return text;
	return (isChinese(bytes) ? decoded(bytes, 'gb18030') : null) ?? { refused: 'encoding' };
}

function decoded(bytes: Uint8Array, encoding: string): { readonly text: string } | null {
	try {
		return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
	} catch (cause) {
		// A TypeError says that the bytes are not in this encoding; anything else is a fault of ours.
		if (cause instanceof TypeError) return null;
		throw cause;
	}
}

function markedEncoding([first, second, third]: Uint8Array): string | null {
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Zero bytes on one side only: the plain letters of UTF-16. */
function wideEncoding(bytes: Uint8Array): string | null {
	const zeros = [0, 0];
	bytes.forEach((byte, index) => {
		if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
	});
	const [even = 0, odd = 0] = zeros;
	if (bytes.length % 2 === 1 || (even > 0 && odd > 0)) return null;
	return odd > 0 ? 'utf-16le' : 'utf-16be';
}

/** Share of two-byte characters that real Chinese text keeps within GB2312; Big5 and others stay far below. */
const COMMON_SHARE = 0.85;

function isChinese(bytes: Uint8Array): boolean {
	let pairs = 0;
	let common = 0;
	for (let index = 0; index < bytes.length; index += 1) {
		const lead = bytes[index] ?? 0;
		if (lead < 0x80) continue;
		const trail = bytes[index + 1] ?? 0;
		pairs += 1;
		if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) common += 1;
		index += 1;
	}
	return common >= pairs * COMMON_SHARE;
}
