/** A member's quick ways with a visit. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { choose, goOn, press } from './forms.ts';

const { newHome, today, visit } = m.member;

/** 新加一户 and on to its visit, all without a network. */
export async function opensDoor(page: Page, room: string, head: string): Promise<void> {
	await page.goto(new URL('/households/new', page.url()).href);
	await page.getByLabel(newHome.estate).fill('石榴小区');
	await page.getByLabel(newHome.building).fill('3');
	await page.getByLabel(newHome.unit).fill('2');
	await page.getByLabel(newHome.room).fill(room);
	await page.getByLabel(newHome.head).fill(head);
	await page.getByRole('button', { name: newHome.submit }).click();
	await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
}

/** A visit in five steps with what the resident asks for. */
export async function visitsWith(
	page: Page,
	head: string,
	demands: readonly string[]
): Promise<void> {
	await page.getByText(visit.who.self(head)).click();
	await goOn(page);
	await goOn(page);
	for (const [at, text] of demands.entries()) {
		const add = page.getByRole('button', {
			name: at === 0 ? visit.demands.first : visit.demands.another
		});
		if (await add.isVisible()) await add.click();
		await page.getByLabel(visit.demands.text).fill(text);
		await page.getByRole('button', { name: visit.demands.add }).click();
	}
	await reachCheck(page);
	await handIn(page);
}

/** Opens the form for the next household of the round. */
export async function startVisit(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/today`);
	await page.getByRole('link', { name: today.start }).click();
	await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
}

/** Records 没人在家 for the next household, and stays on the page that says it is stored. */
export async function recordNotHome(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/today`);
	await page.getByRole('link', { name: today.notHome, exact: true }).click();
	await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
	await handIn(page);
}

/** From the first step to the one where demands are written down. */
export async function reachDemands(page: Page): Promise<void> {
	await choose(page, visit.who.other);
	await page.getByLabel(visit.who.name, { exact: true }).fill('女儿');
	await goOn(page);
	await expect(page.getByRole('heading', { name: visit.home.title })).toBeVisible();
	await goOn(page);
	await expect(page.getByRole('heading', { name: visit.demands.title })).toBeVisible();
}

/** From the demands to the last look. */
export async function reachCheck(page: Page): Promise<void> {
	await goOn(page);
	await page.getByRole('button', { name: m.act.toCheck }).click();
	await expect(page.getByRole('heading', { name: m.form.checkTitle })).toBeVisible();
}

export async function handIn(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.act.handIn }).click();
	await expect(page.getByRole('heading', { name: m.sync.savedTitle })).toBeVisible();
}

/** A stroke across the first box, up and down by `height` pixels: the same stroke may give the same image, byte by byte. */
export async function draws(page: Page, height = 40): Promise<void> {
	const box = page.locator('canvas').first();
	await box.scrollIntoViewIfNeeded();
	const at = await box.boundingBox();
	if (at === null) throw new Error('visits: nowhere to sign');
	await page.mouse.move(at.x + 40, at.y + 30);
	await page.mouse.down();
	for (let step = 1; step <= 8; step++)
		await page.mouse.move(at.x + 40 + step * 20, at.y + 30 + (step % 2) * height);
	await page.mouse.up();
	await expect(page.getByRole('button', { name: m.visit.sign.done })).toBeVisible();
}

/** A stroke as {@link draws} draws it, then 签好了. */
export async function signs(page: Page, height?: number): Promise<void> {
	await draws(page, height);
	await press(page, m.visit.sign.done);
	await expect(
		page.getByRole('img', { name: m.visit.sign.image(m.visit.sign.interviewee) })
	).toBeVisible();
}
