/** Without a network: every page opens, nothing typed is lost, a full device says so. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, chip, homes, installed, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOffline, startDevice } from './support/device.ts';
import { stops } from './support/gate-stops.ts';
import { settled } from './support/gates.ts';
import { pathOf } from './support/link-on.ts';
import { littleRoom } from './support/little-room.ts';
import { arrivedAt, entriesAt } from './support/relay-store.ts';
import { handIn, reachCheck, reachDemands, recordNotHome, startVisit } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

for (const identity of ['member', 'secretary', 'subdistrict'] as const)
	test(`after the first visit of ${identity} every page opens offline, also one never opened`, async ({
		context,
		page
	}) => {
		await page.setViewportSize(sizes[identity]);
		await becomes(page, app.url, identity);
		await installed(page);
		await goOffline(context, app);

		// From the page that is open, by its own links: their code was never asked for.
		const links = page.getByRole('navigation', { name: m.app.mainNav }).getByRole('link');
		const paths = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
		expect(paths.length).toBeGreaterThan(2);
		for (const path of paths) {
			await page.locator(`nav a[href="${path}"]`).first().click();
			await page.waitForURL(`**${path}`);
			await settled(page);
		}
		for (const stop of stops[identity]) {
			const path = await pathOf(page, app.url, stop);
			expect(path, stop.route).not.toBeNull();
			await page.goto(`${app.url}${path}`);
			await settled(page);
			await expect(page.getByText(m.states.problem)).toHaveCount(0);
		}
		await page.goto(`${app.url}${homes[identity]}`);
		await page.reload();
		await settled(page);
		await expect(chip(page)).toHaveAttribute('data-sync', 'offline');
		expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(
			`${app.url}/sw.js`
		);
	});

test('what was typed a second before the browser is killed is there again', async () => {
	const device = await startDevice({ viewport: sizes.member, phone: true });
	await becomes(device.page, app.url, 'member');
	await installed(device.page);
	await goOffline(device.context, app);
	await startVisit(device.page, app.url);
	const form = new URL(device.page.url());
	await reachDemands(device.page);
	const typed = '楼道灯坏了一周，老人上楼看不清，请社区找物业修';
	await device.page.getByLabel(m.member.visit.demands.text).pressSequentially(typed);
	// [O1] the promise itself: a second after the last letter
	await device.page.waitForTimeout(1000);
	await device.kill();

	const page = await device.open({ offline: true });
	await page.goto(form.href);
	await expect(page.getByLabel(m.member.visit.demands.text)).toHaveValue(typed);
	await expect(page.getByRole('button', { name: m.secretary.discard })).toBeVisible();
	await device.end();
});

test('a device without room says so, keeps the form, and hands it in when there is room again', async ({
	page
}) => {
	const room = await littleRoom(page, app.url);
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	const before = entriesAt(app.dataDir, 'demand.registered.v1').length;
	await startVisit(page, app.url);
	await reachDemands(page);
	const typed = '下水道堵了';
	await page.getByLabel(m.member.visit.demands.text).fill(typed);
	await reachCheck(page);

	await room.end();
	await page.getByRole('button', { name: m.act.handIn }).click();
	await expect(page.getByText(m.secretary.sayProblems['storage-full'])).toBeVisible();
	await expect(page.getByText(typed).first()).toBeVisible();
	await expect(page.getByRole('heading', { name: m.form.checkTitle })).toBeVisible();

	await room.giveBack();
	await handIn(page);
	await inStep(page);
	const demands = await arrivedAt(app.dataDir, 'demand.registered.v1', { before, count: 1 });
	expect(demands.map(({ body }) => body.description)).toEqual([typed]);
});

test('what is recorded offline survives a kill and is handed in once', async () => {
	const device = await startDevice({ viewport: sizes.member, phone: true });
	await becomes(device.page, app.url, 'member');
	await installed(device.page);
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	await goOffline(device.context, app);
	await recordNotHome(device.page, app.url);
	await recordNotHome(device.page, app.url);
	await device.kill();

	await app.start();
	const page = await device.open();
	await page.goto(`${app.url}/today`);
	await inStep(page);
	await device.kill();
	const again = await device.open();
	await again.goto(`${app.url}/today`);
	await inStep(again);
	const visits = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 2 });
	expect(visits.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	expect(new Set(visits.map(({ record }) => record)).size).toBe(2);
	await device.end();
});
