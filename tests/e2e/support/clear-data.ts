/** What clearing a site's data does to it, or a system that needs room. */
import type { Page } from '@playwright/test';

export async function clearData(page: Page, origin: string): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const storageTypes = 'indexeddb,local_storage,cookies';
	await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
}
