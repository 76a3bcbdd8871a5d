/** A visit that lies half written is gone on with: no short way is offered that it would swallow. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomesOn } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOn } from './support/forms.ts';
import { reachDemands, startVisit } from './support/visits.ts';

const { today, visit } = m.member;
test.setTimeout(120_000);

test('the page of a door offers 接着写 alone once a visit there is begun', async ({ browser }) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');
		await startVisit(phone, app.url);
		const door = new URL(phone.url()).searchParams.get('household') ?? '';
		const toDoor = () => phone.goto(`${app.url}/households/${door}`);
		const ways = phone.locator('a[href^="/visit/new"]');

		await toDoor();
		await expect(ways).toContainText([today.start, today.notHome, today.allWell]);

		await startVisit(phone, app.url);
		await reachDemands(phone);
		await phone.getByLabel(visit.demands.text).fill('楼道灯不亮');
		await goOn(phone);
		await expect(phone.getByRole('heading', { name: m.visit.photos.title })).toBeVisible();

		await toDoor();
		await expect(ways).toHaveCount(1);
		await expect(ways).toContainText(today.goOn);
		await ways.click();
		await expect(phone.getByRole('heading', { name: m.visit.photos.title })).toBeVisible();
	} finally {
		await app.end();
	}
});
