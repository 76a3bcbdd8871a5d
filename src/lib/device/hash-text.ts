import { base64url } from './base64url.ts';

/** SHA-256 of a text as UTF-8, as base64url. */
export async function hashText(text: string): Promise<string> {
	const bytes = new TextEncoder().encode(text);
	return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
