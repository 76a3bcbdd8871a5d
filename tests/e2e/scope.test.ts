/** [A5, D2] A door that goes to another member, a member who goes, a lost phone: what is stored is searched for names. */
import { expect, test, type Page } from '@playwright/test';
import { isDemand, isOpenState } from '#domain/kinds/demand.ts';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, joinsOn, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { deskDevice } from './support/desk-device.ts';
import { settled } from './support/gates.ts';
import { arrivedAt, entriesAt } from './support/relay-store.ts';
import { stored } from './support/stored.ts';
import { handIn, reachCheck, reachDemands } from './support/visits.ts';

const { home } = m.member;
let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('[A5, D2] a door goes to another with its whole history, and back when they go; a revoked phone keeps nothing', async ({
	browser,
	page
}) => {
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	const own = await page.evaluate(ownOf);
	const { door, name, rest } = await doorWithMatter(page, own.person);
	const duty = dutyBeside(own.person, door.org);
	const other = String(duty.body.person);
	const history = await historyOf(page, door.record);
	expect(history.demands).not.toEqual([]);
	expect(history.visits).not.toEqual([]);

	const desk = await deskDevice(app.url);
	const link = (member: string) =>
		desk.says({
			kind: 'household.linked.v1',
			record: door.record,
			body: { member, from: Date.now() }
		});
	const theirs = await joinsOn(browser, sizes.member, await desk.invites(other));
	expect(await holding(theirs, name)).toEqual([]);

	await test.step('a door goes to another member: gone here, and all of it there', async () => {
		await link(other);
		await expect.poll(() => holding(page, name)).toEqual([]);
		expect(await holding(page, rest)).not.toEqual([]);
		await expect.poll(() => holding(theirs, name)).not.toEqual([]);
		await expect.poll(() => historyOf(theirs, door.record)).toEqual(history);
		for (const title of history.demands) expect(await holding(theirs, title)).not.toEqual([]);
	});

	await test.step('they go: their phone knows nobody, and the door is whole where it was', async () => {
		await link(own.person);
		await desk.says({
			kind: 'duty.ended.v1',
			record: duty.record,
			body: { to: Date.now(), reason: '工作调动' }
		});
		const title = m.setup.noDuty.title;
		await expect(heading(theirs, title)).toBeVisible({ timeout: 30_000 });
		const names = headsOf(other);
		expect(names).not.toEqual([]);
		for (const gone of [name, ...names]) expect(await holding(theirs, gone)).toEqual([]);
		await expect.poll(() => historyOf(page, door.record)).toEqual(history);
	});

	await test.step('the phone that is revoked', async () => {
		await desk.revokes(own.device);
		const title = m.setup.noDuty.revokedTitle;
		await expect(heading(page, title)).toBeVisible({ timeout: 30_000 });
		for (const gone of [name, rest]) expect(await holding(page, gone)).toEqual([]);
		await page.reload();
		await expect(page.getByText(m.setup.noDuty.nothingKept)).toBeVisible();
	});
	await theirs.context().close();
});

test('[A5] a visit that is half written when its door goes to another is finished from 需要处理', async ({
	page
}) => {
	await page.setViewportSize(sizes.member);
	await becomes(page, app.url, 'member');
	const own = await page.evaluate(ownOf);
	const door = doors().find(({ body }) => body.linkedMember === own.person);
	if (door === undefined) throw new Error('scope: no door of theirs');
	await page.goto(`${app.url}/visit/new?household=${door.record}`);
	await reachDemands(page);
	await page.goto(`${app.url}/me`);
	await expect(page.getByText(m.member.me.attentionNone)).toBeVisible();
	const before = entriesAt(app.dataDir, 'visit.recorded.v1').length;

	const desk = await deskDevice(app.url);
	const other = dutyBeside(own.person, door.org);
	await desk.says({
		kind: 'household.linked.v1',
		record: door.record,
		body: { member: other.body.person, from: Date.now() }
	});
	await expect(page.getByText(m.member.me.attentionCount(1))).toBeVisible({ timeout: 30_000 });
	await page.getByText(m.member.me.attentionCount(1)).click();
	await page.getByRole('link', { name: m.member.attention.left.finish }).click();
	await expect(heading(page, m.member.visit.demands.title)).toBeVisible();
	await reachCheck(page);
	await handIn(page);
	const [visit] = await arrivedAt(app.dataDir, 'visit.recorded.v1', { before, count: 1 });
	expect(visit).toMatchObject({ verdict: 'accepted', body: { household: door.record } });
	// As before the door went: what was sent back to them in the demo waits on its own.
	await page.goto(`${app.url}/me`);
	await expect(page.getByText(m.member.me.attentionNone)).toBeVisible();
	await page.goto(`${app.url}/attention`);
	await settled(page);
	await expect(page.getByRole('link', { name: m.member.attention.left.finish })).toHaveCount(0);
});

test('[D2, D1] on a tablet that two share, who was revoked meanwhile is emptied, and taken off it by a screen', async ({
	page
}) => {
	await page.setViewportSize(sizes.secretary);
	const { name } = await becomes(page, app.url, 'member');
	const own = await page.evaluate(ownOf);
	const [head = ''] = headsOf(own.person);
	const theirs = async () =>
		(await holding(page, head)).filter((database) => database.includes(own.person));
	expect(await theirs()).not.toEqual([]);
	await becomes(page, app.url, 'secretary');
	const desk = await deskDevice(app.url);
	await desk.revokes(own.device);
	expect(await theirs()).not.toEqual([]);
	await page.reload();
	await expect.poll(theirs, { timeout: 30_000 }).toEqual([]);

	const { removeOf, remove, removed } = m.people.switch;
	await page.goto(`${app.url}/switch`);
	await page.getByRole('button', { name: removeOf(name) }).click();
	await page.getByRole('dialog').getByRole('button', { name: remove }).click();
	await expect(page.getByText(removed(name))).toBeVisible();
	const databases = await page.evaluate(() => indexedDB.databases());
	expect(databases.filter((each) => each.name?.includes(own.person))).toEqual([]);
	await page.goto(`${app.url}/inbox`);
	await inStep(page);
});

function doors() {
	return entriesAt(app.dataDir, 'household.registered.v1').filter(
		({ body }) => typeof body.head === 'string'
	);
}

function headsOf(person: string): readonly string[] {
	return doors().flatMap(({ body }) => (body.linkedMember === person ? String(body.head) : []));
}

/** A door of theirs that was visited and waits for something, with a name that no other has; and a name beside it. */
async function doorWithMatter(page: Page, person: string) {
	const open = new Set<unknown>();
	for (const text of Object.values(await stored(page)))
		for (const line of text.split('\n')) {
			const { row } = line === '' ? {} : JSON.parse(line);
			if (isDemand(row) && isOpenState(row.state)) open.add(row.household);
		}
	const visited = new Set(
		entriesAt(app.dataDir, 'visit.recorded.v1').map(({ body }) => body.household)
	);
	const all = doors();
	const door = all.find(
		({ record, body: { head, linkedMember } }) =>
			linkedMember === person &&
			open.has(record) &&
			visited.has(record) &&
			all.filter(({ body }) => body.head === head).length === 1
	);
	const name = String(door?.body.head);
	const rest = headsOf(person).find((head) => head !== name);
	if (door === undefined || rest === undefined) throw new Error('scope: no door to hand over');
	return { door, name, rest };
}

/** The duty of another member of the same community. */
function dutyBeside(person: string, org: string) {
	const found = entriesAt(app.dataDir, 'duty.assigned.v1').find(
		({ body }) => body.role === 'member' && body.person !== person && body.at === org
	);
	if (found === undefined) throw new Error('scope: nobody to hand over to');
	return found;
}

/** What the page of a household shows of its past. */
async function historyOf(page: Page, record: string) {
	const path = `/households/${record}`;
	if (new URL(page.url()).pathname !== path) await page.goto(app.url + path);
	const visits = page.getByRole('list', { name: home.visits }).getByRole('listitem');
	await visits.first().waitFor();
	return {
		demands: await page
			.getByRole('list', { name: home.demands })
			.getByRole('listitem')
			.locator('strong')
			.allInnerTexts(),
		visits: await visits.allInnerTexts()
	};
}

function heading(page: Page, name: string) {
	return page.getByRole('heading', { name });
}

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
