/** A demand goes to a member who neither brought it nor looks after its door: told, answered without a network, read by the desk. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, installed, joinsOn, sizes } from './support/actors.ts';
import { choose, press, pressInSheet } from './support/forms.ts';
import { firstNames, foundDistrict } from './support/real-district.ts';
import { opensDoor, visitsWith } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const LAMP = '楼道灯一闪一闪';
const REPLY = '换了灯管，晚上试过不闪了。';
const HELPER = '康宁远';
const { given } = m.member;
const { secretary } = m;

async function opens(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByText(LAMP).first().click();
}

test('a member is made responsible, answers without a network, takes it back once, and the desk reads it', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		const helper = await joinsOn(browser, sizes.member, district.link(HELPER));
		const tablet = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		await installed(helper);

		await test.step('one member brings it, the secretary gives it to another', async () => {
			await opensDoor(phone, '301', '陈某');
			await visitsWith(phone, '陈某', [LAMP]);
			await inStep(phone);
			await opens(tablet, `${app.url}/inbox`);
			await press(tablet, secretary.act.accept);
			const sheet = tablet.getByRole('dialog');
			await expect(sheet.locator('[data-told]')).toHaveCount(0);
			const name = secretary.nameAndRole(HELPER, m.roles.member);
			await sheet.getByLabel(secretary.accept.assignee).selectOption({ label: name });
			await expect(sheet.locator('[data-told]')).toContainText(/石榴小区.*301/);
			await pressInSheet(tablet, secretary.act.accept);
			await expect(tablet.getByText(secretary.done.accept(LAMP))).toBeVisible();
			await inStep(tablet);
		});

		await test.step('it stands first on the home of the other, with its door and its time', async () => {
			await helper.goto(`${app.url}/today`);
			await expect(helper.getByText(given.title(1, 0))).toBeVisible({ timeout: 30_000 });
			await helper.getByText(LAMP).click();
			await expect(helper.getByText(/石榴小区.*301/).first()).toBeVisible();
			await expect(helper.getByText('陈某').first()).toBeVisible();
			const whose = helper.locator('dl > div').filter({ hasText: m.member.demands.assigneeTerm });
			await expect(whose).toContainText(given.me);
			await expect(helper.getByText(/^\d{4}-SQ-/)).toBeVisible();
		});

		await test.step('answered without a network, taken back, and answered again', async () => {
			await helper.context().setOffline(true);
			await press(helper, secretary.act.handle);
			const sheet = helper.getByRole('dialog');
			await choose(helper, m.outcome.solved);
			await sheet.getByLabel(secretary.handle.reply).fill(REPLY);
			await pressInSheet(helper, secretary.handle.confirm);
			await expect(helper.getByText(secretary.done.handle(LAMP))).toBeVisible();
			await press(helper, secretary.done.takeBack);
			await expect(helper.getByText(secretary.done.takenBack(LAMP))).toBeVisible();
			await press(helper, secretary.act.handle);
			await expect(sheet.getByLabel(secretary.handle.reply)).toHaveValue(REPLY);
			await pressInSheet(helper, secretary.handle.confirm);
			await expect(helper.getByText(secretary.done.handle(LAMP))).toBeVisible();
			await helper.goto(`${app.url}/demands?tab=given`);
			await expect(helper.getByText(m.status.onDevice).first()).toBeVisible();
			await helper.context().setOffline(false);
			await inStep(helper);
		});

		await test.step('the desk and whoever brought it read the answer', async () => {
			await opens(tablet, `${app.url}/inbox?tab=done`);
			await expect(tablet.getByText(REPLY).first()).toBeVisible({ timeout: 30_000 });
			await expect(tablet.getByText(m.outcome.solved).first()).toBeVisible();
			await phone.goto(`${app.url}/demands`);
			await press(phone, m.member.demands.tab.done);
			await phone.getByText(LAMP).first().click();
			await expect(phone.getByText(REPLY).first()).toBeVisible({ timeout: 30_000 });
			await expect(phone.getByText(firstNames.communitySecretary).first()).toBeVisible();
		});
		for (const page of [phone, helper, tablet]) await page.context().close();
	} finally {
		await app.end();
	}
});
