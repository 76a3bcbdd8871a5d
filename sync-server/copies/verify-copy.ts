/** Whether a copied folder can be gone on with: its file, every chain, tag and signature, every photo. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MediaName } from '#domain/media.ts';
import { audit, type Audit } from '../audit.ts';
import { KEY_FILE, openKeys } from '../keys.ts';
import { fileOf, MEDIA_FOLDER } from '../media/files.ts';
import { isNamed } from '../media/names.ts';
import { createPeopleStore } from '../store/people.ts';
import { openStore, STORE_FILE } from '../store/sqlite.ts';
import type { Stored } from '../store/store.ts';
import { digestOf } from './exported.ts';

/** Throws a sentence that names the first thing that does not hold; its photos may lie in another data folder too. */
export async function verifyCopy(folder: string, beside = folder): Promise<Audit> {
	const missing = [STORE_FILE, KEY_FILE].find((file) => !existsSync(join(folder, file)));
	if (missing !== undefined) throw new Error(`there is no ${missing} in ${folder}`);
	const keys = openKeys(folder);
	const store = openStore(folder);
	try {
		const found = await audit(store, keys, createPeopleStore(store));
		const [flaw] = found.flaws;
		if (flaw !== undefined) throw new Error(`the copy does not hold: ${flaw.where}: ${flaw.what}`);
		const photos = await store.all<{ sha256: string }>('SELECT sha256 FROM media');
		for (const { sha256 } of photos)
			await verifyPhoto(store, [folder, beside], MediaName.parse(sha256));
		return found;
	} finally {
		await store.close();
	}
}

/** [R8] One that nothing names may have been swept while the copy was made: it is not missed. */
async function verifyPhoto(
	store: Stored,
	folders: readonly string[],
	name: MediaName
): Promise<void> {
	const paths = folders.map((folder) => fileOf(join(folder, MEDIA_FOLDER), name));
	const path = paths.find((each) => existsSync(each));
	if (path === undefined) {
		if (!(await isNamed(store, name))) return;
		throw new Error(`the photo ${name} is missing, and an entry names it`);
	}
	if ((await digestOf(path)) !== name) throw new Error(`the photo ${name} is damaged`);
}
