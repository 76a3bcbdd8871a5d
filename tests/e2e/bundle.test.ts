/** Handing over in the room without a relay (O5): a phone's file, the desk's tablet, one copy in the end. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';
import { entriesAt } from './support/relay-store.ts';
import { recordNotHome } from './support/visits.ts';

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('[O5] a phone without a network gives its visit to the tablet, and both hand in one', async ({
	browser
}) => {
	const tablet = await (await browser.newContext({ viewport: sizes.secretary })).newPage();
	await becomes(tablet, app.url, 'secretary');
	await installed(tablet);
	const phone = await (await browser.newContext({ viewport: sizes.member })).newPage();
	const member = await becomes(phone, app.url, 'member');
	await installed(phone);
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	await app.stop();

	await recordNotHome(phone, app.url);
	await phone.goto(`${app.url}/bundle`);
	await press(phone, m.phone.bundle.pack);
	const saving = phone.waitForEvent('download');
	await press(phone, m.phone.bundle.save);
	const file = await (await saving).path();

	await tablet.goto(`${app.url}/bundle/take`);
	const picking = tablet.waitForEvent('filechooser');
	await press(tablet, m.phone.take.choose);
	await (await picking).setFiles(file);
	await expect(tablet.getByText(m.phone.take.taken(member.name, 1))).toBeVisible();
	await tablet.goto(`${app.url}/visits`);
	await tablet.getByText(m.status.carried).first().click();
	await expect(tablet.getByText(m.phone.carried.by(member.name))).toBeVisible();

	await app.start();
	for (const page of [tablet, phone]) {
		await page.reload();
		await inStep(page);
	}
	const visits = entriesAt(app.dataDir, 'visit.recorded.v1').slice(before);
	expect(visits.map(({ verdict }) => verdict)).toEqual(['accepted']);
	await tablet.goto(`${app.url}/bundle/take`);
	await expect(tablet.getByText(m.phone.take.done)).toBeVisible();
	await expect(tablet.getByText(m.phone.carried.by(member.name))).toHaveCount(0);
});
