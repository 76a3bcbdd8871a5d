/** What a person waits for in the real app: a cold start to the list, with a desk's quarter on the device. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext } from '@playwright/test';
import { v7 } from 'uuid';
import { m } from '#lib/i18n/index.ts';
import { createInvitations } from '../../sync-server/invitations.ts';
import { RELAY_PERSON } from '../../sync-server/keys.ts';
import { openPeople } from '../../sync-server/people.ts';
import { createPeopleStore } from '../../sync-server/store-people.ts';
import { createRelay, type Relay } from '../../sync-server/relay.ts';
import { inStep, installed, joins, sizes } from '../e2e/support/actors.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { makeDevice, type Draft } from '../support/device.ts';
import { found, REALM, wide } from '../support/relay.ts';
import { accepted, demand, household, people, visit } from '../support/tell.ts';

const ROWS = 10_000;
const STARTS = 5;
const SLOWDOWNS = [1, 4];

export async function* benchScreens(): AsyncIterable<object> {
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-bench-screens-'));
	const profile = mkdtempSync(join(tmpdir(), 'lxq-bench-profile-'));
	const relay = await createRelay({
		config: { port: 0, host: '127.0.0.1', dataDir, publicOrigin: null, logLevel: 'silent' },
		people: openPeople,
		limits: wide,
		build: fileURLToPath(new URL('../../build', import.meta.url))
	});
	const url = `http://localhost:${await relay.listen()}`;
	await found(relay);
	await fillDesk(relay);
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findBrowser() ?? undefined,
		args: browserArgs,
		viewport: sizes.secretary,
		locale: 'zh-CN'
	});
	try {
		const begun = performance.now();
		const page = await context.newPage();
		const invitations = createInvitations(relay);
		const { secret } = await invitations.issue({ person: people.secretary, by: RELAY_PERSON });
		await joins(page, invitations.link(url, REALM, secret));
		await installed(page);
		await inStep(page);
		yield { figure: 'first-sync', rows: ROWS, ms: Math.round(performance.now() - begun) };
		await page.close();
		for (const slowdown of SLOWDOWNS) yield await coldStarts(context, url, slowdown);
	} finally {
		await context.close();
		await relay.close();
		for (const folder of [dataDir, profile]) rmSync(folder, { recursive: true, force: true });
	}
}

async function coldStarts(context: BrowserContext, url: string, slowdown: number): Promise<object> {
	const times: number[] = [];
	for (let run = 0; run < STARTS; run++) {
		const page = await context.newPage();
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
		await page.goto(`${url}/inbox`, { waitUntil: 'commit' });
		const list = page.getByRole('list', { name: m.secretary.inbox.list });
		await list.getByRole('link').first().waitFor();
		times.push(await page.evaluate(() => performance.now()));
		await page.close();
	}
	times.sort((a, b) => a - b);
	return {
		figure: 'cold-start-to-list',
		rows: ROWS,
		slowdown,
		medianMs: Math.round(times[Math.floor(STARTS / 2)] ?? 0),
		worstMs: Math.round(times.at(-1) ?? 0),
		...(slowdown === 4 ? { aimMs: 1500 } : {}),
		load: Number((loadavg()[0] ?? 0).toFixed(1))
	};
}

/** Visits, demands and their first steps: every fourth demand still waits for the desk. */
async function fillDesk({ store, deliver }: Relay): Promise<void> {
	const desk = makeDevice(people.secretary, REALM);
	await createPeopleStore(store).addDevice({ ...desk, label: 'bench', createdAt: Date.now() });
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

	async function take(commits: Parameters<typeof deliver.handIn>[0]): Promise<void> {
		const receipts = await deliver.handIn(commits, { now: Date.now(), device: desk.id });
		const bad = receipts.find(({ verdict }) => verdict !== 'accepted');
		if (bad) throw new Error(`bench: ${JSON.stringify(bad)}`);
	}
}
