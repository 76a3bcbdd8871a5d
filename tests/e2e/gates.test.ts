/** Every route at its role's size: accessible, big enough to hit and to read, never wider than the screen. */
import {
	expect,
	test,
	type Browser,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp, type AppProcess } from '../support/app-process.ts';
import { becomes, chip, installed, sizes, type Identity } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import {
	accessibility,
	contrast,
	dark,
	drawnAccessibly,
	elder,
	largest,
	normal,
	readability,
	settled,
	sidewaysScroll,
	smallTexts,
	targets,
	wear,
	type Look
} from './support/gates.ts';
import { packed, takes } from './support/bundles.ts';
import { clearData } from './support/clear-data.ts';
import { invitationLinks } from './support/found-by-screen.ts';
import { foundingStop } from './support/gate-founding.ts';
import { stops, type Stop } from './support/gate-stops.ts';
import { pathOf } from './support/link-on.ts';
import { foundingSecret } from './support/real-district.ts';
import { entriesAt } from './support/relay-store.ts';
import { appRoutes } from './support/routes.ts';
import { recordNotHome } from './support/visits.ts';

// A picture says nothing that a finding does not.
test.use({ screenshot: 'off' });
test.setTimeout(300_000);

test('every route is gated', () => {
	const gated = new Set(Object.values(stops).flatMap((of) => of.map(({ route }) => route)));
	expect(appRoutes().filter((route) => !gated.has(route))).toEqual([]);
});

test('the pages before anybody is here hold the gates', async ({ browser }) => {
	const app = await spawnApp();
	const page = await pageOf(browser, 'member');
	const findings = await findingsOn(page, app, stops.nobody);
	await page.setViewportSize(sizes.district);
	findings.push(...(await findingsOn(page, app, [foundingStop(foundingSecret(app))])));
	const [link] = (await invitationLinks(page)).values();
	await page.context().close();
	const invited = await pageOf(browser, 'member');
	await invited.goto(link ?? '');
	await expect(invited.getByRole('button', { name: m.setup.join.confirm })).toBeVisible();
	findings.push(...(await findingsAt(invited, '/join')));
	await invited.context().close();
	await app.end();
	expect(findings).toEqual([]);
});

/** So many stops make one test: the secretary's many pages are looked at side by side. */
const AT_ONCE = 8;

for (const identity of ['member', 'secretary', 'subdistrict', 'district'] as const)
	for (let from = 0; from < stops[identity].length; from += AT_ONCE)
		test(`the pages of ${identity} from ${from + 1} on hold the gates`, async ({ browser }) => {
			const app = await spawnDemoApp();
			const page = await pageOf(browser, identity);
			await becomes(page, app.url, identity);
			const findings = await findingsOn(page, app, stops[identity].slice(from, from + AT_ONCE));
			await page.context().close();
			await app.end();
			expect(findings).toEqual([]);
		});

test('what a phone shows that was taken out of use holds the gates', async ({ browser }) => {
	const app = await spawnDemoApp();
	try {
		const desk = await pageOf(browser, 'secretary');
		await becomes(desk, app.url, 'secretary');
		// A bundle is sealed for the tablets that have said by which key.
		await expect.poll(() => entriesAt(app.dataDir, 'desk-key.published.v1').length).toBe(1);
		const page = await pageOf(browser, 'member', { serviceWorkers: 'allow' });
		const member = await becomes(page, app.url, 'member');
		await installed(page);
		await page.context().setOffline(true);
		await recordNotHome(page, app.url);
		// The door is asked from outside of the page, which has no network.
		const listed = await page.request.get(`${app.url}/api/devices`);
		const { own }: { own: string } = await listed.json();
		const headers = { origin: app.url };
		const data = { device: own };
		const revoked = await page.request.post(`${app.url}/api/devices/revoke`, { headers, data });
		expect(await revoked.json()).toEqual({ revoked: true });
		await page.context().setOffline(false);
		await expect(page.getByText(m.setup.noDuty.revokedTitle)).toBeVisible({ timeout: 30_000 });
		await expect(chip(page)).toHaveAttribute('data-sync', 'stopped');
		await expect(page.getByRole('button', { name: m.phone.bundle.pack })).toBeVisible();
		const findings = await findingsAt(page, '/today');

		const sealed = await packed(page);
		await desk.goto(`${app.url}/bundle/take`);
		await takes(desk, { 'visit.txt': sealed });
		await expect(desk.getByText(m.phone.take.adoptNote(member.name))).toBeVisible();
		findings.push(...(await findingsAt(desk, '/bundle/take')));

		await clearData(page, app.url);
		await page.getByRole('link', { name: m.phone.loss.open }).click();
		await expect(page.getByText(m.phone.loss.lostNote)).toBeVisible();
		findings.push(...(await findingsAt(page, '/recover')));
		expect(findings).toEqual([]);
	} finally {
		await app.end();
	}
});

async function pageOf(
	browser: Browser,
	identity: Identity,
	options?: BrowserContextOptions
): Promise<Page> {
	const context = await browser.newContext({
		...options,
		viewport: sizes[identity],
		reducedMotion: 'reduce'
	});
	return context.newPage();
}

async function findingsOn(
	page: Page,
	{ url }: AppProcess,
	toVisit: readonly Stop[]
): Promise<string[]> {
	const findings: string[] = [];
	for (const stop of toVisit) {
		const { route, then = [] } = stop;
		const path = await pathOf(page, url, stop);
		if (path === null) {
			findings.push(`${route}: no link leads there`);
			continue;
		}
		await page.goto(`${url}${path}`);
		findings.push(...(await findingsAt(page, route)));
		for (const [index, open] of then.entries()) {
			await open(page);
			findings.push(...(await findingsAt(page, `${route} +${index + 1}`)));
		}
		findings.push(...(await unreadable(page, route, contrast)));
	}
	return findings;
}

/** What stands on the screen now, in every look that it may break in. */
async function findingsAt(page: Page, shown: string): Promise<string[]> {
	return [
		...(await findingsIn(page, shown, normal)),
		...(await findingsIn(page, shown, elder)),
		...(await tooWide(page, shown)),
		...(await unreadable(page, shown, dark))
	];
}

/** In colours that not everybody wears. */
async function unreadable(page: Page, shown: string, look: Look): Promise<string[]> {
	await wear(page, look);
	const findings = await readability(page);
	await wear(page, normal);
	return findings.map((found) => told(shown, look, found));
}

/** In letters that hardly anybody asks for. */
async function tooWide(page: Page, shown: string): Promise<string[]> {
	await wear(page, largest);
	const findings = await sidewaysScroll(page);
	await wear(page, normal);
	return findings.map((found) => told(shown, largest, found));
}

async function findingsIn(page: Page, route: string, look: Look): Promise<string[]> {
	await wear(page, look);
	await settled(page);
	const isElder = look === elder;
	const findings = [
		...(await (isElder ? drawnAccessibly(page) : accessibility(page))),
		...(await targets(page, isElder)),
		...(isElder ? await smallTexts(page) : []),
		...(await sidewaysScroll(page))
	];
	await wear(page, normal);
	return [...new Set(findings)].map((finding) => told(route, look, finding));
}

function told(route: string, { size, theme }: Look, finding: string): string {
	return `${route} ${size} ${theme}: ${finding}`;
}
