/** Bytes as base64url without padding, and back. */

export function base64url(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null for a text that is no base64url. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | null {
	if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
	return Uint8Array.from(
		atob(text.replaceAll('-', '+').replaceAll('_', '/')),
		(character) => character.codePointAt(0) ?? 0
	);
}
