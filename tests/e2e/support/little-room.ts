/** A device whose storage is full, and has room again. */
import { expect, type Page } from '@playwright/test';

export interface Room {
	/** Leaves none at all. */
	end(): Promise<void>;
	giveBack(): Promise<unknown>;
}

/** Little room from the start: a browser goes on for a while by what it knew of the room before. */
export async function littleRoom(page: Page, origin: string): Promise<Room> {
	const session = await page.context().newCDPSession(page);
	const allow = (quotaSize: number) =>
		session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
	await allow(30_000_000);
	return {
		async end() {
			await allow(1);
			await expect.poll(() => isFull(page), { timeout: 60_000, intervals: [50] }).toBe(true);
		},
		giveBack: () => allow(1_000_000_000)
	};
}

/** Tries to store four megabytes. */
function isFull(page: Page): Promise<boolean> {
	return page.evaluate(
		() =>
			new Promise<boolean>((resolve) => {
				const opening = indexedDB.open('fill-up', 1);
				opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
				opening.onerror = () => resolve(true);
				opening.onsuccess = () => {
					const db = opening.result;
					const writing = db.transaction('rows', 'readwrite');
					writing.objectStore('rows').put('x'.repeat(4_000_000), 1);
					writing.oncomplete = () => resolve(false);
					writing.onabort = () => resolve(true);
					db.close();
				};
			})
	);
}
