/** A new version of the app waits for the person: it never reloads over a form that is being filled in. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { installed } from './support/actors.ts';
import { startUpdatable, type Updatable } from './support/update.ts';

let app: Updatable;
test.beforeEach(async () => {
	app = await startUpdatable();
});
test.afterEach(() => app.end());

test('an update waits for a form that is being filled in, in its own tab and in another', async ({
	context,
	page
}) => {
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
