/** Seals a text so that each of several keys opens it: AES-GCM, its key wrapped by ECDH P-256 and HKDF (O5). */
import { z } from 'zod';
import { RecordId } from '#domain/ids.ts';
import { PublicKey } from '#domain/wire.ts';
import { base64url, bytesOfBase64url } from '#lib/device/base64url.ts';

/** More devices than any desk has. */
const MOST_KEYS = 50;

export const Envelope = z.strictObject({
	/** The sender's half of the agreement, drawn for this one text. */
	ephemeral: PublicKey,
	iv: z.string().regex(/^[\w-]{16}$/),
	to: z
		.array(z.strictObject({ key: RecordId, wrapped: z.string().regex(/^[\w-]{54}$/) }))
		.min(1)
		.max(MOST_KEYS)
});
export type Envelope = z.infer<typeof Envelope>;

/** The public half of a receiver's key, by the record that published it. */
export interface Receiver {
	readonly record: RecordId;
	readonly publicKey: PublicKey;
}

export interface SealingKeys {
	readonly privateKey: CryptoKey;
	readonly publicKey: PublicKey;
}

const AGREEMENT = { name: 'ECDH', namedCurve: 'P-256' } as const;
const encoder = new TextEncoder();

/** A key pair that texts can be sealed to; the private half cannot leave the device. */
export async function makeSealingKeys(): Promise<SealingKeys> {
	const pair = await crypto.subtle.generateKey(AGREEMENT, false, ['deriveBits']);
	return { privateKey: pair.privateKey, publicKey: await publicHalf(pair.publicKey) };
}

/** `headOf` writes the line that the sealed text is bound to: what it says cannot be changed either. */
export async function seal(
	text: string,
	receivers: readonly Receiver[],
	headOf: (envelope: Envelope) => string
): Promise<{ readonly head: string; readonly sealed: string }> {
	const own = await crypto.subtle.generateKey(AGREEMENT, false, ['deriveBits']);
	const contentKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
		'encrypt'
	]);
	const to: Envelope['to'] = [];
	for (const { record, publicKey } of receivers.slice(0, MOST_KEYS)) {
		const theirs = await crypto.subtle.importKey('jwk', publicKey, AGREEMENT, false, []);
		const wrapping = await wrappingKey(own.privateKey, theirs, record);
		const wrapped = await crypto.subtle.wrapKey('raw', contentKey, wrapping, 'AES-KW');
		to.push({ key: record, wrapped: base64url(new Uint8Array(wrapped)) });
	}
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const head = headOf({ ephemeral: await publicHalf(own.publicKey), iv: base64url(iv), to });
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: encoder.encode(head) },
		contentKey,
		encoder.encode(text)
	);
	return { head, sealed: base64url(new Uint8Array(sealed)) };
}

/** Null where the key does not open it, or it is not as it was sealed. */
export async function unseal(
	{ head, sealed }: { readonly head: string; readonly sealed: string },
	envelope: Envelope,
	{ record, privateKey }: { readonly record: RecordId; readonly privateKey: CryptoKey }
): Promise<string | null> {
	const wrapped = bytesOfBase64url(envelope.to.find(({ key }) => key === record)?.wrapped ?? '');
	const iv = bytesOfBase64url(envelope.iv);
	const bytes = bytesOfBase64url(sealed);
	if (wrapped === null || iv === null || bytes === null) return null;
	try {
		const theirs = await crypto.subtle.importKey('jwk', envelope.ephemeral, AGREEMENT, false, []);
		const wrapping = await wrappingKey(privateKey, theirs, record);
		const contentKey = await crypto.subtle.unwrapKey(
			'raw',
			wrapped,
			wrapping,
			'AES-KW',
			'AES-GCM',
			false,
			['decrypt']
		);
		const additionalData = encoder.encode(head);
		const text = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv, additionalData },
			contentKey,
			bytes
		);
		return new TextDecoder('utf-8', { fatal: true }).decode(text);
	} catch (cause) {
		// WebCrypto and the decoder say no more than that it did not open.
		if (cause instanceof DOMException || cause instanceof TypeError) return null;
		throw cause;
	}
}

async function wrappingKey(
	own: CryptoKey,
	theirs: CryptoKey,
	record: RecordId
): Promise<CryptoKey> {
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own, 256);
	const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{
			name: 'HKDF',
			hash: 'SHA-256',
			salt: new Uint8Array(),
			info: encoder.encode(`lxq-bundle:1:${record}`)
		},
		material,
		{ name: 'AES-KW', length: 256 },
		false,
		['wrapKey', 'unwrapKey']
	);
}

async function publicHalf(key: CryptoKey): Promise<PublicKey> {
	const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key);
	return PublicKey.parse({ kty, crv, x, y });
}
