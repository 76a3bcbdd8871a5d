/** The device's key pair: P-256, non-extractable, made and used by WebCrypto alone (D1). */
import { PublicKey } from '#domain/wire.ts';
import { base64url, bytesOfBase64url } from './base64url.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface KeyPair {
	readonly privateKey: CryptoKey;
	readonly publicKey: PublicKey;
}

export async function makeKeys(): Promise<KeyPair> {
	// [D1] `false`: nothing on this device, this app included, can read the private key out
	const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
	const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
	return { privateKey: pair.privateKey, publicKey: PublicKey.parse({ kty, crv, x, y }) };
}

/** The raw 64 bytes of an ECDSA P-256 / SHA-256 signature, base64url. */
export async function sign(privateKey: CryptoKey, text: string): Promise<string> {
	const bytes = new TextEncoder().encode(text);
	return base64url(new Uint8Array(await crypto.subtle.sign(SHA256, privateKey, bytes)));
}

/** Whether a text was signed by the key of that public half. */
export async function isSignedBy(
	publicKey: PublicKey,
	text: string,
	sig: string
): Promise<boolean> {
	const signature = bytesOfBase64url(sig);
	if (signature === null) return false;
	const key = await crypto.subtle.importKey('jwk', publicKey, P256, false, ['verify']);
	return crypto.subtle.verify(SHA256, key, signature, new TextEncoder().encode(text));
}
