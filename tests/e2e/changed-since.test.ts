/** [E4] A form of 更正 that lay open, or as a draft, while somebody else corrected the same record. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { deskDevice } from './support/desk-device.ts';
import { entriesAt } from './support/relay-store.ts';

test.use({ serviceWorkers: 'allow' });

const { secretary, form, records } = m;
const fields = records.fieldWords;
let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('[E4] a draft taken up again says nothing of what it did not touch, and both versions of what two touched stay', async ({
	page
}) => {
	await page.setViewportSize(sizes.secretary);
	await becomes(page, app.url, 'secretary');
	await installed(page);
	const desk = await deskDevice(app.url);
	await page.goto(`${app.url}/inbox`);
	const list = page.getByRole('list', { name: secretary.inbox.list });
	await list.getByRole('link').first().click();
	await page.waitForURL(/record=/);
	const record = new URL(page.url()).searchParams.get('record') ?? '';
	const opened = page.url();

	await page.getByRole('button', { name: secretary.act.correct }).click();
	await page.getByLabel(fields.title).fill('书记写的标题');
	await page.getByLabel(secretary.correct.reason).fill('写得清楚些');
	await page.getByRole('button', { name: m.act.cancel }).click();
	await expect(page.getByLabel(fields.title)).toHaveCount(0);

	await desk.says({
		kind: 'demand.corrected.v1',
		record,
		body: { title: '另一台写的标题', place: '另一台写的地点', reason: '核对' }
	});
	await inStep(page);
	await page.goto(opened);
	await expect(page.getByRole('heading', { name: '另一台写的标题' }).first()).toBeVisible();
	await page.getByRole('button', { name: secretary.act.correct }).click();
	await expect(page.getByLabel(fields.title)).toHaveValue('书记写的标题');
	const note = page.getByText(form.changedSince.lead);
	await expect(note).toBeVisible();
	await expect(page.getByText('→ 另一台写的地点')).toBeVisible();
	await page
		.getByRole('contentinfo')
		.getByRole('button', { name: secretary.correct.confirm })
		.click();
	await expect(note).toHaveCount(0);
	const lastSaid = () =>
		entriesAt(app.dataDir, 'demand.corrected.v1')
			.filter((each) => each.record === record)
			.at(-1);
	await expect
		.poll(() => lastSaid()?.body, { timeout: 30_000 })
		.toEqual({ title: '书记写的标题', reason: '写得清楚些' });
	await inStep(page);
	await expect(page.getByText(m.status.versions).first()).toBeVisible();
	await expect(page.getByText('另一台写的地点').first()).toBeVisible();
});
