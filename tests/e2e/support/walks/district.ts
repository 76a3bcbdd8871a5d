/** The district's walk at its PC: 建立本区, its streets' officers, the next morning, a rule changed, a phone lost. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { countWords } from '#lib/ui/format.ts';
import { divisionLines, divisionsAt } from '../../../support/divisions.ts';
import { becomes, inStep, sizes } from '../actors.ts';
import { chooseList, giveNames, invitationLinks, namePeople, onward } from '../found-by-screen.ts';
import { anyCount, press } from '../forms.ts';
import { firstNames, foundingSecret } from '../real-district.ts';
import type { DatedApp } from './dated-app.ts';
import type { Place } from './place.ts';
import { heldBy, joinsByCode, slipsForAll, type HeldSlips } from './slips.ts';
import type { Stage } from './stage.ts';
import type { Walk } from './walk.ts';

const { found, invitations } = m.setup;
const { devices } = m.people;
const DISTRICT_EVENING = { days: -2, hour: 17 };
const NEXT_MORNING = { days: -1, hour: 8.5 };

/** One for each street, in the order of the streets; the founder named the first one already. */
const officers = [
	{ name: firstNames.subdistrictOfficer, phone: '13900000101' },
	{ name: '程远志', phone: '13900000102' },
	{ name: '邵文君', phone: '13900000103' },
	{ name: '欧阳岚', phone: '13900000104' },
	{ name: '毕建国', phone: '13900000105' },
	{ name: '陶映雪', phone: '13900000106' },
	{ name: '龚立群', phone: '13900000107' },
	{ name: '水清浅', phone: '13900000108' },
	{ name: '戚长河', phone: '13900000109' },
	{ name: '卓一凡', phone: '13900000110' }
] as const;
/** Of the second street: joins in the evening, and loses the phone at night. */
const unlucky = officers[1];

/** The district's two screens, between the evening of the slips and the morning after it. */
export interface DistrictAtWork {
	readonly page: Page;
	/** Of the officer who loses it at night. */
	readonly lost: Page;
	readonly slips: HeldSlips;
	readonly devices: readonly BrowserContext[];
}

/** Answers the slips printed in the evening: they stand for those of the founding that nobody used. */
export async function walkDistrict(stage: Stage, place: Place): Promise<HeldSlips> {
	const { app } = stage;
	await app.goTo(DISTRICT_EVENING);
	const page = await atPc(stage);
	const links = await founds(stage, page, place);
	const streets = divisionsAt(place.divisions, 'subdistrict').map(({ name }) => name);
	const atWork = await spendsEvening(stage, page, { streets, named: 1 });
	// Those who were named at the founding have not joined yet either, except this office.
	expect(atWork.slips.size).toBe(streets.length - 1 + links.size - 1);
	await app.goTo(NEXT_MORNING);
	await spendsMorning(stage, atWork, { waiting: atWork.slips.size - 1 });
	return atWork.slips;
}

/** A district that stands: 建立本区 and its list of communities are made once, on an empty relay alone. */
export async function walkStandingDistrict(
	stage: Stage,
	streets: readonly string[]
): Promise<DistrictAtWork> {
	const page = await atPc(stage);
	await stage.walk.step(page, 'the office of a district that stands', async () => {
		await becomes(page, stage.app.url, 'district');
	});
	return spendsEvening(stage, page, { streets, named: 0 });
}

async function atPc({ app, device }: Stage): Promise<Page> {
	const pc = await device({ viewport: sizes.district });
	await app.date(pc);
	return pc.newPage();
}

async function spendsEvening(
	stage: Stage,
	page: Page,
	listed: { readonly streets: readonly string[]; readonly named: number }
): Promise<DistrictAtWork> {
	const { walk, app, device } = stage;
	const slips = await invitesOfficers(walk, page, listed);
	const phone = await device({ viewport: sizes.member });
	await app.date(phone);
	const lost = await phone.newPage();
	await walk.step(lost, 'an officer joins by the slip', async () => {
		await lost.goto(`${app.url}/join`);
		await joinsByCode(lost, heldBy(slips, unlucky.name).code, unlucky.phone);
		await inStep(lost);
	});
	return { page, lost, slips, devices: [page.context(), phone] };
}

export async function spendsMorning(
	{ walk, app }: Stage,
	{ page, lost, devices }: DistrictAtWork,
	{ waiting }: { readonly waiting?: number } = {}
): Promise<void> {
	await theNextMorning(walk, page, app, waiting);
	await losesPhone(walk, page, lost);
	for (const device of devices) await device.close();
}

async function founds(
	{ walk, app }: Stage,
	page: Page,
	{ divisions, district, street, community }: Place
): Promise<ReadonlyMap<string, string>> {
	await walk.step(page, 'the empty relay asks what to do', async () => {
		await page.goto(app.url);
		await expect(page.getByRole('link', { name: m.setup.welcome.found })).toBeVisible();
	});
	await walk.step(page, '建立本区, its secret and its name', async () => {
		await page.getByRole('link', { name: m.setup.welcome.found }).click();
		await expect(page.getByLabel(found.secret)).toBeVisible();
		await page.getByLabel(found.secret).fill(foundingSecret(app));
		await page.getByLabel(found.name).fill(district.name);
	});
	await walk.step(page, 'the list of communities, and its problems by row', async () => {
		await giveNames(page, { secret: foundingSecret(app), name: district.name });
		await chooseList(page, {
			name: 'divisions.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from(withBadRows(divisionLines(divisions), community.code).join('\r\n'))
		});
		await expect(page.getByText(found.kept(countWords(divisions.length)))).toBeVisible();
		await expect(page.getByText(m.import['duplicate-code'](community.code))).toBeVisible();
		await expect(page.getByText(m.import['unknown-parent']('990999000000'))).toBeVisible();
		await expect(page.getByText(found.problemRow(divisions.length + 4))).toBeVisible();
	});
	await walk.step(page, 'one person for each level', async () => {
		await onward(page);
		await namePeople(page, {
			people: firstNames,
			subdistrict: street.name,
			community: community.name
		});
	});
	await walk.step(page, 'a last look before it is founded', async () => {
		await onward(page);
		await expect(page.getByRole('button', { name: found.create, exact: true })).toBeVisible();
	});
	let links: ReadonlyMap<string, string> = new Map();
	await walk.step(page, 'the district stands, with the first invitations', async () => {
		await page.getByRole('button', { name: found.create, exact: true }).click();
		await expect(page.getByRole('heading', { name: found.done })).toBeVisible({ timeout: 60_000 });
		links = await invitationLinks(page);
		expect([...links.keys()].sort()).toEqual(Object.values(firstNames).sort());
	});
	await walk.step(page, 'the office joins on its PC', async () => {
		await press(page, found.finish);
		await page.getByRole('dialog').getByRole('button', { name: found.finish }).click();
		await page.waitForURL('**/welcome');
		await page.goto(links.get(firstNames.districtOfficer) ?? '');
		await page.getByRole('button', { name: m.setup.join.confirm }).click();
		await page.waitForURL('**/board');
		await inStep(page);
	});
	return links;
}

/** A list as it comes: a code written twice, a parent that is not there, a row without a code. */
function withBadRows(lines: readonly string[], taken: string): readonly string[] {
	const level = m.levels.community;
	return [
		...lines,
		`${taken},重复社区,,${level}`,
		`990209009000,孤零社区,990999000000,${level}`,
		`,无码社区,,${level}`
	];
}

/** `named` of them, from the first on, were named before. */
async function invitesOfficers(
	walk: Walk,
	page: Page,
	{ streets, named }: { readonly streets: readonly string[]; readonly named: number }
): Promise<HeldSlips> {
	if (streets.length > officers.length) throw new Error('district: more streets than officers');
	const listed = officers.slice(0, streets.length);
	const fresh = listed.length - named;
	await walk.step(page, 'one officer for each street, from a table', async () => {
		await page.getByRole('link', { name: m.people.title }).first().click();
		await page.getByRole('link', { name: m.people.import.link }).click();
		const lines = listed.map(({ name, phone }, at) =>
			[name, phone, m.roles.subdistrictOfficer, streets[at]].join(',')
		);
		await page.locator('input[type=file]').setInputFiles({
			name: 'officers.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from(['姓名,手机号,角色,办事处', ...lines].join('\r\n'))
		});
		await expect(
			page.getByText(m.people.import.unit(String(fresh)), { exact: true })
		).toBeVisible();
	});
	await walk.step(page, 'they are registered', async () => {
		await press(page, m.people.import.start(String(fresh)));
		await expect(page.getByText(m.people.import.done(fresh, 0))).toBeVisible();
		await inStep(page);
	});
	let slips: HeldSlips = new Map();
	await walk.step(page, 'the slips of the officers, eight to a sheet', async () => {
		await page.getByRole('link', { name: m.people.import.toSlips }).click();
		slips = await slipsForAll(page);
	});
	return slips;
}

async function theNextMorning(
	walk: Walk,
	page: Page,
	app: DatedApp,
	waiting: number | undefined
): Promise<void> {
	await walk.step(page, 'the next morning: who has not joined', async () => {
		await page.goto(`${app.url}/invitations`);
		const words = invitations.filters.waiting;
		const name = waiting === undefined ? anyCount(words) : words(waiting);
		await expect(page.getByRole('button', { name })).toBeVisible();
		const list = page.getByRole('list', { name: m.people.title });
		await expect(list.getByText(officers[2].name)).toBeVisible();
		await expect(list.getByText(unlucky.name)).toHaveCount(0);
	});
	const { settings } = m;
	const what = settings.part(settings.sections.deadlines, settings.deadlineClass.complaint);
	await walk.step(page, 'one deadline is changed from a day on', async () => {
		await page.getByRole('link', { name: settings.title }).first().click();
		await press(page, settings.changeWhat(settings.deadlineClass.complaint));
		const sheet = page.getByRole('dialog');
		await sheet.getByLabel(settings.resolve, { exact: true }).fill('7');
		await sheet.getByLabel(settings.from).fill(app.day(7));
		await sheet.getByLabel(settings.reason).fill('区委办通知（2026）12 号');
	});
	await walk.step(page, 'the change waits for its day', async () => {
		await page.getByRole('dialog').getByRole('button', { name: settings.confirm }).click();
		const upcoming = page.getByRole('heading', { name: settings.upcoming });
		await expect(page.locator('section').filter({ has: upcoming })).toContainText(what);
		await inStep(page);
	});
}

async function losesPhone(walk: Walk, page: Page, lost: Page): Promise<void> {
	await walk.step(page, 'the lost phone among the devices', async () => {
		await page.getByRole('link', { name: m.people.title }).first().click();
		await page.getByRole('link', { name: m.people.tabs.devices, exact: true }).click();
		await page.getByRole('button', { name: anyCount(devices.views.current) }).click();
		await page.getByLabel(devices.search).fill(unlucky.name);
		await press(page, devices.revokeFor(unlucky.name));
		await expect(page.getByRole('dialog')).toContainText(devices.revokeWords);
	});
	await walk.step(page, 'it is stopped', async () => {
		const confirm = { name: devices.revokedConfirm, exact: true };
		await page.getByRole('dialog').getByRole('button', confirm).click();
		await expect(page.getByText(devices.revoked(unlucky.name))).toBeVisible();
	});
	await walk.step(lost, 'and shows nothing to whoever found it', async () => {
		await expect(lost.getByText(m.setup.noDuty.revokedTitle)).toBeVisible({ timeout: 30_000 });
	});
}
