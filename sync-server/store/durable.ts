/** What a power cut must not take back; `Aside` while this process goes on. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Windows lets nobody open a folder, and keeps the names in it itself. */
const isKeptByItself = process.platform === 'win32';

export function makeDurable(file: string): void {
	syncThrough(file, 'r+');
}

/** The names in a folder. */
export function makeFolderDurable(folder: string): void {
	if (!isKeptByItself) syncThrough(folder, 'r');
}

export async function makeDurableAside(file: string): Promise<void> {
	await syncAside(file, 'r+');
}

export async function makeFolderDurableAside(folder: string): Promise<void> {
	if (!isKeptByItself) await syncAside(folder, 'r');
}

function syncThrough(path: string, flags: 'r' | 'r+'): void {
	const handle = openSync(path, flags);
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

async function syncAside(path: string, flags: 'r' | 'r+'): Promise<void> {
	const handle = await open(path, flags);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
