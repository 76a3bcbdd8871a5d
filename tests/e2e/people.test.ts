/** From a dirty roster to phones in hands: import, slips on paper, joining by the last digits, a phone lost. */
import { expect, test } from '@playwright/test';
import writeXlsx from 'write-excel-file/node';
import { m } from '#lib/i18n/index.ts';
import { spawnApp, type AppProcess } from '../support/app-process.ts';
import { chip, inStep, joinsOn, sizes } from './support/actors.ts';
import { press } from './support/forms.ts';
import { foundDistrict } from './support/real-district.ts';

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnApp();
});
test.afterEach(() => app.end());

/** A title over merged cells, a phone as a number, one row that cannot be taken. */
async function writeRoster(path: string): Promise<void> {
	const text = (value: string) => ({ value });
	const title = { value: '石榴社区党员花名册', columnSpan: 4 };
	await writeXlsx(
		[
			[title, null, null, null],
			['姓　名', '联系电话', '人员类别', '特长'].map(text),
			[text('傅长青'), { value: 13900004321 }, text('中共党员'), text('家电维修')],
			[text('岑小满'), text('139 0000 8765'), text('志愿者'), text('理发')],
			[text('岳 明'), text('1.39E+10'), text('党员'), text('')]
		],
		{ sheet: '花名册' }
	).toFile(path);
}

test('a roster is imported, slips are printed, one joins with the last digits, and the lost phone is stopped', async ({
	browser
}, info) => {
	const district = await foundDistrict(app);
	const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));

	const file = info.outputPath('roster.xlsx');
	await writeRoster(file);
	await desk.goto(`${app.url}/people/import`);
	await desk.locator('input[type=file]').setInputFiles(file);
	await expect(desk.getByText(m.import['phone-lost']('1.39E+10'))).toBeVisible();
	await press(desk, m.people.import.start('2'));
	await expect(desk.getByText(m.people.import.done(2, 0))).toBeVisible();
	await inStep(desk);

	await desk.getByRole('link', { name: m.people.import.toSlips }).click();
	await desk.getByText('傅长青').click();
	await desk.getByText('岑小满').click();
	await press(desk, m.setup.invitations.slips.make(2));
	const slip = desk.getByRole('article', { name: m.setup.invitations.slipFor('傅长青') });
	await expect(slip.getByRole('listitem')).toHaveCount(m.setup.invitations.slips.steps.length);
	const [code] = /\d{4} \d{4}/.exec(await slip.innerText()) ?? [''];

	const phone = await (await browser.newContext({ viewport: sizes.member })).newPage();
	await phone.goto(`${app.url}/join`);
	await phone.getByLabel(m.setup.join.codeLabel).fill(code);
	await press(phone, m.setup.join.look);
	await phone.getByLabel(m.setup.join.check).fill('1111');
	await press(phone, m.setup.join.confirm);
	await expect(phone.getByText(m.setup.join.errors['check-failed'])).toBeVisible();
	await phone.getByLabel(m.setup.join.check).fill('4321');
	await press(phone, m.setup.join.confirm);
	await phone.waitForURL('**/today');
	await inStep(phone);

	await desk.goto(`${app.url}/invitations`);
	await press(desk, m.setup.invitations.filters.joined(1));
	await expect(desk.getByRole('listitem').filter({ hasText: '傅长青' })).toBeVisible();
	await desk.goto(`${app.url}/devices`);
	await press(desk, m.people.devices.views.current(2));
	await press(desk, m.people.devices.revokeFor('傅长青'));
	const confirm = { name: m.people.devices.revokedConfirm, exact: true };
	await desk.getByRole('dialog').getByRole('button', confirm).click();
	await expect(desk.getByText(m.people.devices.revoked('傅长青'))).toBeVisible();
	await expect(chip(phone)).not.toHaveAttribute('data-sync', 'synced', { timeout: 20_000 });
	await phone.context().close();
	await desk.context().close();
});
