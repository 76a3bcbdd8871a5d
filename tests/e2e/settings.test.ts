/** The district changes one deadline from a day on; the change waits, stands in the history, and is taken back. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomes, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { press } from './support/forms.ts';

const words = m.settings;

test('a deadline is changed from a day on, after a contradiction was explained', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	const page = await browser.newPage({ viewport: sizes.district });
	await becomes(page, app.url, 'district');
	await page.getByRole('link', { name: words.title }).click();
	await press(page, words.changeWhat(words.deadlineClass.consult));
	await page.getByLabel(words.sign, { exact: true }).fill('9');
	await page.getByLabel(words.unitOf(words.sign)).selectOption('days');
	await page.getByLabel(words.reason).fill('便民热线合并');
	const what = words.part(words.sections.deadlines, words.deadlineClass.consult);
	const wrong = words.contradictions['sign-after-resolve'](what);
	await press(page, words.confirm);
	await expect(page.getByRole('link', { name: wrong })).toBeVisible();
	await page.getByLabel(words.sign, { exact: true }).fill('1');
	await press(page, words.confirm);
	await inStep(page);
	const history = page.getByRole('region', { name: words.history });
	await expect(history.getByRole('row', { name: what })).toContainText('便民热线合并');
	await press(page, words.revokeWhat(what));
	await page.getByLabel(m.secretary.reason.label).fill('改到下月');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words.revokeWhat(what) })
		.click();
	await expect(history.getByRole('row', { name: what })).toContainText('改到下月');
	await inStep(page);
	await page.context().close();
	await app.end();
});
