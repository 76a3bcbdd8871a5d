/** Who works on a data folder: one relay for as long as it lives, or one command that must not meet it. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Nothing ever stands in it: SQLite locks it in the way of every system, and the lock goes with its process. */
const LOCK_FILE = 'in-use.lock';
/** SQLITE_BUSY */
const BUSY = 5;

export interface HeldFolder {
	release(): void;
}

/** Throws a sentence where somebody else has the folder; `who` asks for it. */
export function holdFolder(dataDir: string, who: string): HeldFolder {
	const folder = resolve(dataDir);
	mkdirSync(folder, { recursive: true });
	const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
	try {
		lock.exec('BEGIN EXCLUSIVE');
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
