/** Which copies stay: so many of a sort, none longer than is said, and none that was cut short. */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '#domain/spans.ts';
import { STORE_FILE } from '../store/sqlite.ts';

/** [A4] What was erased lives on in copies of the screen, and in those of a relay whose nights others make, so long. */
export const KEPT_MS = 30 * DAY;
/** One that has no store by then was cut short. */
const UNFINISHED_MS = DAY;

/** Copies of one sort, as their folders are named. */
interface Sort {
	readonly name: RegExp;
	/** Makes a moment of such a name. */
	readonly moment: string;
	readonly most: number;
}

/** Made by the screen. */
export const ofScreen: Sort = {
	name: /^copy-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/,
	moment: '$1T$2:$3:$4.$5Z',
	most: 7
};
export const ofNights: Sort = {
	name: /^lianxinqiao-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})$/,
	moment: '$1T$2:$3Z',
	most: 14
};

/** Removes those that are too many, the oldest first, or older than `forMs`; what is named otherwise stays. */
export async function clearCopies(
	folder: string,
	{ name: pattern, moment, most }: Sort,
	{ now, forMs = Infinity }: { readonly now: number; readonly forMs?: number }
): Promise<void> {
	const there = existsSync(folder) ? await readdir(folder) : [];
	const named = there.filter((name) => pattern.test(name)).sort();
	const whole = named.filter((name) => existsSync(join(folder, name, STORE_FILE)));
	const staying = new Set(whole.slice(-most));
	for (const name of named) {
		const age = now - Date.parse(name.replace(pattern, moment));
		const stays = whole.includes(name) ? staying.has(name) && age <= forMs : age <= UNFINISHED_MS;
		if (!stays) await rm(join(folder, name), { recursive: true, force: true });
	}
}
