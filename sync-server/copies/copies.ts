/** Copies asked for on the screen: made by a process of their own, the newest kept, the last one to be taken along. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NO_ROOM, NoRoomError } from '../command.ts';
import { STORE_FILE } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { isCopied } from './copy-lock.ts';
import { clearCopies, KEPT_MS, ofScreen } from './kept-copies.ts';
import { notesOf, type LastBackup } from './last-backup.ts';
import { filesUnder, fitsZip, zipOf, type ZippedFile } from './zip.ts';

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
	readonly mediaDir?: string;
	readonly databaseUrl?: string;
	readonly backupDir: string;
	readonly store: Store;
	readonly now: () => number;
}

export function createCopies(parts: CopiesParts): Copies {
	const { dataDir, mediaDir, databaseUrl, backupDir, store, now } = parts;
	const notes = notesOf(dataDir, store);
	let running: Promise<void> | null = null;
	/** The last copy whose files were counted: they do not change any more. */
	let counted: (LastBackup & Size) | null = null;

	async function last(): Promise<LastCopy | null> {
		const note = await notes.last();
		if (note === null) return null;
		const { machine = null } = note;
		if (existsSync(join(note.folder, STORE_FILE)))
			return { ...note, ...(await sizeOf(note)), on: machine };
		return { ...note, bytes: null, canZip: false, on: machine === hostname() ? null : machine };
	}

	async function sizeOf(note: LastBackup): Promise<Size> {
		if (counted?.at !== note.at || counted.folder !== note.folder)
			counted = { ...note, ...(await countUnder(note.folder)) };
		const { bytes, canZip } = counted;
		return { bytes, canZip };
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
		const code = await runScript(folder, {
			DATA_DIR: dataDir,
			MEDIA_DIR: mediaDir,
			DATABASE_URL: databaseUrl
		});
		if (code === 0) return;
		await rm(folder, { recursive: true, force: true });
		const why = `copies: the copy ended with ${code}`;
		throw code === NO_ROOM ? new NoRoomError(why) : new Error(why);
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
	const script = fileURLToPath(new URL('../backup.ts', import.meta.url));
	const child = spawn(process.execPath, [script, folder], {
		env: { ...process.env, ...settings },
		stdio: 'ignore'
	});
	return new Promise((done, fail) => child.once('exit', done).once('error', fail));
}

interface Size {
	readonly bytes: number;
	readonly canZip: boolean;
}

/** A file after the other: a copy may be of many thousands, and nobody shall wait for its count. */
async function countUnder(folder: string): Promise<Size> {
	const files: ZippedFile[] = [];
	for await (const { path, name } of filesUnder(folder))
		files.push({ name, bytes: (await stat(path)).size });
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	return { bytes, canZip: fitsZip(files) };
}
