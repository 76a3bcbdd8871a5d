/** ECDSA P-256 over SHA-256; a signature is its raw 64 bytes as base64url. */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Signed } from '#domain/entry.ts';
import type { PublicKey } from '#domain/wire.ts';

/** Bytes of each of the two numbers. */
const SCALAR_BYTES = 32;

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

/** On another thread; as DER, since OpenSSL turns a raw signature over on this one, which costs as much as the check. */
export function isSignedByAside(key: KeyObject, { text, sig }: Signed): Promise<boolean> {
	const raw = Buffer.from(sig, 'base64url');
	if (raw.length !== 2 * SCALAR_BYTES) return Promise.resolve(false);
	return new Promise((resolve, reject) => {
		verify('sha256', Buffer.from(text), key, derOf(raw), (error, isGood) =>
			error ? reject(error) : resolve(isGood)
		);
	});
}

/** The two numbers of a raw signature as `SEQUENCE { INTEGER r, INTEGER s }`. */
function derOf(raw: Buffer): Buffer {
	const r = integerOf(raw.subarray(0, SCALAR_BYTES));
	const s = integerOf(raw.subarray(SCALAR_BYTES));
	return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s]);
}

/** Without leading zeros, but for the one that keeps a high first bit from being a sign. */
function integerOf(scalar: Buffer): Buffer {
	const first = scalar.findIndex((byte) => byte !== 0);
	const bytes = first < 0 ? scalar.subarray(-1) : scalar.subarray(first);
	const sign = (bytes[0] ?? 0) >= 0x80 ? [0] : [];
	return Buffer.from([0x02, sign.length + bytes.length, ...sign, ...bytes]);
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
