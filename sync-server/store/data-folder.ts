/** Who works on a data folder: one relay for as long as it lives, or one command that must not meet it. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Nothing ever stands in it: SQLite locks it in the way of every system, and the lock goes with its process. */
const LOCK_FILE = 'in-use.lock';
/** SQLITE_BUSY */
const BUSY = 5;

export interface HeldFolder {
	release(): void;
}

/**
 * Throws a sentence where a folder is another user's: what root writes there the relay could not open any more, and
 * whoever may not write there would only be told of a file.
 */
export function refuseForeign(dataDir: string, who: string): void {
	const folder = resolve(dataDir);
	const uid = process.getuid?.();
	const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
	if (uid === undefined || owner === undefined || owner === uid) return;
	if (uid !== 0 && isWritable(folder)) return;
	throw new Error(
		`${who}: ${folder} belongs to user ${owner}, and this is user ${uid}; run it as its owner (sync-server/deploy/README.md)`
	);
}

function isWritable(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

/** Throws a sentence where somebody else has the folder; `who` asks for it. */
export function holdFolder(dataDir: string, who: string): HeldFolder {
	const folder = resolve(dataDir);
	refuseForeign(folder, who);
	mkdirSync(folder, { recursive: true });
	const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
	try {
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
	} catch (cause) {
		lock.close();
		if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === BUSY)) throw cause;
		throw new Error(
			`${who}: a relay runs on ${folder}, or a command is at work there; stop it first`,
			{ cause }
		);
	}
	return {
		release() {
			if (lock.isOpen) lock.close();
		}
	};
}

/** Has the folder for a while. */
export async function withFolder<T>(
	dataDir: string,
	who: string,
	work: () => Promise<T> | T
): Promise<T> {
	const held = holdFolder(dataDir, who);
	try {
		return await work();
	} finally {
		held.release();
	}
}
