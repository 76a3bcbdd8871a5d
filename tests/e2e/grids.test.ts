/** 网格: the desk divides its buildings, gives a whole grid to a member, sees the gaps of each, and prints the table. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, joinsOn, sizes } from './support/actors.ts';
import { press, pressInSheet } from './support/forms.ts';
import { firstNames, foundDistrict } from './support/real-district.ts';
import { importsRegister, opensHome } from './support/register.ts';

const words = m.homes.grids;
const ESTATE = '石榴小区';
const east = words.called('01', '东片');

test('buildings are divided, a grid goes to a member as a whole, and what no grid has stays in sight', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		await importsRegister(desk);

		await test.step('a grid of one building, led by who works here', async () => {
			await desk.goto(`${app.url}/grids`);
			await fillsGrid(desk, '01', '东片', '3栋');
			await desk.getByLabel(words.chief).selectOption({ label: firstNames.communitySecretary });
			await pressInSheet(desk, words.save);
			await expect(desk.getByText(words.stored)).toBeVisible();
			const row = desk.getByRole('list', { name: words.list, exact: true }).getByRole('listitem');
			await expect(row).toContainText(m.homes.doors(2));
			await expect(row).toContainText(m.homes.gaps(2));
			await expect(desk.getByText(words.outsideCount(1), { exact: true })).toBeVisible();
		});

		await test.step('no building in two grids, no number twice', async () => {
			await fillsGrid(desk, '01', '西片', words.inOther('3栋', words.called('01', '')));
			await pressInSheet(desk, words.save);
			const missing = desk.getByRole('dialog');
			await expect(missing.getByRole('link', { name: words.sameNumber('01') })).toBeVisible();
			await desk.getByLabel(words.no).fill('02');
			await pressInSheet(desk, words.save);
			const overlap = words.overlap(`${ESTATE} 3栋`, words.called('01', ''));
			await expect(missing.getByRole('link', { name: overlap })).toBeVisible();
			await press(desk, m.act.cancel);
		});

		await test.step('the register shows one grid alone, and a door says its own', async () => {
			await desk.goto(`${app.url}/residents`);
			await desk.getByLabel(words.filter, { exact: true }).selectOption({ label: words.none });
			await expect(desk.getByRole('link', { name: '5栋' })).toBeVisible();
			await expect(desk.getByRole('link', { name: '3栋' })).toHaveCount(0);
			await opensHome(desk, '陈桂香');
			await expect(desk.getByText(east).first()).toBeVisible();
		});

		await test.step('the grid is given as a whole', async () => {
			await desk.goto(`${app.url}/linking?by=grids`);
			await desk
				.getByRole('button', { name: `${m.homes.linking.assign}${m.secretary.comma}${east}` })
				.click();
			const line = m.homes.link.memberLine(firstNames.member, 0);
			await desk.getByLabel(m.homes.link.member).selectOption({ label: line });
			await press(desk, m.homes.link.confirm);
			await expect(desk.getByText(m.homes.job.done(2))).toBeVisible();
			const row = desk.getByRole('list', { name: words.list, exact: true }).getByRole('listitem');
			await expect(row).toContainText(firstNames.member);
			await expect(row.locator('[data-status="overdue"]')).toHaveCount(0);
			await inStep(desk);
			await phone.goto(`${app.url}/visit/choose`);
			const doors = phone.getByRole('list', { name: m.member.choose.list }).getByRole('link');
			await expect(doors).toHaveCount(2, { timeout: 30_000 });
		});

		await test.step('the table goes on paper', async () => {
			await desk.goto(`${app.url}/grids/sheet`);
			const cells = desk.getByRole('table').getByRole('row').nth(1).getByRole('cell');
			await expect(cells).toHaveText([
				...['1', '01', '东片', firstNames.communitySecretary],
				...[`${ESTATE} 3栋`, '2', firstNames.member, '0']
			]);
			const pdf = (await desk.pdf({ preferCSSPageSize: true })).toString('latin1');
			expect([...pdf.matchAll(/\/Type \/Page\b/g)]).toHaveLength(1);
		});

		await test.step('without its grid a building is a gap again, and the history knows what was', async () => {
			await desk.goto(`${app.url}/grids`);
			await press(desk, words.change);
			await desk.getByRole('dialog').getByText('3栋', { exact: true }).click();
			await desk.getByRole('dialog').getByText(words.wholeEstate).click();
			await pressInSheet(desk, words.save);
			await expect(desk.getByText(words.stored)).toBeVisible();
			await expect(desk.getByText(words.outside)).toHaveCount(0);
			await desk.getByText(m.history.title).click();
			await expect(desk.locator('ins', { hasText: words.wholeEstate })).toBeVisible();
			await press(desk, words.remove);
			await pressInSheet(desk, words.remove);
			await expect(desk.getByText(words.empty)).toBeVisible();
		});
	} finally {
		await app.end();
	}
});

async function fillsGrid(desk: Page, no: string, name: string, building: string): Promise<void> {
	await press(desk, words.add);
	await desk.getByLabel(words.no).fill(no);
	await desk.getByLabel(words.name).fill(name);
	await desk.getByRole('dialog').getByText(building, { exact: true }).click();
}
