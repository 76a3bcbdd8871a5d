/** What the attack corpus costs a relay with its own bounds: its event loop, its memory, an honest device's p99. */
import { v7 } from 'uuid';
import { z } from 'zod';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Ground } from '../support/attacks/attack.ts';
import { byEntry } from '../support/attacks/by-entry.ts';
import { bySocket } from '../support/attacks/by-socket.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { spawnRelay, type SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, DISTRICT, people } from '../support/tell.ts';

const HONEST = 10;
/** As much as a device may hand in at once. */
const LARGE_COMMITS = 100;
const LARGE_TEXT = '长'.repeat(5_000);
const ATTACKERS = 3;
/** Between two entries of one honest device. */
const PACE_MS = 200;
const PHASE_MS = 15_000;
const ROUNDS = 3;

const Watched = z.object({
	watch: z.object({
		loopMaxMs: z.number(),
		loopP99Ms: z.number(),
		residentMiB: z.number(),
		heapMiB: z.number()
	})
});

export async function* benchAttack(): AsyncIterable<object> {
	const district = await startDistrict();
	const { epoch } = district.relay.store;
	const honest = Array.from({ length: HONEST }, () => district.enrol(people.worker));
	const grounds = await Promise.all(Array.from({ length: ATTACKERS }, () => groundOf(district)));
	await district.relay.close();
	const relay = await spawnRelay(district.dataDir, {
		BOUNDS: 'own',
		// Each device has an address of its own, as behind a proxy.
		TRUSTED_PROXIES: '127.0.0.1',
		NODE_OPTIONS: `--import ${import.meta.resolve('./watch-loop.ts')}`
	});
	await measure(relay, honest);
	yield {
		bench: 'the largest hand-in of one device',
		...(await handInLarge(relay, grounds[0]?.device))
	};
	for (let round = 1; round <= ROUNDS; round++) {
		const calm = await measure(relay, honest);
		const attacking = attack(grounds.map((ground) => ({ ...ground, ...relay, epoch })));
		const attacked = await measure(relay, honest);
		const { attacks, asExpected } = await attacking.stop();
		yield {
			bench: 'attack corpus against a relay with its own bounds',
			...{
				round,
				honestEntriesPerSecond: Math.round((HONEST * 1000) / PACE_MS),
				attacks,
				asExpected
			},
			...{ calm, attacked },
			p99Ratio: Number((attacked.p99Ms / calm.p99Ms).toFixed(2))
		};
	}
	await relay.end('SIGTERM');
	await district.end();
}

async function groundOf({ relay, devices, enrol }: District): Promise<Ground> {
	const { url, port } = relay;
	const { secretary: victim } = devices;
	const device = enrol(people.member);
	const own = device.commit(demand(v7()));
	const theirs = victim.commit(demand(v7()));
	await device.handIn(url, [own]);
	await victim.handIn(url, [theirs]);
	return {
		...{ url, port, epoch: relay.store.epoch, device, victim, own, theirs },
		open: boardLedger(DISTRICT, STANDING),
		closed: deskLedger(COMMUNITY, STANDING)
	};
}

/** How long the largest hand-ins keep the event loop, one after another while nothing else is done. */
async function handInLarge(
	relay: SpawnedRelay,
	device: TestDevice | undefined
): Promise<{ commits: number; bytes: number; tookMs: readonly number[]; loopMaxMs: number }> {
	if (device === undefined) throw new Error('bench: nobody to hand in');
	const tookMs: number[] = [];
	let bytes = 0;
	await watched(relay);
	for (let round = 0; round < ROUNDS; round++) {
		const commits = Array.from({ length: LARGE_COMMITS }, () =>
			device.commit(demand(v7(), { channel: 'phone', description: LARGE_TEXT }))
		);
		bytes = Buffer.byteLength(JSON.stringify(commits));
		await pause(500);
		const begun = performance.now();
		const receipts = await device.handIn(relay.url, commits);
		tookMs.push(Math.round(performance.now() - begun));
		if (receipts.some(({ verdict }) => verdict !== 'accepted'))
			throw new Error('bench: a large hand-in was not accepted');
	}
	const { loopMaxMs } = await watched(relay);
	return { commits: LARGE_COMMITS, bytes, tookMs, loopMaxMs };
}

/** Every attack, over and over, until it is stopped. */
function attack(grounds: readonly Ground[]): {
	stop(): Promise<{ readonly attacks: number; readonly asExpected: number }>;
} {
	let isOver = false;
	let attacks = 0;
	let asExpected = 0;
	const all = [...byEntry, ...bySocket];
	const running = grounds.map(async (ground, i) => {
		for (let next = i * 17; !isOver; next++) {
			const each = all[next % all.length];
			// Beyond its rate a device is told 429 whatever it tries: that is not what the corpus expects.
			const answer = await each?.run(ground).catch(() => 'told off');
			attacks += 1;
			if (answer === each?.expected) asExpected += 1;
		}
	});
	return {
		async stop() {
			isOver = true;
			await Promise.all(running);
			return { attacks, asExpected };
		}
	};
}

/** Honest devices say something at their pace, whatever it takes; how long their receipts took. */
async function measure(
	relay: SpawnedRelay,
	honest: readonly TestDevice[]
): Promise<{ p50Ms: number; p99Ms: number; relay: z.infer<typeof Watched>['watch'] }> {
	await watched(relay);
	const took: number[] = [];
	const until = performance.now() + PHASE_MS;
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
	took.sort((a, b) => a - b);
	const at = (share: number) => Number((took[Math.floor(took.length * share)] ?? 0).toFixed(1));
	return { p50Ms: at(0.5), p99Ms: at(0.99), relay: await watched(relay) };
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
function watched({
	process: { stdout, pid }
}: SpawnedRelay): Promise<z.infer<typeof Watched>['watch']> {
	if (stdout === null || pid === undefined) throw new Error('bench: a relay without a voice');
	return new Promise((resolve) => {
		stdout.once('data', (text: string) => resolve(Watched.parse(JSON.parse(text)).watch));
		process.kill(pid, 'SIGUSR2');
	});
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
