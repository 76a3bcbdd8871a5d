/** Copies asked for on the screen: made by a process of their own, the newest kept, the last one to be taken along. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Zip, ZipPassThrough } from 'fflate';
import { isCopied } from './copy-lock.ts';
import { clearCopies, KEPT_MS, ofScreen } from './kept-copies.ts';
import { notesOf, type LastBackup } from './last-backup.ts';
import { STORE_FILE } from './store-sqlite.ts';
import type { Store } from './store.ts';

/** More does not fit the plain zip format. */
const ZIP_BYTES = 4 * 1024 ** 3 - 1024 ** 2;
/** How often it is looked whether a copy is seen, or has ended. */
const LOOK_MS = 100;

export interface Copies {
	/** Does this relay make one? */
	readonly isRunning: boolean;
	/** Is one being made, by whichever relay? */
	isBeingMade(): Promise<boolean>;
	/** Resolves once whoever asks any relay is told of the one that is being made here, or it has ended. */
	seen(): Promise<void>;
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
	/** The machine where it lies, where several relays serve the store; null where it lies nowhere any more. */
	readonly on: string | null;
}

export interface CopiesParts {
	readonly dataDir: string;
	readonly databaseUrl?: string;
	readonly backupDir: string;
	readonly store: Store;
	readonly now: () => number;
}

export function createCopies(parts: CopiesParts): Copies {
	const { dataDir, databaseUrl, backupDir, store, now } = parts;
	const notes = notesOf(dataDir, store);
	let running: Promise<void> | null = null;
	/** The last copy whose files were counted: they do not change any more. */
	let counted: (LastBackup & { readonly bytes: number }) | null = null;

	async function last(): Promise<LastCopy | null> {
		const note = await notes.last();
		if (note === null) return null;
		const bytes = existsSync(join(note.folder, STORE_FILE)) ? await bytesOf(note) : null;
		const { machine = null } = note;
		const on = bytes === null && machine === hostname() ? null : machine;
		return { ...note, bytes, canZip: bytes !== null && bytes <= ZIP_BYTES, on };
	}

	async function bytesOf(note: LastBackup): Promise<number> {
		if (counted?.at !== note.at || counted.folder !== note.folder)
			counted = { ...note, bytes: await bytesUnder(note.folder) };
		return counted.bytes;
	}

	const isCopiedElsewhere = () => (store.isShared ? isCopied(store) : Promise.resolve(false));

	async function run(): Promise<void> {
		// [R2] Whoever asks at another relay meanwhile waits for the same copy.
		if (await isCopiedElsewhere()) {
			while (await isCopiedElsewhere()) await wait(LOOK_MS);
			return;
		}
		await mkdir(backupDir, { recursive: true, mode: 0o700 });
		await clear(ofScreen.most - 1);
		const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
		const folder = join(backupDir, `copy-${stamp}`);
		const code = await runScript(folder, { DATA_DIR: dataDir, DATABASE_URL: databaseUrl });
		if (code === 0) return;
		await rm(folder, { recursive: true, force: true });
		throw new Error(`copies: the copy ended with ${code}`);
	}

	const clear = (most = ofScreen.most) =>
		clearCopies(backupDir, { ...ofScreen, most }, { now: now(), forMs: KEPT_MS });

	return {
		get isRunning() {
			return running !== null;
		},
		isBeingMade: async () => running !== null || (await isCopiedElsewhere()),
		async seen() {
			while (store.isShared && running !== null && !(await isCopiedElsewhere()))
				await wait(LOOK_MS);
		},
		last,
		clear: () => clear(),
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
function runScript(
	folder: string,
	settings: Readonly<Record<string, string | undefined>>
): Promise<number | null> {
	const script = fileURLToPath(new URL('./backup.ts', import.meta.url));
	const child = spawn(process.execPath, [script, folder], {
		env: { ...process.env, ...settings },
		stdio: 'ignore'
	});
	return new Promise((done, fail) => child.once('exit', done).once('error', fail));
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
