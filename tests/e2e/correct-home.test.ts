/** 更正 of a household at the door: by who looks after it, without a network, and read by the desk. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomes, becomesOn, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press, pressInSheet } from './support/forms.ts';

test.use({ serviceWorkers: 'allow' });

const fields = m.records.fieldWords;
const { form } = m.homes;
test.setTimeout(240_000);

test('a member corrects a door of their own offline, and the desk reads from what to what', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await browser.newContext({ viewport: sizes.member });
		const page = await phone.newPage();
		await becomes(page, app.url, 'member');
		await installed(page);
		await page.getByRole('link', { name: m.member.today.start }).click();
		await page.getByRole('link', { name: m.member.visit.who.openHome }).click();
		await page.waitForURL('**/households/*');
		const record = new URL(page.url()).pathname.split('/')[2] ?? '';
		const head = page.getByRole('textbox', { name: fields.head }).first();

		await test.step('what the desk decides is not asked at the door', async () => {
			await press(page, m.member.home.correct);
			await expect(head).toBeVisible();
			await expect(page.getByText(fields.householdNo)).toHaveCount(0);
			await expect(page.getByRole('radio', { name: m.careTier.high })).toHaveCount(0);
		});

		await test.step('nothing is said without a reason', async () => {
			await phone.setOffline(true);
			await head.fill('陈桂芳');
			await page.getByLabel(fields.size).fill('2');
			await page.getByLabel(fields.tenure).selectOption('rented');
			await pressInSheet(page, form.correctConfirm);
			await expect(page.getByRole('link', { name: form.reasonMissing })).toBeVisible();
		});

		await test.step('it stands at once, and waits for a network', async () => {
			await page.getByLabel(form.reason).fill('户主名字登记错了');
			await pressInSheet(page, form.correctConfirm);
			await expect(page.getByRole('heading', { name: '陈桂芳' })).toBeVisible();
			await expect(page.getByText(m.member.record.stored)).toBeVisible();
			await expect(page.getByText(m.tenure.rented, { exact: true })).toBeVisible();
		});

		await test.step('the desk reads it in the history', async () => {
			await phone.setOffline(false);
			await inStep(page);
			const desk = await becomesOn(browser, app.url, 'secretary');
			await desk.goto(`${app.url}/residents?tab=buildings&record=${record}`);
			await expect(desk.getByRole('heading', { name: '陈桂芳' })).toBeVisible();
			await desk.getByText(m.history.title).first().click();
			await expect(
				desk.getByText(m.records.kindWords['household.corrected.v1'] ?? '').first()
			).toBeVisible();
		});
	} finally {
		await app.end();
	}
});
