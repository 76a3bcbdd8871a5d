/** What puts a copy back, whichever store it goes to: taken over and verified before anything gives way to it. */
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '../audit.ts';
import { KEY_FILE, openKeys } from '../keys.ts';
import { MEDIA_FOLDER } from '../media/files.ts';
import { makeDurable } from '../store/durable.ts';
import { STORE_FILE } from '../store/sqlite.ts';
import { placePhotos } from './carried-photos.ts';
import { verifyCopy } from './verify-copy.ts';

export interface Restored {
	readonly audit: Audit;
	/** Where what was there lies now; null where there was nothing. */
	readonly aside: string | null;
}

/** Copies and verifies the copy of the copy: the backup itself is only read. Its photos come to those in `photos`. */
export async function takeCopy(from: string, fresh: string, photos: string): Promise<Audit> {
	mkdirSync(fresh, { mode: 0o700 });
	for (const file of [STORE_FILE, KEY_FILE]) {
		if (!existsSync(join(from, file))) throw new Error(`restore: there is no ${file} in ${from}`);
		copyFileSync(join(from, file), join(fresh, file));
		makeDurable(join(fresh, file));
	}
	chmodSync(join(fresh, KEY_FILE), 0o600);
	const theirs = join(from, MEDIA_FOLDER);
	try {
		const audit = await verifyCopy(fresh, [theirs, photos]);
		await placePhotos(theirs, photos);
		return audit;
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`restore: ${why}; nothing was replaced`, { cause });
	}
}

/** A key that was given up since the copy was made must not speak again: what is here and reads the copy stays. */
export function keepNewerKeys(target: string, fresh: string): void {
	const here = join(target, KEY_FILE);
	const copied = join(fresh, KEY_FILE);
	// The pseudonyms' key alone is never drawn anew.
	if (existsSync(here) && openKeys(target).pseudonym('') === openKeys(fresh).pseudonym(''))
		copyFileSync(here, copied);
}
