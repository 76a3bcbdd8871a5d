/** What protects residents: erased on request, and gone from the relay's files and from the devices. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { filesHolding } from '../support/files-holding.ts';
import { becomes, becomesOn, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { choose, press, pressInSheet } from './support/forms.ts';
import { entriesAt } from './support/relay-store.ts';
import { stored } from './support/stored.ts';

const words = m.privacy.erasure;
const CANARY = '甄无痕';
/** Where the officer of the demo district works. */
const OFFICE = '990101001000';

// Three waits of up to a minute, on a machine that may be busy.
test.setTimeout(300_000);

test('[A4] a resident asks to be erased: within a minute no file and no device holds the name', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');
		const desk = await becomesOn(browser, app.url, 'secretary');
		const holding = async (page: typeof phone) =>
			Object.entries(await stored(page)).filter(([, text]) => text.includes(CANARY)).length;

		await phone.goto(`${app.url}/households/new`);
		await phone.getByLabel(m.member.newHome.building).fill('9');
		await phone.getByLabel(m.member.newHome.room).fill('909');
		await phone.getByLabel(m.member.newHome.head).fill(CANARY);
		await press(phone, m.member.newHome.submit);
		await phone.waitForURL('**/visit/new?**');
		await phone.goto(`${app.url}/today`);
		await inStep(phone);
		await expect.poll(() => filesHolding(app.dataDir, CANARY).length).toBeGreaterThan(0);

		await desk.goto(`${app.url}/residents?tab=unconfirmed`);
		await desk.getByRole('link', { name: CANARY }).click();
		await expect.poll(() => holding(phone)).toBeGreaterThan(0);
		await desk.getByRole('link', { name: words.openHome }).click();
		await press(desk, words.submit);
		await expect(desk.getByText(words.typeWrong('9-909')).first()).toBeVisible();
		await choose(desk, words.grounds.requested);
		await desk.getByLabel(words.type('9-909')).fill('9－909');
		await press(desk, words.submit);
		await pressInSheet(desk, words.confirm);
		await expect(desk.locator('[data-erasure="erased"]')).toBeVisible();

		expect(filesHolding(app.dataDir, CANARY)).toEqual([]);
		await expect.poll(() => holding(phone), { timeout: 60_000 }).toBe(0);
		await expect.poll(() => holding(desk), { timeout: 60_000 }).toBe(0);
	} finally {
		await app.end();
	}
});

test('two taps in a row show a number once, and are recorded as one', async ({ page }) => {
	const app = await spawnDemoApp();
	try {
		await page.setViewportSize(sizes.secretary);
		await becomes(page, app.url, 'secretary');
		await expect.poll(() => entriesAt(app.dataDir, 'desk-key.published.v1').length).toBe(1);
		const [desk] = entriesAt(app.dataDir, 'desk-key.published.v1');
		const door = entriesAt(app.dataDir, 'household.registered.v1').find(
			({ org, body }) => org === desk?.org && body.phone !== undefined
		);
		const before = entriesAt(app.dataDir, 'reveal.recorded.v1').length;
		await page.goto(`${app.url}/residents?record=${door?.record}`);
		await page.getByText(m.privacy.reveals.show, { exact: true }).first().dblclick();
		await expect(page.getByRole('link', { name: String(door?.body.phone) })).toBeVisible();
		await expect
			.poll(() => entriesAt(app.dataDir, 'reveal.recorded.v1').length)
			.toBeGreaterThan(before);
		await inStep(page);
		expect(entriesAt(app.dataDir, 'reveal.recorded.v1')).toHaveLength(before + 1);
	} finally {
		await app.end();
	}
});

test('the office has the number shown of what was handed up to it, and records that for itself', async ({
	page
}) => {
	const app = await spawnDemoApp();
	try {
		await page.setViewportSize(sizes.subdistrict);
		await becomes(page, app.url, 'subdistrict');
		const entries = (kind: string) => entriesAt(app.dataDir, kind);
		const gone = new Set(entries('demand.handed-back.v1').map(({ record }) => record));
		const up = entries('demand.escalated.v1').find(
			({ body, record }) => body.office === OFFICE && !gone.has(record)
		);
		const raised = entries('demand.registered.v1').find(({ record }) => record === up?.record);
		const number = String(raised?.body.phone);
		await page.goto(`${app.url}/escalated?record=${up?.record}`);
		const shows = page.getByText(m.privacy.reveals.show, { exact: true });
		await expect(shows).toBeVisible();
		await expect(page.getByText(number)).toHaveCount(0);
		await shows.click();
		await expect(page.getByRole('link', { name: number })).toBeVisible();
		await expect.poll(() => entries('reveal.recorded.v1').length).toBe(1);
		const [shown] = entries('reveal.recorded.v1');
		expect([shown?.verdict, shown?.org]).toEqual(['accepted', OFFICE]);
		await page.goto(`${app.url}/privacy/reveals`);
		await expect(page.locator(`[data-reveal="${up?.record}"]`)).toBeVisible();
	} finally {
		await app.end();
	}
});
