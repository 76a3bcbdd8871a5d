/** When the last whole copy was made and where it lies: noted beside the store or in a shared one; no copy takes it along. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../http/json.ts';
import type { Store } from '../store/store.ts';

const FILE = 'last-backup.json';
/** Keys in the `meta` of a shared store. */
export const LAST_BACKUP = 'lastBackup';
export const LAST_NIGHT = 'lastNight';

const LastBackup = z.object({
	/** When it was whole, checked and on the disk. */
	at: z.number(),
	folder: z.string(),
	/** The machine on which it lies, where several may serve the store. */
	machine: z.string().optional()
});
export type LastBackup = z.infer<typeof LastBackup>;

export interface CopyNotes {
	/** Null where no copy was ever made, or its note cannot be read. */
	last(): Promise<LastBackup | null>;
	/** The last one of a night, by whichever relay; null where none is known. */
	lastNight(): Promise<LastBackup | null>;
	note(folder: string, options: { readonly isOfNight: boolean }): Promise<void>;
}

export function notesOf(
	dataDir: string,
	store: Pick<Store, 'isShared' | 'meta' | 'setMeta'> | null
): CopyNotes {
	if (store?.isShared !== true)
		return {
			last: async () => lastBackup(dataDir),
			// Each store that lies in a file has its own nights.
			lastNight: async () => null,
			note: async (folder) => noteBackup(dataDir, folder)
		};
	const noted = async (key: string) =>
		LastBackup.safeParse(jsonOf((await store.meta(key)) ?? '')).data ?? null;
	return {
		last: () => noted(LAST_BACKUP),
		lastNight: () => noted(LAST_NIGHT),
		async note(folder, { isOfNight }) {
			const note: LastBackup = { at: Date.now(), folder: resolve(folder), machine: hostname() };
			await store.setMeta(LAST_BACKUP, JSON.stringify(note));
			if (isOfNight) await store.setMeta(LAST_NIGHT, JSON.stringify(note));
		}
	};
}

export function noteBackup(dataDir: string, folder: string, at = Date.now()): void {
	const note: LastBackup = { at, folder: resolve(folder) };
	const file = join(dataDir, FILE);
	writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

function lastBackup(dataDir: string): LastBackup | null {
	try {
		return LastBackup.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
	} catch {
		// The note is for people; without it the page says that no copy is known.
		return null;
	}
}
