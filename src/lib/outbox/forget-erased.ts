/** [A4] What a device keeps of an erased record beside its rows: words that wait for their author, drafts, photos. */
import type { Row } from '#domain/family.ts';
import type { EntryId, RecordId } from '#domain/ids.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import { forgetMedia } from '#lib/media/sweep.ts';
import type { Stores } from './overlay.ts';

export interface Erased {
	readonly record: RecordId;
	/** Whose texts are gone. */
	readonly entries: readonly EntryId[];
	/** Nothing is left of the record: what this device would still say of it finds nobody any more. */
	readonly isWhole: boolean;
	/** What is left of its row. */
	readonly keeps: Row | null;
}

export async function forgetErased(stores: Stores, erased: Erased): Promise<void> {
	const { device } = stores;
	const { record, entries, isWhole, keeps } = erased;
	await device.transaction('rw', device.attention, device.drafts, device.carried, async () => {
		await device.attention.bulkDelete([...entries]);
		if (!isWhole) return;
		await device.attention.where('record').equals(record).delete();
		await forgetDrafts(device, record);
		await device.carried
			.filter(({ refusal }) => refusal?.entries.some((entry) => entry.record === record) ?? false)
			.modify({ refusal: undefined });
	});
	await forgetMedia(stores, record, keeps);
}

/** Drafts about a record, and those that name it. */
export async function forgetDrafts(
	{ drafts }: Pick<DeviceDb, 'drafts'>,
	record: RecordId
): Promise<void> {
	await drafts
		.filter(({ key, value }) => key.includes(record) || JSON.stringify(value).includes(record))
		.delete();
}
