/** A register goes in, a door from the field is confirmed, a building is given: the member's phone has its doors. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, joinsOn, sizes } from './support/actors.ts';
import { press } from './support/forms.ts';
import { firstNames, foundDistrict } from './support/real-district.ts';
import { givesBuilding, importsCorrected, importsRegister } from './support/register.ts';

const words = m.homes;

test('from a sheet to the doors on a phone', async ({ browser }) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));

		await phone.goto(`${app.url}/households/new`);
		await phone.getByLabel(m.member.newHome.estate).fill('石榴小区');
		await phone.getByLabel(m.member.newHome.building).fill('5');
		await phone.getByLabel(m.member.newHome.room).fill('102');
		await phone.getByLabel(m.member.newHome.head).fill('吴德厚');
		await press(phone, m.member.newHome.submit);
		await phone.waitForURL('**/visit/new?**');
		await phone.goto(`${app.url}/today`);
		await inStep(phone);

		await importsRegister(desk);
		await desk.goto(`${app.url}/residents`);
		await expect(desk.locator('[data-count="doors"]')).toHaveText('4');
		await expect(desk.locator('[data-count="residents"]')).toHaveText('5');

		await importsCorrected(desk, '13800002257', '13900002258');

		await desk.goto(`${app.url}/residents?tab=unconfirmed`);
		await desk.getByRole('link', { name: '吴德厚' }).click();
		await press(desk, words.act.confirm);
		await expect(desk.getByText(words.done.confirm)).toBeVisible();

		await givesBuilding(desk, '3', words.link.memberLine(firstNames.member, 1));
		await expect(desk.getByText(words.job.done(2))).toBeVisible();
		await inStep(desk);

		await phone.goto(`${app.url}/visit/choose`);
		await expect(phone.getByRole('link', { name: '单国强' })).toBeVisible();
		// Her son is not the head of any door.
		await phone.getByLabel(m.member.choose.search).fill('小明');
		await expect(phone.getByRole('link', { name: '陈小明' })).toHaveCount(1);
		await expect(phone.getByRole('link', { name: '单国强' })).toHaveCount(0);
		await phone.getByRole('link', { name: '陈桂香' }).click();
		await phone.goto(`${app.url}/visit/choose`);
		await expect(phone.getByRole('link', { name: '曾小贤' })).toHaveCount(0);
	} finally {
		await app.end();
	}
});
