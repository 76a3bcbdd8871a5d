/** The product in this process, with days that pass when a walk says so: yesterday's slip is from yesterday. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Worker } from '@playwright/test';
import { addDays, dayOf, startOfDay, type Day } from '#domain/calendar.ts';
import { openPeople } from '#relay/people/people.ts';
import { createRelay } from '#relay/relay.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface DatedApp {
	readonly url: string;
	readonly dataDir: string;
	/** A day counted from today, at an hour of it; never back. The dated devices go along. */
	goTo(day: { readonly days: number; readonly hour: number }): Promise<void>;
	/** The present. */
	goToNow(): Promise<void>;
	/** The relay's day, or one so many days later. */
	day(later: number): Day;
	/** From now on this device's pages have the relay's days. */
	date(context: BrowserContext): Promise<void>;
	end(): Promise<void>;
}

export async function startDatedApp({ from }: { readonly from?: string } = {}): Promise<DatedApp> {
	const dataDir = mkdtempSync(join(tmpdir(), 'lxq-walk-'));
	if (from !== undefined) cpSync(from, dataDir, { recursive: true });
	const dated = new Set<BrowserContext>();
	let behind = 0;
	const relay = await createRelay({
		config: {
			port: 0,
			host: '127.0.0.1',
			dataDir,
			publicOrigin: null,
			logLevel: 'silent'
		},
		people: openPeople,
		now: () => Date.now() - behind
	});
	const port = await relay.listen();

	async function setBehind(ms: number): Promise<void> {
		behind = ms;
		// It would look by itself within a minute.
		await relay.dayClock.tick();
		for (const context of dated) {
			await context.clock.setSystemTime(Date.now() - behind);
			for (const page of context.pages())
				for (const worker of page.workers()) await dateWorker(worker, behind);
		}
	}

	return {
		url: `http://localhost:${port}`,
		dataDir,
		async goTo({ days, hour }) {
			const midnight = startOfDay(dayOf(Date.now()));
			await setBehind(Date.now() - (midnight + days * DAY + hour * 60 * MINUTE));
		},
		day: (later) => addDays(dayOf(Date.now() - behind), later),
		goToNow: () => setBehind(0),
		async date(context) {
			if (dated.has(context)) return;
			await context.clock.install({ time: Date.now() - behind });
			dated.add(context);
			context.on('page', (page) =>
				page.on('worker', (worker) => void dateWorker(worker, behind).catch(isGone))
			);
			context.once('close', () => dated.delete(context));
		},
		async end() {
			await relay.close();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** The clock of a context is its pages' alone: a worker's is put back by hand. */
async function dateWorker(worker: Worker, behind: number): Promise<void> {
	await worker.evaluate((ms) => {
		const { timeOrigin } = performance;
		Date.now = () => Math.round(timeOrigin + performance.now()) - ms;
	}, behind);
}

/** A worker that ended before it was dated needs no date. */
function isGone(cause: unknown): void {
	if (!(cause instanceof Error) || !/closed|terminated|detached/i.test(cause.message)) throw cause;
}
