/** The own outbox laid over base rows, marked pending; recomputed when the base moves (F1, O2). */
import { parseEntry } from '#domain/entry.ts';
import { foldPending, type HistoryLine } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import type { EntryId, RecordId } from '#domain/ids.ts';
import type { Place } from '#domain/wire.ts';
import type { DeviceDb, OutboxCommit, OverlayRecord } from '#lib/device/device-db.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import { linesOf, type RowsDb } from '#lib/rows/rows-db.ts';

/** A base row and the ids of the entries folded into it. */
export interface Base {
	readonly row: Row | null;
	readonly folded: ReadonlySet<string>;
}

export interface Stores {
	readonly device: DeviceDb;
	readonly rows: RowsDb;
}

/**
 * Brings outbox and overlay up to the base: commits whose entries are all folded here leave ([O2]),
 * what remains is laid anew over the moved rows.
 */
export async function catchUp(stores: Stores, records: readonly RecordId[]): Promise<void> {
	const { device, rows } = stores;
	const touching = await device.outbox.where('records').anyOf(records).toArray();
	const laid = await device.overlay.where('record').anyOf(records).count();
	if (touching.length === 0 && laid === 0) return;
	const all = [...new Set([...records, ...touching.flatMap((commit) => commit.records)])];
	// Rows and outbox are two databases: when the rows moved meanwhile, it is laid once more.
	let bases = await readBases(rows, all);
	for (;;) {
		await layOver(device, all, bases, await passedHere(stores, touching));
		const now = await readBases(rows, all);
		if (all.every((record) => bases.get(record)?.row?.n === now.get(record)?.row?.n)) return;
		bases = now;
	}
}

async function layOver(
	device: DeviceDb,
	records: readonly RecordId[],
	bases: ReadonlyMap<RecordId, Base>,
	passed: ReadonlySet<string>
): Promise<void> {
	await device.transaction('rw', device.outbox, device.overlay, async () => {
		const commits = await device.outbox.where('records').anyOf(records).distinct().sortBy('local');
		const done = commits.filter((commit) => isFolded(commit, bases, passed));
		await device.outbox.bulkDelete(done.flatMap((commit) => commit.local ?? []));
		const open = commits.filter((commit) => !done.includes(commit));
		const overlays = records.map((record) => overlayOf(record, bases.get(record), open));
		await device.overlay.bulkDelete(records.filter((_, at) => overlays[at] === null));
		await device.overlay.bulkPut(overlays.flatMap((overlay) => overlay ?? []));
	});
}

/**
 * [D2] What was received and lies in none of the ledgers held now does not come back here: it waits no more. Of one
 * commit that may be some of its entries: what an office took, and handed back.
 */
export async function releaseReceived(stores: Stores, held: ReadonlySet<string>): Promise<void> {
	const { device } = stores;
	const received = await device.outbox.where('state').equals('received').toArray();
	if (received.length === 0) return;
	const ids = received.flatMap(({ entries }) => entries.map(({ id }) => id));
	const receipts = await device.receipts.bulkGet(ids);
	const readable = new Set(
		ids.filter((_, at) => receipts[at]?.receipt.places.some((place) => isReadIn(place, held)))
	);
	const moved = received.flatMap((commit) => {
		const elsewhere = commit.entries.map(({ id }) => id).filter((id) => !readable.has(id));
		return elsewhere.join() === (commit.elsewhere ?? []).join() ? [] : [{ ...commit, elsewhere }];
	});
	for (const { local, elsewhere } of moved)
		if (local !== undefined) await device.outbox.update(local, { elsewhere });
	await catchUp(stores, [...new Set(moved.flatMap(({ records }) => records))]);
}

/** Is the entry itself read there? A ledger of facts, which offices hold of every community, carries none. */
export function isReadIn({ ledger }: Place, held: { has(ledger: string): boolean }): boolean {
	return !ledger.startsWith('facts/') && held.has(ledger);
}

/** Every record the outbox speaks about: what a start has to bring up to the base. */
export async function catchUpAll(stores: Stores): Promise<void> {
	const commits = await stores.device.outbox.toArray();
	const laid = await stores.device.overlay.toCollection().primaryKeys();
	// Keys of the overlay table are the record ids it was written with.
	const overlaid = laid as RecordId[];
	await catchUp(stores, [...new Set([...commits.flatMap((each) => each.records), ...overlaid])]);
}

export async function readBases(
	rows: RowsDb,
	records: readonly RecordId[]
): Promise<ReadonlyMap<RecordId, Base>> {
	return rows.transaction('r', rows.rows, rows.strays, async () => {
		const held = await rows.rows.bulkGet([...records]);
		const strays = await rows.strays.bulkGet([...records]);
		return new Map(
			records.map((record, at) => {
				const folded = new Set(linesOf(held[at] ?? strays[at]).map((line) => line.entry));
				return [record, { row: held[at]?.row ?? null, folded }];
			})
		);
	});
}

/** What the open commits make of one record; null where they say nothing that shows. */
export function overlayOf(
	record: RecordId,
	base: Base | undefined,
	commits: readonly OutboxCommit[]
): OverlayRecord | null {
	const lines = pendingLines(record, base, commits);
	const { row } = lines;
	if (row === null || lines.lines.length === 0) return null;
	const { stage, carriedFor } = lines;
	return { ...columnsOf(row), stage, carriedFor, baseN: base?.row?.n ?? 0 };
}

/** The pending history of a record, and the row it leads to. */
export function pendingLines(
	record: RecordId,
	base: Base | undefined,
	commits: readonly OutboxCommit[]
): {
	readonly row: Row | null;
	readonly lines: readonly HistoryLine[];
	readonly stage: OverlayRecord['stage'];
	readonly carriedFor: OverlayRecord['carriedFor'];
} {
	let row = base?.row ?? null;
	const lines: HistoryLine[] = [];
	let stage: OverlayRecord['stage'] = 'received';
	let carriedFor: OverlayRecord['carriedFor'];
	for (const commit of commits)
		for (const { id, text, record: about } of commit.entries) {
			if (about !== record || base?.folded.has(id)) continue;
			const parsed = parseEntry(text);
			if (!parsed.ok) throw new Error('overlay: the outbox holds a text that is no entry');
			const next = foldPending(row, parsed.entry, commit.actor);
			row = next.row;
			if (next.line) lines.push(next.line);
			if (commit.state !== 'received') stage = 'waiting';
			carriedFor = commit.from?.person;
		}
	return { row, lines, stage, carriedFor };
}

/** [A5] Entries of received commits whose place is folded here, though the record may have left since. */
async function passedHere(
	{ device, rows }: Stores,
	commits: readonly OutboxCommit[]
): Promise<ReadonlySet<string>> {
	const received = commits.filter(({ state }) => state === 'received');
	if (received.length === 0) return new Set();
	const ids = received.flatMap(({ entries }) => entries.map(({ id }) => id));
	const receipts = await device.receipts.bulkGet(ids);
	const seqs = new Map((await rows.ledgers.toArray()).map(({ ledger, seq }) => [ledger, seq]));
	const isPassed = (place: Place) =>
		isReadIn(place, seqs) && (seqs.get(place.ledger) ?? 0) >= place.seq;
	return new Set(ids.filter((_, at) => receipts[at]?.receipt.places.some(isPassed)));
}

function isFolded(
	commit: OutboxCommit,
	bases: ReadonlyMap<RecordId, Base>,
	passed: ReadonlySet<string>
): boolean {
	if (commit.isLost && commit.state !== 'received') return false;
	const has = (record: RecordId, id: EntryId) => bases.get(record)?.folded.has(id) ?? false;
	const isElsewhere = (id: EntryId) => commit.elsewhere?.includes(id) ?? false;
	return commit.entries.every(
		({ id, record }) => isElsewhere(id) || passed.has(id) || has(record, id)
	);
}
