/** [R8] Photos that come with a store from a copy or an export: what lies there then is what it is called, on the disk. */
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MediaName } from '#domain/media.ts';
import { absent, fileOf } from '../media/files.ts';
import { makeDurableAside, makeFolderDurableAside } from '../store/durable.ts';
import { digestOf } from './exported.ts';

/** Is it there, and what it is called? */
export async function isWhole(path: string, name: MediaName): Promise<boolean> {
	return existsSync(path) && (await digestOf(path)) === name;
}

/** Those that are whole there stay; those that are missing or damaged there come. */
export async function placePhotos(from: string, to: string): Promise<void> {
	for (const within of await readdir(from).catch(absent([]))) {
		const names = (await readdir(join(from, within))).flatMap(
			(name) => MediaName.safeParse(name).data ?? []
		);
		for (const name of names) await placePhoto(fileOf(from, name), fileOf(to, name), name);
		if (names.length > 0) await makeFolderDurableAside(join(to, within));
	}
	if (existsSync(to)) await makeFolderDurableAside(to);
}

async function placePhoto(from: string, to: string, name: MediaName): Promise<void> {
	if (await isWhole(to, name)) return;
	const coming = `${to}.coming`;
	await mkdir(dirname(to), { recursive: true });
	try {
		await copyFile(from, coming, constants.COPYFILE_FICLONE);
		if (!(await isWhole(coming, name))) throw new Error(`the photo ${name} is damaged`);
		await makeDurableAside(coming);
		await rename(coming, to);
	} finally {
		await rm(coming, { force: true });
	}
}
