/** What a browser can do is told before anything is entrusted to it: an unsafe address, and an iPhone's bare icon. */
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { becomes, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';

test.use({ serviceWorkers: 'allow' });

const { help, moveHere, join } = m.setup;
const NEEDED = ['secure', 'crypto', 'keys'] as const;
const IPHONE =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

test('at an address without https the help page says what is missing, and what to do about it', async () => {
	const app = await spawnApp();
	const browser = await chromium.launch({
		executablePath: findBrowser() ?? undefined,
		args: [...browserArgs, '--host-resolver-rules=MAP office.example 127.0.0.1']
	});
	try {
		const page = await browser.newPage({ viewport: sizes.member, locale: 'zh-CN' });
		await page.goto(`http://office.example:${app.port}/help`);
		await expect(page.getByText(help.notGood)).toBeVisible();
		for (const name of NEEDED) {
			const line = lineOf(page, name);
			await expect(line.getByText(help.missingNeeded)).toBeVisible();
			await expect(line.getByText(help.todo[name])).toBeVisible();
		}
		await expect(lineOf(page, 'indexeddb').getByText(help.ok)).toBeVisible();

		await page.goto(`${app.url}/help`);
		await expect(page.getByText(help.allGood)).toBeVisible();
		for (const name of NEEDED) await expect(lineOf(page, name).getByText(help.ok)).toBeVisible();
	} finally {
		await browser.close();
		await app.end();
	}
});

test('an icon that shares nothing with Safari asks for a second code, and 我的设备 gives it', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	let icons: BrowserContext | null = null;
	try {
		const safari = await (await browser.newContext({ viewport: sizes.member })).newPage();
		const member = await becomes(safari, app.url, 'member');

		const tab = await (await browser.newContext({ userAgent: IPHONE })).newPage();
		await tab.goto(`${app.url}/welcome`);
		await expect(tab.getByText(m.setup.welcome.title).first()).toBeVisible();
		await expect(tab.getByText(moveHere.title)).toHaveCount(0);

		icons = await chromium.launchPersistentContext('', {
			executablePath: findBrowser() ?? undefined,
			// As opened from a home screen: no tabs, and a storage of its own.
			args: [...browserArgs, `--app=${app.url}/welcome`],
			viewport: sizes.member,
			userAgent: IPHONE,
			locale: 'zh-CN'
		});
		const [icon] = icons.pages();
		if (!icon) throw new Error('capable: the icon opened nothing');
		await expect(icon.getByText(moveHere.title)).toBeVisible();

		await safari.goto(`${app.url}/devices`);
		await press(safari, m.people.oneMore.make);
		const code = safari.getByText(/^\d{4} \d{4}$/);
		await icon.getByRole('link', { name: moveHere.enter }).click();
		await icon.getByLabel(join.codeLabel).fill(await code.innerText());
		await press(icon, join.look);
		await expect(icon.getByText(member.name).first()).toBeVisible();
		await press(icon, join.confirm);
		await icon.waitForURL('**/today');
		await inStep(icon);
		await icon.goto(`${app.url}/welcome`);
		await expect(icon.getByText(m.setup.welcome.title).first()).toBeVisible();
		await expect(icon.getByText(moveHere.title)).toHaveCount(0);
	} finally {
		await icons?.close();
		await app.end();
	}
});

function lineOf(page: Page, name: string) {
	return page.locator(`[data-capability=${name}]`);
}
