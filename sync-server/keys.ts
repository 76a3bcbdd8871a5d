/** Keys kept outside the store (DATA_DIR/keys.json, 0600): tags, pseudonyms, the relay's own device, founding. */
import {
	createHmac,
	createPrivateKey,
	createPublicKey,
	createSecretKey,
	generateKeyPairSync,
	randomBytes,
	type KeyObject
} from 'node:crypto';
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Signed } from '#domain/entry.ts';
import { DeviceId, PersonId } from '#domain/ids.ts';
import { Handover, HANDOVERS, PublicKey } from '#domain/wire.ts';
import { signText } from './judging/signature.ts';
import { STORE_FILE } from './store/sqlite.ts';

export const KEY_FILE = 'keys.json';
/** [R9] The relay's own device and the person it speaks as. */
export const RELAY_DEVICE: DeviceId = DeviceId.parse('relay');
export const RELAY_PERSON: PersonId = PersonId.parse('relay');

const KeyFile = z.strictObject({
	v: z.literal(1),
	/** [L2] HMAC key of the tags. */
	tag: z.string(),
	/** Those that were given up as stolen, oldest first: what they tagged is older than what the next one did. */
	formerTags: z.array(z.string()).max(HANDOVERS).optional(),
	/** [A3] HMAC key of the pseudonyms in facts. */
	pseudonym: z.string(),
	/** PKCS#8 of the set-up device's P-256 key, base64url. */
	setUp: z.string(),
	/** The one-time secret of 建立本区. */
	founding: z.string(),
	/** How the set-up device's key came from the first one. */
	handovers: z.array(Signed).max(HANDOVERS).optional()
});
type KeyFile = z.infer<typeof KeyFile>;

export interface Keys {
	tag(chain: string): string;
	/** Which of the keys a tag was made with, the oldest being 0; -1 where none of them was. */
	taggedBy(chain: string, tag: string): number;
	pseudonym(record: string): string;
	readonly setUp: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
	readonly foundingSecret: string;
	/** First 16 hexadecimal digits of the relay's own key: the issuer fingerprint in invitations. */
	readonly fingerprint: string;
	/** Keys before this one, oldest first, and how each gave way to the next. */
	readonly former: {
		readonly publicKeys: readonly KeyObject[];
		/** Of those whose slips are still good. */
		readonly fingerprints: readonly string[];
		readonly handovers: readonly Signed[];
		/** When the last one was given up as stolen: no slip from before opens anything. */
		readonly stolenAt: number;
	};
}

/** The keys of a data folder, drawn at its first start; call it before the store is opened. */
export function openKeys(dataDir: string): Keys {
	mkdirSync(dataDir, { recursive: true });
	const path = join(dataDir, KEY_FILE);
	if (!existsSync(path)) {
		// Other keys would make every tag of that store wrong, and count each record a second time.
		if (existsSync(join(dataDir, STORE_FILE)))
			throw new Error(`relay: ${path} is missing beside its store; put it back from a backup`);
		drawKeys(path);
	}
	const file = readKeyFile(path);
	// As key objects: a Buffer would be wrapped anew for each of the many tags.
	const secret = (key: string) => createSecretKey(key, 'base64url');
	const tagKey = secret(file.tag);
	const tagKeys = [...(file.formerTags ?? []).map(secret), tagKey];
	const pseudonymKey = secret(file.pseudonym);
	const privateKey = privateKeyOf(file);
	const publicKey = createPublicKey(privateKey);
	return {
		tag: (chain) => tagOf(tagKey, chain),
		taggedBy: (chain, tag) => tagKeys.findLastIndex((key) => tagOf(key, chain) === tag),
		pseudonym: (record) =>
			createHmac('sha256', pseudonymKey).update(record).digest('base64url').slice(0, 22),
		setUp: { privateKey, publicKey },
		foundingSecret: file.founding,
		fingerprint: fingerprintOf(publicKey),
		former: formerOf(file)
	};
}

function tagOf(key: KeyObject, chain: string): string {
	return createHmac('sha256', key).update(chain).digest('base64url');
}

/**
 * Draws another key for the relay's own device, which the former one signs; the former is not kept. The relay
 * speaks with it from its next start on. `stolen`: slips printed before, and what the former signs, are worth
 * nothing; the key of the tags, which lay in the same file, gives way too.
 */
export function rotateKey(dataDir: string, { at, stolen }: { at: number; stolen: boolean }): void {
	const path = join(dataDir, KEY_FILE);
	const file = readKeyFile(path);
	const former = privateKeyOf(file);
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const from = jwkOf(createPublicKey(former));
	const handover: Handover = { v: 1, from, to: jwkOf(publicKey), at };
	const text = JSON.stringify(stolen ? { ...handover, stolen } : handover);
	const sig = signText(former, text);
	const handovers = [...(file.handovers ?? []), { text, sig }];
	if (handovers.length > HANDOVERS)
		throw new Error(`relay: the key was changed ${HANDOVERS} times, which is the most`);
	const tags = stolen
		? { tag: drawTag(), formerTags: [...(file.formerTags ?? []), file.tag] }
		: { tag: file.tag };
	writeKeyFile(path, { ...file, ...tags, setUp: written(privateKey), handovers });
}

export function jwkOf(publicKey: KeyObject): PublicKey {
	const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
	return PublicKey.parse({ kty, crv, x, y });
}

function formerOf({ handovers = [] }: KeyFile): Keys['former'] {
	const said = handovers.map(({ text }) => Handover.parse(JSON.parse(text)));
	const keys = said.map(({ from }) => createPublicKey({ key: from, format: 'jwk' }));
	const lastStolen = said.findLastIndex(({ stolen }) => stolen);
	return {
		publicKeys: keys,
		fingerprints: keys.slice(lastStolen + 1).map(fingerprintOf),
		handovers,
		stolenAt: said[lastStolen]?.at ?? 0
	};
}

export function fingerprintOf(publicKey: KeyObject): string {
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	return createHmac('sha256', 'lxq-issuer').update(spki).digest('hex').slice(0, 16);
}

function readKeyFile(path: string): KeyFile {
	const parsed = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
	if (!parsed.success) throw new Error(`relay: ${path} is not a key file of this relay`);
	return parsed.data;
}

function privateKeyOf({ setUp }: KeyFile): KeyObject {
	return createPrivateKey({ key: Buffer.from(setUp, 'base64url'), format: 'der', type: 'pkcs8' });
}

function written(privateKey: KeyObject): string {
	return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
}

function drawKeys(path: string): void {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	writeKeyFile(path, {
		v: 1,
		tag: drawTag(),
		pseudonym: randomBytes(32).toString('base64url'),
		setUp: written(privateKey),
		founding: randomBytes(16).toString('base64url')
	});
}

function drawTag(): string {
	return randomBytes(32).toString('base64url');
}

function writeKeyFile(path: string, file: KeyFile): void {
	// Written whole or not at all: a store without its keys cannot be audited.
	const fresh = `${path}.new`;
	const handle = openSync(fresh, 'w', 0o600);
	writeSync(handle, `${JSON.stringify(file, null, '\t')}\n`);
	fsyncSync(handle);
	closeSync(handle);
	renameSync(fresh, path);
}
