/** How a community keeps its register: a sheet goes in, a building is given to a member, a door is opened. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { press } from './forms.ts';

const words = m.homes;
const ESTATE = '石榴小区';

/** Title rows, a block written once, a phone as Excel wrote it: a register as communities keep it. */
const sheet = [
	'石榴社区居民花名册,,,,,',
	'填表人：某某,,,,2026年11月,',
	'楼栋,单元,门牌,姓名,与户主关系,身份证号,联系电话',
	'3栋,2单元,301,陈桂香,户主,990201194403053321,13800001123',
	',,,陈小明,子,,',
	',,302,单国强,户主,,13800002257',
	'5栋,1单元,101,曾小贤,户主,,',
	',,,曾小圆,女,,'
].join('\r\n');

export async function importsRegister(page: Page): Promise<void> {
	await page.goto(new URL('/residents/import', page.url()).href);
	await page.getByLabel(words.import.estate).fill(ESTATE);
	await page.locator('input[type="file"]').setInputFiles({
		name: '花名册.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(sheet)
	});
	await expect(page.locator('[data-import="fresh"]')).toHaveText(words.import.count('3', '5'));
	await press(page, words.import.start('3', '5'));
	await expect(page.getByText(words.job.done(8))).toBeVisible();
}

/** The same sheet once more, with another number in it: nothing is registered, and only what differs is corrected. */
export async function importsCorrected(page: Page, from: string, to: string): Promise<void> {
	await page.goto(new URL('/residents/import', page.url()).href);
	await page.getByLabel(words.import.estate).fill(ESTATE);
	await page.locator('input[type="file"]').setInputFiles({
		name: '花名册.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(sheet.replace(from, to))
	});
	// The household is reached by its head's phone.
	await expect(page.locator('[data-import="differing"]')).toHaveText(words.import.places(2));
	await expect(page.getByText(words.import.nothing)).toBeVisible();
	await page.getByLabel(words.import.update).check();
	await press(page, words.import.updateOnly(2));
	await expect(page.getByText(words.job.done(2))).toBeVisible();
	await expect(page.locator('[data-import="differing"]')).toHaveCount(0);
}

/** Every door of a building to one member, from today on. */
export async function givesBuilding(page: Page, building: string, line: string): Promise<void> {
	await page.goto(new URL('/linking', page.url()).href);
	const name = `${words.linking.assign}${m.secretary.comma}${ESTATE}${building}`;
	await page.getByRole('button', { name }).click();
	await page.getByLabel(words.link.member).selectOption({ label: line });
	await press(page, words.link.confirm);
}

/** The door at the desk, in the building's grid or in the tab where it stands. */
export async function opensHome(page: Page, head: string, tab = 'buildings'): Promise<void> {
	await page.goto(new URL(`/residents?tab=${tab}`, page.url()).href);
	if (tab === 'buildings') await page.getByLabel(words.search).fill(head);
	await page.getByRole('link', { name: head }).first().click();
	await expect(page.getByRole('heading', { name: head }).first()).toBeVisible();
}
