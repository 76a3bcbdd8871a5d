/** English, the second language: chosen on the first page, whole on every screen, there without a network. */
import './support/speak-english.ts';
import { expect, test, type Page } from '@playwright/test';
import { m, written } from '#lib/i18n/index.ts';
import { becomes, homes, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOffline } from './support/device.ts';
import { chineseNotSaid, hurtWords } from './support/english.ts';
import { choose } from './support/forms.ts';
import {
	accessibility,
	elder,
	normal,
	settled,
	sidewaysScroll,
	targets,
	wear,
	type Look
} from './support/gates.ts';
import { stops } from './support/gate-stops.ts';
import { pathOf } from './support/link-on.ts';
import { allSaidAt } from './support/relay-store.ts';
import type { AppProcess } from '../support/app-process.ts';

test.use({ serviceWorkers: 'allow', locale: 'en-GB', screenshot: 'off' });
test.setTimeout(300_000);

const { 'zh-CN': chinese, en: english } = m.language.names;

let app: AppProcess;
test.beforeEach(async ({ page }) => {
	app = await spawnDemoApp();
	await page.goto(`${app.url}/welcome`);
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
	await page.getByRole('button', { name: english }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
test.afterEach(() => app.end());

test('English stays without a network, until Chinese is chosen again', async ({
	page,
	context
}) => {
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	await installed(page);
	await goOffline(context, app);
	await page.reload();
	await expect(page.getByRole('heading', { name: m.member.today.title })).toBeVisible();
	await page.goto(`${app.url}/me`);
	await expect(page.getByRole('heading', { name: m.member.me.title, exact: true })).toBeVisible();
	await choose(page, chinese);
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
	await expect(
		page.getByRole('heading', { name: written.member.me.title, exact: true })
	).toBeVisible();
});

/** The pages on which each of them spends the day. */
const days = {
	member: [
		'/today',
		'/visit',
		'/visit/new',
		'/visit/[record]',
		'/demands',
		'/demands/[record]',
		'/me'
	],
	secretary: [
		'/inbox',
		'/register',
		'/visits',
		'/rounds',
		'/residents',
		'/figures',
		'/people',
		'/settings'
	],
	district: ['/board', '/units', '/settings', '/operations', '/invitations']
} as const;

for (const identity of ['member', 'secretary', 'district'] as const)
	test(`the main pages of ${identity} are English, whole and within their screen`, async ({
		page
	}) => {
		await page.setViewportSize(sizes[identity]);
		await becomes(page, app.url, identity);
		const said = [allSaidAt(app.dataDir), m.language.title, chinese].join('\n');
		const findings: string[] = [];
		const gated = stops[identity].filter(({ route }) =>
			days[identity].some((each) => each === route)
		);
		for (const stop of gated) {
			const path = await pathOf(page, app.url, stop);
			if (path === null) throw new Error(`no link leads to ${stop.route}`);
			await page.goto(`${app.url}${path}`);
			for (const look of [normal, elder])
				findings.push(...(await findingsIn(page, said, look)).map((each) => `${path} ${each}`));
		}
		await page.goto(`${app.url}${homes[identity]}`);
		expect(findings).toEqual([]);
	});

async function findingsIn(page: Page, said: string, look: Look): Promise<string[]> {
	await wear(page, look);
	await settled(page);
	const own = page.viewportSize();
	const findings = [
		...(look === normal ? await accessibility(page) : []),
		...(await targets(page, look === elder)),
		...(await chineseNotSaid(page, said)),
		...(await hurtWords(page)),
		...(await sidewaysScroll(page))
	];
	await page.setViewportSize({ width: 320, height: 640 });
	findings.push(...(await hurtWords(page)));
	if (own !== null) await page.setViewportSize(own);
	await wear(page, normal);
	return [...new Set(findings)].map((finding) => `${look.size}: ${finding}`);
}
