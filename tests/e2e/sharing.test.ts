/** [D1, O3] Tabs, persons and devices side by side: one tab syncs, nothing is mixed, nothing is doubled. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { BEAT_MS, MISSED } from '#lib/sync/leader.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';
import { entriesAt, type StoredEntry } from './support/relay-store.ts';
import { stored } from './support/stored.ts';

test.use({ serviceWorkers: 'allow' });

/** So long that only another tab can lead meanwhile. */
const FREEZE_MS = 15_000;
/** A frozen leader is missed when its beats are; one more passes until that is looked at, and one until it is heard. */
const TAKEOVER_BEATS = MISSED + 2;
const TAKEOVER_MS = 5_000;

let app: AppProcess;
let before: ReadonlySet<string>;
test.beforeEach(async () => {
	app = await spawnDemoApp();
	before = new Set([...entriesOf('visit'), ...entriesOf('demand')].map(({ id }) => id));
});
test.afterEach(() => app.end());

function entriesOf(family: 'visit' | 'demand'): readonly StoredEntry[] {
	const kind = family === 'visit' ? 'visit.recorded.v1' : 'demand.registered.v1';
	return entriesAt(app.dataDir, kind);
}

/** What came in during the test: all of it accepted, nothing twice. */
async function expectNew(family: 'visit' | 'demand', count: number): Promise<void> {
	const fresh = () => entriesOf(family).filter(({ id }) => !before.has(id));
	// The chip may say for a moment more what was so before the last entry.
	await expect
		.poll(() => fresh().map(({ verdict }) => verdict))
		.toEqual(Array(count).fill('accepted'));
	expect(new Set(fresh().map(({ record }) => record)).size).toBe(count);
}

const { register } = m.secretary;

/** Registers a demand at the desk, and stays on the page that says it is stored. */
async function registers(page: Page, title: string, description = title): Promise<void> {
	await page.goto(`${app.url}/register`);
	await page.getByLabel(register.titleField).fill(title);
	await page.getByLabel(register.description).fill(description);
	await page.getByLabel(register.place).fill('社区门口');
	await press(page, register.submit);
	await expect(page.getByRole('heading', { name: register.savedTitle })).toBeVisible();
}

test('[O3] of two tabs one syncs; another takes over when it is closed or frozen', async ({
	context,
	page: first
}) => {
	await first.setViewportSize(sizes.secretary);
	await becomes(first, app.url, 'secretary');
	const second = await context.newPage();
	await second.goto(`${app.url}/inbox`);
	await expect.poll(() => lockOf(second)).toMatchObject({ held: 1, waiting: 1 });
	await registers(second, '先登记的一件');
	await inStep(second);
	await expectNew('demand', 1);

	const { leader } = await lockOf(second);
	await first.close();
	await expect.poll(() => lockOf(second)).toMatchObject({ held: 1, waiting: 0 });
	expect((await lockOf(second)).leader).not.toBe(leader);
	await registers(second, '后登记的一件');
	await inStep(second);
	await expectNew('demand', 2);

	const third = await context.newPage();
	await third.goto(`${app.url}/inbox`);
	await inStep(third);
	const stuck = await lockOf(third);
	let isFrozen = true;
	const thawed = freeze(second, FREEZE_MS).then(() => (isFrozen = false));
	const beats = await beatsUntilAnother(third, stuck.leader);
	expect(isFrozen).toBe(true);
	expect(TAKEOVER_BEATS * BEAT_MS).toBeLessThanOrEqual(TAKEOVER_MS);
	expect(beats).toBeLessThanOrEqual(TAKEOVER_BEATS);
	await registers(third, '接着登记的一件');
	await inStep(third);
	await expectNew('demand', 3);
	await thawed;
	await expect.poll(() => lockOf(third)).toMatchObject({ held: 1, waiting: 1 });
	await inStep(third);
	await expectNew('demand', 3);
});

/** Keeps the syncing worker of a page from doing anything, as a sleeping phone does. */
async function freeze(page: Page, ms: number): Promise<void> {
	const [worker] = page.workers();
	if (!worker) throw new Error('sharing: the page has no worker');
	await worker.evaluate((span) => {
		const end = Date.now() + span;
		while (Date.now() < end);
	}, ms);
}

/** Another than this one leads: after how many beats, as the clock of the worker that waits for it goes. */
function beatsUntilAnother(page: Page, leader: string): Promise<number> {
	const [worker] = page.workers();
	if (!worker) throw new Error('sharing: the page has no worker');
	return worker.evaluate(
		async ({ frozen, beat }) => {
			let beats = 0;
			const counting = setInterval(() => beats++, beat);
			for (;;) {
				const { held = [] } = await navigator.locks.query();
				const lock = held.find(({ name = '' }) => name.endsWith('-sync'));
				if (lock !== undefined && lock.clientId !== frozen) break;
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			clearInterval(counting);
			return beats;
		},
		{ frozen: leader, beat: BEAT_MS }
	);
}

/** Who holds the lock of syncing, and how many wait for it. */
function lockOf(page: Page): Promise<{ held: number; waiting: number; leader: string }> {
	return page.evaluate(async () => {
		const { held = [], pending = [] } = await navigator.locks.query();
		const isSync = ({ name = '' }: LockInfo) => name.endsWith('-sync');
		const [leader] = held.filter(isSync);
		return {
			held: held.filter(isSync).length,
			waiting: pending.filter(isSync).length,
			leader: leader?.clientId ?? ''
		};
	});
}

test('two persons on one tablet: neither finds the other in what is stored', async ({
	context,
	page
}) => {
	const canary = {
		desk: '只给社区看的一件事',
		draft: '书记还没有写完的话',
		visit: '邻居说老人住院了'
	};
	await page.setViewportSize(sizes.secretary);
	const secretary = await becomes(page, app.url, 'secretary');
	await registers(page, '登记一件', canary.desk);
	await inStep(page);
	await press(page, register.another);
	await page.getByLabel(register.titleField).fill(canary.draft);
	await expect.poll(() => storedOf(page, secretary.name)).toContain(canary.draft);

	const member = await becomes(page, app.url, 'member');
	await installed(page);
	await context.setOffline(true);
	await page.goto(`${app.url}/today`);
	await page.getByRole('link', { name: m.member.today.notHome, exact: true }).click();
	await page.getByLabel(m.member.visit.who.neighbours).fill(canary.visit);
	await page.getByRole('button', { name: m.act.handIn }).click();
	await expect(page.getByRole('heading', { name: m.sync.savedTitle })).toBeVisible();

	const ofMember = await storedOf(page, member.name);
	const ofSecretary = await storedOf(page, secretary.name);
	expect(ofMember).toContain(canary.visit);
	expect(ofMember).not.toContain(canary.desk);
	expect(ofMember).not.toContain(canary.draft);
	expect(ofSecretary).toContain(canary.desk);
	expect(ofSecretary).not.toContain(canary.visit);

	// The secretary's session does not carry what the member recorded.
	await switchTo(page, secretary.name);
	await context.setOffline(false);
	await page.reload();
	await inStep(page);
	await expectNew('visit', 0);
	await switchTo(page, member.name);
	await inStep(page);
	await expectNew('visit', 1);
	const [visit] = entriesOf('visit').filter(({ id }) => !before.has(id));
	expect(visit?.device).toBe(await deviceOf(page, member.name));
});

test('two devices of one person: what one records the other shows once', async ({ browser }) => {
	const [tablet, desktop] = [await deskOn(browser), await deskOn(browser)];
	await registers(tablet, '平板上登记的一件');
	await inStep(tablet);
	await expectOnce(desktop, '平板上登记的一件');

	await tablet.context().setOffline(true);
	await desktop.context().setOffline(true);
	await registers(tablet, '平板没网时的一件');
	await registers(desktop, '电脑没网时的一件');
	await tablet.context().setOffline(false);
	await desktop.context().setOffline(false);
	for (const device of [tablet, desktop]) {
		await device.goto(`${app.url}/inbox`);
		await inStep(device);
		await expectOnce(device, '平板没网时的一件');
		await expectOnce(device, '电脑没网时的一件');
	}
	await expectNew('demand', 3);
	await tablet.context().close();
	await desktop.context().close();
});

async function deskOn(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: sizes.secretary });
	const page = await context.newPage();
	await becomes(page, app.url, 'secretary');
	await installed(page);
	return page;
}

/** The queue has one line of that title. */
async function expectOnce(page: Page, title: string): Promise<void> {
	const lines = page.getByRole('list', { name: m.secretary.inbox.list }).getByText(title);
	await expect(lines).toHaveCount(1, { timeout: 30_000 });
}

async function switchTo(page: Page, name: string): Promise<void> {
	await page.goto(`${app.url}/welcome`);
	await press(page, m.setup.welcome.goOn(name));
	await page.waitForURL((url) => url.pathname !== '/welcome' && url.pathname !== '/');
}

interface PersonHere {
	readonly id: string;
	readonly device: string;
}

async function personHere(page: Page, name: string): Promise<PersonHere> {
	const { 'lxq-installation': text = '' } = await stored(page);
	const records: (Partial<PersonHere> & { name?: string })[] = text
		.split('\n')
		.map((line) => JSON.parse(line));
	const { id, device } = records.find((record) => record.name === name) ?? {};
	if (id === undefined || device === undefined) throw new Error(`sharing: ${name} is not here`);
	return { id, device };
}

async function deviceOf(page: Page, name: string): Promise<string> {
	return (await personHere(page, name)).device;
}

/** All that this installation stores under one person. */
async function storedOf(page: Page, name: string): Promise<string> {
	const { id } = await personHere(page, name);
	const databases = Object.entries(await stored(page));
	return databases
		.filter(([database]) => database.startsWith(id))
		.map(([, text]) => text)
		.join('\n');
}
