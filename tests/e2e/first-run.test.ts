/** The first run: an empty store becomes a demo or a real district; people join; the ledger in Excel comes along. */
import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { m } from '#lib/i18n/index.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { spawnApp, type AppProcess } from '../support/app-process.ts';
import { becomes, homes, inStep, joins, joinsOn, sizes } from './support/actors.ts';
import { writeLedger, type LedgerRow } from './support/demand-workbook.ts';
import { chooseList, foundByScreen, giveNames, onward } from './support/found-by-screen.ts';
import { expectGuideAlone, WECHAT } from './support/in-app.ts';
import {
	firstNames,
	foundDistrict,
	foundingSecret,
	placeLines,
	places
} from './support/real-district.ts';

let app: AppProcess;
let folder: string;

test.beforeEach(async () => {
	app = await spawnApp();
	folder = mkdtempSync(join(tmpdir(), 'lxq-first-run-'));
});
test.afterEach(async () => {
	await app.end();
	rmSync(folder, { recursive: true, force: true });
});

test('an empty store becomes the demo district, seen by four people', async ({ page }) => {
	const words = m.setup.welcome;
	await page.setViewportSize(sizes.member);
	await page.goto(app.url);
	await page.getByRole('button', { name: words.demo }).click();
	await expect(page.getByRole('progressbar', { name: words.making })).toBeVisible();
	await expect(page.getByRole('heading', { name: words.chooseTitle })).toBeVisible({
		timeout: 60_000
	});
	for (const identity of ['member', 'secretary', 'subdistrict', 'district'] as const) {
		await page.setViewportSize(sizes[identity]);
		await becomes(page, app.url, identity);
		await expect(page.getByText(m.app.demo)).toBeVisible();
		await expectNoEmptyHome(page, homes[identity]);
	}
});

/** A home shows records, not a note that there are none. */
async function expectNoEmptyHome(page: Page, home: string): Promise<void> {
	switch (home) {
		case '/today':
			await expect(page.getByRole('link', { name: m.member.today.start }).first()).toBeVisible();
			await expect(page.getByText(m.member.today.noHouseholds)).toHaveCount(0);
			return;
		case '/inbox':
			await expect(
				page.locator('main a[href*="record="], a[href^="/inbox"] >> nth=0').first()
			).toBeVisible();
			await expect(page.getByText(m.secretary.inbox.empty.new)).toHaveCount(0);
			return;
		default:
			await expect(page.locator('[data-figure="visits"]').first()).not.toHaveText('0');
			await expect(page.getByText(m.desktop.board.empty)).toHaveCount(0);
	}
}

test('in WeChat an empty store is neither made a demo nor founded', async ({ browser }) => {
	const context = await browser.newContext({ viewport: sizes.member, userAgent: WECHAT });
	const page = await context.newPage();
	for (const path of ['/welcome', '/setup']) {
		await page.goto(`${app.url}${path}`);
		await expectGuideAlone(page);
	}
	await context.close();
});

test('a district is founded through the screen, and an invitation joins', async ({
	page,
	browser
}) => {
	const list = join(folder, 'organisations.csv');
	const { district, subdistrict, community } = places;
	writeFileSync(list, placeLines().join('\r\n'));
	const links = await foundByScreen(page, app.url, {
		secret: foundingSecret(app),
		name: district.name,
		list,
		subdistrict: subdistrict.name,
		community: community.name,
		people: firstNames
	});
	expect([...links.keys()].sort()).toEqual(Object.values(firstNames).sort());

	const phone = await joinsOn(browser, sizes.member, links.get(firstNames.member) ?? '');
	expect(new URL(phone.url()).pathname).toBe('/today');
	await expect(phone.getByText(places.community.name).first()).toBeVisible();
	await phone.context().close();
});

test('a list with bad rows is told by row, and the good rows are kept', async ({ page }) => {
	const list = join(folder, 'dirty.csv');
	const { district, subdistrict, community } = places;
	writeFileSync(
		list,
		[
			'某某区组织名单,,,',
			'代码,名称,上级代码,层级',
			`${district.code},${district.name},,区`,
			`${subdistrict.code},${subdistrict.name},${district.code},街道`,
			`${community.code},${community.name},${subdistrict.code},社区`,
			`${community.code},又一个社区,${subdistrict.code},社区`,
			'990209009000,孤零社区,990299000000,社区',
			`,无码社区,${subdistrict.code},社区`
		].join('\n')
	);
	const words = m.setup.found;
	await page.goto(`${app.url}/setup`);
	await onward(page);
	await expect(page.getByText(words.need.secret).first()).toBeVisible();
	await giveNames(page, { secret: 'wrong', name: district.name });
	await chooseList(page, list);
	await expect(page.getByText(words.kept('3'))).toBeVisible();
	await expect(page.getByText(m.import['duplicate-code'](community.code))).toBeVisible();
	await expect(page.getByText(m.import['unknown-parent']('990299000000'))).toBeVisible();
	await expect(page.getByText(m.import['blank-code'](''))).toBeVisible();

	const noParents = join(folder, 'no-parents.csv');
	writeFileSync(noParents, 'name,level\n某某区,district\n');
	await chooseList(page, noParents);
	await expect(page.getByText(m.import['missing-column']('code'))).toBeVisible();
});

test('an invitation that is wrong, used or run out says so and joins nobody', async ({
	page,
	browser
}) => {
	const { link } = await foundDistrict(app);
	const { errors } = m.setup.join;
	const good = link('member');
	const [, secret = ''] = good.split('#');
	const wrong = good.replace(secret.slice(0, 22), 'A'.repeat(22));
	await page.goto(wrong);
	await expect(page.getByText(errors['invitation-unknown'])).toBeVisible();
	await page.goto('about:blank');
	await page.goto(good.replace(/\.([\w-]+)\.([\w-]+)$/, '.another-realm.$2'));
	await expect(page.getByText(errors['other-realm'])).toBeVisible();
	await page.goto('about:blank');
	await page.goto(good.replace(/\.([\w-]+)$/, '.0123456789abcdef'));
	await expect(page.getByText(errors['other-realm'])).toBeVisible();

	const first = await (await browser.newContext()).newPage();
	await joins(first, good);
	await page.goto('about:blank');
	await page.goto(good);
	await expect(page.getByText(errors['invitation-used'])).toBeVisible();
	await first.context().close();

	await app.stop();
	runOut(app);
	await app.start();
	await page.goto('about:blank');
	await page.goto(link('communitySecretary'));
	await expect(page.getByText(errors['invitation-expired'])).toBeVisible();

	await page.goto(`${app.url}/join`);
	await page.getByLabel(m.setup.join.codeLabel).fill('123');
	await page.getByRole('button', { name: m.setup.join.look }).click();
	await expect(page.getByText(m.setup.join.needCode).first()).toBeVisible();
	await page.getByLabel(m.setup.join.codeLabel).fill('0000 0000');
	await page.getByRole('button', { name: m.setup.join.look }).click();
	await expect(page.getByText(errors['invitation-unknown'])).toBeVisible();
	expect(new URL(page.url()).pathname).toBe('/join');
});

/** Every invitation that is still open ran out a second ago. */
function runOut({ dataDir }: AppProcess): void {
	const store = new DatabaseSync(join(dataDir, STORE_FILE));
	store.prepare('UPDATE invitation SET expires_at = ?').run(Date.now() - 1000);
	store.close();
}

const ledger: readonly LedgerRow[] = [
	{
		no: 'S-2026-001',
		requester: '某甲',
		title: '楼道灯不亮',
		at: '2026/9/5 9:03:07',
		text: '\r\n\t\t二单元三楼的灯坏了一周，老人上楼看不清。\r\n\t\t\r\n'
	},
	{
		no: 'S-2026-002',
		requester: '某乙',
		title: '小区门口乱停车',
		at: new Date(Date.UTC(2026, 8, 6, 14, 30)),
		text: '　　晚上七点以后，门口两边都停满了，消防车进不来。'
	},
	{
		no: 'S-2026-003',
		requester: '某丙',
		title: '水压太小',
		at: '2026-09-07',
		text: '六楼早上没有水。\t'
	},
	{
		no: 'S-2026-002',
		requester: '某丁',
		title: '重复的编号',
		at: '2026-09-08',
		text: '同一个编号。'
	},
	{
		no: 'S-2026-005',
		requester: '某戊',
		title: '日期看不懂',
		at: '前天下午',
		text: '没有写清哪天。'
	}
];

test('the secretary imports a ledger from Excel, again without doubling, and takes it back', async ({
	page
}) => {
	const words = m.secretary.import;
	const path = join(folder, '诉求台账.xlsx');
	await writeLedger(path, ledger);
	const { link } = await foundDistrict(app);
	await page.setViewportSize(sizes.secretary);
	await joins(page, link('communitySecretary'));

	await page.goto(`${app.url}/import`);
	await chooseFile(page, path);
	await expect(page.locator('[data-import="new"]')).toHaveText('3');
	await expect(page.locator('[data-import="problem"]')).toHaveText('2');
	await expect(page.getByText(m.import['duplicate-number']('S-2026-002'))).toBeVisible();
	await expect(page.getByText(m.import['bad-date']('前天下午'))).toBeVisible();
	await page.getByRole('button', { name: words.start('3') }).click();
	await expect(page.getByText(words.doneTitle(3))).toBeVisible();
	await inStep(page);

	// Again: everything is here already.
	await page.getByRole('button', { name: words.again }).click();
	await chooseFile(page, path);
	await expect(page.locator('[data-import="new"]')).toHaveText('0');
	await expect(page.locator('[data-import="here"]')).toHaveText('3');

	await page.goto(`${app.url}/inbox`);
	for (const { title } of ledger.slice(0, 3))
		await expect(page.getByText(title, { exact: true }).first()).toBeVisible();
	await expect(page.getByText(ledger[3]?.title ?? '', { exact: true })).toHaveCount(0);

	await page.goto(`${app.url}/import`);
	await page.getByRole('button', { name: words.undo }).first().click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words.undoSecond(3) })
		.click();
	await expect(page.getByText(words.undone(3))).toBeVisible();
	await inStep(page);
	await page.goto(`${app.url}/inbox`);
	await expect(page.getByText(m.secretary.inbox.empty.new)).toBeVisible();
});

test('a file that is no table is refused in words', async ({ page }) => {
	const { link } = await foundDistrict(app);
	await page.setViewportSize(sizes.secretary);
	await joins(page, link('communitySecretary'));
	await page.goto(`${app.url}/import`);
	const old = join(folder, '旧台账.xls');
	writeFileSync(old, Buffer.from('d0cf11e0a1b11ae1000000000000000000000000', 'hex'));
	await chooseFile(page, old);
	await expect(page.getByText(m.import['old-xls']('旧台账.xls'))).toBeVisible();
	const bare = join(folder, '缺列.csv');
	writeFileSync(bare, '编号,标题\n1,没有内容和时间\n');
	await chooseFile(page, bare);
	await expect(page.getByText(m.import['missing-column']('registeredAt'))).toBeVisible();
});

/** The file input behind the button. */
async function chooseFile(page: Page, path: string): Promise<void> {
	await page.locator('input[type="file"]').setInputFiles(path);
}
