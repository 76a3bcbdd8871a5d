/** [R6] The relay is put back to an older copy under devices that are open: what it lost comes back from them, once. */
import { expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { m } from '#lib/i18n/index.ts';
import { backUp } from '#relay/backup.ts';
import { restore } from '#relay/restore.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { entriesAt, type StoredEntry } from './support/relay-store.ts';
import { recordNotHome } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

let app: AppProcess;
let copy: string;
test.beforeEach(async () => {
	app = await spawnDemoApp();
	copy = mkdtempSync(join(tmpdir(), 'lxq-copy-'));
});
test.afterEach(async () => {
	await app.end();
	rmSync(copy, { recursive: true, force: true });
});

const visits = (): readonly StoredEntry[] => entriesAt(app.dataDir, 'visit.recorded.v1');

test('[R6] a phone gives a restored relay back what it lost, and one that says something meanwhile loses nothing', async ({
	page,
	browser
}) => {
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	await installed(page);
	const context = await browser.newContext({ viewport: sizes.secretary });
	const tablet = await context.newPage();
	await becomes(tablet, app.url, 'secretary');
	await inStep(tablet);

	const before = visits().length;
	await backUp(app.dataDir, join(copy, 'of-noon'));
	await recordNotHome(page, app.url);
	await expect.poll(() => visits().length, { timeout: 30_000 }).toBe(before + 1);
	await inStep(page);
	const [lost] = visits().slice(before);
	if (lost === undefined) throw new Error('restored: the relay took no visit');

	await app.stop();
	await recordNotHome(page, app.url);
	await restore(join(copy, 'of-noon'), app.dataDir, Date.now());
	expect(visits()).toHaveLength(before);
	await app.start();
	await inStep(page);

	await expect.poll(() => visits().length, { timeout: 30_000 }).toBe(before + 2);
	const back = visits().slice(before);
	expect(new Set(back.map(({ id }) => id)).size).toBe(2);
	expect(back.find(({ id }) => id === lost.id)).toEqual(lost);
	// Nobody is told that something failed, and the desk reads both.
	await page.goto(`${app.url}/attention`);
	await expect(page.getByRole('heading', { name: m.member.attention.title })).toBeVisible();
	await expect(page.getByText(m.member.attention.refused)).toHaveCount(0);
	await inStep(tablet);
	for (const { record } of back) {
		await tablet.goto(`${app.url}/visits/${record}`);
		await expect(tablet.getByText(m.visitOutcome.notHome).first()).toBeVisible();
	}
	await context.close();
});
