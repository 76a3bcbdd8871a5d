/** What of the photos goes: orphans, files that the store does not know, pieces that never became whole (R8, A4). */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaName } from '#domain/media.ts';
import { DAY } from '#domain/spans.ts';
import { MEDIA_BYTES_KEY } from '../store/schema.ts';
import type { Reads, Sql, Store, Tx } from '../store/store.ts';
import { absent, fileOf, nameOfPart, PARTS } from './files.ts';
import { isErased, isNamedUnread, LIVING_NAMES } from './names.ts';

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
	/** Works at a file that grows while nobody else does. */
	readonly inTurn: (part: string, work: () => Promise<void>) => Promise<void>;
	/** False where whoever sweeps is to stop. */
	readonly goesOn: () => boolean;
}

/** Answers how many photos went. */
export async function sweep(parts: SweepParts): Promise<number> {
	const { store, folder, now, goesOn } = parts;
	const at = now();
	// A photo is forgotten with the names that say it was erased: its pieces go before.
	await dropParts(parts, at - PART_DAYS * DAY);
	const before = at - ORPHAN_DAYS * DAY;
	let gone = 0;
	for (const { sha256 } of await store.all<{ sha256: string }>(ORPHANS, before)) {
		if (!goesOn()) break;
		const name = MediaName.parse(sha256);
		if (!(await forgetOrphan(store, name, before))) continue;
		await dropFile(store, folder, name);
		gone += 1;
	}
	return gone;
}

/** Asked anew in the transaction: an entry that names it may have come since it was found. */
async function forgetOrphan(store: Store, name: MediaName, before: number): Promise<boolean> {
	return store.transaction(async (tx) => {
		if (await isNamedUnread(tx, name)) return false;
		const orphan = `DELETE FROM media WHERE sha256 = ? AND sha256 IN (${ORPHANS}) RETURNING bytes`;
		const gone = await tx.first<{ bytes: number }>(orphan, name, before);
		if (gone === null) return false;
		tx.write('UPDATE counter SET n = n - ? WHERE key = ?', gone.bytes, MEDIA_BYTES_KEY);
		return true;
	});
}

/**
 * Once it is forgotten durably, and unless it was brought again meanwhile. Who brought it, and what of it was erased,
 * stands in the store for as long as the file may lie there: a relay that was killed in between finds it again.
 */
async function dropFile(
	store: Store,
	folder: string,
	name: MediaName,
	isDue: (tx: Tx, name: MediaName) => Promise<boolean> = () => Promise.resolve(true)
): Promise<void> {
	await store.transaction(async (tx) => {
		const isKnown = await tx.first('SELECT 1 FROM media WHERE sha256 = ?', name);
		if (isKnown !== null || !(await isDue(tx, name))) return;
		await rm(fileOf(folder, name), { force: true });
		tx.write('DELETE FROM media_upload WHERE sha256 = ?', name);
		tx.write(
			`DELETE FROM media_name WHERE sha256 = ?
			AND entry IN (SELECT num FROM entry WHERE text IS NULL)`,
			name
		);
	});
}

/**
 * Removes what a relay that was killed left lying: files of photos that were forgotten or erased. Any other stays: a
 * store that was put back from a copy knows nothing of what came after it, and may yet give way to the one that does.
 * A folder at a time.
 */
export async function dropStrays({ store, folder, goesOn }: SweepParts): Promise<void> {
	const found = await readdir(folder).catch(absent([]));
	for (const within of found.filter((each) => /^[0-9a-f]{2}$/.test(each)))
		for (const name of await unknownIn(store, folder, within)) {
			if (!goesOn()) return;
			// Most that is not known stays for good, and is no reason to hold up who writes.
			if (await isLeft(store, name)) await dropFile(store, folder, name, isLeft);
		}
}

/** What lies in one of the folders, or was brought and would lie there, and is no photo that the store knows. */
async function unknownIn(store: Sql, folder: string, within: string): Promise<MediaName[]> {
	const there = await readdir(join(folder, within)).catch(absent([]));
	// `g` is the character after `f`.
	const named = async (table: string) =>
		store.all<{ sha256: string }>(
			`SELECT sha256 FROM ${table} WHERE sha256 >= ? AND sha256 < ?`,
			...[within, `${within}g`]
		);
	const known = new Set((await named('media')).map(({ sha256 }) => sha256));
	const brought = (await named('media_upload')).map(({ sha256 }) => sha256);
	const unknown = new Set([...there, ...brought].filter((name) => !known.has(name)));
	return [...unknown].flatMap((name) => MediaName.safeParse(name).data ?? []);
}

/** Forgotten, or erased: one that is whole is known as long as somebody is known to have brought it, but for a moment. */
async function isLeft(stored: Sql & Pick<Reads, 'meta'>, name: MediaName): Promise<boolean> {
	const upload = await stored.first('SELECT 1 FROM media_upload WHERE sha256 = ?', name);
	return upload !== null || (await isErased(stored, name));
}

/** Pieces of what nobody went on with, and of what was erased: whichever device brought them. */
async function dropParts(
	{ store, folder, inTurn, goesOn }: SweepParts,
	before: number
): Promise<void> {
	const growing = join(folder, PARTS);
	for (const part of await readdir(growing).catch(absent([]))) {
		if (!goesOn()) return;
		const path = join(growing, part);
		const name = nameOfPart(part);
		await inTurn(part, async () => {
			const isOver = name !== null && (await isErased(store, name));
			if (isOver || (await isOlder(path, before))) await rm(path, { force: true });
		});
	}
}

/** What is not there any more is whole by now, or gone. */
async function isOlder(path: string, before: number): Promise<boolean> {
	return stat(path).then(({ mtimeMs }) => mtimeMs < before, absent(false));
}
