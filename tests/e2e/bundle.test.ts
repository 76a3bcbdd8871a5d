/** Handing over in the room without a relay (O5): a phone's file, the desk's tablet, one copy in the end. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, becomesOn, inStep, installed, sizes } from './support/actors.ts';
import { packed, saved, takes } from './support/bundles.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { anyCount, press } from './support/forms.ts';
import { arrivedAt, entriesAt } from './support/relay-store.ts';
import { recordNotHome } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('[O5] a phone without a network gives its visit to the tablet, and both hand in one', async ({
	browser
}) => {
	const tablet = await becomesOn(browser, app.url, 'secretary');
	await installed(tablet);
	const phone = await (await browser.newContext({ viewport: sizes.member })).newPage();
	await phone.addInitScript(offerShareSheet);
	const member = await becomes(phone, app.url, 'member');
	await installed(phone);
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	await app.stop();

	await recordNotHome(phone, app.url);
	await phone.goto(`${app.url}/bundle`);
	await press(phone, m.phone.bundle.pack);
	// Given out twice: what the share sheet is handed is what a download holds.
	await press(phone, m.phone.bundle.share);
	await expect(phone.getByText(m.phone.bundle.notShared)).toBeVisible();
	await press(phone, m.phone.bundle.share);
	await expect(phone.getByText(m.phone.bundle.shared)).toBeVisible();
	const sealed = await saved(phone);
	expect(await phone.evaluate(() => Reflect.get(window, 'shared'))).toEqual([sealed]);

	await tablet.goto(`${app.url}/bundle/take`);
	await takes(tablet, { 'cut.txt': sealed.slice(0, -200), 'letter.txt': '明天下午三点来一趟。' });
	const { problemTitle, problems, nothingTaken } = m.phone.take;
	for (const [name, problem] of [
		['cut.txt', problems.damaged],
		['letter.txt', problems['not-a-bundle']]
	] as const) {
		await expect(tablet.getByText(problemTitle(name))).toBeVisible();
		await expect(tablet.getByText(`${problem}${m.gap}${nothingTaken}`)).toBeVisible();
	}
	await takes(tablet, { 'visit.txt': sealed });
	await expect(tablet.getByText(m.phone.take.taken(member.name, 1))).toBeVisible();
	await expect(tablet.getByText(nothingTaken)).toHaveCount(0);
	await tablet.goto(`${app.url}/visits`);
	await tablet.getByText(m.status.carried).first().click();
	await expect(tablet.getByText(m.phone.carried.by(member.name))).toBeVisible();

	await app.start();
	for (const page of [tablet, phone]) {
		await page.reload();
		await inStep(page);
	}
	const visits = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 1 });
	expect(visits.map(({ verdict }) => verdict)).toEqual(['accepted']);
	await tablet.goto(`${app.url}/bundle/take`);
	await expect(tablet.getByText(m.phone.take.done)).toBeVisible();
	await expect(tablet.getByText(m.phone.carried.by(member.name))).toHaveCount(0);
});

test('[J6] what a phone said before it was stopped is said anew by the tablet, in its owner’s name', async ({
	browser
}) => {
	const tablet = await becomesOn(browser, app.url, 'secretary');
	const phone = await (await browser.newContext({ viewport: sizes.member })).newPage();
	const member = await becomes(phone, app.url, 'member');
	await installed(phone);
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;
	await phone.context().setOffline(true);
	await recordNotHome(phone, app.url);
	await stopsDeviceOf(tablet, member.name);
	await phone.context().setOffline(false);
	const { noDuty } = m.setup;
	await expect(phone.getByText(noDuty.revokedTitle)).toBeVisible({ timeout: 30_000 });
	await expect(phone.getByText(noDuty.keptRevoked)).toBeVisible();
	const sealed = await packed(phone);

	const { take } = m.phone;
	const kind = m.records.kindWords['visit.recorded.v1'] ?? '';
	await tablet.goto(`${app.url}/bundle/take`);
	await takes(tablet, { 'visit.txt': sealed });
	await expect(tablet.getByText(take.adoptNote(member.name))).toBeVisible({ timeout: 30_000 });
	expect(entriesAt(app.dataDir, 'visit.recorded.v1')).toHaveLength(before);
	await tablet.goto(`${app.url}/me`);
	await tablet.getByText(take.rowOpen(1)).click();
	await press(tablet, take.adopt(kind));
	await expect(tablet.getByText(take.isAdopted)).toBeVisible();
	const [visit] = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 1 });
	expect(visit).toMatchObject({ verdict: 'accepted' });
	await expect(tablet.getByRole('button', { name: take.adopt(kind) })).toHaveCount(0);
});

/** On the page of devices: the phone that a name stands beside. */
async function stopsDeviceOf(tablet: Page, name: string): Promise<void> {
	const { devices } = m.people;
	await tablet.goto(`${app.url}/devices`);
	await tablet.getByRole('button', { name: anyCount(devices.views.current) }).click();
	await tablet.getByLabel(devices.search).fill(name);
	await press(tablet, devices.revokeFor(name));
	await tablet.getByRole('dialog').getByRole('button', { name: devices.revokedConfirm }).click();
	await expect(tablet.getByText(devices.revoked(name))).toBeVisible();
}

/** In a page: the share sheet of a phone, which this browser has not; the first time the person closes it again. */
function offerShareSheet(): void {
	let isClosed = true;
	const share = async ({ files = [] }: ShareData): Promise<void> => {
		if (isClosed) {
			isClosed = false;
			throw new DOMException('closed', 'AbortError');
		}
		Reflect.set(window, 'shared', await Promise.all(files.map((file) => file.text())));
	};
	Object.assign(navigator, { canShare: ({ files }: ShareData) => files !== undefined, share });
}
