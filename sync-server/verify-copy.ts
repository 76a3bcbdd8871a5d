/** Whether a copied folder can be gone on with: its file, every chain, tag and signature, every photo. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MediaName } from '#domain/media.ts';
import { audit, type Audit } from './audit.ts';
import { digestOf } from './exported.ts';
import { KEY_FILE, openKeys } from './keys.ts';
import { fileOf, MEDIA_FOLDER } from './media-store.ts';
import { createPeopleStore } from './store-people.ts';
import { openStore, STORE_FILE } from './store-sqlite.ts';

/** Throws a sentence that names the first thing that does not hold. */
export async function verifyCopy(folder: string): Promise<Audit> {
	const missing = [STORE_FILE, KEY_FILE].find((file) => !existsSync(join(folder, file)));
	if (missing !== undefined) throw new Error(`there is no ${missing} in ${folder}`);
	const keys = openKeys(folder);
	const store = openStore(folder);
	try {
		const found = await audit(store, keys, createPeopleStore(store));
		const [flaw] = found.flaws;
		if (flaw !== undefined) throw new Error(`the copy does not hold: ${flaw.where}: ${flaw.what}`);
		const photos = await store.all<{ sha256: string }>('SELECT sha256 FROM media');
		for (const { sha256 } of photos) await verifyPhoto(folder, MediaName.parse(sha256));
		return found;
	} finally {
		await store.close();
	}
}

/** One that was swept while the copy was made is not missed: nothing names it. */
async function verifyPhoto(folder: string, name: MediaName): Promise<void> {
	const path = fileOf(join(folder, MEDIA_FOLDER), name);
	if (!existsSync(path)) return;
	if ((await digestOf(path)) !== name) throw new Error(`the photo ${name} is damaged`);
}
