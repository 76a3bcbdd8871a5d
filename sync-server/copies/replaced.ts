/**
 * What a restore replaced and left in the data folder, should somebody want it back: named on 运行情况 for as long as
 * copies of the screen stay, gone after that.
 */
import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Operations } from '#domain/operations.ts';
import { KEPT_MS } from './kept-copies.ts';

/** Where a restore takes a copy over before anything gives way to it; left by one that was killed. */
export const TAKING = 'restoring';
const NAME = /^replaced-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/;

/** A new folder for what is replaced at a moment. */
export function asideIn(dataDir: string, now: number): string {
	const aside = join(dataDir, `replaced-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`);
	mkdirSync(aside, { mode: 0o700 });
	return aside;
}

export async function replacedIn(dataDir: string): Promise<Operations['replaced']> {
	const there = (await readdir(dataDir)).filter((name) => NAME.test(name)).sort();
	return there.map((folder) => {
		const at = Date.parse(folder.replace(NAME, '$1T$2:$3:$4.$5Z'));
		return { folder, at, goesAt: at + KEPT_MS };
	});
}

/** [A4] What was erased lives on in what was replaced no longer than in a copy; for who has the folder alone. */
export async function clearReplaced(dataDir: string, now: number): Promise<void> {
	const over = (await replacedIn(dataDir)).filter(({ goesAt }) => goesAt < now);
	for (const name of [TAKING, ...over.map(({ folder }) => folder)])
		await rm(join(dataDir, name), { recursive: true, force: true });
}
