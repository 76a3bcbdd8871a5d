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
import { DeviceId, PersonId } from '#domain/ids.ts';
import { STORE_FILE } from './store-sqlite.ts';

export const KEY_FILE = 'keys.json';
/** [R9] The relay's own device and the person it speaks as. */
export const RELAY_DEVICE: DeviceId = DeviceId.parse('relay');
export const RELAY_PERSON: PersonId = PersonId.parse('relay');

const KeyFile = z.strictObject({
	v: z.literal(1),
	/** [L2] HMAC key of the tags. */
	tag: z.string(),
	/** [A3] HMAC key of the pseudonyms in facts. */
	pseudonym: z.string(),
	/** PKCS#8 of the set-up device's P-256 key, base64url. */
	setUp: z.string(),
	/** The one-time secret of 建立本区. */
	founding: z.string()
});

export interface Keys {
	tag(chain: string): string;
	pseudonym(record: string): string;
	readonly setUp: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
	readonly foundingSecret: string;
	/** First 16 hexadecimal digits of the relay's own key: the issuer fingerprint in invitations. */
	readonly fingerprint: string;
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
	const parsed = KeyFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
	if (!parsed.success) throw new Error(`relay: ${path} is not a key file of this relay`);
	const file = parsed.data;
	// As key objects: a Buffer would be wrapped anew for each of the many tags.
	const tagKey = createSecretKey(file.tag, 'base64url');
	const pseudonymKey = createSecretKey(file.pseudonym, 'base64url');
	const privateKey = createPrivateKey({
		key: Buffer.from(file.setUp, 'base64url'),
		format: 'der',
		type: 'pkcs8'
	});
	const publicKey = createPublicKey(privateKey);
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	return {
		tag: (chain) => createHmac('sha256', tagKey).update(chain).digest('base64url'),
		pseudonym: (record) =>
			createHmac('sha256', pseudonymKey).update(record).digest('base64url').slice(0, 22),
		setUp: { privateKey, publicKey },
		foundingSecret: file.founding,
		fingerprint: createHmac('sha256', 'lxq-issuer').update(spki).digest('hex').slice(0, 16)
	};
}

function drawKeys(path: string): void {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const file = {
		v: 1,
		tag: randomBytes(32).toString('base64url'),
		pseudonym: randomBytes(32).toString('base64url'),
		setUp: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
		founding: randomBytes(16).toString('base64url')
	} satisfies z.infer<typeof KeyFile>;
	// Written whole or not at all: a store without its keys cannot be audited.
	const fresh = `${path}.new`;
	const handle = openSync(fresh, 'w', 0o600);
	writeSync(handle, `${JSON.stringify(file, null, '\t')}\n`);
	fsyncSync(handle);
	closeSync(handle);
	renameSync(fresh, path);
}
