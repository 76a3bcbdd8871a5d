/** Where photos, signatures and voice notes lie beside the store: whole ones by hash, and those that still grow (R8). */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonId } from '#domain/ids.ts';
import { MediaName } from '#domain/media.ts';
import type { Config } from '../config.ts';
import { sha256 } from '../ledgers/chain.ts';

export const MEDIA_FOLDER = 'media';
/** Below it, what is not whole yet. */
export const PARTS = 'parts';

/** Where all photos lie. A folder that was named is there already: else the disk it stands for is not. */
export function mediaFolderOf({ dataDir, mediaDir }: Pick<Config, 'dataDir' | 'mediaDir'>): string {
	if (mediaDir === undefined) return join(dataDir, MEDIA_FOLDER);
	if (!existsSync(mediaDir)) throw new Error(`relay: MEDIA_DIR: there is no folder ${mediaDir}`);
	return mediaDir;
}

/** Where a photo lies below the folder of all photos. */
export function fileOf(folder: string, name: MediaName): string {
	return join(folder, name.slice(0, 2), name);
}

/** The file in which a photo grows, for each person who brings it. */
export function partOf(person: PersonId, name: MediaName | ''): string {
	return `${sha256(person)}-${name}`;
}

/** The photo that grows in a file; null where it is no such file. */
export function nameOfPart(part: string): MediaName | null {
	return MediaName.safeParse(part.slice(part.lastIndexOf('-') + 1)).data ?? null;
}

export async function sizeOf(path: string): Promise<number> {
	return stat(path).then(({ size }) => size, absent(0));
}

/** What to answer where there is no such file; any other trouble is trouble. */
export function absent<T>(none: T): (cause: unknown) => T {
	return (cause) => {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return none;
		throw cause;
	};
}
