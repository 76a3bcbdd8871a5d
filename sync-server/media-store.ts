/**
 * Photos and signatures (R8): files beside the store, by hash; in the store who brought each, and which
 * entries name it. The names are read from the entries themselves, so that they can be found anew.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEntry } from '#domain/entry.ts';
import type { PersonId } from '#domain/ids.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import { isReadable } from '#domain/ledgers.ts';
import { imageType, MediaName, type ImageType, type PutAnswer } from '#domain/media.ts';
import { sha256 } from './chain.ts';
import type { Session } from './http.ts';
import { all, first, type Store } from './store-sqlite.ts';
import type { Devices } from './verify.ts';

export const MEDIA_FOLDER = 'media';
const PARTS = 'parts';
const DAY = 86_400_000;
/** A photo that nothing names is kept this long: its record may still be on its way. */
const ORPHAN_DAYS = 30;
const PART_DAYS = 3;
/** Entries read for names in one go. */
const READ_AT_ONCE = 500;
/** What an entry must hold before it is worth parsing. */
const HASH_IN_TEXT = /"[0-9a-f]{64}"/;

const schema = `
CREATE TABLE IF NOT EXISTS media (
	sha256 TEXT PRIMARY KEY, type TEXT NOT NULL, bytes INTEGER NOT NULL, stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- who proved to hold it, by sending all of it
CREATE TABLE IF NOT EXISTS media_upload (
	sha256 TEXT NOT NULL, device TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (sha256, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS media_of_device ON media_upload (device, at);
CREATE TABLE IF NOT EXISTS media_name (
	sha256 TEXT NOT NULL, entry INTEGER NOT NULL, record TEXT NOT NULL, device TEXT NOT NULL,
	counts INTEGER NOT NULL, PRIMARY KEY (sha256, entry)
) STRICT, WITHOUT ROWID;
`;

export interface Piece {
	readonly from: number;
	readonly total: number;
	readonly bytes: Buffer;
}

export type PutResult =
	| { readonly ok: true; readonly value: PutAnswer }
	| { readonly ok: false; readonly code: PutFailure };
export type PutFailure = 'hash-differs' | 'no-picture';

export interface MediaStore {
	/** Bytes a device brought since a moment. */
	broughtBy(device: string, since: number): number;
	/** Bytes of all photos. */
	size(): number;
	put(name: MediaName, session: Session, piece: Piece): Promise<PutResult>;
	/** Null for what is not there and for what is not this reader's alike. */
	get(
		name: MediaName,
		session: Session,
		prefixes: readonly string[]
	): Promise<{ readonly type: ImageType; readonly bytes: Buffer } | null>;
	/** Reads the names in entries that came since it was last called. */
	readNames(): void;
	/** Removes orphans and pieces that never became whole; answers how many photos went. */
	sweep(): Promise<number>;
}

export interface MediaParts {
	readonly store: Store;
	readonly dataDir: string;
	readonly devices: Devices;
	readonly now: () => number;
	/** [A2] What a person reads. */
	readonly prefixesOf: (person: PersonId) => readonly string[];
}

export function createMediaStore({
	store,
	dataDir,
	devices,
	now,
	prefixesOf
}: MediaParts): MediaStore {
	store.db.exec(schema);
	const sql = prepareAll(store);
	const folder = join(dataDir, MEDIA_FOLDER);
	/** One piece of a photo at a time for each device. */
	const busy = new Map<string, Promise<unknown>>();

	function readNames(): void {
		for (;;) {
			const last = Number(store.meta('mediaNamed') ?? 0);
			const entries = all<{ num: number; text: string; device: string }>(sql.entries, last);
			if (entries.length === 0) return;
			store.transaction(() => {
				for (const entry of entries) if (HASH_IN_TEXT.test(entry.text)) readEntry(entry);
				store.setMeta('mediaNamed', String(entries.at(-1)?.num ?? last));
			});
		}
	}

	/** A name counts from a device that brought the photo, now or later, or that could already read it. */
	function readEntry({ num, text, device }: { num: number; text: string; device: string }): void {
		const parsed = parseEntry(text);
		if (!parsed.ok) return;
		const person = devices.deviceOf(device)?.person;
		const prefixes = person === undefined ? [] : prefixesOf(person);
		for (const name of mediaNamed(parsed.entry)) {
			const brought = first(sql.upload, name, device) !== null;
			const counts = brought || isNamedFor(name, prefixes);
			sql.addName.run(name, num, parsed.entry.record, device, counts ? 1 : 0);
		}
	}

	function isNamedFor(name: MediaName, prefixes: readonly string[]): boolean {
		return all<{ ledgers: string }>(sql.namedIn, name).some(({ ledgers }) =>
			// Written by the placing alone.
			(JSON.parse(ledgers) as string[]).some((ledger) => isReadable(prefixes, ledger))
		);
	}

	async function put(name: MediaName, session: Session, piece: Piece): Promise<PutResult> {
		const key = `${sha256(session.device)}-${name}`;
		const before = busy.get(key) ?? Promise.resolve();
		const mine = before.then(() => putPiece(name, session, piece, join(folder, PARTS, key)));
		const settled = mine.catch(() => undefined);
		busy.set(key, settled);
		void settled.then(() => busy.get(key) === settled && busy.delete(key));
		return mine;
	}

	async function putPiece(
		name: MediaName,
		{ device }: Session,
		{ from, total, bytes }: Piece,
		part: string
	): Promise<PutResult> {
		if (first(sql.upload, name, device) !== null && first(sql.media, name) !== null)
			return { ok: true, value: { have: total, done: true } };
		const have = await sizeOf(part);
		// What it has differs from what the device believes: the device goes on from here.
		if (have !== from) return { ok: true, value: { have, done: false } };
		await mkdir(dirname(part), { recursive: true });
		await appendFile(part, bytes);
		const now = have + bytes.length;
		return now < total ? { ok: true, value: { have: now, done: false } } : take(name, device, part);
	}

	/** A whole photo: what it is, whether it is what it is called, and durably beside the store. */
	async function take(name: MediaName, device: string, part: string): Promise<PutResult> {
		const bytes = await readFile(part);
		const type = imageType(bytes);
		const is = createHash('sha256').update(bytes).digest('hex');
		if (is !== name || type === null) {
			await rm(part, { force: true });
			return { ok: false, code: is === name ? 'no-picture' : 'hash-differs' };
		}
		const file = fileOf(folder, name);
		await mkdir(dirname(file), { recursive: true });
		await makeDurable(part);
		await rename(part, file);
		await makeDurable(dirname(file));
		const at = now();
		store.transaction(() => {
			sql.addMedia.run(name, type, bytes.length, at);
			sql.addUpload.run(name, device, at);
			sql.count.run(name, device);
		});
		return { ok: true, value: { have: bytes.length, done: true } };
	}

	return {
		readNames,
		put,
		broughtBy: (device, since) => first<{ bytes: number }>(sql.brought, device, since)?.bytes ?? 0,
		size: () => first<{ bytes: number }>(sql.size)?.bytes ?? 0,
		async get(name, { device }, prefixes) {
			const found = first<{ type: ImageType }>(sql.media, name);
			if (found === null) return null;
			readNames();
			if (first(sql.upload, name, device) === null && !isNamedFor(name, prefixes)) return null;
			return { type: found.type, bytes: await readFile(fileOf(folder, name)) };
		},
		async sweep() {
			readNames();
			const at = now();
			const orphans = all<{ sha256: string }>(sql.orphans, at - ORPHAN_DAYS * DAY);
			for (const { sha256: name } of orphans) {
				store.transaction(() => {
					for (const statement of [sql.dropMedia, sql.dropUploads, sql.dropNames])
						statement.run(name);
				});
				await rm(fileOf(folder, MediaName.parse(name)), { force: true });
			}
			await dropOldParts(join(folder, PARTS), at - PART_DAYS * DAY);
			return orphans.length;
		}
	};
}

/** Where a photo lies below the folder of all photos. */
export function fileOf(folder: string, name: MediaName): string {
	return join(folder, name.slice(0, 2), name);
}

async function dropOldParts(folder: string, before: number): Promise<void> {
	const parts = await readdir(folder).catch(absent([]));
	for (const part of parts) {
		const path = join(folder, part);
		const { mtimeMs } = await stat(path);
		if (mtimeMs < before) await rm(path, { force: true });
	}
}

async function sizeOf(path: string): Promise<number> {
	return stat(path).then(({ size }) => size, absent(0));
}

/** What to answer where there is no such file; any other trouble is trouble. */
function absent<T>(none: T): (cause: unknown) => T {
	return (cause) => {
		if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return none;
		throw cause;
	};
}

async function makeDurable(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function prepareAll({ db }: Store) {
	const living = `FROM media_name n JOIN entry e ON e.num = n.entry AND e.text IS NOT NULL
		JOIN record r ON r.id = n.record WHERE n.counts = 1 AND n.sha256`;
	return {
		entries: db.prepare(
			`SELECT num, text, device FROM entry WHERE num > ? AND text IS NOT NULL
			ORDER BY num LIMIT ${READ_AT_ONCE}`
		),
		media: db.prepare('SELECT type FROM media WHERE sha256 = ?'),
		upload: db.prepare('SELECT at FROM media_upload WHERE sha256 = ? AND device = ?'),
		namedIn: db.prepare(`SELECT DISTINCT r.ledgers ${living} = ?`),
		addName: db.prepare('INSERT OR IGNORE INTO media_name VALUES (?, ?, ?, ?, ?)'),
		addMedia: db.prepare('INSERT OR IGNORE INTO media VALUES (?, ?, ?, ?)'),
		addUpload: db.prepare('INSERT OR IGNORE INTO media_upload VALUES (?, ?, ?)'),
		count: db.prepare('UPDATE media_name SET counts = 1 WHERE sha256 = ? AND device = ?'),
		brought: db.prepare(
			`SELECT coalesce(sum(m.bytes), 0) AS bytes FROM media_upload u
			JOIN media m USING (sha256) WHERE u.device = ? AND u.at > ?`
		),
		size: db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM media'),
		// Old ones that nothing names, and those whose last name was erased (A4).
		orphans: db.prepare(
			`SELECT m.sha256 FROM media m WHERE NOT EXISTS (SELECT 1 ${living} = m.sha256)
			AND (m.stored_at < ? OR EXISTS (SELECT 1 FROM media_name n JOIN entry e ON e.num = n.entry
				WHERE n.sha256 = m.sha256 AND e.text IS NULL))`
		),
		dropMedia: db.prepare('DELETE FROM media WHERE sha256 = ?'),
		dropUploads: db.prepare('DELETE FROM media_upload WHERE sha256 = ?'),
		dropNames: db.prepare(
			`DELETE FROM media_name WHERE sha256 = ?
			AND entry IN (SELECT num FROM entry WHERE text IS NULL)`
		)
	};
}
