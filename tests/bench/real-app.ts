/** The built app on a relay in this process, with a browser that keeps its storage: what benches of screens work on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import type { Signed } from '#domain/entry.ts';
import { RELAY_PERSON } from '#relay/keys.ts';
import { createInvitations } from '#relay/people/invitations.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay, type Relay } from '#relay/relay.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { inStep, installed, joins, sizes } from '../e2e/support/actors.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { makeDevice, type TestDevice } from '../support/device.ts';
import { found, REALM, wide } from '../support/relay.ts';
import { people } from '../support/tell.ts';

export interface RealApp {
	readonly url: string;
	readonly context: BrowserContext;
	/** Another device of the secretary, without a browser. */
	readonly desk: TestDevice;
	/** Hands in at the relay, past the network; anything but acceptance ends the bench. */
	take(commits: readonly (readonly Signed[])[]): Promise<void>;
	/** The secretary on this browser, in step with the relay. */
	join(): Promise<Page>;
	/** A page whose processor is so many times slower. */
	page(slowdown?: number): Promise<Page>;
	end(): Promise<void>;
}

export async function openRealApp(): Promise<RealApp> {
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-bench-screens-'));
	const profile = mkdtempSync(join(tmpdir(), 'lxq-bench-profile-'));
	const relay: Relay = await createRelay({
		config: { port: 0, host: '127.0.0.1', dataDir, publicOrigin: null, logLevel: 'silent' },
		people: openPeople,
		limits: wide,
		build: fileURLToPath(new URL('../../build', import.meta.url))
	});
	const url = `http://localhost:${await relay.listen()}`;
	await found(relay);
	const desk = makeDevice(people.secretary, REALM);
	await createPeopleStore(relay.store).addDevice({
		...desk,
		label: 'bench',
		createdAt: Date.now()
	});
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findBrowser() ?? undefined,
		args: browserArgs,
		viewport: sizes.secretary,
		locale: 'zh-CN'
	});
	return {
		url,
		context,
		desk,
		async take(commits) {
			const receipts = await relay.deliver.handIn(commits, { now: Date.now(), device: desk.id });
			const bad = receipts.find(({ verdict }) => verdict !== 'accepted');
			if (bad) throw new Error(`bench: ${JSON.stringify(bad)}`);
		},
		async join() {
			const page = await context.newPage();
			const invitations = createInvitations(relay);
			const { secret } = await invitations.issue({ person: people.secretary, by: RELAY_PERSON });
			await joins(page, invitations.link(url, REALM, secret));
			await installed(page);
			await inStep(page);
			return page;
		},
		async page(slowdown = 1) {
			const page = await context.newPage();
			const session = await context.newCDPSession(page);
			await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
			return page;
		},
		async end() {
			await context.close();
			await relay.close();
			for (const folder of [dataDir, profile]) rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Other work on this machine at the same time: above its cores, times say little. */
export function load(): number {
	return Number((loadavg()[0] ?? 0).toFixed(1));
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
