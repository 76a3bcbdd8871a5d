/** What of the photos goes: orphans, and pieces that never became whole (R8, A4). */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaName } from '#domain/media.ts';
import { DAY } from '#domain/spans.ts';
import { absent, fileOf, PARTS } from './media-files.ts';
import { isNamedUnread, LIVING_NAMES } from './media-names.ts';
import type { Store } from './store.ts';

/** A photo that nothing names is kept this long: its record may still be on its way. */
const ORPHAN_DAYS = 30;
const PART_DAYS = 3;

/** Old ones that nothing names, and those whose last name was erased (A4). */
const ORPHANS = `SELECT m.sha256 FROM media m WHERE NOT EXISTS (SELECT 1 ${LIVING_NAMES} = m.sha256)
	AND (m.stored_at < ? OR EXISTS (SELECT 1 FROM media_name n JOIN entry e ON e.num = n.entry
		WHERE n.sha256 = m.sha256 AND e.text IS NULL))`;

export interface SweepParts {
	readonly store: Store;
	/** Where all photos lie. */
	readonly folder: string;
	readonly now: () => number;
}

/** Answers how many photos went. */
export async function sweep({ store, folder, now }: SweepParts): Promise<number> {
	const at = now();
	const before = at - ORPHAN_DAYS * DAY;
	let gone = 0;
	for (const { sha256 } of await store.all<{ sha256: string }>(ORPHANS, before)) {
		const name = MediaName.parse(sha256);
		if (!(await forgetOrphan(store, name, before))) continue;
		await dropFile(store, folder, name);
		gone += 1;
	}
	await dropOldParts(join(folder, PARTS), at - PART_DAYS * DAY);
	return gone;
}

/** Asked anew in the transaction: an entry that names it may have come since it was found. */
async function forgetOrphan(store: Store, name: MediaName, before: number): Promise<boolean> {
	return store.transaction(async (tx) => {
		if (await isNamedUnread(tx, name)) return false;
		const orphan = `DELETE FROM media WHERE sha256 = ? AND sha256 IN (${ORPHANS})`;
		if ((await tx.run(orphan, name, before)) === 0) return false;
		tx.write('DELETE FROM media_upload WHERE sha256 = ?', name);
		tx.write(
			`DELETE FROM media_name WHERE sha256 = ?
			AND entry IN (SELECT num FROM entry WHERE text IS NULL)`,
			name
		);
		return true;
	});
}

/** Once it is forgotten durably, and unless it was brought again meanwhile. */
async function dropFile(store: Store, folder: string, name: MediaName): Promise<void> {
	await store.transaction(async (tx) => {
		const isKnown = await tx.first('SELECT 1 FROM media WHERE sha256 = ?', name);
		if (isKnown === null) await rm(fileOf(folder, name), { force: true });
	});
}

async function dropOldParts(folder: string, before: number): Promise<void> {
	const parts = await readdir(folder).catch(absent([]));
	for (const part of parts) {
		const path = join(folder, part);
		const { mtimeMs } = await stat(path);
		if (mtimeMs < before) await rm(path, { force: true });
	}
}
