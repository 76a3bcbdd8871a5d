/**
 * Photos, signatures and voice notes (R8): files beside the store, by hash; in the store who brought each, and which
 * entries name it. The names are read from the entries themselves, so that they can be found anew.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEntry } from '#domain/entry.ts';
import type { PersonId } from '#domain/ids.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import { isReadable } from '#domain/ledgers.ts';
import {
	MEDIA_BYTES,
	mediaType,
	type MediaName,
	type MediaType,
	type PutAnswer
} from '#domain/media.ts';
import type { Session } from '../http/app.ts';
import type { Devices } from '../judging/verify.ts';
import { makeDurableAside, makeFolderDurableAside } from '../store/durable.ts';
import { MEDIA_BYTES_KEY } from '../store/schema.ts';
import { ledgerNames, type Sql, type Store } from '../store/store.ts';
import { absent, fileOf, partOf, PARTS, sizeOf } from './files.ts';
import { know, knowAgain } from './known.ts';
import { isErased, LIVING_NAMES, mayNamePhoto } from './names.ts';
import { dropStrays, sweep } from './sweep.ts';

/** Entries read for names in one go. */
const READ_AT_ONCE = 500;

export interface Piece {
	readonly from: number;
	readonly total: number;
	readonly bytes: Buffer;
}

export type PutResult =
	| { readonly ok: true; readonly value: PutAnswer }
	| { readonly ok: false; readonly code: PutFailure };
export type PutFailure = 'hash-differs' | 'no-media';

export interface MediaStore {
	/** Bytes a person brought since a moment, with whichever devices. */
	broughtBy(person: PersonId, since: number): Promise<number>;
	/** Bytes of all photos that are whole. */
	size(): Promise<number>;
	/** [R4] Bytes that photos which are not whole may come to, but for one of them: a person's own, and all. */
	unfinished(
		person: PersonId,
		but: MediaName
	): Promise<{ readonly own: number; readonly all: number }>;
	put(name: MediaName, session: Session, piece: Piece): Promise<PutResult>;
	/** Null for what is not there and for what is not this reader's alike. */
	get(
		name: MediaName,
		session: Session,
		prefixes: readonly string[]
	): Promise<{ readonly type: MediaType; readonly bytes: Buffer } | null>;
	/** Reads the names in entries that came since it was last called. */
	readNames(): Promise<void>;
	/**
	 * Removes orphans, and pieces of what was erased or never became whole, while `goesOn`; answers how many photos
	 * went.
	 */
	sweep(goesOn?: () => boolean): Promise<number>;
	/** [R6] Learns of photos that lie there still and that entries name which came back, while `goesOn`; answers how many. */
	knowAgain(goesOn?: () => boolean): Promise<number>;
	/** Walks all files, and removes what a relay that was killed left there, while `goesOn`. */
	dropStrays(goesOn?: () => boolean): Promise<void>;
}

export interface MediaParts {
	readonly store: Store;
	/** Where all photos lie. */
	readonly folder: string;
	readonly devices: Devices;
	readonly now: () => number;
	/** [A2] What a person reads. */
	readonly prefixesOf: (person: PersonId) => readonly string[];
}

export function createMediaStore({
	store,
	folder,
	devices,
	now,
	prefixesOf
}: MediaParts): MediaStore {
	/** One piece of a photo at a time for each person: by the file in which it grows. */
	const busy = new Map<string, Promise<unknown>>();
	let naming: Promise<void> = Promise.resolve();
	/** How far names were read, and how much of that the store knows: beyond it there was none. */
	let readTo: number | null = null;
	let keptTo = 0;

	/** One reading after the other: what came during one is read by the next. */
	function readNames(): Promise<void> {
		naming = naming.catch(() => undefined).then(readNewNames);
		return naming;
	}

	async function readNewNames(): Promise<void> {
		for (;;) {
			readTo ??= keptTo = Number((await store.meta('mediaNamed')) ?? 0);
			const entries = await store.all<NamingEntry>(
				`SELECT num, text, device FROM entry WHERE num > ? AND text IS NOT NULL
				ORDER BY num LIMIT ${READ_AT_ONCE}`,
				readTo
			);
			const read = entries.at(-1)?.num;
			if (read === undefined) return;
			const naming = entries.filter(({ text }) => mayNamePhoto(text));
			const named = (await Promise.all(naming.map(namesIn))).flat();
			if (named.length > 0 || read - keptTo >= READ_AT_ONCE) await keep(named, read);
			readTo = read;
		}
	}

	async function keep(named: readonly Naming[], read: number): Promise<void> {
		await store.transaction(async (tx) => {
			for (const { name, entry, record, device, prefixes } of named) {
				const counts =
					(await isBroughtBy(tx, name, device)) || (await isNamedFor(tx, name, prefixes));
				tx.write(
					'INSERT INTO media_name VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
					...[name, entry, record, device, counts ? 1 : 0]
				);
			}
			await tx.setMeta('mediaNamed', String(read));
		});
		keptTo = read;
	}

	/** A name counts from a device that brought the photo, now or later, or that could already read it. */
	async function namesIn({ num, text, device }: NamingEntry): Promise<readonly Naming[]> {
		const parsed = parseEntry(text);
		if (!parsed.ok) return [];
		const { record } = parsed.entry;
		const person = (await devices.deviceOf(device))?.person;
		const prefixes = person === undefined ? [] : prefixesOf(person);
		return mediaNamed(parsed.entry).map((name) => ({ name, entry: num, record, device, prefixes }));
	}

	async function isNamedFor(
		sql: Sql,
		name: MediaName,
		prefixes: readonly string[]
	): Promise<boolean> {
		const found = await sql.all<{ ledgers: string }>(
			`SELECT DISTINCT r.ledgers ${LIVING_NAMES} = ?`,
			name
		);
		return found.some(({ ledgers }) =>
			ledgerNames(ledgers).some((ledger) => isReadable(prefixes, ledger))
		);
	}

	async function isBroughtBy(sql: Sql, name: MediaName, device: string): Promise<boolean> {
		const upload = 'SELECT at FROM media_upload WHERE sha256 = ? AND device = ?';
		return (await sql.first(upload, name, device)) !== null;
	}

	async function typeOf(name: MediaName): Promise<MediaType | null> {
		const media = 'SELECT type FROM media WHERE sha256 = ?';
		return (await store.first<{ type: MediaType }>(media, name))?.type ?? null;
	}

	function inTurn<T>(part: string, work: () => Promise<T>): Promise<T> {
		const before = busy.get(part) ?? Promise.resolve();
		const mine = before.then(work);
		const settled = mine.catch(() => undefined);
		busy.set(part, settled);
		void settled.then(() => busy.get(part) === settled && busy.delete(part));
		return mine;
	}

	function put(name: MediaName, session: Session, piece: Piece): Promise<PutResult> {
		const part = partOf(session.person, name);
		return inTurn(part, () => putPiece(name, session, piece, join(folder, PARTS, part)));
	}

	async function putPiece(
		name: MediaName,
		session: Session,
		{ from, total, bytes }: Piece,
		part: string
	): Promise<PutResult> {
		if ((await isBroughtBy(store, name, session.device)) && (await isKeptLonger(name)))
			return { ok: true, value: { have: total, done: true } };
		const have = await sizeOf(part);
		// What it has differs from what the device believes: the device goes on from here.
		if (have !== from) return { ok: true, value: { have, done: false } };
		await mkdir(dirname(part), { recursive: true });
		await appendFile(part, bytes);
		const now = have + bytes.length;
		return now < total
			? { ok: true, value: { have: now, done: false } }
			: take(name, session, part);
	}

	/** Whoever brings it again is about to name it. False where there is none. */
	async function isKeptLonger(name: MediaName): Promise<boolean> {
		const media = 'UPDATE media SET stored_at = ? WHERE sha256 = ?';
		return (await store.run(media, now(), name)) === 1;
	}

	/** A whole photo: what it is, whether it is what it is called, and durably beside the store. */
	async function take(
		name: MediaName,
		{ device, person }: Session,
		part: string
	): Promise<PutResult> {
		const bytes = await readFile(part);
		const type = mediaType(bytes);
		const is = createHash('sha256').update(bytes).digest('hex');
		if (is !== name || type === null) {
			await rm(part, { force: true });
			return { ok: false, code: is === name ? 'no-media' : 'hash-differs' };
		}
		const file = fileOf(folder, name);
		await mkdir(dirname(file), { recursive: true });
		await makeDurableAside(part);
		await rename(part, file);
		await makeFolderDurableAside(dirname(file));
		const at = now();
		const brought = { name, type, bytes: bytes.length, device, person, at, storedAt: at };
		const isThere = await store.transaction(async (tx) => know(tx, folder, brought));
		return { ok: true, value: { have: isThere ? bytes.length : 0, done: isThere } };
	}

	const sweeping = { store, folder, now, inTurn };
	const always = () => true;
	return {
		readNames,
		put,
		async broughtBy(person, since) {
			const found = await store.first<{ bytes: number }>(
				`SELECT coalesce(sum(m.bytes), 0) AS bytes FROM media_upload u
				JOIN media m ON m.sha256 = u.sha256 WHERE u.person = ? AND u.at > ?`,
				person,
				since
			);
			return Number(found?.bytes ?? 0);
		},
		async size() {
			const counted = 'SELECT n FROM counter WHERE key = ?';
			return (await store.first<{ n: number }>(counted, MEDIA_BYTES_KEY))?.n ?? 0;
		},
		async unfinished(person, but) {
			const there = await readdir(join(folder, PARTS)).catch(absent([]));
			const [mine, grows] = [partOf(person, ''), partOf(person, but)];
			const parts = there.filter((part) => part !== grows);
			const own = parts.filter((part) => part.startsWith(mine));
			return { own: own.length * MEDIA_BYTES, all: parts.length * MEDIA_BYTES };
		},
		async get(name, { device }, prefixes) {
			const type = await typeOf(name);
			if (type === null) return null;
			await readNames();
			// [A4] What was erased is gone at once, also for whoever brought it, however late its file goes.
			const isTheirs =
				(await isNamedFor(store, name, prefixes)) ||
				((await isBroughtBy(store, name, device)) && !(await isErased(store, name)));
			if (!isTheirs) return null;
			// Swept this moment: it is not there.
			const bytes = await readFile(fileOf(folder, name)).catch(absent(null));
			return bytes && { type, bytes };
		},
		async sweep(goesOn = always) {
			await readNames();
			return sweep({ ...sweeping, goesOn });
		},
		async knowAgain(goesOn = always) {
			await readNames();
			return knowAgain({ ...sweeping, goesOn });
		},
		async dropStrays(goesOn = always) {
			await readNames();
			await dropStrays({ ...sweeping, goesOn });
		}
	};
}

/** An entry that may name photos. */
interface NamingEntry {
	readonly num: number;
	readonly text: string;
	readonly device: string;
}

interface Naming {
	readonly name: MediaName;
	readonly entry: number;
	readonly record: string;
	readonly device: string;
	/** What its author could read. */
	readonly prefixes: readonly string[];
}
