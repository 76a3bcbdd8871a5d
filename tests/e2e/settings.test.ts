/** The district changes what holds for everybody: from a day on, in the history, taken back, and seen below. */
import { expect, test, type Page } from '@playwright/test';
import { dayOf } from '#domain/calendar.ts';
import { m } from '#lib/i18n/index.ts';
import { becomes, becomesOn, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';
import { reachCheck, reachDemands, startVisit } from './support/visits.ts';

const words = m.settings;

test('a deadline is changed from a day on, after a contradiction was explained', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	const page = await browser.newPage({ viewport: sizes.district });
	await becomes(page, app.url, 'district');
	await page.getByRole('link', { name: words.title }).click();
	await press(page, words.changeWhat(words.deadlineClass.consult));
	await page.getByLabel(words.sign, { exact: true }).fill('9');
	await page.getByLabel(words.unitOf(words.sign)).selectOption('days');
	await page.getByLabel(words.reason).fill('便民热线合并');
	const what = words.part(words.sections.deadlines, words.deadlineClass.consult);
	const wrong = words.contradictions['sign-after-resolve'](what);
	await press(page, words.confirm);
	await expect(page.getByRole('link', { name: wrong })).toBeVisible();
	await page.getByLabel(words.sign, { exact: true }).fill('1');
	await press(page, words.confirm);
	await inStep(page);
	const history = page.getByRole('region', { name: words.history });
	await expect(history.getByRole('row', { name: what })).toContainText('便民热线合并');
	await press(page, words.revokeWhat(what));
	await page.getByLabel(m.secretary.reason.label).fill('改到下月');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words.revokeWhat(what) })
		.click();
	await expect(history.getByRole('row', { name: what })).toContainText('改到下月');
	await inStep(page);
	await page.context().close();
	await app.end();
});

test('what the district sets is what the others see: its words, its hours, and how often a door is due', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const office = await becomesOn(browser, app.url, 'district');
		const desk = await becomesOn(browser, app.url, 'secretary');
		const phone = await becomesOn(browser, app.url, 'member');
		await office.goto(`${app.url}/settings`);

		await test.step('a time that is none is told at its field', async () => {
			await press(office, words.changeWhat(words.sections.officeHours));
			await office.getByLabel(words.opens(words.span(1))).fill('8.45');
			await changes(office, '夏令时');
			await expect(office.getByRole('link', { name: words.checks.time })).toBeVisible();
			await office.getByLabel(words.opens(words.span(1))).fill('8:45');
			await changes(office, '夏令时');
			await expect(office.getByRole('dialog')).toHaveCount(0);
		});

		await test.step('a door is visited each day', async () => {
			await press(office, words.changeWhat(words.sections.cadence));
			for (const tier of ['high', 'key', 'general'] as const)
				await office.getByLabel(words.cadence[tier]).fill('1');
			await changes(office, '集中走访周');
			await expect(office.getByRole('dialog')).toHaveCount(0);
		});

		await test.step('a kind of matter by the name it has here', async () => {
			await press(office, words.changeWhat(words.sections.categories));
			await office.getByLabel(words.categoryName(m.category.property)).fill('小区物业');
			await changes(office, '本区叫法');
			await expect(office.getByRole('dialog')).toHaveCount(0);
			await inStep(office);
		});

		await desk.goto(`${app.url}/settings`);
		await expect(desk.getByText(words.hours('08:45', '12:00')).first()).toBeVisible();
		await desk.goto(`${app.url}/register`);
		await expect(desk.getByText('小区物业').first()).toBeAttached();
		await startVisit(phone, app.url);
		await reachDemands(phone);
		await reachCheck(phone);
		const [, everyDay = ''] = m.member.visit.check.nextBy('', '', 1).split(m.member.comma);
		await expect(phone.getByText(everyDay)).toBeVisible();
	} finally {
		await app.end();
	}
});

test('a notice of days off is imported: what of it was read, and which row was not', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	const page = await becomesOn(browser, app.url, 'district');
	const year = Number(dayOf(Date.now()).slice(0, 4)) + 1;
	await page.goto(`${app.url}/settings`);
	const coverage = page
		.getByRole('table', { name: words.sections.holidays })
		.getByRole('row', { name: words.year(year) });
	await expect(coverage).toContainText(words.notCovered);
	await press(page, words.importHolidays);
	await page.locator('input[type="file"]').setInputFiles({
		name: 'holidays.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(
			[
				'年份,日期,名称,是否放假',
				`${year},${year}-01-01,元旦,是`,
				`${year},${year}-01-02,元旦,是`,
				`${year},${year}-01-04,元旦,上班`,
				`${year},正月初一,春节,是`
			].join('\r\n')
		)
	});
	const sheet = page.getByRole('dialog');
	await expect(sheet.getByText(words.noticeRead(String(year), 2, 1))).toBeVisible();
	const unread = words.problem['bad-date']('正月初一');
	await expect(sheet.getByText(words.problemRow(5, unread))).toBeVisible();
	await changes(page, '国办发明电');
	await expect(sheet).toHaveCount(0);
	await expect(coverage).toContainText(words.covered);
	await expect(coverage).toContainText(words.days(2));
	await inStep(page);
	await page.context().close();
	await app.end();
});

/** From today on. */
async function changes(page: Page, why: string): Promise<void> {
	await page.getByLabel(words.from).fill(dayOf(Date.now()));
	await page.getByLabel(words.reason).fill(why);
	await page.getByRole('dialog').getByRole('button', { name: words.confirm }).click();
}
