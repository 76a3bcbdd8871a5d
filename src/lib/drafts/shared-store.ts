/** Shared drafts as this device keeps them: one piece each, joined with what was there, never replaced by less. */
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import type { RecordId } from '#domain/ids.ts';
import { isDraft } from '#domain/kinds/draft.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import type { DeviceDb, SharedDraftRecord } from '#lib/device/device-db.ts';
import type { Stores } from '#lib/outbox/overlay.ts';

type Shared = Pick<DeviceDb, 'shared' | 'transaction'>;

export interface Kept {
	readonly record: RecordId;
	/** The record whose readers write it. */
	readonly of: RecordId;
	readonly update: Uint8Array;
	readonly now: number;
}

/** [O1] `own`: it holds something typed here, which the relay is still to be told. */
export async function keepShared(
	db: Shared,
	{ record, of, update, now }: Kept,
	{ own }: { readonly own: boolean }
): Promise<SharedDraftRecord> {
	return db.transaction('rw', db.shared, async () => {
		const before = await db.shared.get(record);
		const version = (before?.version ?? 0) + (own ? 1 : 0);
		const joined = before === undefined ? update : join(before.update, update);
		const kept: SharedDraftRecord = {
			record,
			of,
			update: joined,
			version,
			sent: before?.sent ?? 0,
			savedAt: now,
			...(before?.refusal === undefined || own ? {} : { refusal: before.refusal })
		};
		await db.shared.put(kept);
		return kept;
	});
}

/** The relay has stored everything up to this version, or said why not. */
export async function markSent(
	db: Shared,
	record: RecordId,
	version: number,
	refusal: string | null
): Promise<void> {
	await db.transaction('rw', db.shared, async () => {
		const kept = await db.shared.get(record);
		if (kept === undefined) return;
		const { refusal: _before, ...rest } = kept;
		await db.shared.put(
			refusal === null ? { ...rest, sent: Math.max(kept.sent, version) } : { ...rest, refusal }
		);
	});
}

export function isUnsent({ version, sent }: SharedDraftRecord): boolean {
	return version > sent;
}

/** The relay knows the draft, and takes more writing. */
export async function takesWriting(
	{ rows }: Pick<Stores, 'rows'>,
	{ record, of }: Pick<SharedDraftRecord, 'record' | 'of'>
): Promise<boolean> {
	const [own, about] = await rows.rows.bulkGet([record, of]);
	if (!isDraft(own?.row) || about === undefined) return false;
	return familyNamed('draft')?.shared?.(own.row, new Map([[of, about.row]])) === 'open';
}

/** [D2] What this device may not read any more goes; and what the relay holds whole, once it is at an end. */
export async function sweepShared(stores: Stores): Promise<void> {
	const { device, rows } = stores;
	for (const kept of await device.shared.toArray()) {
		const { record } = kept;
		const isHere = (await rows.rows.get(record)) ?? (await device.overlay.get(record));
		const isDone = !isUnsent(kept) && !(await takesWriting(stores, kept));
		if (isHere === undefined || isDone) await device.shared.delete(record);
	}
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	const doc = new Doc();
	applyUpdate(doc, first);
	applyUpdate(doc, second);
	const joined = encodeStateAsUpdate(doc);
	doc.destroy();
	return joined;
}
