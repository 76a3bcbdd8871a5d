/** What becomes of doors at the desk, and of the list on the phone of whoever looks after them. */
import { expect, test, type Page } from '@playwright/test';
import { addDays, dayOf, type Day } from '#domain/calendar.ts';
import { m } from '#lib/i18n/index.ts';
import { spawnApp } from '../support/app-process.ts';
import { inStep, joinsOn, sizes } from './support/actors.ts';
import { choose, press, pressInSheet } from './support/forms.ts';
import { firstNames, foundDistrict } from './support/real-district.ts';
import { givesBuilding, importsRegister, opensHome } from './support/register.ts';
import { opensDoor } from './support/visits.ts';
import { startDatedApp } from './support/walks/dated-app.ts';

const { act, done, link, merge, reason, split, tab, unmerge } = m.homes;
const SECOND_MEMBER = '康宁远';
test.setTimeout(180_000);

test('a door is split, moves out, comes back and is merged: the phone shows those that are there', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		await importsRegister(desk);
		await givesBuilding(desk, '3', m.homes.link.memberLine(firstNames.member, 0));
		await expect(desk.getByText(m.homes.job.done(2))).toBeVisible();
		await showsDoors(phone, app.url, ['陈桂香', '单国强']);

		await test.step('two families behind one door', async () => {
			await opensHome(desk, '陈桂香');
			await press(desk, act.split);
			await desk.getByLabel(split.room).fill('301');
			await pressInSheet(desk, split.confirm);
			await expect(desk.getByRole('link', { name: split.roomSame })).toBeVisible();
			await desk.getByLabel(split.room).fill('301-乙');
			await desk.getByLabel(split.head).fill('陈小明');
			await desk.getByRole('dialog').getByText('陈小明').click();
			await pressInSheet(desk, split.confirm);
			await expect(desk.getByText(done.split)).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强']);
		});

		await test.step('a family moves out, and back', async () => {
			await opensHome(desk, '单国强');
			await press(desk, act.moveOut);
			await givesReason(desk, reason.moveOut.title, '搬去外省');
			await expect(desk.getByText(done.moveOut)).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明']);
			await opensHome(desk, '单国强', 'out');
			await press(desk, act.return);
			await givesReason(desk, reason.return.title, '又搬回来了');
			await expect(desk.getByText(done.return)).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强']);
		});

		await test.step('a door from the field was known already, and then was not', async () => {
			await opensDoor(phone, '302', '单师傅');
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强', '单师傅']);
			await opensHome(desk, '单师傅', 'unconfirmed');
			await press(desk, act.merge);
			const near = desk.getByRole('dialog').getByRole('list', { name: merge.suggested });
			await near.getByRole('button', { name: '单国强' }).click();
			await pressInSheet(desk, merge.confirm);
			await expect(desk.getByText(done.merge)).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强']);
			await opensHome(desk, '单师傅', 'out');
			await press(desk, act.unmerge);
			await givesReason(desk, reason.unmerge.title, '不是同一户');
			await expect(desk.getByText(done.unmerge)).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强', '单师傅']);
		});

		await test.step('another member from tomorrow on, and then not', async () => {
			await plansOther(desk, addDays(dayOf(Date.now()), 1));
			await expect(desk.getByText(SECOND_MEMBER).first()).toBeVisible();
			await showsDoors(phone, app.url, ['陈桂香', '陈小明', '单国强', '单师傅']);
			await press(desk, act.unplan);
			await expect(desk.getByText(done.unplan)).toBeVisible();
			await expect(desk.getByRole('button', { name: act.unplan })).toHaveCount(0);
		});

		await test.step('what each was is told where it stands now', async () => {
			await opensHome(desk, '陈小明');
			await expect(desk.getByText(m.homes.tied.from)).toBeVisible();
			await expect(desk.getByText(tab.gaps, { exact: true })).toHaveCount(0);
		});
	} finally {
		await app.end();
	}
});

test('a household merged by mistake comes back with its people, its number and its member', async ({
	browser
}) => {
	const app = await spawnApp();
	try {
		const district = await foundDistrict(app);
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'));
		const phone = await joinsOn(browser, sizes.member, district.link('member'));
		await importsRegister(desk);
		await givesBuilding(desk, '3', link.memberLine(firstNames.member, 0));
		await expect(desk.getByText(m.homes.job.done(2))).toBeVisible();
		await givesBuilding(desk, '5', link.memberLine(SECOND_MEMBER, 0));
		await expect(desk.getByText(m.homes.job.done(1))).toBeVisible();
		const people = desk.getByRole('list', { name: m.homes.person.title });

		await opensHome(desk, '陈桂香');
		await press(desk, act.merge);
		await desk.getByLabel(merge.search).fill('曾小贤');
		await pressInSheet(desk, '曾小贤');
		await pressInSheet(desk, merge.confirm);
		await expect(desk.getByText(done.merge)).toBeVisible();
		await showsDoors(phone, app.url, ['单国强']);
		await opensHome(desk, '曾小贤');
		await expect(people.getByRole('listitem')).toHaveCount(4);
		await press(desk, `${m.homes.person.leave}${m.secretary.comma}陈小明`);
		await choose(desk, m.whyLeft.married);
		await pressInSheet(desk, m.homes.person.leave);
		await expect(desk.getByText(done.personLeft)).toBeVisible();

		await opensHome(desk, '陈桂香', 'out');
		await press(desk, act.unmerge);
		const sheet = desk.getByRole('dialog');
		const { fieldWords } = m.records;
		for (const line of [
			unmerge.people(1, '陈桂香'),
			unmerge.emptied(fieldWords.phone),
			unmerge.member.from(firstNames.member),
			unmerge.standing.person('陈小明', unmerge.standing.left)
		])
			await expect(sheet.getByText(line)).toBeVisible();
		await givesReason(desk, reason.unmerge.title, '不是同一户');
		await expect(desk.getByText(done.unmerge)).toBeVisible();
		await expect(people.getByRole('listitem')).toHaveText([/陈桂香/]);
		await expect(desk.getByText(firstNames.member).first()).toBeVisible();
		await showsDoors(phone, app.url, ['陈桂香', '单国强']);

		await opensHome(desk, '曾小贤');
		await expect(people.getByRole('listitem')).toHaveText([/曾小贤/, /曾小圆/]);
		await expect(desk.getByRole('button', { name: m.privacy.reveals.show })).toHaveCount(0);
	} finally {
		await app.end();
	}
});

test('on the day that a plan speaks of, the relay itself gives the door to the other member', async ({
	browser
}) => {
	const app = await startDatedApp();
	try {
		await app.goTo({ days: -1, hour: 9 });
		const district = await foundDistrict(app);
		const desk = await joinsOn(browser, sizes.secretary, district.link('communitySecretary'), app);
		const phone = await joinsOn(browser, sizes.member, district.link('member'), app);
		await importsRegister(desk);
		await givesBuilding(desk, '3', link.memberLine(firstNames.member, 0));
		await expect(desk.getByText(m.homes.job.done(2))).toBeVisible();
		await plansOther(desk, app.day(1));
		await inStep(desk);
		await showsDoors(phone, app.url, ['陈桂香', '单国强']);

		await app.goToNow();
		await showsDoors(phone, app.url, ['单国强']);
		await opensHome(desk, '陈桂香');
		await expect(desk.getByText(SECOND_MEMBER).first()).toBeVisible();
		await expect(desk.getByRole('button', { name: act.unplan })).toHaveCount(0);
	} finally {
		await app.end();
	}
});

/** 陈桂香 goes to the second member from that day on. */
async function plansOther(desk: Page, day: Day): Promise<void> {
	await opensHome(desk, '陈桂香');
	await press(desk, act.link);
	await desk.getByLabel(link.member).selectOption({ label: link.memberLine(SECOND_MEMBER, 0) });
	await desk.getByLabel(link.from).fill(day);
	await pressInSheet(desk, link.confirm);
	await expect(desk.getByRole('button', { name: act.unplan })).toBeVisible();
}

/** All of the doors in the list of the phone, in any order, and no other. */
async function showsDoors(phone: Page, url: string, heads: readonly string[]): Promise<void> {
	await phone.goto(`${url}/visit/choose`);
	const doors = phone.getByRole('list', { name: m.member.choose.list }).getByRole('link');
	await expect(doors).toHaveCount(heads.length, { timeout: 30_000 });
	for (const head of heads) await expect(doors.filter({ hasText: head })).toHaveCount(1);
}

async function givesReason(page: Page, title: string, why: string): Promise<void> {
	await page.getByLabel(m.secretary.reason.label).fill(why);
	await pressInSheet(page, title);
}
