/** Honest devices beside those that attack, and what the relay says of itself meanwhile. */
import { v7 } from 'uuid';
import { z } from 'zod';
import type { TestDevice } from '../support/device.ts';
import { spawnRelay, type SpawnedRelay } from '../support/relay.ts';
import { demand } from '../support/tell.ts';
import { percentiles, type Percentiles } from './measured.ts';

export const HONEST = 10;
/** Between two entries of one honest device. */
const PACE_MS = 200;
export const PER_SECOND = Math.round((HONEST * 1000) / PACE_MS);
/** As much as a device may hand in at once. */
export const LARGE_COMMITS = 100;
export const LARGE_TEXT = '长'.repeat(5_000);

const Watched = z.object({
	watch: z.object({
		loopMaxMs: z.number(),
		loopP99Ms: z.number(),
		turnMaxMs: z.number(),
		residentMiB: z.number(),
		heapMiB: z.number()
	})
});

type Watch = z.infer<typeof Watched>['watch'];

/** A relay with its own bounds, each of whose devices has an address of its own, as behind a proxy. */
export function spawnWatched(dataDir: string): Promise<SpawnedRelay> {
	return spawnRelay(dataDir, {
		BOUNDS: 'own',
		TRUSTED_PROXIES: '127.0.0.1',
		NODE_OPTIONS: `--import ${import.meta.resolve('./watch-loop.ts')}`
	});
}

/** Honest devices say something at their pace, whatever it takes; how long their receipts took. */
export async function measure(
	relay: SpawnedRelay,
	honest: readonly TestDevice[],
	phaseMs: number
): Promise<Percentiles & { readonly relay: Watch }> {
	await watched(relay);
	const took: number[] = [];
	const until = performance.now() + phaseMs;
	await Promise.all(
		honest.map(async (device, i) => {
			await pause((PACE_MS * i) / HONEST);
			while (performance.now() < until) {
				const [signed] = [device.commit(demand(v7(), { channel: 'phone' }))];
				const begun = performance.now();
				await handIn(relay.url, device, i, signed);
				const ms = performance.now() - begun;
				took.push(ms);
				await pause(Math.max(0, PACE_MS - ms));
			}
		})
	);
	return { ...percentiles(took), relay: await watched(relay) };
}

async function handIn(
	url: string,
	{ cookie }: TestDevice,
	i: number,
	commit: readonly object[]
): Promise<void> {
	const response = await fetch(`${url}/api/entries`, {
		method: 'POST',
		headers: { cookie, 'x-forwarded-for': `198.51.100.${i + 1}` },
		body: JSON.stringify({ now: Date.now(), commits: [commit] })
	});
	const text = await response.text();
	if (!text.includes('"verdict":"accepted"')) throw new Error(`bench: an honest entry: ${text}`);
}

/** What the relay says of itself since it was last asked. */
export function watched({ process: { stdout, pid } }: SpawnedRelay): Promise<Watch> {
	if (stdout === null || pid === undefined) throw new Error('bench: a relay without a voice');
	return new Promise((resolve) => {
		stdout.once('data', (text: string) => resolve(Watched.parse(JSON.parse(text)).watch));
		process.kill(pid, 'SIGUSR2');
	});
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
