/** When the last whole copy was made and where it lies: a note beside the store, which no copy takes along. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const FILE = 'last-backup.json';

const LastBackup = z.object({
	/** When it was whole, checked and on the disk. */
	at: z.number(),
	folder: z.string()
});
export type LastBackup = z.infer<typeof LastBackup>;

export function noteBackup(dataDir: string, folder: string, at = Date.now()): void {
	const note: LastBackup = { at, folder: resolve(folder) };
	const file = join(dataDir, FILE);
	writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

/** Null where no copy was ever made, or its note cannot be read. */
export function lastBackup(dataDir: string): LastBackup | null {
	try {
		return LastBackup.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
	} catch {
		// The note is for people; without it the page says that no copy is known.
		return null;
	}
}
