/** Photos of one state, the oldest first. */
import { Dexie, type Collection } from 'dexie';
import type { DeviceDb, MediaRecord } from '#lib/device/device-db.ts';

export function ofState(
	device: DeviceDb,
	state: MediaRecord['state']
): Collection<MediaRecord, string> {
	return device.media
		.where('[state+addedAt]')
		.between([state, Dexie.minKey], [state, Dexie.maxKey]);
}
