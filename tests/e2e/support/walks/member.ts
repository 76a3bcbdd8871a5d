/** The member's walk with a phone in elder mode: from a slip of paper through a round without network. */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { chip, inStep, installed, sizes } from '../actors.ts';
import { choose, goOn, press } from '../forms.ts';
import { expectGuideAlone, WECHAT } from '../in-app.ts';
import { cameraPhoto } from '../photo.ts';
import { handIn, reachDemands } from '../visits.ts';
import { doors, ESTATE, lampAtDoor, lampOnPaper, MEMBER, WORKER } from './people.ts';
import type { HeldSlip } from './slips.ts';
import type { Stage } from './stage.ts';
import type { Walk } from './walk.ts';

const { join } = m.setup;
const { choose: chooseDoor, newHome, saved, today, visit } = m.member;

export interface Phone {
	readonly context: BrowserContext;
	readonly page: Page;
}

/** Four doors are due; their heads and what is known of them come from the evening before. */
export async function walkMember(stage: Stage, slip: HeldSlip): Promise<Phone> {
	const { walk, device } = stage;
	await scansInWeChat(stage, slip);
	const context = await device({ viewport: sizes.member, hasTouch: true, isMobile: true });
	const page = await context.newPage();
	await joins(walk, page, slip);
	await walk.step(page, 'airplane mode, opened anew', async () => {
		await context.setOffline(true);
		await page.reload();
		await expect(chip(page)).toHaveAttribute('data-sync', 'offline');
		await expect(page.getByText(today.count(4))).toBeVisible();
	});
	await visitsKnownDoor(walk, page);
	await addsDoor(walk, page);
	await bringsDemand(walk, page);
	await findsNobody(walk, page);
	await correctsDoor(walk, page);
	await walk.step(page, 'what waits while there is no network', async () => {
		await expect(chip(page)).toHaveText(
			new RegExp(m.sync.waiting(0).replace('0', '\\s*[1-9]\\d*'))
		);
		await chip(page).click();
		await expect(page.getByRole('dialog')).toContainText(doors.known.head);
	});
	await walk.step(page, 'the network is back: everything is handed in', async () => {
		await context.setOffline(false);
		await page.getByRole('dialog').getByRole('button', { name: m.sync.tryNow }).click();
		await page.keyboard.press('Escape');
		await inStep(page);
	});
	return { context, page };
}

async function scansInWeChat({ walk, device }: Stage, { link }: HeldSlip): Promise<void> {
	const context = await device({ viewport: sizes.member, userAgent: WECHAT });
	const page = await context.newPage();
	await walk.step(page, 'the slip scanned in WeChat leads to a browser', async () => {
		await page.goto(link);
		await expect(page.getByText(join.inApp)).toBeVisible();
		await expect(page.getByText(join.notUsed)).toBeVisible();
		await expect(button(page, join.confirm)).toHaveCount(0);
	});
	await walk.step(page, 'nor does the first page let anybody in there', async () => {
		await page.goto(new URL('/welcome', link).href);
		await expectGuideAlone(page);
	});
	await context.close();
}

async function joins(walk: Walk, page: Page, { link }: HeldSlip): Promise<void> {
	await walk.step(page, 'the slip in a browser: whose it is', async () => {
		await page.goto(link);
		await expect(page.getByText(join.forWhom(MEMBER.name))).toBeVisible();
	});
	await walk.step(page, 'the elder version, before anything is written', async () => {
		await press(page, m.appearance.switchToElder);
		await expect(page.locator('html')).toHaveAttribute('data-elder');
		await page.getByLabel(join.check).fill(MEMBER.phone.slice(-4));
	});
	await walk.step(page, '今天要走 4 户', async () => {
		await press(page, join.confirm);
		await page.waitForURL('**/today');
		await inStep(page);
		await expect(page.getByText(today.count(4))).toBeVisible();
		await installed(page);
	});
}

async function visitsKnownDoor(walk: Walk, page: Page): Promise<void> {
	await walk.step(page, 'a door with its last visit and an open matter', async () => {
		await page.getByRole('link', { name: today.start }).click();
		await expect(heading(page, visit.who.title)).toBeVisible();
		await expect(page.getByText(lampOnPaper)).toBeVisible();
		await expect(page.getByText(m.member.knock.last('', '').slice(0, 4)).first()).toBeVisible();
	});
	await walk.step(page, '家里都好', async () => {
		await choose(page, visit.who.self(doors.known.head));
		await page.getByText(visit.who.allWell).click();
		await handIn(page);
	});
}

async function addsDoor(walk: Walk, page: Page): Promise<void> {
	await walk.step(page, 'the next door is not in the list', async () => {
		await page.getByRole('link', { name: saved.home }).click();
		await page.getByRole('link', { name: today.record }).click();
		await page.getByLabel(chooseDoor.search).fill(doors.unlisted.room);
		await expect(page.getByText(chooseDoor.none)).toBeVisible();
	});
	await walk.step(page, '新增住户', async () => {
		await page.getByRole('link', { name: chooseDoor.add }).click();
		await expect(page.getByLabel(newHome.estate)).toHaveValue(ESTATE);
		await expect(page.getByLabel(newHome.room)).toHaveValue(doors.unlisted.room);
		// What was looked for may be a name.
		expect(new URL(page.url()).search).toBe('');
		await page.getByLabel(newHome.building).fill('3');
		await page.getByLabel(newHome.unit).fill('2');
		await page.getByLabel(newHome.room).fill(doors.unlisted.room);
		await page.getByLabel(newHome.head).fill(doors.unlisted.head);
	});
	await walk.step(page, 'and straight on to its visit', async () => {
		await press(page, newHome.submit);
		await expect(heading(page, visit.who.title)).toBeVisible();
		await choose(page, visit.who.self(doors.unlisted.head));
		await page.getByText(visit.who.allWell).click();
		await handIn(page);
	});
}

async function bringsDemand(walk: Walk, page: Page): Promise<void> {
	await walk.step(page, 'the next door has a demand', async () => {
		await nextDoor(page, doors.lamp.head);
		await reachDemands(page);
		await page.getByLabel(visit.demands.text).fill(lampAtDoor);
	});
	await walk.step(page, 'with a photo', async () => {
		await press(page, visit.demands.add);
		await goOn(page);
		const photo = await cameraPhoto(page);
		await page.locator('input[type=file]').first().setInputFiles(photo);
		await expect(page.getByRole('img', { name: m.visit.photos.photo(1) })).toBeVisible();
	});
	await walk.step(page, 'looked over once more', async () => {
		await press(page, m.act.toCheck);
		await expect(heading(page, m.form.checkTitle)).toBeVisible();
		await expect(page.getByText(lampAtDoor)).toBeVisible();
	});
	await walk.step(page, 'stored with its demand', () => handIn(page));
}

async function findsNobody(walk: Walk, page: Page): Promise<void> {
	await walk.step(page, '未遇, to come again in three days', async () => {
		await nextDoor(page, doors.away.head);
		await choose(page, visit.who.notHome);
		await choose(page, m.round.day.in(3));
	});
	await walk.step(page, 'a note for the door', async () => {
		await handIn(page);
		await expect(page.getByText(m.round.slip.title)).toBeVisible();
	});
}

async function correctsDoor(walk: Walk, page: Page): Promise<void> {
	const { correct } = m.visit;
	await walk.step(page, 'it was another door: 更正', async () => {
		await page.getByRole('link', { name: saved.open }).click();
		await press(page, m.member.record.correct);
		await press(page, correct.doorChange);
		await page.getByLabel(correct.doorFind).fill(doors.meant.room);
		await page.getByRole('button', { name: doors.meant.head }).click();
		await page.getByLabel(m.secretary.correct.reason).fill('记错了门');
	});
	await walk.step(page, 'corrected; what stood there stays in the history', async () => {
		await page
			.getByRole('dialog')
			.getByRole('button', { name: m.secretary.correct.confirm })
			.click();
		await expect(page.getByText(m.member.record.stored)).toBeVisible();
		await expect(heading(page, doors.meant.head)).toBeVisible();
	});
}

/** After the desk has accepted: who does it and until when. */
export async function seesAccepted({ walk }: Stage, { page }: Phone): Promise<void> {
	await walk.step(page, '已受理 in the list of demands', async () => {
		await page.getByRole('link', { name: m.act.back }).click();
		await page.getByRole('link', { name: m.nav.demands, exact: true }).click();
		const line = page.getByRole('link', { name: lampAtDoor });
		await expect(line).toContainText(m.demandState.accepted);
		await expect(line).toContainText(WORKER.name);
	});
	await walk.step(page, '已受理, 责任人 and 时限', async () => {
		await page.getByRole('link', { name: lampAtDoor }).click();
		await expect(page.getByText(m.demandState.accepted).first()).toBeVisible();
		await expect(page.getByText(WORKER.name).first()).toBeVisible();
		await expect(page.getByText(m.member.demands.due, { exact: true })).toBeVisible();
	});
}

async function nextDoor(page: Page, head: string): Promise<void> {
	await page.getByRole('link', { name: saved.next(head) }).click();
	await expect(heading(page, visit.who.title)).toBeVisible();
}

function heading(page: Page, name: string): Locator {
	return page.getByRole('heading', { name });
}

function button(page: Page, name: string): Locator {
	return page.getByRole('button', { name });
}
