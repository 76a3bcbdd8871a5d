/** Copies asked for on the screen: made by a process of their own, the newest kept, the last one to be taken along. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
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
	/** False where there is none, or more than a zip can hold. */
	readonly canZip: boolean;
	/** The last copy, by whatever way it was made; null where none is known. */
	last(): (LastBackup & { readonly bytes: number | null }) | null;
	/** Makes one; resolves when it is whole, rejects where it failed. */
	make(): Promise<void>;
	/** The last copy as one zip, in pieces, with the folder's name; null where none can be given. */
	zip(): { readonly name: string; readonly bytes: ReadableStream<Uint8Array> } | null;
}

export interface CopiesParts {
	readonly dataDir: string;
	readonly backupDir: string;
	readonly now: () => number;
}

export function createCopies({ dataDir, backupDir, now }: CopiesParts): Copies {
	let running: Promise<void> | null = null;

	function last() {
		const note = lastBackup(dataDir);
		if (note === null) return null;
		return { ...note, bytes: existsSync(note.folder) ? bytesUnder(note.folder) : null };
	}

	function zippable() {
		const copy = last();
		return copy !== null && copy.bytes !== null && copy.bytes <= ZIP_BYTES ? copy : null;
	}

	async function run(): Promise<void> {
		mkdirSync(backupDir, { recursive: true, mode: 0o700 });
		clear(backupDir, KEPT - 1, now());
		const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
		const folder = join(backupDir, `copy-${stamp}`);
		const code = await runScript(dataDir, folder);
		if (code === 0) return;
		rmSync(folder, { recursive: true, force: true });
		throw new Error(`copies: the copy ended with ${code}`);
	}

	return {
		get isRunning() {
			return running !== null;
		},
		get canZip() {
			return zippable() !== null;
		},
		last,
		make() {
			running ??= run().finally(() => (running = null));
			return running;
		},
		zip() {
			const copy = zippable();
			return copy && { name: basename(copy.folder), bytes: zipOf(copy.folder) };
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
function clear(backupDir: string, most: number, now: number): void {
	const copies = readdirSync(backupDir)
		.filter((name) => NAME.test(name))
		.sort()
		.reverse();
	for (const [at, name] of copies.entries())
		if (at >= most || now - madeAt(name) > KEPT_MS)
			rmSync(join(backupDir, name), { recursive: true, force: true });
}

function madeAt(name: string): number {
	return Date.parse(name.replace(NAME, '$1T$2:$3:$4.$5Z'));
}

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

function bytesUnder(folder: string): number {
	return filesUnder(folder).reduce((sum, file) => sum + statSync(file).size, 0);
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
	for (const path of filesUnder(folder)) {
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
