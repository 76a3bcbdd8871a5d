import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedBy, isSignedByAside, signText } from '#relay/judging/signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SCALAR_BYTES = 32;

/** Signs anew until the first byte of one of the two numbers is as wanted. */
function signedWhere(at: number, isWanted: (byte: number) => boolean) {
	for (let i = 0; ; i++) {
		const text = `第 ${i} 句`;
		const sig = signText(privateKey, text);
		if (isWanted(Buffer.from(sig, 'base64url')[at] ?? 0)) return { text, sig };
	}
}

const begin = {
	'a zero byte': (byte: number) => byte === 0,
	'a low first bit': (byte: number) => byte > 0 && byte < 0x80,
	'a high first bit': (byte: number) => byte >= 0x80
};

test.each(Object.entries(begin))(
	'[E1] a signature counts the same on either thread, with %s in its numbers',
	async (_what, isWanted) => {
		for (const at of [0, SCALAR_BYTES]) {
			const signed = signedWhere(at, isWanted);
			const bent = { ...signed, text: `${signed.text}。` };
			expect(isSignedBy(publicKey, signed)).toBe(true);
			expect(await isSignedByAside(publicKey, signed)).toBe(true);
			expect(await isSignedByAside(publicKey, bent)).toBe(false);
		}
	}
);

test.each([
	['all zeros', Buffer.alloc(2 * SCALAR_BYTES)],
	['all ones', Buffer.alloc(2 * SCALAR_BYTES, 0xff)],
	['too short', Buffer.alloc(2 * SCALAR_BYTES - 1, 1)],
	['too long', Buffer.alloc(2 * SCALAR_BYTES + 1, 1)],
	['empty', Buffer.alloc(0)],
	['one in DER', sign('sha256', Buffer.from('句'), privateKey)]
])('[E1] a signature that is none (%s) is refused on either thread', async (_what, raw) => {
	const signed = { text: '句', sig: raw.toString('base64url') };
	expect(isSignedBy(publicKey, signed)).toBe(false);
	expect(await isSignedByAside(publicKey, signed)).toBe(false);
});
