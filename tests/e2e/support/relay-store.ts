/** What a relay has accepted, read from its store while it runs. */
import { expect } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MediaName } from '#domain/media.ts';
import { fileOf, MEDIA_FOLDER } from '#relay/media/files.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';

export interface StoredEntry {
	readonly id: string;
	readonly kind: string;
	readonly record: string;
	readonly org: string;
	readonly device: string;
	readonly body: Readonly<Record<string, unknown>>;
	readonly verdict: string;
}

/** Entries in the order of their arrival, those of one kind. */
export function entriesAt(dataDir: string, kind: string): readonly StoredEntry[] {
	const store = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	const rows = store
		.prepare('SELECT text, receipt FROM entry WHERE text IS NOT NULL ORDER BY num')
		.all();
	store.close();
	return rows
		.map(({ text, receipt }): StoredEntry => {
			const entry = JSON.parse(String(text));
			return { ...entry, verdict: JSON.parse(String(receipt)).verdict };
		})
		.filter((entry) => entry.kind === kind);
}

/** Those that came after the first `before`, once so many have: the chip may lag behind what was just said. */
export async function arrivedAt(
	dataDir: string,
	kind: string,
	{ before, count }: { readonly before: number; readonly count: number }
): Promise<readonly StoredEntry[]> {
	const arrived = () => entriesAt(dataDir, kind).slice(before);
	await expect.poll(() => arrived().length, { timeout: 30_000 }).toBe(count);
	return arrived();
}

/** Everything that anybody has said in this district, one text after the other. */
export function allSaidAt(dataDir: string): string {
	const store = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	const rows = store.prepare('SELECT text FROM entry WHERE text IS NOT NULL').all();
	store.close();
	return rows.map(({ text }) => String(text)).join('\n');
}

/** Photos that have arrived whole, by name; each is read and hashed anew. */
export function mediaAt(dataDir: string): readonly MediaName[] {
	const store = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	const rows = store.prepare('SELECT sha256 FROM media').all();
	store.close();
	const names = rows.map(({ sha256 }) => MediaName.parse(sha256));
	return names.filter((name) => {
		const bytes = readFileSync(fileOf(join(dataDir, MEDIA_FOLDER), name));
		return createHash('sha256').update(bytes).digest('hex') === name;
	});
}
