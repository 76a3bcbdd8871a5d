/** [A5] What a device keeps, beside its rows, of a record that it holds in no ledger any more. */
import type { EntryId, RecordId } from '#domain/ids.ts';
import { answerDraft } from '#lib/drafts/draft-store.ts';
import { forgetDrafts } from './forget-erased.ts';
import type { Stores } from './overlay.ts';

/**
 * At an office, of those named what is nowhere held: its drafts and what its author has dealt with go. What was refused and
 * waits for its author stays until then: it is the author's own words, seen nowhere else ([O2]), and no erasure
 * finds this device any more, so that dealing with it has to be what forgets it.
 */
export async function forgetLeft(stores: Stores, records: readonly RecordId[]): Promise<void> {
	const { device } = stores;
	for (const record of records) {
		if (await isHeld(stores, record)) continue;
		await device.transaction('rw', device.attention, device.drafts, async () => {
			await device.attention.where({ record, state: 'settled' }).delete();
			await forgetDrafts(device, record);
		});
	}
}

/**
 * On a member's phone the answer that was begun to a demand which went to another. What else was begun stays: who was
 * at a door may tell of it also when it is somebody else's by then.
 */
export async function forgetAnswers(stores: Stores, records: readonly RecordId[]): Promise<void> {
	for (const record of records)
		if (!(await isHeld(stores, record))) await stores.device.drafts.delete(answerDraft(record));
}

/** Its author has seen it: kept with its text only while this device holds what it speaks about. */
export async function settle(stores: Stores, entry: EntryId): Promise<void> {
	const { attention } = stores.device;
	const found = await attention.get(entry);
	if (found === undefined) return;
	if (await isHeld(stores, found.record)) await attention.update(entry, { state: 'settled' });
	else await attention.delete(entry);
}

async function isHeld({ device, rows }: Stores, record: RecordId): Promise<boolean> {
	const held = [rows.rows.get(record), rows.strays.get(record), device.overlay.get(record)];
	return (await Promise.all(held)).some((each) => each !== undefined);
}
