/** A phone whose storage went back in time, as after a backup was put back: it says so, and fetches what was handed in. */
import { expect, test } from '@playwright/test';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { m } from '#lib/i18n/index.ts';
import { becomes, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { startDevice } from './support/device.ts';
import { entriesAt } from './support/relay-store.ts';
import { recordNotHome } from './support/visits.ts';

const { loss } = m.phone;
test.setTimeout(180_000);

test('set back to the day before, the phone says what may be missing, and has back what was handed in, once', async () => {
	const app = await spawnDemoApp();
	const device = await startDevice({ viewport: sizes.member, phone: true });
	try {
		const { name } = await becomes(device.page, app.url, 'member');
		await recordNotHome(device.page, app.url);
		await inStep(device.page);
		await device.close((folder) => copyOver(stored(folder), kept(folder)));

		const page = await device.open();
		await recordNotHome(page, app.url);
		await inStep(page);
		const said = entriesAt(app.dataDir, 'visit.recorded.v1');
		await device.close((folder) => copyOver(kept(folder), stored(folder)));

		const again = await device.open();
		await again.goto(`${app.url}/today`);
		await again.getByRole('link', { name: loss.open }).click();
		await expect(again.getByText(loss.setBack(name))).toBeVisible();
		await expect(again.getByText(loss.setBackNote)).toBeVisible();
		await again.getByRole('button', { name: loss.fetch }).click();
		await again.waitForURL('**/today');
		await expect(again.getByText(loss.banner)).toHaveCount(0);
		await inStep(again);
		await again.goto(`${app.url}/visit`);
		await expect(again.locator(`a[href="/visit/${said.at(-1)?.record}"]`)).toBeVisible();
		expect(entriesAt(app.dataDir, 'visit.recorded.v1')).toEqual(said);
	} finally {
		await device.end();
		await app.end();
	}
});

/** Where a browser keeps what its pages store in databases, but not the marks beside them. */
const stored = (folder: string): string => join(folder, 'Default', 'IndexedDB');
const kept = (folder: string): string => join(folder, 'of-the-day-before');

function copyOver(from: string, to: string): void {
	rmSync(to, { recursive: true, force: true });
	cpSync(from, to, { recursive: true });
}
