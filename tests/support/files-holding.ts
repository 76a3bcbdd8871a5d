/** In which files of a folder a text stands, though a server may be at work there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function filesHolding(folder: string, text: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => bytesOf(path).includes(text));
}

/** A server removes files of its own while they are looked through. */
function bytesOf(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
			return Buffer.alloc(0);
		throw cause;
	}
}
