/** Copies asked for on the screen: made by a process of their own, the newest kept, the last one to be taken along. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Zip, ZipPassThrough } from 'fflate';
import { lastBackup, type LastBackup } from './last-backup.ts';

/** Copies that the screen made and that stay; those of nights have a rule of their own (backup.ts). */
const KEPT = 7;
/** [A4] What was erased lives on in copies at most this long. */
const KEPT_MS = 30 * 86_400_000;
/** More does not fit the plain zip format. */
const ZIP_BYTES = 4 * 1024 ** 3 - 1024 ** 2;
const NAME = /^copy-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/;

export interface Copies {
	readonly isRunning: boolean;
	/** The last copy, by whatever way it was made; null where none is known. */
	last(): Promise<LastCopy | null>;
	/** [A4] Removes those that were made by the screen and are too old. */
	clear(): Promise<void>;
	/** Makes one; resolves when it is whole, rejects where it failed. */
	make(): Promise<void>;
	/** The last copy as one zip, in pieces, with the folder's name; null where none can be given. */
	zip(): Promise<{ readonly name: string; readonly bytes: ReadableStream<Uint8Array> } | null>;
}

export interface LastCopy extends LastBackup {
	/** Null where it does not lie there any more. */
	readonly bytes: number | null;
	/** Does it lie there, and is it no more than a zip can hold? */
	readonly canZip: boolean;
}

export interface CopiesParts {
	readonly dataDir: string;
	readonly backupDir: string;
	readonly now: () => number;
}

export function createCopies({ dataDir, backupDir, now }: CopiesParts): Copies {
	let running: Promise<void> | null = null;
	/** The last copy whose files were counted: they do not change any more. */
	let counted: (LastBackup & { readonly bytes: number }) | null = null;

	async function last(): Promise<LastCopy | null> {
		const note = lastBackup(dataDir);
		if (note === null) return null;
		const bytes = existsSync(note.folder) ? await bytesOf(note) : null;
		return { ...note, bytes, canZip: bytes !== null && bytes <= ZIP_BYTES };
	}

	async function bytesOf(note: LastBackup): Promise<number> {
		if (counted?.at !== note.at || counted.folder !== note.folder)
			counted = { ...note, bytes: await bytesUnder(note.folder) };
		return counted.bytes;
	}

	async function run(): Promise<void> {
		await mkdir(backupDir, { recursive: true, mode: 0o700 });
		await clear(backupDir, KEPT - 1, now());
		const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
		const folder = join(backupDir, `copy-${stamp}`);
		const code = await runScript(dataDir, folder);
		if (code === 0) return;
		await rm(folder, { recursive: true, force: true });
		throw new Error(`copies: the copy ended with ${code}`);
	}

	return {
		get isRunning() {
			return running !== null;
		},
		last,
		clear: () => clear(backupDir, KEPT, now()),
		make() {
			running ??= run().finally(() => (running = null));
			return running;
		},
		async zip() {
			const copy = await last();
			if (!copy?.canZip) return null;
			return { name: basename(copy.folder), bytes: zipOf(copy.folder) };
		}
	};
}

/** The copy is made by its own process: its checks read the whole store, and no device shall wait for that. */
function runScript(dataDir: string, folder: string): Promise<number | null> {
	const script = fileURLToPath(new URL('./backup.ts', import.meta.url));
	const child = spawn(process.execPath, [script, folder], {
		env: { ...process.env, DATA_DIR: dataDir },
		stdio: 'ignore'
	});
	return new Promise((done, fail) => child.once('exit', done).once('error', fail));
}

/** Removes copies that are too old, and the oldest where there are more than `most`. */
async function clear(backupDir: string, most: number, now: number): Promise<void> {
	const there = existsSync(backupDir) ? await readdir(backupDir) : [];
	const copies = there
		.filter((name) => NAME.test(name))
		.sort()
		.reverse();
	for (const [at, name] of copies.entries())
		if (at >= most || now - madeAt(name) > KEPT_MS)
			await rm(join(backupDir, name), { recursive: true, force: true });
}

function madeAt(name: string): number {
	return Date.parse(name.replace(NAME, '$1T$2:$3:$4.$5Z'));
}

async function filesUnder(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true, recursive: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** A file after the other: a copy may be of many thousands, and nobody shall wait for its count. */
async function bytesUnder(folder: string): Promise<number> {
	let sum = 0;
	for (const file of await filesUnder(folder)) sum += (await stat(file)).size;
	return sum;
}

/** Reads on only when the reader took what was given: a slow line does not fill the memory. */
function zipOf(folder: string): ReadableStream<Uint8Array> {
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
	const root = dirname(resolve(folder));
	for (const path of await filesUnder(folder)) {
		const file = new ZipPassThrough(relative(root, path).split(sep).join('/'));
		zip.add(file);
		for await (const part of createReadStream(path)) {
			if (!(part instanceof Buffer)) throw new Error('copies: a file that is not bytes');
			file.push(part);
			yield* ready;
			ready = [];
		}
		file.push(new Uint8Array(), true);
	}
	zip.end();
	yield* ready;
}
