/** A register goes in, a door from the field is confirmed, a building is given: the member's phone has its doors. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, joins, sizes } from './support/actors.ts';
import { press } from './support/forms.ts';
import { firstNames, foundDistrict } from './support/real-district.ts';

const words = m.homes;

/** Title rows, a block written once, a phone as Excel wrote it: a register as communities keep it. */
const sheet = [
	'石榴社区居民花名册,,,,,',
	'填表人：某某,,,,2026年11月,',
	'楼栋,单元,门牌,姓名,与户主关系,身份证号,联系电话',
	'3栋,2单元,301,陈桂香,户主,990201194403053320,13800001123',
	',,,陈小明,子,,',
	',,302,单国强,户主,,13800002257',
	'5栋,1单元,101,曾小贤,户主,,',
	',,,曾小圆,女,,'
].join('\r\n');

async function imports(page: Page, text: string): Promise<void> {
	await page.goto(new URL('/residents/import', page.url()).href);
	await page.getByLabel(words.import.estate).fill('石榴小区');
	await page.locator('input[type="file"]').setInputFiles({
		name: '花名册.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(text)
	});
	await expect(page.locator('[data-import="fresh"]')).toHaveText(words.import.count('3', '5'));
	await press(page, words.import.start('3', '5'));
	await expect(page.getByText(words.job.done(8))).toBeVisible();
}

test('from a sheet to the doors on a phone', async ({ browser }) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const phone = await (await browser.newContext({ viewport: sizes.member })).newPage();
		const desk = await (await browser.newContext({ viewport: sizes.secretary })).newPage();
		await joins(phone, district.link('member'));
		await joins(desk, district.link('communitySecretary'));

		await phone.goto(`${app.url}/households/new`);
		await phone.getByLabel(m.member.newHome.estate).fill('石榴小区');
		await phone.getByLabel(m.member.newHome.building).fill('5');
		await phone.getByLabel(m.member.newHome.room).fill('102');
		await phone.getByLabel(m.member.newHome.head).fill('吴德厚');
		await press(phone, m.member.newHome.submit);
		await phone.waitForURL('**/visit/new?**');
		await phone.goto(`${app.url}/today`);
		await inStep(phone);

		await imports(desk, sheet);
		await desk.goto(`${app.url}/residents`);
		await expect(desk.locator('[data-count="doors"]')).toHaveText('4');
		await expect(desk.locator('[data-count="residents"]')).toHaveText('5');

		await desk.goto(`${app.url}/residents?tab=unconfirmed`);
		await desk.getByRole('link', { name: '吴德厚' }).click();
		await press(desk, words.act.confirm);
		await expect(desk.getByText(words.done.confirm)).toBeVisible();

		await desk.goto(`${app.url}/linking`);
		await desk
			.getByRole('button', { name: `${words.linking.assign}${m.secretary.comma}石榴小区3` })
			.click();
		const member = words.link.memberLine(firstNames.member, 1);
		await desk.getByLabel(words.link.member).selectOption({ label: member });
		await press(desk, words.link.confirm);
		await expect(desk.getByText(words.job.done(2))).toBeVisible();
		await inStep(desk);

		await phone.goto(`${app.url}/visit/choose`);
		await expect(phone.getByRole('link', { name: '单国强' })).toBeVisible();
		await phone.getByRole('link', { name: '陈桂香' }).click();
		await phone.goto(`${app.url}/visit/choose`);
		await expect(phone.getByRole('link', { name: '曾小贤' })).toHaveCount(0);
	} finally {
		await app.end();
	}
});
