/** [A5, D2] A door that goes to another member and a lost phone: what is stored is searched for names. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { deskDevice } from './support/desk-device.ts';
import { entriesAt } from './support/relay-store.ts';
import { stored } from './support/stored.ts';

let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('[D2] a phone loses the door that went to another, and everything when it is revoked', async ({
	page
}) => {
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	const own = await page.evaluate(ownOf);
	const doors = entriesAt(app.dataDir, 'household.registered.v1').filter(
		({ body }) => body.linkedMember === own.person && typeof body.head === 'string'
	);
	const heads = doors.map(({ body }) => String(body.head));
	const door = doors.find(({ body }) => heads.filter((head) => head === body.head).length === 1);
	const other = entriesAt(app.dataDir, 'duty.assigned.v1').find(
		({ body }) => body.role === 'member' && body.person !== own.person && body.at === doors[0]?.org
	);
	const name = String(door?.body.head);
	await expect.poll(() => holding(page, name)).not.toEqual([]);

	const desk = await deskDevice(app.url);
	await desk.says({
		kind: 'household.linked.v1',
		record: door?.record ?? '',
		body: { member: other?.body.person, from: Date.now() }
	});
	await expect.poll(() => holding(page, name)).toEqual([]);
	const rest = heads.find((head) => head !== name) ?? '';
	expect(await holding(page, rest)).not.toEqual([]);

	await desk.revokes(own.device);
	const title = m.setup.noDuty.revokedTitle;
	await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 30_000 });
	expect(await holding(page, rest)).toEqual([]);
	await page.reload();
	await expect(page.getByText(m.setup.noDuty.nothingKept)).toBeVisible();
});

/** The databases in which a name can be read. */
async function holding(page: Page, name: string): Promise<readonly string[]> {
	return Object.entries(await stored(page)).flatMap(([database, text]) =>
		text.includes(name) ? [database] : []
	);
}

/** The person and the device that this browser enrolled. */
async function ownOf(): Promise<{ person: string; device: string }> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open('lxq-installation');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const persons = await new Promise<{ person: string; device: string }[]>((resolve, reject) => {
		const request = db.transaction('persons').objectStore('persons').getAll();
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	db.close();
	const [own] = persons;
	if (!own) throw new Error('scope: nobody is here');
	return own;
}
