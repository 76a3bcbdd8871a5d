/** What the app core costs in a real browser: first sync, saving a visit, first pages, each beside its comparison. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { build } from 'vite';
import type { Signed } from '#domain/entry.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { accepted, COMMUNITY, demand, household, visit } from '../support/tell.ts';
import type { Bench } from './app-page/page.ts';

const ELEMENTS = 10_000;
const COMMITS = 200;
const REPEATS = 5;

export async function* benchApp(): AsyncIterable<object> {
	const pages = mkdtempSync(join(tmpdir(), 'lxq-bench-page-'));
	await buildPage(pages);
	const district = await startDistrict({ build: pages });
	const executablePath = findBrowser();
	if (executablePath === null) throw new Error('bench: no browser');
	const browser = await chromium.launch({ executablePath, args: browserArgs });
	try {
		const context = await browser.newContext();
		yield* firstSync(context, district);
		yield* saving(context, district);
		yield* firstPages(context, district);
	} finally {
		await browser.close();
		await district.end();
		rmSync(pages, { recursive: true, force: true });
	}
}

async function* firstSync(context: BrowserContext, district: District): AsyncIterable<object> {
	const { secretary } = district.devices;
	const elements = await fillDesk(district, secretary);
	await context.addCookies([cookieOf(district, secretary)]);
	for (let run = 0; run < 3; run++) {
		const page = await openPage(context, district);
		const figures = await page.evaluate(
			// The page puts its measures on its window.
			(asked) => (window as unknown as { bench: Bench }).bench.firstSync(asked),
			{
				id: `lxq-bench-${run}`,
				person: secretary.person,
				ledger: `desk/${COMMUNITY}/${elements.period}`,
				elements: elements.count
			}
		);
		await page.close();
		yield {
			bench: 'first sync of one desk: from starting the worker to the last row',
			elements: elements.count,
			aim: { firstRowsMs: 300, allMs: 2000 },
			run,
			/** Other work on this machine at the same time: above its cores, times say little. */
			load: Number((loadavg()[0] ?? 0).toFixed(1)),
			...figures
		};
	}
}

async function* saving(context: BrowserContext, district: District): AsyncIterable<object> {
	const page = await openPage(context, district);
	const figures = await page.evaluate(
		// The page puts its measures on its window.
		(count) => (window as unknown as { bench: Bench }).bench.commits(count),
		COMMITS
	);
	await page.close();
	yield {
		bench: 'saving one visit (sign, outbox, overlay; strict) beside one raw strict put',
		commits: COMMITS,
		...figures
	};
}

async function* firstPages(context: BrowserContext, district: District): AsyncIterable<object> {
	for (const count of [10_000, 100_000]) {
		const filling = await openPage(context, district);
		// The page puts its measures on its window.
		await filling.evaluate((n) => (window as unknown as { bench: Bench }).bench.fillRows(n), count);
		await filling.evaluate((n) => (window as unknown as { bench: Bench }).bench.fillMap(n), count);
		await filling.close();
		const rows: number[] = [];
		const map: number[] = [];
		for (let run = 0; run < REPEATS; run++)
			for (const [times, kind] of [
				[rows, 'rows'],
				[map, 'map']
			] as const) {
				const page = await openPage(context, district);
				times.push(
					await page.evaluate(
						([n, which]) => {
							// The page puts its measures on its window.
							const { bench } = window as unknown as { bench: Bench };
							return which === 'rows' ? bench.pageOfRows(n) : bench.pageOfMap(n);
						},
						[count, kind] as const
					)
				);
				await page.close();
			}
		yield {
			bench: 'first page of 50 from a cold database beside Y.Map + y-indexeddb',
			rows: count,
			rowsMs: median(rows),
			naiveMs: median(map)
		};
	}
}

/** The page that measures inside a browser. */
export async function buildPage(outDir: string): Promise<void> {
	await build({
		configFile: false,
		root: fileURLToPath(new URL('./app-page', import.meta.url)),
		logLevel: 'error',
		worker: { format: 'es' },
		build: { outDir, emptyOutDir: true, target: 'chrome90' }
	});
}

async function openPage(context: BrowserContext, district: District): Promise<Page> {
	const page = await context.newPage();
	page.on('pageerror', (error) => console.error('bench page:', error));
	await page.goto(localUrl(district));
	await page.waitForFunction(() => 'bench' in window);
	return page;
}

/** Visits and demands with their first step, as a desk's quarter holds them. */
async function fillDesk(
	{ relay }: District,
	secretary: TestDevice
): Promise<{ count: number; period: string }> {
	const door = v7();
	await relay.deliver.handIn([secretary.commit(household(door))], {
		now: Date.now(),
		device: secretary.id
	});
	let period = '';
	for (let done = 0; done < ELEMENTS; done += 1000) {
		const commits: Signed[][] = [];
		for (let n = 0; n < 1000; n += 4) {
			const raised = v7();
			commits.push(
				secretary.commit(visit(v7(), door, { changes: '腰腿不便，需要有人帮忙买菜' })),
				secretary.commit(visit(v7(), door, { suggestions: '楼道里加一条扶手' })),
				secretary.commit(demand(raised, { household: door }), accepted(raised))
			);
		}
		const receipts = await relay.deliver.handIn(commits, { now: Date.now(), device: secretary.id });
		const bad = receipts.find(({ verdict }) => verdict !== 'accepted');
		if (bad) throw new Error(`bench: ${JSON.stringify(bad)}`);
		period = receipts[0]?.given?.period ?? period;
	}
	return { count: ELEMENTS, period };
}

/** IndexedDB, WebCrypto and workers want a secure context: localhost is one. */
function localUrl({ relay }: District): string {
	return `http://localhost:${relay.port}`;
}

function cookieOf(district: District, device: TestDevice) {
	const [name = '', value = ''] = device.cookie.split('=');
	return { name, value, url: localUrl(district) };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
