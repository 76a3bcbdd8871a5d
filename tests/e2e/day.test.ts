/**
 * A day's round on a slow phone without a network, whose browser is killed again and again, and the way
 * home of what it recorded over a thin line that breaks. `LXQ_DAY=whole` walks all twelve doors, `LXQ_SEED`
 * another day.
 */
import { expect, test, type Page } from '@playwright/test';
import { createChance } from '#relay/demo/random.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, installed, inStep, sizes } from './support/actors.ts';
import { bigPhotos } from './support/big-photo.ts';
import { planDay, shortDay, wholeDay } from './support/day-plan.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { startDevice } from './support/device.ts';
import { entriesAt, mediaAt } from './support/relay-store.ts';
import { layThinLine, type ThinLine } from './support/thin-line.ts';
import { walkTo } from './support/walk-day.ts';

test.use({ serviceWorkers: 'allow' });

const isWhole = process.env.LXQ_DAY === 'whole';
const seed = process.env.LXQ_SEED ?? 'a day in november';
const plan = isWhole ? wholeDay : shortDay;
const SLOWDOWN = 4;
const THIN = 50_000;
const MINUTE = 60_000;

test(`a day without a network over kills comes home whole, once, records first (${seed})`, async () => {
	test.setTimeout((isWhole ? 20 : 5) * MINUTE);
	const line = await layThinLine();
	const app = await spawnDemoApp({ PUBLIC_ORIGIN: line.url });
	line.leadTo(app.port);
	const device = await startDevice({ viewport: sizes.member, phone: true, slowdown: SLOWDOWN });
	await becomes(device.page, line.url, 'member');
	await installed(device.page);
	const doors = await doorsOf(device.page);
	const photos = [...(await bigPhotos(device.page, { count: plan.photos, side: plan.photoSide }))];
	const before = said(app);

	line.cut();
	await device.context.setOffline(true);
	const stops = planDay(seed, plan);
	for (const [at, stop] of stops.entries())
		await test.step(`door ${at + 1}: ${stop.kill?.during ?? 'no kill'}`, () =>
			walkTo({ device, url: line.url, photos }, doors[at] ?? '', stop));
	expect(photos).toHaveLength(0);

	await test.step('home over a thin line', async () => {
		line.setPace(THIN);
		line.mend();
		await device.context.setOffline(false);
		const expected = { visits: plan.visits, media: plan.photos + plan.signatures };
		await comesHome(app, line, before, expected);
	});

	const visits = entriesAt(app.dataDir, 'visit.recorded.v1').slice(before.visits);
	const demands = entriesAt(app.dataDir, 'demand.registered.v1').slice(before.demands);
	const told = stops.flatMap((stop) => stop.demands);
	expect(visits.map(({ verdict }) => verdict)).toEqual(visits.map(() => 'accepted'));
	expect(visits.map(({ body }) => body.household)).toEqual(doors.slice(0, plan.visits));
	expect(demands.map(({ body }) => body.description).sort()).toEqual([...told].sort());
	const named = visits.flatMap(({ body }) => namesIn(body));
	expect(new Set(named).size).toBe(plan.photos + plan.signatures);
	expect(mediaAt(app.dataDir).slice().sort()).toEqual([...new Set(named)].sort());

	line.setPace(Infinity);
	// Where the last kill left it, the page may be a form.
	await device.page.goto(`${line.url}/visit`);
	await inStep(device.page);
	await device.end();
	await app.end();
	await line.end();
});

/** The households of the member's round, not yet visited today. */
async function doorsOf(page: Page): Promise<readonly string[]> {
	const links = page.locator('a[href*="/visit/new?household="]');
	const hrefs = await links.evaluateAll((all) =>
		all.map((each) => each.getAttribute('href') ?? '')
	);
	const doors = hrefs.map((href) => /household=([^&]+)/.exec(href)?.[1] ?? '');
	const each = [...new Set(doors)];
	expect(each.length).toBeGreaterThanOrEqual(plan.visits);
	return each;
}

interface Said {
	readonly visits: number;
	readonly demands: number;
	readonly media: number;
}

function said({ dataDir }: AppProcess): Said {
	return {
		visits: entriesAt(dataDir, 'visit.recorded.v1').length,
		demands: entriesAt(dataDir, 'demand.registered.v1').length,
		media: mediaAt(dataDir).length
	};
}

/** Looks on at the relay while the line is cut now and then: no photo is there before every record is. */
async function comesHome(
	app: AppProcess,
	line: ThinLine,
	before: Said,
	expected: { readonly visits: number; readonly media: number }
): Promise<void> {
	const chance = createChance(`${seed}/line`);
	let cuts = 0;
	let nextCut = performance.now() + chance.int(1_000, 4_000);
	const begun = performance.now();
	const { up, down } = line.carried;
	for (;;) {
		const now = said(app);
		const visits = now.visits - before.visits;
		const media = now.media - before.media;
		if (media > 0) expect(visits).toBe(expected.visits);
		if (media === expected.media) break;
		if (performance.now() - begun > 8 * MINUTE)
			throw new Error(`day: ${visits} visits and ${media} photos came home`);
		if (cuts < plan.cuts && performance.now() > nextCut) {
			cuts += 1;
			line.cut();
			await later(chance.int(300, 1_500));
			line.mend();
			nextCut = performance.now() + chance.int(3_000, 9_000);
		}
		await later(200);
	}
	console.log(
		`home in ${Math.round((performance.now() - begun) / 1000)} s with ${cuts} cuts,`,
		`${line.carried.up - up} bytes up, ${line.carried.down - down} down`
	);
}

function namesIn(body: Readonly<Record<string, unknown>>): readonly string[] {
	return [...JSON.stringify(body).matchAll(/"([0-9a-f]{64})"/g)].map(([, name]) => name ?? '');
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
