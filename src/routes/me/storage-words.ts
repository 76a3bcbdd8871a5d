/** How full this device is, in words. */
import type { StorageState } from '#lib/device/storage.ts';
import { m } from '#lib/i18n/index.ts';

const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;
/** From here on the person is asked to make room. */
const LOW_SHARE = 0.7;
const LOW_LEFT = 200 * MEGABYTE;

export function storageWords({ usage, quota }: StorageState): string {
	const words = m.member.me;
	if (usage === null || quota === null) return words.storageUnknown;
	const left = m.phone.storage.left(sizeWords(Math.max(0, quota - usage)));
	return `${words.storageUsed(sizeWords(usage), sizeWords(quota))}${m.member.comma}${left}`;
}

/** What takes the room, where the browser tells it. */
export function storageParts({ records, app }: StorageState): string | null {
	if (records === null && app === null) return null;
	const { parts, records: held, app: own } = m.phone.storage;
	const named = [
		...(records === null ? [] : [held(sizeWords(records))]),
		...(app === null ? [] : [own(sizeWords(app))])
	];
	return parts(named.join(m.records.separator));
}

export function isStorageLow({ usage, quota }: StorageState): boolean {
	if (usage === null || quota === null) return false;
	return usage > quota * LOW_SHARE || quota - usage < LOW_LEFT;
}

function sizeWords(bytes: number): string {
	const words = m.member.me;
	if (bytes >= GIGABYTE) return words.gigabytes((bytes / GIGABYTE).toFixed(1));
	return words.megabytes((bytes / MEGABYTE).toFixed(1));
}
