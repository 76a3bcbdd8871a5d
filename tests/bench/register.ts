/**
 * A register as large as a community's: how long its import through the screen takes, and how long from a
 * keystroke in its search until what was found is on the screen.
 */
import type { Page } from '@playwright/test';
import { v7 } from 'uuid';
import { m } from '#lib/i18n/index.ts';
import { countWords } from '#lib/ui/format.ts';
import { createChance, type Chance } from '#relay/demo/random.ts';
import { inStep } from '../e2e/support/actors.ts';
import { load, openRealApp, quantile, type RealApp } from './real-app.ts';

const HOMES = 3_000;
const RESIDENTS = 8_000;
/** A large community's. */
const MANY_RESIDENTS = 20_000;
const MINUTE = 60_000;
const ROUNDS = 3;
/** By name, by initials, by door: each letter is a keystroke that is measured. */
const QUERIES = ['陈', '陈秀', '王建国', 'wjg', 'cx', 'lh', '7栋', '12-2-30', '301'];
const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const given = [...'秀英建国桂兰志强玉梅海涛春华小明丽娟德厚永安慧敏'];

export async function* benchRegister(): AsyncIterable<object> {
	const app = await openRealApp();
	const chance = createChance('a large register');
	try {
		const page = await app.join();
		yield await importSheet(app, page, sheet(chance));
		await page.close();
		for (const slowdown of [1, 4]) yield await searching(app, slowdown, RESIDENTS);
		await settleMore(app, chance);
		const again = await app.page();
		await again.goto(`${app.url}/residents`);
		await again.getByText(countWords(MANY_RESIDENTS)).waitFor({ timeout: 5 * MINUTE });
		await inStep(again);
		await again.close();
		yield await searching(app, 4, MANY_RESIDENTS);
	} finally {
		await app.end();
	}
}

async function importSheet({ url }: RealApp, page: Page, text: string): Promise<object> {
	const words = m.homes.import;
	const [homes, people] = [countWords(HOMES), countWords(RESIDENTS)];
	await page.goto(`${url}/residents/import`);
	await page.getByLabel(words.estate).fill('石榴小区');
	const readingMs = await timed(async () => {
		const buffer = Buffer.from(text);
		await page
			.locator('input[type="file"]')
			.setInputFiles({ name: '花名册.csv', mimeType: 'text/csv', buffer });
		const start = page.getByRole('button', { name: words.start(homes, people) });
		await start.waitFor({ timeout: MINUTE });
	});
	const savingMs = await timed(async () => {
		await page.getByRole('button', { name: words.start(homes, people) }).click();
		const done = page.getByText(m.homes.job.done(HOMES + RESIDENTS));
		await done.waitFor({ timeout: 10 * MINUTE });
	});
	const handingInMs = await timed(() =>
		page
			.locator('[data-sync="synced"]')
			.first()
			.waitFor({ timeout: 10 * MINUTE })
	);
	return {
		figure: 'register-import',
		homes: HOMES,
		residents: RESIDENTS,
		readingMs,
		savingMs,
		handingInMs,
		load: load()
	};
}

async function searching(app: RealApp, slowdown: number, residents: number): Promise<object> {
	const page = await app.page(slowdown);
	await page.goto(`${app.url}/residents`);
	const field = page.getByLabel(m.homes.search);
	await field.waitFor();
	// The table of initials is fetched at the first letter.
	for (const letter of 'wj') await keystroke(page, letter);
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++)
		for (const query of QUERIES) {
			await keystroke(page, null);
			for (const letter of query) times.push(await keystroke(page, letter));
		}
	await page.close();
	return {
		figure: 'search-keystroke-to-paint',
		residents,
		homes: HOMES,
		slowdown,
		keystrokes: times.length,
		p50Ms: quantile(times, 0.5),
		p95Ms: quantile(times, 0.95),
		worstMs: quantile(times, 1),
		...(slowdown === 4 && residents === RESIDENTS ? { aimP95Ms: 100 } : {}),
		load: load()
	};
}

/** Types one letter, or empties the field; answers when the last change that followed was painted. */
function keystroke(page: Page, letter: string | null): Promise<number> {
	return page.evaluate(async (typed) => {
		const QUIET_MS = 700;
		const field = document.querySelector<HTMLInputElement>('input[type="search"]');
		if (field === null) throw new Error('bench: no search');
		const began = performance.now();
		let painted = began;
		let changed = began;
		const seen = new MutationObserver(() => {
			changed = performance.now();
			requestAnimationFrame(() => setTimeout(() => (painted = performance.now())));
		});
		seen.observe(document.body, {
			subtree: true,
			childList: true,
			characterData: true
		});
		field.value = typed === null ? '' : field.value + typed;
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		while (performance.now() - changed < QUIET_MS)
			await new Promise((resolve) => setTimeout(resolve, 20));
		seen.disconnect();
		return painted - began;
	}, letter);
}

/** Three units of twenty doors in each building; the first in a door is its head. */
function sheet(chance: Chance): string {
	const lines = ['楼栋,单元,门牌,姓名,与户主关系,联系电话'];
	for (let home = 0; home < HOMES; home++) {
		const { building, unit, room } = addressOf(home);
		const living = 2 + (home % 3 === 0 ? 0 : 1);
		for (let nth = 0; nth < living; nth++)
			lines.push(
				[
					building,
					unit,
					room,
					nameOf(chance, home * 3 + nth),
					nth === 0 ? '户主' : '其他',
					''
				].join()
			);
	}
	return lines.join('\r\n');
}

function addressOf(home: number): { building: string; unit: string; room: string } {
	const inBuilding = home % 60;
	const floor = 1 + Math.floor((inBuilding % 20) / 4);
	return {
		building: `${1 + Math.floor(home / 60)}栋`,
		unit: `${1 + Math.floor(inBuilding / 20)}单元`,
		room: `${floor}0${1 + (inBuilding % 4)}`
	};
}

/** Names differ by their number, so that no two in one door are taken for one person. */
function nameOf(chance: Chance, nth: number): string {
	return chance.pick(surnames) + chance.pick(given) + (given[nth % given.length] ?? '');
}

async function settleMore({ desk, take }: RealApp, chance: Chance): Promise<void> {
	const door = v7();
	const body = { estate: '石榴小区', building: '99', unit: '1', room: '101', head: '某户主' };
	await take([desk.commit({ kind: 'household.registered.v1', record: door, body })]);
	for (let more = RESIDENTS; more < MANY_RESIDENTS; more += 500)
		await take(
			Array.from({ length: 25 }, (_, at) =>
				desk.commit(
					...Array.from({ length: 20 }, (__, n) => ({
						kind: 'resident.registered.v1',
						record: v7(),
						body: { household: door, name: nameOf(chance, more + at * 20 + n) }
					}))
				)
			)
		);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await run();
	return Math.round(performance.now() - begun);
}
