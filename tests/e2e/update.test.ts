/** A new version of the app waits for the person: it never reloads over a form that is being filled in. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomes, chip, installed, inStep, sizes } from './support/actors.ts';
import { demoFolder } from './support/demo-app.ts';
import { arrivedAt, entriesAt } from './support/relay-store.ts';
import { startUpdatable, type Updatable } from './support/update.ts';
import { reachDemands, recordNotHome, startVisit } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

let app: Updatable;
test.afterEach(() => app.end());

test('an update waits for a form that is being filled in, in its own tab and in another', async ({
	context,
	page
}) => {
	app = await startUpdatable();
	const name = page.getByLabel(m.setup.found.name);
	await page.goto(`${app.url}/setup`);
	await installed(page);
	await name.fill('云桥区');
	await mark(page);
	await app.update();
	await lookForUpdate(page);
	await expect(page.getByText(m.app.updateReady)).toBeVisible();
	await page.getByRole('button', { name: m.app.updateNow }).click();
	await expect(page.getByText(m.app.updateWaits)).toBeVisible();
	await expect(name).toHaveValue('云桥区');
	expect(await isMarked(page)).toBe(true);

	// Another tab has nothing open: it takes the new version at once.
	const other = await context.newPage();
	await other.goto(`${app.url}/help`);
	await mark(other);
	await takesUpdate(other);
	await expect(other.getByRole('heading', { name: m.setup.help.title })).toBeVisible();
	await expect(page.getByText(m.app.updateWaits)).toBeVisible();
	await expect(name).toHaveValue('云桥区');
	expect(await isMarked(page)).toBe(true);

	// Nothing is typed any more: now it may.
	await name.fill('');
	await takesUpdate(page);
	await expect(page.getByText(m.app.updateNow)).toHaveCount(0);
});

test('an update with nothing open is taken at one tap, and what was a draft is still there', async ({
	page
}) => {
	app = await startUpdatable();
	const name = page.getByLabel(m.setup.found.name);
	await page.goto(`${app.url}/setup`);
	await installed(page);
	await name.fill('云桥区');
	await expect(page.getByText(m.form.draftSaved('').trim())).toBeVisible();
	await page.goto(`${app.url}/help`);
	await mark(page);
	await app.update();
	await lookForUpdate(page);
	await takesUpdate(page);
	await page.goto(`${app.url}/setup`);
	await expect(name).toHaveValue('云桥区');
});

test('an update over a dirty form and records that wait: it waits for the form, and loses neither', async ({
	context,
	page
}) => {
	app = await startUpdatable({ from: await demoFolder() });
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	await installed(page);
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	await context.route('**/api/entries', (route) => route.abort());
	await recordNotHome(page, app.url);
	await recordNotHome(page, app.url);
	await startVisit(page, app.url);
	const form = page.url();
	await reachDemands(page);
	const typed = page.getByLabel(m.member.visit.demands.text);
	await typed.fill('楼道灯坏了一周');
	await mark(page);
	await app.update();
	await lookForUpdate(page);
	await page.getByRole('button', { name: m.app.updateNow }).click();
	await expect(page.getByText(m.app.updateWaits)).toBeVisible();
	await expect(typed).toHaveValue('楼道灯坏了一周');
	expect(await isMarked(page)).toBe(true);

	await page.getByRole('button', { name: m.act.saveDraft }).click();
	await page.waitForURL('**/today');
	await takesUpdate(page);
	await expect(chip(page)).toContainText('2');
	expect(entriesAt(app.dataDir, 'visit.recorded.v1')).toHaveLength(before);
	await context.unroute('**/api/entries');
	await inStep(page);
	const visits = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 2 });
	expect(visits.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	await page.goto(form);
	await expect(typed).toHaveValue('楼道灯坏了一周');
});

/** What the browser does by itself once a day and at every start. */
async function lookForUpdate(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
	});
}

/** Leaves a mark on the page that a reload wipes off. */
async function mark(page: Page): Promise<void> {
	await page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));
}

async function isMarked(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.hasAttribute('data-marked'));
}

/** One tap; the page comes back by itself, whole and without its mark. */
async function takesUpdate(page: Page): Promise<void> {
	const reloaded = page.waitForEvent('load');
	await page.getByRole('button', { name: m.app.updateNow }).click();
	await reloaded;
	expect(await isMarked(page)).toBe(false);
}
