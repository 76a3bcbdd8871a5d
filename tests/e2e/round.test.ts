/** A member's day on the round, taps counted from the home screen, and its paper at the desk. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { dayOf } from '#domain/calendar.ts';
import { m } from '#lib/i18n/index.ts';
import { DAY } from '../support/tell.ts';
import { becomes, inStep, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { choose } from './support/forms.ts';
import { entriesAt } from './support/relay-store.ts';

const { today, visit } = m.member;
const { round } = m;
const fields = m.records.fieldWords;
test.setTimeout(240_000);

/** Counts what a finger does and says it; the letters typed are not counted, the tap into a field is. */
function finger(page: Page) {
	const taps: string[] = [];
	return {
		async tap(target: Locator) {
			const [words = ''] = (await target.innerText()).split('\n');
			taps.push(words);
			await target.click();
		},
		async choose(name: string) {
			taps.push(name);
			await choose(page, name);
		},
		async type(label: string, text: string) {
			taps.push(label);
			await page.getByLabel(label, { exact: true }).fill(text);
		},
		expectAtMost(most: number, what: string) {
			console.log(`${what}: ${taps.length} taps (${taps.join(', ')})`);
			expect(taps.length).toBeLessThanOrEqual(most);
		}
	};
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });
const saved = (page: Page) => page.getByRole('heading', { name: m.sync.savedTitle });
const due = (page: Page) =>
	page.getByRole('list', { name: today.list }).locator('a[href^="/visit/new"]');
/** The first door of a round that stands still: what was visited just now leaves it as it is read. */
async function firstDue(page: Page): Promise<Locator> {
	let before = '';
	await expect(async () => {
		const now = (await due(page).allInnerTexts()).join();
		const isStill = now !== '' && now === before;
		before = now;
		expect(isStill).toBe(true);
	}).toPass({ intervals: [300], timeout: 15_000 });
	return due(page).first();
}
const nextDoor = (page: Page) => page.locator('section.card strong').first();

test('a round in few taps; what was on paper is written down by the desk', async ({ browser }) => {
	const app = await spawnDemoApp();
	const phone = await browser.newContext({ viewport: sizes.member });
	const page = await phone.newPage();
	const { name } = await becomes(page, app.url, 'member');

	await test.step('未遇, and a day to come again', async () => {
		const count = finger(page);
		await count.tap(link(page, today.notHome));
		await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
		await count.choose(round.day.in(3));
		await count.tap(button(page, m.act.handIn));
		await expect(saved(page)).toBeVisible();
		count.expectAtMost(4, '未遇');
	});

	await test.step('a note for the door names who came, and nobody who lives there', async () => {
		await expect(page.getByText(round.slip.title)).toBeVisible();
		await expect(page.getByText(name)).toBeVisible();
	});

	await test.step('家里都好, from the home screen', async () => {
		await page.goto(`${app.url}/today`);
		const count = finger(page);
		await count.tap(link(page, today.allWell));
		await expect(page.getByRole('heading', { name: visit.who.title })).toBeVisible();
		await count.tap(button(page, m.act.handIn));
		await expect(saved(page)).toBeVisible();
		count.expectAtMost(6, 'a visit without demand');
	});

	await test.step('a visit without demand that is written down: of whom was met, and of the home', async () => {
		await page.goto(`${app.url}/today`);
		const count = finger(page);
		await count.tap(await firstDue(page));
		await expect(heading(page, visit.who.title)).toBeVisible();
		await count.choose(visit.who.self(''));
		await count.tap(button(page, m.act.continue));
		await expect(heading(page, visit.home.title)).toBeVisible();
		await count.tap(button(page, m.act.continue));
		await expect(heading(page, visit.demands.title)).toBeVisible();
		await count.tap(button(page, visit.demands.none));
		await expect(heading(page, m.form.checkTitle)).toBeVisible();
		await count.tap(button(page, m.act.handIn));
		await expect(saved(page)).toBeVisible();
		count.expectAtMost(6, 'a visit without demand, of who lives there');
	});

	await test.step('and of somebody who has to be named', async () => {
		await page.goto(`${app.url}/today`);
		const count = finger(page);
		await count.tap(await firstDue(page));
		await count.choose(visit.who.other);
		await count.type(visit.who.name, '女儿');
		await count.tap(button(page, m.act.continue));
		await expect(heading(page, visit.home.title)).toBeVisible();
		await count.tap(button(page, visit.demands.none));
		await expect(heading(page, m.form.checkTitle)).toBeVisible();
		await count.tap(button(page, m.act.handIn));
		await expect(saved(page)).toBeVisible();
		count.expectAtMost(6, 'a visit without demand, of somebody else');
	});

	await test.step('what was walked yesterday is noted today, under its own day and time', async () => {
		await page.goto(`${app.url}/today`);
		await (await firstDue(page)).click();
		await choose(page, visit.who.self(''));
		await page.getByText(m.visit.moreNote).click();
		await page.getByLabel(fields.day).fill(dayOf(Date.now() + DAY));
		await button(page, m.act.continue).click();
		await expect(page.getByRole('link', { name: round.record.dayFuture })).toBeVisible();
		await page.getByLabel(fields.day).fill(dayOf(Date.now() - DAY));
		await page.getByLabel(fields.startTime).fill('9:30');
		const yesterday = m.when.at(m.when.yesterday, '9:30');
		await expect(page.getByText(m.visit.when.otherDay(yesterday))).toBeVisible();
		await button(page, m.act.continue).click();
		await button(page, visit.demands.none).click();
		await expect(page.getByText(yesterday)).toBeVisible();
		await button(page, m.act.handIn).click();
		await expect(saved(page)).toBeVisible();
		await link(page, m.member.saved.open).click();
		await expect(page.getByText(yesterday)).toBeVisible();
	});

	let putOff = '';
	await test.step('another door is put off, and the round goes on', async () => {
		await page.goto(`${app.url}/today`);
		putOff = await nextDoor(page).innerText();
		await button(page, round.postpone.open).click();
		await choose(page, round.postponeReason.away);
		await choose(page, round.day.in(2));
		await button(page, round.postpone.confirm).click();
		await expect(nextDoor(page).filter({ hasText: putOff })).toHaveCount(0);
		await inStep(page);
	});

	await test.step('a visit with one demand, from the home screen', async () => {
		await page.goto(`${app.url}/today`);
		const count = finger(page);
		await count.tap(await firstDue(page));
		await expect(heading(page, visit.who.title)).toBeVisible();
		await count.choose(visit.who.other);
		await count.type(visit.who.name, '女儿');
		await count.tap(button(page, m.act.continue));
		await expect(heading(page, visit.home.title)).toBeVisible();
		await count.tap(button(page, m.act.continue));
		await count.type(visit.demands.text, '楼道灯不亮');
		await count.choose(m.demandType.complaint);
		await count.tap(button(page, visit.demands.add));
		await count.tap(button(page, m.act.continue));
		await expect(heading(page, m.visit.photos.title)).toBeVisible();
		await count.tap(button(page, m.act.toCheck));
		await expect(heading(page, m.form.checkTitle)).toBeVisible();
		await count.tap(button(page, m.act.handIn));
		await expect(saved(page)).toBeVisible();
		count.expectAtMost(12, 'a visit with one demand');
	});

	await test.step('更正 of a visit of today, from the home screen', async () => {
		await page.goto(`${app.url}/today`);
		const count = finger(page);
		await count.tap(page.locator('a[href^="/visit/"]').filter({ hasText: today.visited }).first());
		await count.tap(button(page, m.member.record.correct));
		await count.choose(m.visitMode.phone);
		await count.type(m.secretary.correct.reason, '是打电话问的');
		const confirm = { name: m.secretary.correct.confirm };
		await count.tap(page.getByRole('dialog').getByRole('button', confirm));
		await expect(page.getByText(m.member.record.stored)).toBeVisible();
		count.expectAtMost(5, '更正');
	});

	await test.step('更正 of the door itself, from the home screen', async () => {
		await page.goto(`${app.url}/today`);
		const sheet = page.getByRole('dialog');
		const count = finger(page);
		await count.tap(
			page.locator('a[href^="/visit/"]').filter({ hasText: today.notHomeToday }).first()
		);
		await count.tap(button(page, m.member.record.correct));
		await count.tap(sheet.getByRole('button', { name: m.visit.correct.doorChange }));
		// The field and the reason ask for no tap of their own.
		await expect(page.locator('#door')).toBeFocused();
		await page.keyboard.type(putOff);
		await count.tap(sheet.getByRole('button', { name: putOff }));
		await count.tap(sheet.getByRole('button', { name: m.secretary.correct.confirm }));
		await expect(page.getByText(m.member.record.stored)).toBeVisible();
		await expect(heading(page, putOff)).toBeVisible();
		count.expectAtMost(5, '更正 of the door');
	});

	const tablet = await browser.newContext({ viewport: sizes.secretary });
	const desk = await tablet.newPage();
	await test.step('the desk writes a visit on paper down for the member', async () => {
		const { name: clerk } = await becomes(desk, app.url, 'secretary');
		await desk.goto(`${app.url}/rounds`);
		await desk.getByRole('link', { name }).click();
		await desk.locator('a[href*="/record?household="]').first().click();
		await desk.getByLabel(fields.day).fill(dayOf(Date.now() - DAY));
		await desk.getByLabel(fields.startTime).fill('9:30');
		await choose(desk, m.visitOutcome.met);
		await desk.getByLabel(round.record.interviewee).fill('女儿');
		await desk.getByText(fields.signedOnPaper).click();
		await desk.getByLabel(round.record.demand(1)).fill('楼道灯不亮');
		await choose(desk, m.urgency.urgent);
		await desk.getByText(m.visit.moreNote).click();
		await desk.getByText(m.group.livingAlone).click();
		await desk.getByRole('textbox', { name: fields.size }).fill('2');
		await desk.getByLabel(m.member.visit.other.suggestions).fill('想加个长椅');
		await button(desk, round.record.submit).click();
		await expect(desk.getByRole('heading', { name: round.record.saved })).toBeVisible();
		await inStep(desk);
		const written = entriesAt(app.dataDir, 'demand.registered.v1').at(-1);
		expect(written?.body).toMatchObject({ description: '楼道灯不亮', urgency: 'urgent' });
		await desk.goto(`${app.url}/visits`);
		await desk.getByText(round.record.by(clerk)).first().click();
		for (const words of [fields.signedOnPaper, m.group.livingAlone, '想加个长椅'])
			await expect(desk.getByText(words)).toBeVisible();
	});

	await test.step('and the member sees it among their own', async () => {
		await page.goto(`${app.url}/visit`);
		await expect(page.getByText(round.record.written).first()).toBeVisible();
	});
	await tablet.close();
	await phone.close();
	await app.end();
});
