/** What the attack corpus costs a relay with its own bounds: its event loop, its memory, an honest device's p99. */
import { v7 } from 'uuid';
import { boardLedger, deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Ground } from '../support/attacks/attack.ts';
import { byEntry } from '../support/attacks/by-entry.ts';
import { bySocket } from '../support/attacks/by-socket.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { COMMUNITY, demand, DISTRICT, people } from '../support/tell.ts';
import {
	HONEST,
	LARGE_COMMITS,
	LARGE_TEXT,
	measure,
	pause,
	PER_SECOND,
	spawnWatched,
	watched
} from './honest.ts';
import { rounded } from './measured.ts';

const ATTACKERS = 3;
const PHASE_MS = 15_000;
const ROUNDS = 3;

export async function* benchAttack(): AsyncIterable<object> {
	const district = await startDistrict();
	const { epoch } = district.relay.store;
	const honest = Array.from({ length: HONEST }, () => district.enrol(people.worker));
	const grounds = await Promise.all(Array.from({ length: ATTACKERS }, () => groundOf(district)));
	await district.relay.close();
	const relay = await spawnWatched(district.dataDir);
	await measure(relay, honest, PHASE_MS);
	yield {
		bench: 'the largest hand-in of one device',
		...(await handInLarge(relay, grounds[0]?.device))
	};
	for (let round = 1; round <= ROUNDS; round++) {
		const calm = await measure(relay, honest, PHASE_MS);
		const attacking = attack(grounds.map((ground) => ({ ...ground, ...relay, epoch })));
		const attacked = await measure(relay, honest, PHASE_MS);
		const { attacks, asExpected } = await attacking.stop();
		yield {
			bench: 'attack corpus against a relay with its own bounds',
			...{
				round,
				honestEntriesPerSecond: PER_SECOND,
				attacks,
				asExpected
			},
			...{ calm, attacked },
			p99Ratio: rounded(attacked.p99Ms / calm.p99Ms)
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
async function handInLarge(relay: SpawnedRelay, device: TestDevice | undefined): Promise<object> {
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
	const { loopMaxMs, turnMaxMs } = await watched(relay);
	return { commits: LARGE_COMMITS, bytes, tookMs, loopMaxMs, turnMaxMs };
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
