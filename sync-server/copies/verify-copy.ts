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
import type { Reads, Sql } from '../store/store.ts';
import { isWhole } from './carried-photos.ts';

/** Throws a sentence that names the first thing that does not hold; its photos may lie in any of the folders `photos`. */
export async function verifyCopy(
	folder: string,
	photos: readonly string[] = [join(folder, MEDIA_FOLDER)]
): Promise<Audit> {
	const missing = [STORE_FILE, KEY_FILE].find((file) => !existsSync(join(folder, file)));
	if (missing !== undefined) throw new Error(`there is no ${missing} in ${folder}`);
	const keys = openKeys(folder);
	const store = openStore(folder);
	try {
		const found = await audit(store, keys, createPeopleStore(store));
		const [flaw] = found.flaws;
		if (flaw !== undefined) throw new Error(`the copy does not hold: ${flaw.where}: ${flaw.what}`);
		await verifyPhotos(store, photos);
		return found;
	} finally {
		await store.close();
	}
}

/** [R8] Each that the store knows. One that nothing names may have been swept while the copy was made: it is not missed. */
export async function verifyPhotos(
	stored: Sql & Pick<Reads, 'meta'>,
	folders: readonly string[]
): Promise<void> {
	const photos = await stored.all<{ sha256: string }>('SELECT sha256 FROM media');
	for (const { sha256 } of photos) await verifyPhoto(stored, folders, MediaName.parse(sha256));
}

async function verifyPhoto(
	stored: Sql & Pick<Reads, 'meta'>,
	folders: readonly string[],
	name: MediaName
): Promise<void> {
	const paths = folders.map((folder) => fileOf(folder, name));
	for (const path of paths) if (await isWhole(path, name)) return;
	if (paths.some((path) => existsSync(path))) throw new Error(`the photo ${name} is damaged`);
	if (await isNamed(stored, name))
		throw new Error(`the photo ${name} is missing, and an entry names it`);
}
