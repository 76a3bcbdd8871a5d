/** 组织体系 after the founding: a forgotten community is added, mended, its secretary asked for; another is closed. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, installed, joinsOn, sizes } from './support/actors.ts';
import { choose, press, pressInSheet } from './support/forms.ts';
import { foundDistrict, places } from './support/real-district.ts';

test.use({ serviceWorkers: 'allow' });

const words = m.desktop.units;
const fields = words.new;

test('the district adds a community, renames it and closes another, and the sub-district sees it', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const office = await joinsOn(browser, sizes.district, district.link('districtOfficer'));
		const street = await joinsOn(browser, sizes.subdistrict, district.link('subdistrictOfficer'));

		await test.step('what is wrong is said, nothing is stored', async () => {
			await office.goto(`${app.url}/units`);
			await office.getByRole('link', { name: words.add }).click();
			await choose(office, m.levels.community);
			await office.getByLabel(fields.name).fill(places.community.name);
			await office.getByLabel(fields.code).fill(places.neighbour.code);
			await press(office, fields.submit);
			const { sameName, codeTaken } = fields.need;
			const { name } = places.subdistrict;
			for (const problem of [
				sameName(name, places.community.name),
				codeTaken(places.neighbour.name)
			])
				await expect(office.getByRole('link', { name: problem })).toBeVisible();
		});

		await test.step('without a network it is added and asks for its secretary', async () => {
			await installed(office);
			await office.context().setOffline(true);
			await office.getByLabel(fields.name).fill('荷化社区');
			await office.getByLabel(fields.code).fill('');
			await press(office, fields.submit);
			await expect(office.getByText(words.unit.added('荷化社区'))).toBeVisible();
		});

		await test.step('its name is corrected, the former one stays in the history', async () => {
			await press(office, words.unit.rename);
			await office.getByRole('dialog').getByLabel(fields.name).fill('荷花社区');
			await pressInSheet(office, words.unit.renameSubmit);
			await expect(office.getByText(words.unit.renamed('荷花社区'))).toBeVisible();
			await office.context().setOffline(false);
			await inStep(office);
			await office.getByText(m.history.title).click();
			await expect(office.locator('del', { hasText: '荷化社区' })).toBeVisible();
		});

		await test.step('what it is known by is written, and one of it emptied again', async () => {
			const { secretary, centreHours } = m.records.fieldWords;
			await press(office, words.unit.describe);
			await office.getByRole('dialog').getByLabel(secretary).fill('石清泉');
			await office.getByRole('dialog').getByLabel(centreHours).fill('每天 8:30–17:30');
			await pressInSheet(office, words.unit.describe);
			await expect(office.getByText(words.unit.described)).toBeVisible();
			await expect(office.getByText('每天 8:30–17:30', { exact: true })).toBeVisible();
			await press(office, words.unit.describe);
			await office.getByRole('dialog').getByLabel(centreHours).fill('');
			await pressInSheet(office, words.unit.describe);
			await expect(office.getByText('每天 8:30–17:30', { exact: true })).toBeHidden();
		});

		await test.step('its secretary is registered in the right place', async () => {
			const register = words.unit.register(m.roles.communitySecretary);
			await office.getByRole('link', { name: register }).click();
			await expect(office.getByRole('radio', { name: m.roles.communitySecretary })).toBeChecked();
			await office.getByLabel(m.people.card.field.name).fill('葛清和');
			await press(office, m.people.register.submit);
			await expect(office.getByText(m.people.register.saved('葛清和'))).toBeVisible();
			await inStep(office);
		});

		await test.step('who still has a secretary is not closed, who has none is', async () => {
			await opens(office, app.url, places.community.name);
			await press(office, words.unit.closeTitle(places.community.name));
			await expect(office.getByText(words.unit.blocked(places.community.name))).toBeVisible();
			await opens(office, app.url, places.neighbour.name);
			await press(office, words.unit.closeTitle(places.neighbour.name));
			await office.getByLabel(m.secretary.reason.label).fill('并入石榴社区');
			await pressInSheet(office, words.unit.closeTitle(places.neighbour.name));
			await expect(office.getByText(words.unit.closedFor('并入石榴社区'))).toBeVisible();
			await inStep(office);
			await office.goto(`${app.url}/units`);
			await expect(office.getByText(words.counts(1, 2, 0))).toBeVisible();
		});

		await test.step('the sub-district sees all of it, and may add communities alone', async () => {
			await inStep(street);
			await opens(street, app.url, '荷花社区');
			await expect(street.getByText('葛清和')).toBeVisible();
			await street.goto(`${app.url}/units`);
			const closed = street.getByRole('listitem').filter({ hasText: places.neighbour.name });
			await expect(closed).toContainText(words.closed);
			await street.getByRole('link', { name: words.add }).click();
			const title = { name: fields.titleOf(m.levels.community), level: 1 };
			await expect(street.getByRole('heading', title)).toBeVisible();
			await expect(street.getByRole('radio')).toHaveCount(0);
		});
	} finally {
		await app.end();
	}
});

async function opens(page: Page, url: string, name: string): Promise<void> {
	await page.goto(`${url}/units`);
	const branch = page.locator('details').filter({ hasText: name });
	await expect(branch).toBeVisible({ timeout: 30_000 });
	if ((await branch.getAttribute('open')) === null) await branch.locator('summary').click();
	await page.getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}
