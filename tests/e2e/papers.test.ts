/** What goes through a printer: whole pages of A4, and nothing of the screen around them. */
import { expect, test, type Page } from '@playwright/test';
import { m, written } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { becomesOn, inStep, joinsOn, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';
import { foundDistrict } from './support/real-district.ts';
import { slipsForAll } from './support/walks/slips.ts';

const SLIPS_ON_A_SHEET = 8;
const NAMES = [...'一二三四五六七八九'].map((nth) => `纸签${nth}`);

test('nine slips take two sheets of eight, nothing of them is cut off, and none is made twice unasked', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		await importsRoster(desk, app.url);
		await desk.goto(`${app.url}/invitations/slips`);
		await hasLongNames(desk, app.url);
		const slips = await slipsForAll(desk);
		expect(slips.size).toBeGreaterThan(SLIPS_ON_A_SHEET);
		const pages = await printed(desk);
		expect(pages.map(isUpright)).toEqual(
			new Array(Math.ceil(slips.size / SLIPS_ON_A_SHEET)).fill(true)
		);
		await desk.emulateMedia({ media: 'print' });
		const papers = await desk.getByRole('article').all();
		for (const paper of papers)
			expect(await paper.evaluate((slip) => slip.scrollHeight - slip.clientHeight)).toBe(0);
		await desk.emulateMedia({ media: null });

		await press(desk, m.setup.invitations.slips.again);
		await expect(desk.getByText(m.setup.invitations.slips.left(slips.size))).toBeVisible();
		await press(desk, m.setup.invitations.slips.all(0));
		await expect(desk.getByRole('checkbox', { checked: true })).toHaveCount(0);
	} finally {
		await app.end();
	}
});

test('the round goes on paper with its doors and lines to write on, without the buttons of the screen', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');
		await phone.goto(`${app.url}/round-sheet`);
		const rows = phone.getByRole('table').getByRole('row');
		await expect(rows.nth(1)).toBeVisible();
		await phone.emulateMedia({ media: 'print' });
		for (const shownOnScreenOnly of await phone.locator('.no-print').all())
			await expect(shownOnScreenOnly).toBeHidden();
		await expect(rows.nth(1)).toBeVisible();
		const { columns, blanks } = written.round.sheet;
		for (const name of [columns.met, columns.home, columns.situation, columns.demand])
			await expect(phone.getByRole('columnheader', { name })).toBeVisible();
		for (const blank of [blanks.from, blanks.groups, blanks.consent, blanks.signature])
			await expect(rows.nth(1).getByText(blank)).toBeVisible();
		expect((await printed(phone)).map(isUpright)).toEqual([false]);
	} finally {
		await app.end();
	}
});

/** As in a district with a long address and long names of units. */
async function hasLongNames(page: Page, url: string): Promise<void> {
	await page.route('**/api/invitations/slips', async (route) => {
		const response = await route.fetch();
		// What a busy relay answers is the app's to wait out.
		if (!response.ok()) return route.fulfill({ response });
		const { slips }: { slips: { link: string }[] } = await response.json();
		const long = slips.map((slip) => ({
			...slip,
			link: slip.link.replace(url, 'https://lianxinqiao.zuzhibu.mouxinqu.gov.cn:8443'),
			orgName: '某某市某某新区某某街道某某花园第三社区党总支委员会',
			asksPhone: true
		}));
		await route.fulfill({ response, json: { slips: long } });
	});
}

interface Paper {
	readonly width: number;
	readonly height: number;
}

/** The pages that come out, in points. */
async function printed(page: Page): Promise<Paper[]> {
	const pdf = await page.pdf({ preferCSSPageSize: true });
	const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
	return [...boxes].map(([, width, height]) => ({ width: Number(width), height: Number(height) }));
}

function isUpright({ width, height }: Paper): boolean {
	return height > width;
}

async function importsRoster(desk: Page, url: string): Promise<void> {
	const lines = NAMES.map((name, at) => `${name},1390000${4000 + at},党员`);
	await desk.goto(`${url}/people/import`);
	await desk.locator('input[type=file]').setInputFiles({
		name: '花名册.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(['姓名,联系电话,人员类别', ...lines].join('\r\n'))
	});
	await press(desk, m.people.import.start(String(NAMES.length)));
	await expect(desk.getByText(m.people.import.done(NAMES.length, 0))).toBeVisible();
	await inStep(desk);
}
