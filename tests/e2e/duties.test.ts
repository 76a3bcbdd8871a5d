/** Several duties of one person, the end of one, and what is handed in too late for it. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { inStep, installed, joinsOn, sizes } from './support/actors.ts';
import { choose, press, pressInSheet } from './support/forms.ts';
import { firstNames, foundDistrict, places, type Founded } from './support/real-district.ts';
import { givesBuilding, importsRegister } from './support/register.ts';
import { startDatedApp, type DatedApp } from './support/walks/dated-app.ts';

test.use({ serviceWorkers: 'allow' });

const { duty, switch: switching } = m.people;
const { adopt, handOver, record } = m.round;
const MEMBER = firstNames.member;
const NEXT = '罗小燕';
test.setTimeout(180_000);

test('[D1] a member is a community worker too, takes either duty on one phone, and keeps the other when one ends', async ({
	browser
}) => {
	const app = await startDatedApp();
	try {
		await app.goTo({ days: -1, hour: 9 });
		const district = await foundDistrict(app);
		const { desk, phone } = await deskAndPhone(browser, app, district);

		await opensPerson(desk, MEMBER);
		await press(desk, duty.give);
		await choose(desk, m.roles.communityWorker);
		await pressInSheet(desk, duty.giveConfirm);
		const given = m.setup.invitations.actFor(duty.end, placed(m.roles.communityWorker));
		await expect(desk.getByRole('button', { name: given })).toBeVisible();

		await takesDuty(phone, app.url, m.roles.communityWorker);
		await phone.waitForURL('**/inbox');
		await takesDuty(phone, app.url, m.roles.member);
		await phone.waitForURL('**/today');

		await endsDuty(desk, m.roles.member);
		await inStep(desk);
		await app.goToNow();
		await phone.goto(app.url);
		await phone.waitForURL('**/inbox', { timeout: 30_000 });
		await phone.goto(`${app.url}/switch`);
		await expect(phone.getByRole('heading', { name: switching.now })).toBeVisible();
		await expect(phone.getByText(switching.duties)).toHaveCount(0);
	} finally {
		await app.end();
	}
});

test('[J6] what is in hand goes to another on the day a duty ends; what its phone brings weeks later goes to the desk as text', async ({
	browser
}) => {
	const app = await startDatedApp();
	try {
		await app.goTo({ days: -20, hour: 9 });
		const district = await foundDistrict(app);
		const { desk, phone } = await deskAndPhone(browser, app, district);
		await importsRegister(desk);
		await givesBuilding(desk, '3', m.homes.link.memberLine(MEMBER, 0));
		await expect(desk.getByText(m.homes.job.done(2))).toBeVisible();
		await installed(phone);
		await phone.goto(`${app.url}/visit/choose`);
		await phone.getByRole('link', { name: '陈桂香' }).click();

		await phone.context().setOffline(true);
		await choose(phone, m.member.visit.who.notHome);
		await press(phone, m.act.handIn);
		await expect(phone.getByRole('heading', { name: m.sync.savedTitle })).toBeVisible();
		await registersNext(desk);
		await opensPerson(desk, MEMBER);
		await endsDuty(desk, m.roles.member, NEXT);
		await handsDoorsOver(desk, 2);
		await inStep(desk);

		await app.goToNow();
		await desk.goto(`${app.url}/linking?by=members`);
		await expect(desk.getByRole('row', { name: NEXT })).toContainText('2');
		await phone.context().setOffline(false);
		await phone.goto(app.url);
		await phone.getByRole('link', { name: m.setup.noDuty.attention(1) }).click({ timeout: 30_000 });
		await press(phone, handOver.open);
		await press(phone, handOver.copy);
		await expect(phone.getByText(handOver.copied)).toBeVisible();
		const text = await phone.evaluate(() => navigator.clipboard.readText());

		await desk.goto(`${app.url}/rounds/adopt`);
		await desk.getByLabel(adopt.text).fill(text.slice(0, -60));
		await press(desk, adopt.read);
		await expect(desk.getByRole('link', { name: adopt.unreadable })).toBeVisible();
		await desk.getByLabel(adopt.text).fill(text);
		await press(desk, adopt.read);
		await expect(desk.getByRole('heading', { name: adopt.from(MEMBER) })).toBeVisible();
		await press(desk, adopt.submit);
		await expect(desk.getByRole('heading', { name: adopt.saved })).toBeVisible();
		await inStep(desk);
		await desk.goto(`${app.url}/visits`);
		await expect(desk.getByText('陈桂香').first()).toBeVisible();
		await expect(desk.getByText(record.by(firstNames.communitySecretary)).first()).toBeVisible();
		await press(phone, handOver.done);
		await expect(phone.getByText(m.member.me.attentionNone)).toBeVisible();
	} finally {
		await app.end();
	}
});

async function deskAndPhone(
	browser: Browser,
	app: DatedApp,
	{ link }: Founded
): Promise<{ readonly desk: Page; readonly phone: Page }> {
	const desk = await joinsOn(browser, sizes.secretary, link('communitySecretary'), app);
	const phone = await joinsOn(browser, sizes.member, link('member'), app);
	await phone.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	return { desk, phone };
}

async function opensPerson(desk: Page, name: string): Promise<void> {
	await desk.goto(new URL('/people', desk.url()).href);
	await desk.getByRole('link', { name }).first().click();
	await expect(desk.getByRole('heading', { name }).first()).toBeVisible();
}

/** With the day it is said on: it is over the next morning. */
async function endsDuty(desk: Page, role: string, successor?: string): Promise<void> {
	await press(desk, m.setup.invitations.actFor(duty.end, placed(role)));
	await desk.getByLabel(m.secretary.reason.label).fill('工作调动');
	if (successor !== undefined)
		await desk.getByLabel(duty.successor).selectOption({ label: successor });
	await pressInSheet(desk, successor === undefined ? duty.endConfirm : duty.handConfirm);
	await expect(desk.getByRole('dialog')).toHaveCount(0);
}

async function registersNext(desk: Page): Promise<void> {
	await desk.goto(new URL('/people/new', desk.url()).href);
	await desk.getByLabel(m.people.card.field.name).fill(NEXT);
	await choose(desk, m.roles.member);
	await press(desk, m.people.register.submit);
	await expect(desk.getByText(m.people.register.saved(NEXT))).toBeVisible();
}

/** [J6] To whom and from when was said as the duty ended; what is said now waits without network. */
async function handsDoorsOver(desk: Page, doors: number): Promise<void> {
	await expect(desk.getByRole('heading', { name: m.handing.title(MEMBER) })).toBeVisible();
	await desk.context().setOffline(true);
	await press(desk, m.handing.all(doors));
	await pressInSheet(desk, m.handing.sheet.confirm(doors));
	await expect(desk.getByText(m.homes.job.done(doors))).toBeVisible();
	await expect(desk.getByText(m.handing.planned(doors))).toBeVisible();
	await desk.context().setOffline(false);
}

function placed(role: string): string {
	return duty.at(role, places.community.name);
}

async function takesDuty(phone: Page, url: string, role: string): Promise<void> {
	await expect(async () => {
		await phone.goto(`${url}/switch`);
		await phone.getByRole('button', { name: switching.takeDuty(role) }).click({ timeout: 2_000 });
	}).toPass({ timeout: 30_000 });
}
