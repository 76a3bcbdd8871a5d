/** What a phone does to a tab in the background. */
import type { BrowserContext, Page } from '@playwright/test';

/** The page, and the worker it syncs in: neither does anything any more. */
export async function freeze(context: BrowserContext, page: Page): Promise<void> {
	const [worker] = page.workers();
	if (worker === undefined) throw new Error('freeze: no worker to freeze');
	void worker
		.evaluate(() => {
			for (;;);
		})
		.catch(() => undefined);
	const session = await context.newCDPSession(page);
	await session.send('Page.setWebLifecycleState', { state: 'frozen' });
}
