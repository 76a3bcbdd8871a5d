/** The photos that go along with the copy of a store, beside which they lie (R8). */
import { constants, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MediaName } from '#domain/media.ts';
import { absent, fileOf, MEDIA_FOLDER } from '../media/files.ts';
import { isNamed } from '../media/names.ts';
import { makeDurable } from '../store/durable.ts';
import { MEDIA_BYTES_KEY } from '../store/schema.ts';
import { STORE_FILE } from '../store/sqlite.ts';
import type { Reads, Sql } from '../store/store.ts';

/** Those of the store `living`, whose file was copied into `target`, from where they lie. */
export async function copyPhotos(
	photos: string,
	target: string,
	living: Sql & Pick<Reads, 'meta'>
): Promise<void> {
	const file = join(target, STORE_FILE);
	const copy = new DatabaseSync(file);
	try {
		const found = Object.values(copy.prepare('PRAGMA integrity_check(1)').get() ?? {})[0];
		if (found !== 'ok') throw new Error(`backup: the copy is damaged (${String(found)})`);
		for (const name of photosIn(copy)) {
			if (copyPhoto(photos, join(target, MEDIA_FOLDER), name)) continue;
			// [R8, A4] It was swept, or all that named it erased, since the store was copied: nobody misses it.
			if (!(await isNamed(living, name))) forget(copy, name);
		}
	} finally {
		copy.close();
	}
	makeDurable(file);
}

function photosIn(copy: DatabaseSync): readonly MediaName[] {
	// A store that an older relay left has none.
	if (!copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'media'`).get()) return [];
	return copy
		.prepare('SELECT sha256 FROM media')
		.all()
		.map(({ sha256 }) => MediaName.parse(sha256));
}

function forget(copy: DatabaseSync, name: MediaName): void {
	const less =
		'UPDATE counter SET n = n - (SELECT bytes FROM media WHERE sha256 = ?) WHERE key = ?';
	copy.prepare(less).run(name, MEDIA_BYTES_KEY);
	copy.prepare('DELETE FROM media WHERE sha256 = ?').run(name);
}

/** False where it is not there. */
function copyPhoto(from: string, to: string, name: MediaName): boolean {
	mkdirSync(dirname(fileOf(to, name)), { recursive: true });
	try {
		copyFileSync(fileOf(from, name), fileOf(to, name), constants.COPYFILE_FICLONE);
	} catch (cause) {
		return absent(false)(cause);
	}
	makeDurable(fileOf(to, name));
	return true;
}
