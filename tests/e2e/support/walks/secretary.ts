/** The secretary's walk at the tablet: an evening of lists, and the morning when the visits arrive. */
import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { addDays, type Day } from '#domain/calendar.ts';
import { inStep, sizes } from '../actors.ts';
import { choose, press, pressInSheet } from '../forms.ts';
import {
	doors,
	ESTATE,
	lampAtDoor,
	lampOnPaper,
	MEMBER,
	paperDoor,
	REGISTER_DOORS,
	ROSTER_SIZE,
	registerLines,
	rosterLines,
	SECOND_MEMBER,
	WORKER
} from './people.ts';
import { heldBy, joinsByCode, slipsForAll, type HeldSlip, type HeldSlips } from './slips.ts';
import type { Stage } from './stage.ts';
import type { Walk } from './walk.ts';

const { homes } = m;
const { act, inbox, register } = m.secretary;
const YESTERDAY_EVENING = { days: -1, hour: 16 };

export async function joinsAtTablet(
	{ walk, app, device }: Stage,
	{ link }: HeldSlip
): Promise<Page> {
	await app.goTo(YESTERDAY_EVENING);
	const tablet = await device({ viewport: sizes.secretary });
	await app.date(tablet);
	const page = await tablet.newPage();
	await walk.step(page, 'the secretary joins on the tablet', async () => {
		await page.goto(link);
		await press(page, m.setup.join.confirm);
		await page.waitForURL('**/inbox');
		await inStep(page);
	});
	return page;
}

/** Before the member walks: people, slips, households, who looks after which building, a visit on paper. */
export async function preparesCommunity(
	{ walk }: Stage,
	page: Page,
	walkDay: Day
): Promise<HeldSlips> {
	await walk.step(page, 'a roster of forty is looked through', async () => {
		await dock(page, m.nav.mine);
		await page.getByRole('link', { name: m.people.title }).click();
		await page.getByRole('link', { name: m.people.import.link }).click();
		await chooseCsv(page, 'roster.csv', rosterLines());
		await expect(button(page, m.people.import.start(String(ROSTER_SIZE)))).toBeVisible();
	});
	await walk.step(page, 'the forty are registered', async () => {
		await press(page, m.people.import.start(String(ROSTER_SIZE)));
		await expect(page.getByText(m.people.import.done(ROSTER_SIZE, 0))).toBeVisible();
		await inStep(page);
	});
	let slips: HeldSlips = new Map();
	await walk.step(page, 'their slips, eight to a sheet', async () => {
		await page.getByRole('link', { name: m.people.import.toSlips }).click();
		slips = await slipsForAll(page);
	});
	await importsHouseholds(walk, page);
	await sharesOut(walk, page);
	await notesPaper(walk, page, walkDay);
	return slips;
}

async function importsHouseholds(walk: Walk, page: Page): Promise<void> {
	const words = homes.import;
	await walk.step(page, 'a register of households is looked through', async () => {
		await dock(page, m.nav.residents);
		await page.getByRole('link', { name: homes.ways.import }).click();
		await page.getByLabel(words.estate).fill(ESTATE);
		await chooseCsv(page, 'register.csv', registerLines());
		await expect(page.locator('[data-import="fresh"]')).toContainText(String(REGISTER_DOORS));
	});
	await walk.step(page, 'the households are registered', async () => {
		await page.getByRole('button', { name: /^登记 \d+ 户/ }).click();
		await expect(page.getByText(homes.job.doneNote)).toBeVisible();
		await press(page, homes.job.close);
		await inStep(page);
	});
}

async function sharesOut(walk: Walk, page: Page): Promise<void> {
	const words = homes.linking;
	await walk.step(page, '包联分工: buildings without a member in red', async () => {
		await dock(page, m.nav.residents);
		await page.getByRole('link', { name: homes.ways.linking }).click();
		await expect(page.getByText(homes.gaps(4)).first()).toBeVisible();
	});
	for (const [building, { name }] of [
		['3', MEMBER],
		['5', SECOND_MEMBER]
	] as const)
		await walk.step(page, `building ${building} is given to a member`, async () => {
			const of = `${words.assign}${m.secretary.comma}${ESTATE}${m.records.door.building(building)}`;
			await page.getByRole('button', { name: of, exact: true }).click();
			const member = homes.link.memberLine(name, 0);
			await page.getByLabel(homes.link.member).selectOption({ label: member });
			await pressInSheet(page, homes.link.confirm);
			await expect(page.getByText(homes.job.doneNote)).toBeVisible();
			await press(page, homes.job.close);
			await inStep(page);
		});
}

/** What the member finds known at the door: a visit of theirs on paper, and what was asked for then. */
async function notesPaper(walk: Walk, page: Page, walkDay: Day): Promise<void> {
	await walk.step(page, 'a visit that stood on paper is written down', async () => {
		await opensPaper(page, MEMBER.name, doors.known.head);
		await fillsPaper(page, {
			day: addDays(walkDay, -1),
			who: doors.known.head,
			demand: lampOnPaper,
			next: walkDay
		});
		await page.getByRole('button', { name: m.round.record.submit }).click();
		await expect(page.getByRole('heading', { name: m.round.record.saved })).toBeVisible();
		await inStep(page);
	});
}

/** This morning: the member's visits are here. */
export async function receivesVisits({ walk }: Stage, page: Page): Promise<void> {
	await walk.step(page, 'four visits have arrived', async () => {
		await dock(page, m.nav.visits);
		const list = page.getByRole('list', { name: m.secretary.visits.list });
		const { known, unlisted, lamp, meant } = doors;
		// What the desk wrote down itself has not arrived.
		const written = new RegExp(m.round.record.by('.+'));
		const visits = list.getByRole('listitem').filter({ hasText: ESTATE, hasNotText: written });
		await expect(visits).toHaveCount(4);
		for (const { head } of [known, unlisted, lamp, meant])
			await expect(visits.filter({ hasText: head })).toHaveCount(1);
	});
	await walk.step(page, 'the door that was not in the list', async () => {
		await dock(page, m.nav.residents);
		await page
			.getByRole('navigation', { name: m.secretary.residents.tabs })
			.getByRole('link', { name: homes.tab.unconfirmed })
			.click();
		await page.getByRole('link', { name: doors.unlisted.head }).click();
		await expect(button(page, homes.act.confirm)).toBeVisible();
	});
	await walk.step(page, 'it is confirmed', async () => {
		await press(page, homes.act.confirm);
		await expect(page.getByText(homes.done.confirm)).toBeVisible();
	});
	await walk.step(page, 'two demands about one lamp stand side by side', async () => {
		await dock(page, m.nav.inbox);
		await demand(page, lampOnPaper).click();
		await expect(page.getByText(m.duplicate.title)).toBeVisible();
		await press(page, m.act.compare);
		await expect(page.getByRole('dialog')).toContainText(lampAtDoor);
	});
	await walk.step(page, 'they are merged', async () => {
		await pressInSheet(page, m.secretary.merge.confirm);
		await expect(page.getByText(m.secretary.done.merge(lampOnPaper))).toBeVisible();
	});
}

export async function acceptsDemand({ walk, app }: Stage, page: Page): Promise<void> {
	const words = m.secretary.accept;
	await walk.step(page, '受理 asks for a person and a day', async () => {
		await demand(page, lampAtDoor).click();
		await press(page, act.accept);
		const responsible = m.secretary.nameAndRole(WORKER.name, m.roles.communityWorker);
		await page.getByLabel(words.assignee).selectOption({ label: responsible });
		await choose(page, words.dueOther);
		await page.getByLabel(words.dueDay).fill(app.day(3));
	});
	await walk.step(page, 'it is accepted', async () => {
		await pressInSheet(page, words.confirm);
		await expect(page.getByText(m.secretary.done.accept(lampAtDoor))).toBeVisible();
		await inStep(page);
	});
}

/** 当场办结, another person on the tablet, and the paper of a round. */
export async function goesOn(
	{ walk, app }: Stage,
	page: Page,
	{ slips, secretary }: { readonly slips: HeldSlips; readonly secretary: string }
): Promise<void> {
	await walk.step(page, '当场办结 in one form', async () => {
		await dock(page, m.nav.inbox);
		await page.getByRole('link', { name: inbox.register }).first().click();
		await choose(page, register.onSpot);
		await page.getByLabel(register.titleField).fill('问医保怎么续');
		await page.getByLabel(register.description).fill('不知道在哪里续医保。');
		await page.getByLabel(register.place).fill('社区办公室');
		await choose(page, m.outcome.solved);
		await page.getByLabel(m.secretary.handle.reply).fill('当面教会了在手机上续。');
		await press(page, register.submitOnSpot);
		await expect(page.getByRole('heading', { name: register.savedOnSpotTitle })).toBeVisible();
		await inStep(page);
	});
	await walk.step(page, 'a second person joins on the tablet', async () => {
		await badge(page, secretary).click();
		await page.getByRole('link', { name: m.people.switch.add }).click();
		// The demo asks first whom one would like to be.
		const invited = page.getByRole('link', { name: m.setup.welcome.join });
		await expect(page.getByLabel(m.setup.join.codeLabel).or(invited)).toBeVisible();
		if (await invited.isVisible()) await invited.click();
		await joinsByCode(page, heldBy(slips, WORKER.name).code, WORKER.phone);
		await page.waitForURL('**/inbox');
		await inStep(page);
	});
	await walk.step(page, 'whose tablet it is now, and who else is here', async () => {
		await badge(page, WORKER.name).click();
		await expect(button(page, m.member.me.switchTo(secretary))).toBeVisible();
	});
	await walk.step(page, 'back to the secretary', async () => {
		await press(page, m.member.me.switchTo(secretary));
		await page.waitForURL('**/inbox');
		await expect(badge(page, secretary)).toBeVisible();
	});
	await walk.step(page, '代录: the paper of another member', async () => {
		await opensPaper(page, SECOND_MEMBER.name, paperDoor.head);
		await fillsPaper(page, { day: app.day(-1), who: '女儿', demand: '水压太小' });
	});
	await walk.step(page, 'it is written down', async () => {
		await page.getByRole('button', { name: m.round.record.submit }).click();
		await expect(page.getByRole('heading', { name: m.round.record.saved })).toBeVisible();
		await inStep(page);
	});
}

async function opensPaper(page: Page, member: string, head: string): Promise<void> {
	await dock(page, m.nav.visits);
	await page.getByRole('link', { name: m.round.rounds.open }).click();
	await page.getByRole('link', { name: member }).click();
	await page.getByRole('link', { name: head }).click();
}

async function fillsPaper(
	page: Page,
	paper: {
		readonly day: string;
		readonly who: string;
		readonly demand: string;
		readonly next?: string;
	}
): Promise<void> {
	const words = m.round.record;
	await page.getByLabel(m.records.fieldWords.day).fill(paper.day);
	await page.getByLabel(m.records.fieldWords.startTime).fill('9:30');
	await choose(page, m.visitOutcome.met);
	await page.getByLabel(words.interviewee).fill(paper.who);
	await page.getByLabel(words.demand(1)).fill(paper.demand);
	if (paper.next !== undefined) await page.getByLabel(words.next).fill(paper.next);
}

async function chooseCsv(page: Page, name: string, lines: readonly string[]): Promise<void> {
	const buffer = Buffer.from(lines.join('\r\n'));
	await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

function dock(page: Page, name: string): Promise<void> {
	return page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

function button(page: Page, name: string): Locator {
	return page.getByRole('button', { name });
}

/** Whose tablet it is, at the top of every page. */
function badge(page: Page, name: string): Locator {
	return page.locator('header').getByRole('link', { name });
}

/** In the queue, not in a hint about it. */
function demand(page: Page, title: string): Locator {
	return page.getByRole('list', { name: inbox.list }).getByRole('link', { name: title });
}
