/** Visits that are no knock at a door: a call, and a meeting under the trees. The desk reads what kind each was. */
import { expect, test, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomesOn, inStep } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { choose, goOn, press } from './support/forms.ts';
import { handIn, reachCheck, startVisit } from './support/visits.ts';

const { visit } = m.member;
const { meeting, shortWay } = m.visit;
const PLACE = '3栋楼下凉亭';
const ASKED_BY_PHONE = '楼上空调滴水';
const ASKED_TOGETHER = '凉亭里的灯不亮';
test.setTimeout(180_000);

test('a call and a meeting are recorded on the phone, each with what was asked for, and read as such at the desk', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const phone = await becomesOn(browser, app.url, 'member');

		await test.step('电话走访', async () => {
			await startVisit(phone, app.url);
			await choose(phone, visit.who.other);
			await phone.getByLabel(visit.who.name, { exact: true }).fill('女儿');
			await choose(phone, m.visitMode.phone);
			await goOn(phone);
			await goOn(phone);
			await asksFor(phone, ASKED_BY_PHONE);
			await goOn(phone);
			await expect(phone.getByText(m.visit.sign.orally)).toBeVisible();
			await phone.getByText(m.visit.moreNote).click();
			for (const atDoor of [m.visit.sign.interviewee, m.visit.location.label])
				await expect(phone.getByText(atDoor)).toHaveCount(0);
			await press(phone, m.act.toCheck);
			await expect(phone.getByText(m.visitMode.phone).first()).toBeVisible();
		});

		await test.step('不愿登记 after all leaves nothing out unseen, and nothing is lost on the way back', async () => {
			await press(phone, m.act.changeWhat(visit.check.who));
			await expect(phone.getByText(shortWay.written)).toBeVisible();
			await expect(phone.getByText(visit.check.demandsN(1))).toBeVisible();
			await expect(phone.getByRole('checkbox', { name: visit.who.allWell })).toHaveCount(0);
			await choose(phone, visit.who.declined);
			await press(phone, m.act.toCheck);
			await expect(phone.getByRole('heading', { name: shortWay.title })).toBeVisible();
			await expect(phone.getByText(shortWay.leftOut(visit.who.declined))).toBeVisible();
			await expect(phone.getByText(visit.check.demandsN(1))).toBeVisible();
			await press(phone, shortWay.back);
			await choose(phone, visit.who.other);
			await goOn(phone);
			await goOn(phone);
			await expect(phone.getByText(ASKED_BY_PHONE)).toBeVisible();
			await reachCheck(phone);
			await handIn(phone);
		});

		await test.step('座谈或院落会, which is at no door', async () => {
			await phone.goto(`${app.url}/visit/choose`);
			await phone.getByRole('link', { name: meeting.record }).click();
			await goOn(phone);
			await expect(phone.getByRole('link', { name: meeting.placeMissing })).toBeVisible();
			await choose(phone, m.visitMode.talk);
			await phone.getByLabel(meeting.place).fill(PLACE);
			await phone.locator('#attendance').fill('14');
			await phone.getByLabel(meeting.speakers).fill('3栋楼组长老李');
			await phone.getByText(m.visit.moreNote).click();
			await press(phone, m.visit.who.addCompanion);
			await phone.getByLabel(m.visit.who.companionName).fill('街道老周');
			await goOn(phone);
			await asksFor(phone, ASKED_TOGETHER);
			await reachCheck(phone);
			await expect(phone.getByText(m.visit.check.people(14))).toBeVisible();
			await handIn(phone);
			await phone.goto(`${app.url}/visit`);
			await expect(phone.getByText(meeting.name(PLACE)).first()).toBeVisible();
			await inStep(phone);
		});

		await test.step('the desk reads both, and has both demands', async () => {
			const desk = await becomesOn(browser, app.url, 'secretary');
			await desk.goto(`${app.url}/visits`);
			await desk
				.getByRole('link', { name: meeting.name(PLACE) })
				.first()
				.click();
			for (const words of [m.visitMode.talk, m.visit.check.people(14), '街道老周', '3栋楼组长老李'])
				await expect(desk.getByText(words).first()).toBeVisible();
			await desk.goto(`${app.url}/inbox`);
			const list = desk.getByRole('list', { name: m.secretary.inbox.list });
			for (const title of [ASKED_BY_PHONE, ASKED_TOGETHER])
				await expect(list.getByRole('link', { name: title })).toBeVisible({ timeout: 30_000 });
		});
	} finally {
		await app.end();
	}
});

async function asksFor(phone: Page, text: string): Promise<void> {
	await expect(phone.getByRole('heading', { name: visit.demands.title })).toBeVisible();
	await phone.getByLabel(visit.demands.text).fill(text);
	await press(phone, visit.demands.add);
}
