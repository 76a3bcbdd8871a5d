/** What a power cut must not take back. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

export function makeDurable(file: string): void {
	syncThrough(file, 'r+');
}

/** The names in a folder. Windows lets nobody open a folder, and keeps its names itself. */
export function makeFolderDurable(folder: string): void {
	if (process.platform !== 'win32') syncThrough(folder, 'r');
}

function syncThrough(path: string, flags: 'r' | 'r+'): void {
	const handle = openSync(path, flags);
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
