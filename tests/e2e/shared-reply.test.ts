/** The reply to a demand, written by two at two devices: at once, without a network, across a kill; then given. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { spawnApp, type AppProcess } from '../support/app-process.ts';
import { inStep, installed, joins, sizes } from './support/actors.ts';
import { startDevice } from './support/device.ts';
import { press, pressInSheet } from './support/forms.ts';
import { firstNames, firstPeople, foundDistrict, places } from './support/real-district.ts';
import { entriesAt } from './support/relay-store.ts';

test.use({ serviceWorkers: 'allow' });

const WORKER = '余清和';
const TITLE = '三楼的楼道灯不亮';
const words = m.secretary.replyDraft;

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnApp();
});
test.afterEach(() => app.end());

const field = (page: Page) => page.getByLabel(words.title);

async function registersAndAccepts(page: Page): Promise<void> {
	const { register, act } = m.secretary;
	await page.goto(`${app.url}/register`);
	await page.getByLabel(register.titleField).fill(TITLE);
	await page.getByLabel(register.description).fill(TITLE);
	await page.getByLabel(register.place).fill('二单元');
	await press(page, register.submit);
	await expect(page.getByRole('heading', { name: register.savedTitle })).toBeVisible();
	await page.goto(`${app.url}/inbox`);
	await page.getByText(TITLE).first().click();
	await press(page, act.accept);
	await pressInSheet(page, act.accept);
	await expect(page.getByText(m.secretary.done.accept(TITLE))).toBeVisible();
	await page.goto(`${app.url}/inbox?tab=open`);
	await page.getByText(TITLE).first().click();
	await expect(field(page)).toBeVisible();
}

/** Writes at the end, as a person does. */
async function writes(page: Page, text: string): Promise<void> {
	await field(page).focus();
	await page.keyboard.press('Control+End');
	await page.keyboard.insertText(text);
}

test('[R1, O1] two write one reply: at once, offline, after a kill; the reply takes it and ends it', async ({
	browser
}) => {
	const worker = { name: WORKER, role: 'communityWorker', org: places.community.code } as const;
	const founded = await foundDistrict(app, [...firstPeople, worker]);
	const tablet = await startDevice({ viewport: sizes.secretary });
	try {
		const secretary = tablet.page;
		await joins(secretary, founded.link(firstNames.communitySecretary));
		const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes.secretary });
		const other = await context.newPage();
		await joins(other, founded.link(WORKER));
		await registersAndAccepts(secretary);

		await field(secretary).click();
		await secretary.keyboard.insertText('灯已修好');
		await inStep(other);
		await other.goto(`${app.url}/inbox?tab=open`);
		await other.getByText(TITLE).first().click();
		await expect(field(other)).toHaveValue('灯已修好');
		await writes(other, '，请放心。');
		await expect(field(secretary)).toHaveValue('灯已修好，请放心。');
		await expect(secretary.getByText(words.writing(WORKER))).toBeVisible();

		await installed(secretary);
		const at = secretary.url();
		await tablet.context.setOffline(true);
		await writes(secretary, '有事打社区电话。');
		await expect(secretary.locator('[data-reach="only-here"]')).toBeVisible();
		await tablet.kill();
		await writes(other, '谢谢您。');
		const again = await tablet.open({ offline: true });
		await again.goto(at);
		await expect(field(again)).toHaveValue('灯已修好，请放心。有事打社区电话。');
		await tablet.context.setOffline(false);
		for (const page of [again, other])
			await expect
				.poll(async () => sentences(await field(page).inputValue()), { timeout: 20_000 })
				.toEqual(['有事打社区电话', '灯已修好，请放心', '谢谢您']);

		await press(again, m.secretary.act.handle);
		await again.getByText(m.outcome.solved).click();
		await pressInSheet(again, m.secretary.handle.confirm);
		await expect(again.getByText(m.secretary.done.handle(TITLE))).toBeVisible();
		await expect
			.poll(() => entriesAt(app.dataDir, 'demand.handled.v1').length, { timeout: 30_000 })
			.toBe(1);
		await expect(field(other)).toHaveCount(0);
		await context.close();
	} finally {
		await tablet.end();
	}
});

function sentences(text: string): readonly string[] {
	return text.split('。').filter(Boolean).sort();
}
