/** Shared drafts as screens ask for them; Yjs is fetched only where one is opened. */
import type { RecordId } from '#domain/ids.ts';
import type { DeviceDb, SharedDraftRecord } from '#lib/device/device-db.ts';
import type { Query } from '#lib/rows/queries.ts';
import type { SharedText } from './shared-text.ts';

export interface SharedDrafts {
	/** What this device holds of one; null where nothing is. */
	kept(record: RecordId): Query<SharedDraftRecord | null>;
	open(record: RecordId, of: RecordId): Promise<SharedText>;
	/** Forgets what is held here. */
	drop(record: RecordId): Promise<void>;
}

export function sharedDrafts(
	here: () => { readonly device: DeviceDb; readonly prefix: string; readonly now: () => number }
): SharedDrafts {
	return {
		kept: (record) => async () => (await here().device.shared.get(record)) ?? null,
		async open(record, of) {
			const { device, prefix, now } = here();
			const { openSharedText } = await import('./shared-text.ts');
			return openSharedText({ db: device, prefix, record, of, now });
		},
		drop: (record) => here().device.shared.delete(record)
	};
}
