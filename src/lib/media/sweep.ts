/** What of photos and recordings need not stay: forgotten drafts, old originals, and those of records that left (D2). */
import { Dexie } from 'dexie';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { isVisit, mediaOfVisit } from '#domain/kinds/visit.ts';
import type { MediaName } from '#domain/media.ts';
import { DAY } from '#domain/spans.ts';
import type { DeviceDb, MediaRecord } from '#lib/device/device-db.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { textOfDrafts } from './in-drafts.ts';
import { ofState } from './of-state.ts';
import { sweepSpoken } from './spoken.ts';

/** A photo or recording that no draft names any more: the form was killed between storing and naming it. */
const DRAFT_DAYS = 1;
const ORIGINAL_DAYS = 30;

export async function sweepMedia({ device, rows }: Stores, now: number): Promise<void> {
	const drafts = await textOfDrafts(device);
	await sweepSpoken(device, drafts, now - DRAFT_DAYS * DAY);
	const held = await device.media.toArray();
	if (held.length === 0) return;
	const isOld = ({ addedAt }: MediaRecord, days: number) => addedAt < now - days * DAY;
	const named = await namedHere({ device, rows });
	const gone = held.filter((photo) => {
		if (photo.state === 'waiting' || drafts.includes(photo.sha256)) return false;
		if (photo.state === 'draft') return isOld(photo, DRAFT_DAYS);
		return !named.has(photo.sha256);
	});
	const shrunk = held.filter(
		(photo) => (photo.state === 'sent' || photo.state === 'fetched') && isOld(photo, ORIGINAL_DAYS)
	);
	await device.transaction('rw', device.media, device.mediaBytes, async () => {
		await device.media.bulkDelete(gone.map(({ sha256 }) => sha256));
		await device.mediaBytes.bulkDelete([...gone, ...shrunk].map(({ sha256 }) => sha256));
	});
}

/** Photos and recordings that nothing named but drafts which are gone. */
export async function forgetDrafted(device: DeviceDb, gone: string): Promise<void> {
	const left = await textOfDrafts(device);
	const isGone = (name: string) => gone.includes(name) && !left.includes(name);
	const named = await ofState(device, 'draft')
		.filter(({ sha256 }) => isGone(sha256))
		.toArray();
	await forgetAll(
		device,
		named.map(({ sha256 }) => sha256)
	);
	await device.spoken.filter(({ recording }) => isGone(recording)).delete();
}

/** [A4] Photos of an erased record go, but for those that `keeps` or something else names, sent or not. */
export async function forgetMedia(
	stores: Stores,
	record: RecordId,
	keeps: Row | null
): Promise<void> {
	const { device, rows } = stores;
	const named = mediaOf((await rows.rows.get(record))?.row);
	if (named.length === 0) return;
	const kept = new Set([...mediaOf(keeps), ...(await namedHere(stores, record))]);
	await forgetAll(
		device,
		named.filter((name) => !kept.has(name))
	);
}

async function forgetAll(device: DeviceDb, gone: readonly MediaName[]): Promise<void> {
	await device.transaction('rw', device.media, device.mediaBytes, async () => {
		await device.media.bulkDelete([...gone]);
		await device.mediaBytes.bulkDelete([...gone]);
	});
}

/** Names in the rows held here `but` one, and in what was said and is not folded back. */
async function namedHere({ device, rows }: Stores, but?: RecordId): Promise<ReadonlySet<string>> {
	const named = new Set<string>();
	await rows.rows
		.where('[family+sort+record]')
		.between(['visit', Dexie.minKey], ['visit', Dexie.maxKey])
		.each(({ row }) => {
			if (row.record !== but) for (const name of mediaOf(row)) named.add(name);
		});
	const said = [...(await device.outbox.toArray()).flatMap(({ entries }) => entries)];
	const open = await device.attention.where('state').equals('open').toArray();
	for (const { text } of [...said, ...open])
		for (const [name] of text.matchAll(/[0-9a-f]{64}/g)) named.add(name);
	return named;
}

function mediaOf(row: Row | null | undefined): readonly MediaName[] {
	return isVisit(row) ? mediaOfVisit(row) : [];
}
