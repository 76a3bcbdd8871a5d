/** Walks through a planned day on a phone without a network, and goes on after each kill as a person does. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { PhotoFile } from './big-photo.ts';
import type { Kill, Stop } from './day-plan.ts';
import type { Device } from './device.ts';
import { choose, goOn, press } from './forms.ts';
import { signs } from './visits.ts';

const { visit } = m.member;
const { photos: photoWords } = m.visit;
const LETTER_MS = 70;
/** [O1] What was typed this long before a kill is there again. */
const LOSS_MS = 1_000;

export interface Walk {
	readonly device: Device;
	readonly url: string;
	/** The photos not taken yet. */
	readonly photos: PhotoFile[];
}

/** One door after the other, until each is said. */
export async function walkTo(walk: Walk, door: string, stop: Stop): Promise<void> {
	const form = `${walk.url}/visit/new?household=${door}`;
	await walk.device.page.goto(form);
	await throughFirstSteps(walk.device.page);
	await tellDemands(walk, form, stop);
	await takePhotos(walk, form, stop);
	if (stop.isSigned) await signs(walk.device.page);
	await press(walk.device.page, m.act.toCheck);
	await expectCheck(walk.device.page);
	if (stop.kill?.during !== 'handing-in') return handIn(walk.device.page);
	const isSaid = await killedHandingIn(walk, stop.kill);
	const page = await opened(walk, form);
	const isBack = await hasDraft(page);
	// Shown as saved, it is saved; otherwise it is either saved or whole in its form, and never both.
	expect(isBack && isSaid).toBe(false);
	if (!isBack) return;
	// [O1] The last second may be lost, the step to the check in it.
	const toCheck = page.getByRole('button', { name: m.act.toCheck });
	const check = page.getByRole('heading', { name: m.form.checkTitle });
	await expect(toCheck.or(check)).toBeVisible();
	if (await toCheck.isVisible()) await toCheck.click();
	await expectCheck(page);
	await expectWhole(page, stop);
	await handIn(page);
}

async function throughFirstSteps(page: Page): Promise<void> {
	await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
	await choose(page, visit.who.other);
	await page.getByLabel(visit.who.name, { exact: true }).fill('女儿');
	await goOn(page);
	await expect(page.getByRole('heading', { name: visit.home.title })).toBeVisible();
	await goOn(page);
	await expect(page.getByRole('heading', { name: visit.demands.title })).toBeVisible();
}

async function tellDemands(walk: Walk, form: string, { demands, kill }: Stop): Promise<void> {
	let { page } = walk.device;
	for (const [at, text] of demands.entries()) {
		if (at > 0) await press(page, visit.demands.another);
		const field = page.getByLabel(visit.demands.text, { exact: true });
		await field.click();
		if (at === 0 && kill?.during === 'typing') {
			const kept = await killedTyping(walk, text, kill);
			page = await opened(walk, form);
			await expect(page.getByRole('heading', { name: visit.demands.title })).toBeVisible();
			const there = await page.getByLabel(visit.demands.text, { exact: true }).inputValue();
			expect(text.startsWith(there), `“${there}”`).toBe(true);
			expect(there.length, `“${there}” of “${kept}”`).toBeGreaterThanOrEqual(kept.length);
		}
		await page.getByLabel(visit.demands.text, { exact: true }).fill(text);
		await press(page, visit.demands.add);
		await expect(page.getByText(text.slice(0, 6)).first()).toBeVisible();
	}
	await goOn(page);
	await expect(page.getByRole('heading', { name: photoWords.title })).toBeVisible();
}

/** Answers what was typed long enough before the kill. */
async function killedTyping({ device }: Walk, text: string, { afterMs }: Kill): Promise<string> {
	const typed: number[] = [];
	let killedAt = Infinity;
	const dying = later(afterMs).then(() => {
		killedAt = performance.now();
		return device.kill();
	});
	const { keyboard } = device.page;
	for (const letter of text) {
		const isTyped = await keyboard.insertText(letter).then(yes, no);
		if (!isTyped || killedAt < Infinity) break;
		typed.push(performance.now());
		await later(LETTER_MS);
	}
	await dying;
	return text.slice(0, typed.filter((at) => at <= killedAt - LOSS_MS).length);
}

async function takePhotos(walk: Walk, form: string, { photos, kill }: Stop): Promise<void> {
	if (photos === 0) return;
	const taken = walk.photos.splice(0, photos);
	let { page } = walk.device;
	let there = 0;
	if (kill?.during === 'encoding') {
		const shown = await killedEncoding(walk, taken, kill);
		page = await opened(walk, form);
		await expect(page.getByRole('heading', { name: photoWords.title })).toBeVisible();
		if (shown > 0) await expect(photo(page, shown)).toBeVisible();
		there = await thumbs(page).count();
	}
	// Whoever is in a hurry goes on while they are being stored.
	if (there < photos) await choosePhotos(page, taken.slice(there));
}

/** Answers how many were seen as thumbnails. */
async function killedEncoding(
	{ device }: Walk,
	taken: readonly PhotoFile[],
	{ afterMs }: Kill
): Promise<number> {
	const { page } = device;
	await choosePhotos(page, taken);
	await expect(page.getByText(photoWords.storing)).toBeVisible();
	let isDead = false;
	const dying = later(afterMs).then(async () => {
		await device.kill();
		isDead = true;
	});
	let shown = 0;
	while (!isDead)
		shown = await thumbs(page)
			.count()
			.catch(() => shown);
	await dying;
	return shown;
}

/** Answers whether 已存好 was seen before the browser was gone. */
async function killedHandingIn({ device }: Walk, { afterMs }: Kill): Promise<boolean> {
	const { page } = device;
	const saved = page.getByRole('heading', { name: m.sync.savedTitle });
	const pressed = page.getByRole('button', { name: m.act.handIn }).click().then(yes, no);
	const dying = later(afterMs).then(() => device.kill());
	const isSaid = await saved.waitFor().then(yes, no);
	await Promise.all([pressed, dying]);
	return isSaid;
}

async function handIn(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.act.handIn }).click();
	await expect(page.getByRole('heading', { name: m.sync.savedTitle })).toBeVisible();
}

async function expectCheck(page: Page): Promise<void> {
	const check = page.getByRole('heading', { name: m.form.checkTitle });
	await expect(check).toBeVisible({ timeout: 60_000 });
}

async function expectWhole(page: Page, { photos, isSigned, demands }: Stop): Promise<void> {
	for (const text of demands) await expect(page.getByText(text.slice(0, 6)).first()).toBeVisible();
	if (photos > 0) await expect(page.getByText(m.visit.check.photosN(photos))).toBeVisible();
	if (isSigned) await expect(page.getByText(m.visit.check.signedBy)).toBeVisible();
}

/** The browser again, still without a network, at the form it was killed in. */
async function opened({ device }: Walk, form: string): Promise<Page> {
	const page = await device.open({ offline: true });
	await page.goto(form);
	await expect(page.locator('h1')).toBeVisible();
	return page;
}

async function hasDraft(page: Page): Promise<boolean> {
	const isFresh = page.getByRole('heading', { name: visit.who.title });
	const isBack = page.getByRole('button', { name: m.secretary.discard });
	await expect(isFresh.or(isBack).first()).toBeVisible();
	return isBack.isVisible();
}

function choosePhotos(page: Page, files: readonly PhotoFile[]): Promise<void> {
	return page.locator('input[type=file][multiple]').setInputFiles([...files]);
}

const photo = (page: Page, nth: number) =>
	page.getByRole('img', { name: photoWords.photo(nth), exact: true });
const thumbs = (page: Page) => page.locator('figure img');
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const yes = () => true;
const no = () => false;
