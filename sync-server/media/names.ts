/** Which entries name a photo, in the words of the store (R8). */
import type { MediaName } from '#domain/media.ts';
import type { Appended } from '../ledgers/write-elements.ts';
import type { Reads, Sql } from '../store/store.ts';

/** What an entry must hold before it is worth parsing. */
const HASH_IN_TEXT = /"[0-9a-f]{64}"/;

/** Names that stand and count, of the photo that is compared with it. */
export const LIVING_NAMES = `FROM media_name n JOIN entry e ON e.num = n.entry AND e.text IS NOT NULL
	JOIN record r ON r.id = n.record WHERE n.counts = 1 AND n.sha256`;

/** Does an entry that stands name it, as far as its names were read and beyond? */
export async function isNamed(
	stored: Sql & Pick<Reads, 'meta'>,
	name: MediaName
): Promise<boolean> {
	const living = await stored.first(`SELECT 1 ${LIVING_NAMES} = ?`, name);
	return living !== null || (await isNamedUnread(stored, name));
}

/** Does an entry name it whose names were not read yet? */
export async function isNamedUnread(
	stored: Sql & Pick<Reads, 'meta'>,
	name: MediaName
): Promise<boolean> {
	const read = Number((await stored.meta('mediaNamed')) ?? 0);
	const unread = 'SELECT 1 FROM entry WHERE num > ? AND text LIKE ?';
	return (await stored.first(unread, read, `%${name}%`)) !== null;
}

/** [A4] Was everything erased that named it, from whichever device? What nothing ever named was not. */
export async function isErased(
	stored: Sql & Pick<Reads, 'meta'>,
	name: MediaName
): Promise<boolean> {
	const found = await stored.first<{ named: number; standing: number }>(
		`SELECT count(*) AS named, count(e.text) AS standing
		FROM media_name n JOIN entry e ON e.num = n.entry WHERE n.sha256 = ?`,
		name
	);
	if (found === null || found.named === 0 || found.standing > 0) return false;
	return !(await isNamedUnread(stored, name));
}

export function mayNamePhoto(text: string): boolean {
	return HASH_IN_TEXT.test(text);
}

/** Is there an entry among them that may name a photo? */
export function mayNamePhotos(appended: Appended): boolean {
	for (const elements of appended.values())
		if (elements.some(({ text }) => text !== null && mayNamePhoto(text))) return true;
	return false;
}
