/**
 * Real input through real screens: a district from an official list of divisions, a ledger of two thousand
 * messages imported by its secretary. Reports what came in, what was kept, and whether a letter was lost;
 * beside it the calendar against an almanac and the State Council's notices, the three walks of the gate on
 * that district, with a picture at every step, and a member's whole day.
 */
import { chromium, expect, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { m } from '#lib/i18n/index.ts';
import { countWords } from '#lib/ui/format.ts';
import { inStep, joins, sizes } from '../e2e/support/actors.ts';
import { foundByScreen } from '../e2e/support/found-by-screen.ts';
import { firstNames, foundingSecret } from '../e2e/support/real-district.ts';
import { walkAll } from '../e2e/support/walks/all.ts';
import { startDatedApp } from '../e2e/support/walks/dated-app.ts';
import { placeIn } from '../e2e/support/walks/place.ts';
import type { Stage } from '../e2e/support/walks/stage.ts';
import { startWalk } from '../e2e/support/walks/walk.ts';
import { spawnApp, type AppProcess } from '../support/app-process.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { readDivisions } from '../support/divisions.ts';
import { checkCalendar, hasCalendar, isCalendarRight } from './calendar.ts';
import { readIndependently, type SheetDemand } from './independent-sheet.ts';
import { keptDemands, type KeptDemand } from './kept-demands.ts';
import { countByCode } from './problem-codes.ts';
import { areTracesBorne, throwTraces, type TracesReport } from './throw-traces.ts';
import { hasTraces } from './yjs-traces.ts';
import { walkWholeDay } from './whole-day.ts';

const words = m.secretary.import;
const WALKS = join('.out', 'acceptance');
const MINUTE = 60_000;

const [folder] = process.argv.slice(2);
const divisions = join(folder ?? '', 'divisions', '350203_福建省_思明区.csv');
const ledger = join(folder ?? '', 'tidi-cup-2020-C', '附件3_留言与点赞反对数.xlsx');
if (folder === undefined || !existsSync(divisions) || !existsSync(ledger) || !hasCalendar(folder)) {
	console.error('acceptance: name the folder of the data: npm run acceptance -- <folder>');
	console.error('It has to hold divisions/, tidi-cup-2020-C/ and calendar/.');
	process.exit(2);
}
const prepared = spawnSync(process.execPath, ['sync-server/prepare.mjs', 'start'], {
	stdio: 'inherit'
});
if (prepared.status !== 0) process.exit(1);

const calendar = await checkCalendar(folder);
const traces: TracesReport | null = hasTraces(folder) ? await throwTraces(folder) : null;
const here = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' } as const;
const seconds: Record<string, number> = {};
const app = await spawnApp();
const browser = await chromium.launch({
	executablePath: findBrowser() ?? undefined,
	args: browserArgs
});
try {
	const context = await browser.newContext(here);
	const page = await context.newPage();
	const rowsIn = await readIndependently(page, ledger);
	const screen = await importByScreen(page, app, { divisions, ledger });
	await timed('walks', () => walkOn(divisions));
	const wholeDay = await timed('a whole day', async () => walkWholeDay());
	process.exitCode = report(rowsIn, screen, keptDemands(app.dataDir), wholeDay) ? 0 : 1;
} finally {
	await browser.close();
	await app.end();
}

/** A step without its screen ends the run by its name. */
async function walkOn(path: string): Promise<void> {
	const dated = await startDatedApp();
	try {
		const stage: Stage = {
			walk: startWalk({ folder: WALKS }),
			app: dated,
			device: (kind) => browser.newContext({ ...here, ...kind })
		};
		await walkAll(stage, placeIn(readDivisions(path)));
	} finally {
		await dated.end();
	}
}

interface Screen {
	readonly units: number;
	readonly fresh: number;
	/** The sentences beside the rows that were left out. */
	readonly problems: readonly string[];
	/** The rows they name, as Excel counts. */
	readonly problemRows: ReadonlySet<number>;
}

async function importByScreen(
	page: Page,
	{ url }: AppProcess,
	files: { divisions: string; ledger: string }
): Promise<Screen> {
	const units = readDivisions(files.divisions);
	const subdistrict = units.find(({ level }) => level === 'subdistrict');
	const community = units.find(({ parent }) => parent === subdistrict?.code);
	const links = await timed('founding', () =>
		foundByScreen(page, url, {
			secret: foundingSecret(app),
			name: units[0]?.name ?? '',
			list: files.divisions,
			subdistrict: subdistrict?.name ?? '',
			community: community?.name ?? '',
			people: firstNames
		})
	);
	const tablet = await browser.newContext({ ...here, viewport: sizes.secretary });
	const desk = await tablet.newPage();
	await joins(desk, links.get(firstNames.communitySecretary) ?? '');
	await desk.goto(`${url}/import`);
	await timed('reading', async () => {
		await desk.locator('input[type="file"]').setInputFiles(files.ledger);
		await expect(desk.locator('[data-import="new"]')).toBeVisible({ timeout: MINUTE });
	});
	const fresh = Number((await desk.locator('[data-import="new"]').innerText()).replaceAll(',', ''));
	const lines = await problemLines(desk);
	await timed('importing', async () => {
		await desk.getByRole('button', { name: words.start(countWords(fresh)) }).click();
		await expect(desk.getByText(words.doneTitle(fresh))).toBeVisible({ timeout: 5 * MINUTE });
	});
	await timed('handing in', async () => {
		await expect(desk.locator('[data-sync="synced"]').first()).toBeVisible({ timeout: 5 * MINUTE });
	});
	await inStep(desk);
	return {
		units: units.length,
		fresh,
		problems: lines,
		problemRows: new Set(lines.map((line) => Number(/\d+/.exec(line)?.[0])))
	};
}

/** Every line of the preview's problems, all pages of them. */
async function problemLines(page: Page): Promise<readonly string[]> {
	const title = page.getByRole('heading', { name: words.problems });
	if ((await title.count()) === 0) return [];
	const more = page.getByRole('button', { name: m.secretary.more });
	while ((await more.count()) > 0) await more.first().click();
	return page
		.locator('section, article, div')
		.filter({ has: title })
		.last()
		.locator('li')
		.allInnerTexts();
}

/** Prints counts and nothing of the data; answers whether everything was kept. */
function report(
	rowsIn: readonly SheetDemand[],
	screen: Screen,
	kept: readonly KeptDemand[],
	wholeDay: boolean
): boolean {
	const held = new Map<string, KeptDemand[]>();
	for (const demand of kept)
		held.set(demand.sourceNo, [...(held.get(demand.sourceNo) ?? []), demand]);
	const told = rowsIn.filter(({ row }) => screen.problemRows.has(row));
	const expected = rowsIn.filter(({ row }) => !screen.problemRows.has(row));
	const found = expected.flatMap((row) => {
		const [demand] = held.get(row.sourceNo) ?? [];
		return demand === undefined ? [] : [{ row, demand }];
	});
	const differing = found.filter(({ row, demand }) => !isSameText(row, demand));
	const otherDates = found.filter(({ row, demand }) => row.at !== demand.raisedAt);
	const doubled = [...held.values()].filter((demands) => demands.length > 1).length;
	const refused = kept.filter(({ verdict }) => verdict !== 'accepted').length;
	const lost = expected.length - found.length;
	const result = {
		units: screen.units,
		rowsIn: rowsIn.length,
		rowsKept: kept.length,
		rowsWithProblems: told.length,
		problems: countByCode(screen.problems),
		textsEqual: found.length - differing.length,
		textsDiffering: differing.length,
		datesDiffering: otherDates.length,
		doubled,
		refused,
		lost,
		wholeDay,
		seconds,
		calendar,
		traces
	};
	console.log(JSON.stringify(result, null, '\t'));
	const bad = differing.length + otherDates.length + doubled + refused + lost;
	return (
		isCalendarRight(calendar) &&
		(traces === null || areTracesBorne(traces)) &&
		wholeDay &&
		bad === 0 &&
		kept.length === expected.length &&
		screen.fresh === kept.length
	);
}

function isSameText(row: SheetDemand, demand: KeptDemand): boolean {
	return (['sourceNo', 'requester', 'title', 'description'] as const).every((field) =>
		Buffer.from(row[field], 'utf8').equals(Buffer.from(demand[field], 'utf8'))
	);
}

async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
	const begun = performance.now();
	const result = await run();
	seconds[name] = Math.round((performance.now() - begun) / 100) / 10;
	return result;
}
