/** A folder as one plain zip, in pieces, and whether that format can hold it. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';

/** What its numbers reach to: more would need zip64, which the writer does not know. */
const ZIP_BYTES = 2 ** 32 - 2;
const ZIP_FILES = 2 ** 16 - 2;
/** Before and behind each file and in the list of all, without its name, which stands twice; and at the end. */
const HEADERS = 30 + 16 + 46;
const END = 22;

export interface ZippedFile {
	/** Its path in the zip. */
	readonly name: string;
	readonly bytes: number;
}

/** The zip's length to the byte: nothing is compressed. */
export function zipBytes(files: readonly ZippedFile[]): number {
	const each = ({ name, bytes }: ZippedFile) => bytes + HEADERS + 2 * Buffer.byteLength(name);
	return files.reduce((sum, file) => sum + each(file), END);
}

export function fitsZip(files: readonly ZippedFile[]): boolean {
	return files.length <= ZIP_FILES && zipBytes(files) <= ZIP_BYTES;
}

/** The files of a folder, and how the zip names each. */
export async function* filesUnder(
	folder: string
): AsyncGenerator<{ readonly path: string; readonly name: string }> {
	const root = dirname(resolve(folder));
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		yield { path, name: relative(root, path).split(sep).join('/') };
	}
}

/** Reads on only when the reader took what was given: a slow line does not fill the memory. */
export function zipOf(folder: string): ReadableStream<Uint8Array> {
	const chunks = zipChunks(folder);
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await chunks.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		async cancel() {
			await chunks.return(undefined);
		}
	});
}

async function* zipChunks(folder: string): AsyncGenerator<Uint8Array, void, undefined> {
	let ready: Uint8Array[] = [];
	const zip = new Zip((cause, chunk) => {
		if (cause) throw cause;
		ready.push(chunk);
	});
	for await (const { path, name } of filesUnder(folder)) {
		const file = new ZipPassThrough(name);
		zip.add(file);
		for await (const part of createReadStream(path)) {
			if (!(part instanceof Buffer)) throw new Error('zip: a file that is not bytes');
			file.push(part);
			yield* ready;
			ready = [];
		}
		file.push(new Uint8Array(), true);
	}
	zip.end();
	yield* ready;
}
