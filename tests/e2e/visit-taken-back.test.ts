/** [F5] 撤回 within ten seconds: the form stands open again with all that was said, and is handed in anew. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomesOn } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { anyCount, choose, goOn, press } from './support/forms.ts';
import { handIn, reachCheck, reachDemands, recordNotHome, startVisit } from './support/visits.ts';

const { visit } = m.member;
const { meeting } = m.visit;
const PLACE = '3栋楼下凉亭';
const ASKED = '楼道灯不亮';
test.setTimeout(120_000);

test('a visit, 未遇 and a meeting that are taken back stand in their forms again, as they were said', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');
		const isNotHome = phone.getByRole('radio', { name: visit.who.notHome });

		await test.step('a visit in five steps', async () => {
			await startVisit(phone, app.url);
			await reachDemands(phone);
			await phone.getByLabel(visit.demands.text).fill(ASKED);
			await press(phone, visit.demands.add);
			await reachCheck(phone);
			await handIn(phone);
			await takesBack(phone);
			await expect(phone.getByRole('heading', { name: m.form.checkTitle })).toBeVisible();
			await expect(phone.getByText(ASKED)).toBeVisible();
			await handIn(phone);
			await expect(phone.getByText(ASKED)).toBeVisible();
		});

		await test.step('未遇, of which nothing was typed', async () => {
			await recordNotHome(phone, app.url);
			await takesBack(phone);
			await expect(phone.getByRole('heading', { name: visit.who.title })).toBeVisible();
			await expect(isNotHome).toBeChecked();
			await handIn(phone);
			await expect(phone.getByText(m.round.slip.title)).toBeVisible();
		});

		await test.step('a meeting', async () => {
			await phone.goto(`${app.url}/visit/new?as=meeting`);
			await choose(phone, m.visitMode.talk);
			await phone.getByLabel(meeting.place).fill(PLACE);
			await goOn(phone);
			await reachCheck(phone);
			await handIn(phone);
			await takesBack(phone);
			await expect(phone.getByRole('heading', { name: m.form.checkTitle })).toBeVisible();
			await expect(phone.getByText(PLACE)).toBeVisible();
		});
	} finally {
		await app.end();
	}
});

async function takesBack(phone: Page): Promise<void> {
	await phone.getByRole('button', { name: anyCount(m.member.saved.takeBack) }).click();
	await phone.waitForURL('**/visit/new?**');
}
