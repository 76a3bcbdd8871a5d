/** What a person waits for in the real app: a cold start to the list, with a desk's quarter on the device. */
import { v7 } from 'uuid';
import { m } from '#lib/i18n/index.ts';
import { inStep } from '../e2e/support/actors.ts';
import { freeze } from '../e2e/support/freeze.ts';
import { press } from '../e2e/support/forms.ts';
import type { Draft } from '../support/device.ts';
import { accepted, demand, household, visit } from '../support/tell.ts';
import { load, openRealApp, quantile, type RealApp } from './real-app.ts';

const ROWS = 10_000;
const STARTS = 5;
const SLOWDOWNS = [1, 4];
const TAKEOVERS = 5;
const MINUTE = 60_000;

export async function* benchScreens(): AsyncIterable<object> {
	const app = await openRealApp();
	try {
		await fillDesk(app);
		const begun = performance.now();
		const page = await app.join();
		yield { figure: 'first-sync', rows: ROWS, ms: Math.round(performance.now() - begun) };
		await page.close();
		for (const slowdown of SLOWDOWNS) yield await coldStarts(app, slowdown);
		yield await takeovers(app);
	} finally {
		await app.end();
	}
}

async function coldStarts(app: RealApp, slowdown: number): Promise<object> {
	const times: number[] = [];
	for (let run = 0; run < STARTS; run++) {
		const page = await app.page(slowdown);
		await page.goto(`${app.url}/inbox`, { waitUntil: 'commit' });
		const list = page.getByRole('list', { name: m.secretary.inbox.list });
		await list.getByRole('link').first().waitFor();
		times.push(await page.evaluate(() => performance.now()));
		await page.close();
	}
	return {
		figure: 'cold-start-to-list',
		rows: ROWS,
		slowdown,
		medianMs: quantile(times, 0.5),
		worstMs: quantile(times, 1),
		...(slowdown === 4 ? { aimMs: 1500 } : {}),
		load: load()
	};
}

/** Two tabs, and the one that syncs freezes: how long what the other says then is on its way to the relay. */
async function takeovers(app: RealApp): Promise<object> {
	const { register } = m.secretary;
	const times: number[] = [];
	for (let run = 0; run < TAKEOVERS; run++) {
		const syncing = await app.page();
		await syncing.goto(`${app.url}/register`);
		await inStep(syncing);
		const other = await app.page();
		await other.goto(`${app.url}/register`);
		await other.getByLabel(register.titleField).fill(`接手 ${run}`);
		await other.getByLabel(register.description).fill('一个标签页冻住了');
		await other.getByLabel(register.place).fill('二单元');
		await freeze(app.context, syncing);
		const frozenAt = performance.now();
		await press(other, register.submit);
		await other.locator('[data-sync="waiting"], [data-sync="sending"]').first().waitFor();
		await other.locator('[data-sync="synced"]').first().waitFor({ timeout: MINUTE });
		times.push(performance.now() - frozenAt);
		await syncing.close();
		await other.close();
	}
	return {
		figure: 'takeover-of-a-frozen-tab',
		runs: TAKEOVERS,
		medianMs: quantile(times, 0.5),
		worstMs: quantile(times, 1),
		aimMs: 5_000,
		load: load()
	};
}

/** Visits, demands and their first steps: every fourth demand still waits for the desk. */
async function fillDesk({ desk, take }: RealApp): Promise<void> {
	const door = v7();
	await take([desk.commit(household(door))]);
	for (let rows = 0; rows < ROWS; rows += 400)
		await take(
			Array.from({ length: 200 }, (_, n) => {
				const raised = v7();
				const says: Draft[] = [visit(v7(), door), demand(raised, { household: door })];
				if (n % 4 !== 0) says.push(accepted(raised));
				return desk.commit(...says);
			})
		);
}
