/** What a browser does to an app that is open: its data cleared or upgraded under it, its tab frozen. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { clearData } from './support/clear-data.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { freeze } from './support/freeze.ts';
import { arrivedAt, entriesAt } from './support/relay-store.ts';
import { handIn, reachCheck, reachDemands, recordNotHome, startVisit } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const typed = '下水道堵了，一楼返水';
let app: AppProcess;
test.beforeEach(async ({ page }) => {
	app = await spawnDemoApp();
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	await installed(page);
});
test.afterEach(() => app.end());

test('another page of a newer version upgrades the database under a form: it is handed in all the same', async ({
	context,
	page
}) => {
	await startVisit(page, app.url);
	await reachDemands(page);
	await page.getByLabel(m.member.visit.demands.text).fill(typed);
	const newer = await context.newPage();
	await newer.goto(`${app.url}/help`);
	expect(await newer.evaluate(upgradeAll)).toBeGreaterThan(1);
	await newer.close();

	await reachCheck(page);
	await handIn(page);
	const last = () => entriesAt(app.dataDir, 'demand.registered.v1').at(-1)?.body.description;
	await expect.poll(last).toBe(typed);
	await expect(page.getByText(m.phone.loss.banner)).toHaveCount(0);
});

test('cleared under a form, the app says what is gone, stores nothing unsaid, and keeps what was typed', async ({
	page
}) => {
	await startVisit(page, app.url);
	const form = page.url();
	await reachDemands(page);
	await page.getByLabel(m.member.visit.demands.text).fill(typed);
	await clearData(page, app.url);
	await expect(page.getByText(m.phone.loss.banner)).toBeVisible();
	await expect(page.getByLabel(m.member.visit.demands.text)).toHaveValue(typed);
	await reachCheck(page);
	await page.getByRole('button', { name: m.act.handIn }).click();
	await expect(page.getByText(m.secretary.sayProblems['storage-lost'])).toBeVisible();

	await page.getByRole('link', { name: m.phone.loss.open }).click();
	await expect(page.getByText(m.phone.loss.lostNote)).toBeVisible();
	// The way back: joined again, the form is where it was left.
	await becomes(page, app.url, 'member');
	await expect(page.getByText(m.phone.loss.banner)).toHaveCount(0);
	await page.goto(form);
	await expect(page.getByRole('heading', { name: m.form.checkTitle })).toBeVisible();
	await expect(page.getByText(typed)).toBeVisible();
	await handIn(page);
	const told = () =>
		entriesAt(app.dataDir, 'demand.registered.v1').filter(({ body }) => body.description === typed);
	await expect.poll(() => told().length, { timeout: 30_000 }).toBe(1);
	await inStep(page);
	expect(told()).toHaveLength(1);
});

test('of two tabs one freezes while it syncs: the other takes over, and nothing is handed in twice', async ({
	context,
	page
}) => {
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	const other = await context.newPage();
	await other.setViewportSize(sizes.member);
	await other.goto(`${app.url}/today`);
	await inStep(other);
	await freeze(context, page);
	await recordNotHome(other, app.url);
	const count = () => entriesAt(app.dataDir, 'visit.recorded.v1').length - before;
	await expect.poll(count, { timeout: 30_000 }).toBe(1);
	await page.close();
	await recordNotHome(other, app.url);
	await inStep(other);
	const visits = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 2 });
	expect(visits.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	expect(new Set(visits.map(({ record }) => record)).size).toBe(2);
});

/** In a page: opens every database in a higher version, as the next release would; answers how many. */
async function upgradeAll(): Promise<number> {
	const all = await indexedDB.databases();
	for (const { name = '', version = 0 } of all)
		await new Promise<void>((resolve, reject) => {
			const request = indexedDB.open(name, version + 10);
			request.onupgradeneeded = () => request.result.createObjectStore('of-the-next-version');
			request.onerror = () => reject(request.error);
			request.onsuccess = () => {
				request.result.close();
				resolve();
			};
		});
	return all.length;
}
