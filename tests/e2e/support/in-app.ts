/** What WeChat, QQ and DingTalk may show of a page that records: the way to a browser alone. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';

export const WECHAT =
	'Mozilla/5.0 (Linux; Android 12; 2201117TY) AppleWebKit/537.36 (KHTML, like Gecko) ' +
	'Version/4.0 Chrome/111.0.5563.116 Mobile Safari/537.36 MicroMessenger/8.0.38';

/** The guide with 复制链接; beside it only how the page looks, and nothing that leads on. */
export async function expectGuideAlone(page: Page): Promise<void> {
	const { copyLink, inApp } = m.setup.join;
	await expect(page.getByText(inApp)).toBeVisible();
	// What the relay says would be drawn only then.
	await page.waitForLoadState('networkidle');
	const looks = [m.appearance.switchToElder, m.language.names.en];
	for (const button of await page.locator('main').getByRole('button').all())
		await expect(button).toHaveText(new RegExp([copyLink, ...looks].join('|')));
	await expect(page.getByRole('button', { name: copyLink })).toBeVisible();
	await expect(
		page.locator('main').locator('input, a[href="/join"], a[href="/setup"]')
	).toHaveCount(0);
}
