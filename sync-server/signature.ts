/** ECDSA P-256 over SHA-256; a signature is its raw 64 bytes as base64url. */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Signed } from '#domain/entry.ts';
import type { PublicKey } from '#domain/wire.ts';

const encoded = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' }) as const;

export function signText(key: KeyObject, text: string): string {
	return sign('sha256', Buffer.from(text), encoded(key)).toString('base64url');
}

/** On another thread. */
export function signTextAside(key: KeyObject, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		sign('sha256', Buffer.from(text), encoded(key), (error, raw) =>
			error ? reject(error) : resolve(raw.toString('base64url'))
		);
	});
}

export function isSignedBy(key: KeyObject, { text, sig }: Signed): boolean {
	return verify('sha256', Buffer.from(text), encoded(key), Buffer.from(sig, 'base64url'));
}

/** On another thread. */
export function isSignedByAside(key: KeyObject, { text, sig }: Signed): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const bytes = Buffer.from(sig, 'base64url');
		verify('sha256', Buffer.from(text), encoded(key), bytes, (error, isGood) =>
			error ? reject(error) : resolve(isGood)
		);
	});
}

/** With a stranger's key: false for a point that is not on the curve. */
export function isSignedByStranger(publicKey: PublicKey, signed: Signed): boolean {
	try {
		return isSignedBy(createPublicKey({ key: publicKey, format: 'jwk' }), signed);
	} catch (cause) {
		// OpenSSL names what is wrong with the key; to us it proves nothing.
		if (cause instanceof Error && 'code' in cause) return false;
		throw cause;
	}
}
