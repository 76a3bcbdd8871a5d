/** What the store knows of a whole photo, and how one that was put back from a copy learns of those that lie there (R6). */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { PersonId } from '#domain/ids.ts';
import { MEDIA_BYTES, MediaName, mediaType, type MediaType } from '#domain/media.ts';
import { MEDIA_BYTES_KEY } from '../store/schema.ts';
import type { Store, Tx } from '../store/store.ts';
import { absent, fileOf } from './files.ts';

const AT_ONCE = 100;

/**
 * Names that stand, of photos that the store does not know nor who brought them: of each the first one. Whoever named
 * a photo before anybody else did held it.
 */
const UNKNOWN = `SELECT n.sha256, n.device, e.received_at AS at
	FROM media_name n JOIN entry e ON e.num = n.entry
	WHERE n.counts = 0 AND e.text IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM media m WHERE m.sha256 = n.sha256)
	AND NOT EXISTS (SELECT 1 FROM media_upload u WHERE u.sha256 = n.sha256)
	AND NOT EXISTS (SELECT 1 FROM media_name o JOIN entry f ON f.num = o.entry
		WHERE o.sha256 = n.sha256 AND (f.received_at, f.num) < (e.received_at, e.num))`;

export interface Brought {
	readonly name: MediaName;
	readonly type: MediaType;
	readonly bytes: number;
	readonly device: string;
	/** [R4] Whose day it counts for; empty where nobody's. */
	readonly person: PersonId | '';
	/** When it was brought. */
	readonly at: number;
	/** It is kept at least for a while from then on. */
	readonly storedAt: number;
}

export interface KnowParts {
	readonly store: Store;
	/** Where all photos lie. */
	readonly folder: string;
	readonly now: () => number;
	/** False where whoever looks is to stop. */
	readonly goesOn: () => boolean;
}

/** Of a file that lies there durably. False where a sweep met it before the store knew of it. */
export function know(tx: Tx, folder: string, brought: Brought): boolean {
	const { name, type, bytes, device, person, at, storedAt } = brought;
	if (!existsSync(fileOf(folder, name))) return false;
	tx.write(
		`UPDATE counter SET n = n + ? WHERE key = '${MEDIA_BYTES_KEY}'
		AND NOT EXISTS (SELECT 1 FROM media WHERE sha256 = ?)`,
		bytes,
		name
	);
	tx.write(
		`INSERT INTO media VALUES (?, ?, ?, ?)
		ON CONFLICT (sha256) DO UPDATE SET stored_at = excluded.stored_at`,
		...[name, type, bytes, storedAt]
	);
	tx.write(
		`INSERT INTO media_upload (sha256, device, at, person) VALUES (?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		...[name, device, at, person]
	);
	const names = 'UPDATE media_name SET counts = 1 WHERE sha256 = ? AND device = ?';
	tx.write(names, name, device);
	return true;
}

/**
 * [R6] [R8] The photos of entries that a restored store was given back. What nobody names stays unknown; answers how
 * many it learned of.
 */
export async function knowAgain(parts: KnowParts): Promise<number> {
	let learned = 0;
	for (let after = ''; ;) {
		const named = await parts.store.all<Named>(
			`${UNKNOWN} AND n.sha256 > ? ORDER BY n.sha256 LIMIT ${AT_ONCE}`,
			after
		);
		const last = named.at(-1);
		if (last === undefined) return learned;
		for (const each of named) {
			if (!parts.goesOn()) return learned;
			if (await learn(parts, each)) learned += 1;
		}
		after = last.sha256;
	}
}

async function learn({ store, folder, now }: KnowParts, named: Named): Promise<boolean> {
	const name = MediaName.parse(named.sha256);
	const found = await wholeFile(fileOf(folder, name), name);
	// [R8] Devices bring a photo after the record that names it: to name one that lay there already is no proof.
	if (found === null || found.wholeAt < named.at) return false;
	const { type, bytes } = found;
	const { device, at } = named;
	return store.transaction(async (tx) => {
		// It may have been erased, or brought again, meanwhile.
		const still = await tx.first(`${UNKNOWN} AND n.sha256 = ?`, name);
		const brought = { name, type, bytes, device, person: '' as const, at, storedAt: now() };
		return still !== null && know(tx, folder, brought);
	});
}

/** Null for what is not there, or is not what it is called; it is hashed beside the event loop. */
async function wholeFile(
	path: string,
	name: MediaName
): Promise<{ readonly type: MediaType; readonly bytes: number; readonly wholeAt: number } | null> {
	const there = await stat(path).catch(absent(null));
	if (there === null || there.size > MEDIA_BYTES) return null;
	const bytes = await readFile(path).catch(absent(null));
	const type = bytes && mediaType(bytes);
	if (bytes === null || type === null) return null;
	const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
	if (Buffer.from(hash).toString('hex') !== name) return null;
	return { type, bytes: bytes.length, wholeAt: there.mtimeMs };
}

interface Named {
	readonly sha256: string;
	readonly device: string;
	/** When the relay received the entry. */
	readonly at: number;
}
