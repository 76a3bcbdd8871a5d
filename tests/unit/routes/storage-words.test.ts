/** How full this device is: in words, and from when the person is asked to make room. */
import { expect, test } from 'vitest';
import type { StorageState } from '#lib/device/storage.ts';
import { isStorageLow, storageParts, storageWords } from '../../../src/routes/me/storage-words.ts';

const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;

const filled = (usage: number | null, quota: number | null): StorageState => ({
	usage,
	quota,
	persisted: true,
	records: null,
	app: null
});

test.each([
	['more than seven tenths are used', 0.71 * GIGABYTE, GIGABYTE, true],
	['seven tenths are used', 0.7 * GIGABYTE, GIGABYTE, false],
	['little is used, and less than 200 MB are left', 50 * MEGABYTE, 249 * MEGABYTE, true],
	['little is used, and 200 MB are left', 50 * MEGABYTE, 250 * MEGABYTE, false],
	['the browser tells nothing', null, null, false]
])('room is asked for when it runs out: %s', (_what, usage, quota, isLow) => {
	expect(isStorageLow(filled(usage, quota))).toBe(isLow);
});

test('what is used and left is named in sizes one can read, and what takes it where that is known', () => {
	expect(storageWords(filled(300 * MEGABYTE, 2 * GIGABYTE))).toBe(
		'用了 300.0 MB，最多可用 2.0 GB，还剩 1.7 GB'
	);
	expect(storageWords(filled(3 * MEGABYTE, 2 * MEGABYTE))).toContain('还剩 0.0 MB');
	expect(storageWords(filled(null, null))).toBe('这台设备不告诉用了多少');
	expect(storageParts(filled(null, null))).toBeNull();
	const parts = storageParts({ ...filled(1, 2), records: 2 * MEGABYTE, app: null });
	expect(parts).toContain('2.0 MB');
});
