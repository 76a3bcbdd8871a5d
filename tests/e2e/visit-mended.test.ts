/** A visit that was done: signed anew in a correction, then made void on the phone; the desk sees what was and what is. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomesOn, figure, inStep } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOn, press, pressInSheet } from './support/forms.ts';
import { entriesAt } from './support/relay-store.ts';
import { handIn, reachDemands, signs, startVisit } from './support/visits.ts';

const { record } = m.member;
const { correct, sign } = m.visit;
const WHY = '走错了门';
test.setTimeout(180_000);

test('signed again, with the first signature in the history; then void, and no longer counted', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');
		const desk = await becomesOn(browser, app.url, 'secretary');
		await startVisit(phone, app.url);
		await reachDemands(phone);
		await goOn(phone);
		await signs(phone);
		await press(phone, m.act.toCheck);
		await handIn(phone);
		await phone.getByRole('link', { name: m.member.saved.open }).click();
		const recorded = () => entriesAt(app.dataDir, 'visit.recorded.v1').at(-1);
		await expect.poll(() => recorded()?.body.intervieweeSignature).toBeDefined();
		const visit = recorded();

		await test.step('更正: another signature in the place of the first', async () => {
			await press(phone, record.correct);
			await pressInSheet(phone, correct.signAnew);
			await signs(phone, 20);
			await phone.getByLabel(m.secretary.correct.reason).fill('先前签得看不清');
			await pressInSheet(phone, m.secretary.correct.confirm);
			await expect(phone.getByText(record.stored)).toBeVisible();
			const said = () =>
				entriesAt(app.dataDir, 'visit.corrected.v1').find((each) => each.record === visit?.record)
					?.body;
			await expect
				.poll(() => Object.keys(said() ?? {}).sort())
				.toEqual(['intervieweeSignature', 'reason']);
			expect(said()?.intervieweeSignature).not.toEqual(visit?.body.intervieweeSignature);
		});

		await test.step('the desk looks at the new one, and reads that there was another', async () => {
			await desk.goto(`${app.url}/visits/${visit?.record ?? ''}`);
			await desk.getByText(m.history.title).click();
			await expect(desk.locator('ins', { hasText: m.records.signedAnew })).toBeVisible({
				timeout: 30_000
			});
			await expect(desk.locator('del', { hasText: m.records.signed })).toBeVisible();
			await desk.getByRole('button', { name: sign.interviewee }).click();
			const whole = desk.getByRole('dialog').getByRole('img');
			await expect(whole).toBeVisible({ timeout: 30_000 });
			await desk.keyboard.press('Escape');
		});

		await test.step('作废 on the phone, with a reason', async () => {
			const before = await visitsCounted(desk, app.url);
			await press(phone, record.void);
			await pressInSheet(phone, record.void);
			await expect(
				phone.getByRole('dialog').getByRole('link', { name: m.secretary.reason.missing })
			).toBeVisible();
			await phone.getByLabel(m.secretary.reason.label).fill(WHY);
			await pressInSheet(phone, record.void);
			await expect(phone.getByText(record.voided(WHY))).toBeVisible();
			for (const gone of [record.correct, m.visit.add.act])
				await expect(phone.getByRole('button', { name: gone })).toHaveCount(0);
			await inStep(phone);
			await expect(async () => {
				expect(await visitsCounted(desk, app.url)).toBe(before - 1);
			}).toPass({ timeout: 30_000 });
		});

		await test.step('the desk reads why, and can change nothing of it', async () => {
			await desk.goto(`${app.url}/visits/${visit?.record ?? ''}`);
			await expect(desk.getByText(WHY).first()).toBeVisible();
			const { detail } = m.secretary.visits;
			for (const gone of [detail.correct, detail.void, m.visit.review.act])
				await expect(desk.getByRole('button', { name: gone })).toHaveCount(0);
		});
	} finally {
		await app.end();
	}
});

async function visitsCounted(desk: Page, url: string): Promise<number> {
	await desk.goto(`${url}/figures`);
	return figure(desk, 'visits');
}
