/** 重大变化: told by the desk or at the door, and the round leads there first until somebody was met. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomesOn, inStep } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { choose, goOn, press, pressInSheet } from './support/forms.ts';
import { handIn, reachCheck } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const { today, visit } = m.member;
const { change } = m.round;
test.setTimeout(240_000);

test('what the desk is told leads the member to that door first, until somebody was met there', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const desk = await becomesOn(browser, app.url, 'secretary');
		const page = await becomesOn(browser, app.url, 'member');
		const door = await highDoor(page, app.url);

		await test.step('the desk tells of it', async () => {
			await desk.goto(`${app.url}/residents?tab=buildings&record=${door}`);
			await press(desk, change.open);
			await choose(desk, change.what.leftAlone);
			await desk.getByLabel(m.round.postpone.note).fill('护工昨天走了');
			await pressInSheet(desk, change.confirm);
			await expect(desk.getByText(change.what.leftAlone).first()).toBeVisible();
			await inStep(desk);
		});

		await test.step('the phone leads there first and says why', async () => {
			await page.goto(`${app.url}/today`);
			await inStep(page);
			await expect(next(page)).toContainText(change.what.leftAlone);
			await expect(next(page)).toContainText('护工昨天走了');
			await expect(next(page).getByRole('link', { name: today.start })).toHaveAttribute(
				'href',
				new RegExp(door)
			);
		});

		await test.step('without a network, somebody is met, and tells of another change', async () => {
			await page.context().setOffline(true);
			await next(page).getByRole('link', { name: today.start }).click();
			await choose(page, visit.who.other);
			await page.getByLabel(visit.who.name, { exact: true }).fill('女儿');
			await goOn(page);
			await page.getByLabel(change.ask).selectOption('illness');
			await goOn(page);
			await reachCheck(page);
			await expect(page.getByText(change.what.illness)).toBeVisible();
			await expect(page.getByText(change.next(24))).toBeVisible();
			await handIn(page);
			await page.goto(`${app.url}/today`);
			await expect(next(page)).toContainText(today.start);
			await expect(next(page)).not.toContainText(change.what.leftAlone);
		});

		await test.step('in step again, the desk reads it', async () => {
			await page.context().setOffline(false);
			await inStep(page);
			await inStep(desk);
			await expect(desk.getByText(change.what.illness).first()).toBeVisible();
		});
	} finally {
		await app.end();
	}
});

function next(page: Page) {
	return page.locator('section.card').filter({ hasText: today.next });
}

/** A door of the round that is of the highest tier, met before. */
async function highDoor(page: Page, url: string): Promise<string> {
	const links = page.locator('a[href^="/visit/new?household="]');
	await expect(links.first()).toBeVisible();
	const hrefs = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
	const doors = [...new Set(hrefs.map((href) => href?.split(/[=&]/)[1] ?? ''))].reverse();
	for (const door of doors) {
		await page.goto(`${url}/households/${door}`);
		await expect(page.getByText(m.member.home.tier)).toBeVisible();
		if (await page.getByText(m.careTier.high).isVisible()) return door;
	}
	throw new Error('test: no door of the highest tier in the round');
}
