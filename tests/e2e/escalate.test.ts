/** 上报办事处 across three devices: a tablet without a network, the office's desk, the member's phone. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { chip, inStep, installed, joinsOn, sizes } from './support/actors.ts';
import { press, pressInSheet } from './support/forms.ts';
import { firstNames, firstPeople, foundDistrict, places } from './support/real-district.ts';
import { opensDoor, visitsWith } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const PIPE = '污水管一下雨就往外冒水';
const REPLY = '主管已更换，井盖不再冒水。';
const MENDED = '主管和支管都已更换，井盖不再冒水。';
const MORE = '主管网归市政管';
const AIDE = '余清和';
const { office, secretary } = m;

async function opens(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByText(PIPE).first().click();
}

test('handed up without a network, answered by the office, read by whoever brought it and by the desk', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const aide = { name: AIDE, role: 'subdistrictOfficer', org: places.subdistrict.code } as const;
		const district = await foundDistrict(app, [...firstPeople, aide]);
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		const tablet = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		const desk = await joinsOn(browser, sizes.subdistrict, district.link('subdistrictOfficer'));
		await installed(tablet);

		await test.step('a member brings it, the desk accepts it, the office sees nothing of it', async () => {
			await opensDoor(phone, '301', '陈某');
			await visitsWith(phone, '陈某', [PIPE]);
			await inStep(phone);
			await opens(tablet, `${app.url}/inbox`);
			await press(tablet, secretary.act.accept);
			await pressInSheet(tablet, secretary.act.accept);
			await expect(tablet.getByText(secretary.done.accept(PIPE))).toBeVisible();
			await inStep(tablet);
			await desk.goto(`${app.url}/escalated`);
			await expect(desk.getByText(office.empty.open)).toBeVisible();
		});

		await test.step('the secretary hands it up on a tablet without a network', async () => {
			await tablet.context().setOffline(true);
			await opens(tablet, `${app.url}/inbox?tab=open`);
			await press(tablet, secretary.act.escalate);
			const sheet = tablet.getByRole('dialog');
			await expect(sheet.getByText(secretary.escalate.to(places.subdistrict.name))).toBeVisible();
			await expect(sheet.getByLabel(secretary.escalate.place)).toHaveValue(/石榴小区.*301/);
			await sheet.getByLabel(secretary.escalate.more).fill(MORE);
			await pressInSheet(tablet, secretary.escalate.confirm);
			await expect(tablet.getByText(secretary.done.escalate(PIPE))).toBeVisible();
			await opens(tablet, `${app.url}/inbox?tab=up`);
			await expect(tablet.getByText(m.status.onDevice).first()).toBeVisible();
			await expect(tablet.getByRole('button', { name: secretary.act.handle })).toHaveCount(0);
			await tablet.context().setOffline(false);
			await inStep(tablet);
		});

		await test.step('the phone of whoever brought it says where it is, and when it went there', async () => {
			await opens(phone, `${app.url}/demands`);
			const step = phone.getByRole('listitem').filter({ hasText: m.records.track.escalatedSub });
			await expect(step).toContainText(firstNames.communitySecretary, { timeout: 30_000 });
			await expect(step).toContainText(/\d+:\d\d/);
		});

		await test.step('the office reads it whole, takes it for one of its own, and answers it', async () => {
			await expect(desk.getByText(PIPE).first()).toBeVisible({ timeout: 30_000 });
			const why = `${secretary.escalate.whys.beyond}${secretary.comma}${MORE}`;
			await expect(desk.getByText(why).first()).toBeVisible();
			await expect(desk.getByText(/石榴小区.*301/).first()).toBeVisible();
			await press(desk, office.act.take);
			await desk.getByLabel(office.assign.assignee).selectOption({ label: AIDE });
			await pressInSheet(desk, office.assign.confirm.take);
			await expect(desk.getByText(office.done.take(PIPE))).toBeVisible();
			await expect(desk.getByText(AIDE).first()).toBeVisible();
			await press(desk, office.act.handle);
			await desk.getByRole('dialog').getByText(m.outcome.solved).click();
			await desk.getByLabel(secretary.handle.reply).fill(REPLY);
			await pressInSheet(desk, secretary.handle.confirm);
			await expect(desk.getByText(office.done.handle(PIPE))).toBeVisible();
			await inStep(desk);
		});

		await test.step('phone and tablet read the answer, and every step with its date', async () => {
			await expect(phone.getByText(REPLY).first()).toBeVisible({ timeout: 30_000 });
			await expect(phone.getByText(m.records.track.escalatedSub).first()).toBeVisible();
			await expect(phone.getByText(AIDE).first()).toBeVisible();
			await opens(tablet, `${app.url}/inbox?tab=done`);
			await expect(tablet.getByText(REPLY).first()).toBeVisible();
			await expect(tablet.getByText(firstNames.subdistrictOfficer).first()).toBeVisible();
			await expect(chip(tablet)).toHaveAttribute('data-sync', 'synced');
		});
		await test.step('the office corrects its answer, and everybody reads the new one and what it was', async () => {
			await opens(desk, `${app.url}/escalated?tab=done`);
			await press(desk, office.act.amend);
			await desk.getByLabel(secretary.handle.reply).fill(MENDED);
			await pressInSheet(desk, secretary.amend.confirm);
			const sheet = desk.getByRole('dialog');
			await expect(
				sheet.getByRole('link', { name: secretary.correct.reasonMissing })
			).toBeVisible();
			await desk.getByLabel(secretary.correct.reason).fill('写漏了一处');
			await pressInSheet(desk, secretary.amend.confirm);
			await expect(desk.getByText(office.done.amend(PIPE))).toBeVisible();
			await inStep(desk);
			for (const reader of [phone, tablet]) {
				await expect(reader.getByText(MENDED).first()).toBeVisible({ timeout: 30_000 });
				await reader.getByText(m.history.title).first().click();
				await expect(reader.locator('del', { hasText: REPLY })).toBeVisible();
			}
			// What the office answered the office alone corrects.
			await expect(tablet.getByRole('button', { name: secretary.act.amend })).toHaveCount(0);
		});
		for (const page of [phone, tablet, desk]) await page.context().close();
	} finally {
		await app.end();
	}
});
