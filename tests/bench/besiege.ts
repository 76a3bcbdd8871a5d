/** What each way to besiege a relay costs it and an honest device: event loop, memory, p99, one line for each. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { quarterOf } from '#domain/calendar.ts';
import { deskLedger } from '#domain/ledgers.ts';
import type { Draft, TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import type { SpawnedRelay } from '../support/relay.ts';
import { accepted, COMMUNITY, demand, household, people, visit } from '../support/tell.ts';
import { HONEST, LARGE_COMMITS, LARGE_TEXT, measure, spawnWatched } from './honest.ts';
import { rounded, type Percentiles } from './measured.ts';
import type { ToBesiege } from './siege-process.ts';
import { sieges, type SiegeGround } from './sieges.ts';

const SIEGE_MS = 12_000;
/** Devices whose sockets are slow. */
const SLOW = 50;
const TOLD = 60;

export async function* benchSieges(): AsyncIterable<object> {
	const district = await startDistrict();
	const honest = Array.from({ length: HONEST }, () => district.enrol(people.worker));
	const ground = await groundOf(district);
	await district.relay.close();
	const relay = await spawnWatched(district.dataDir);
	await measure(relay, honest, SIEGE_MS);
	for (const { name } of sieges) yield await besiege(relay, honest, { name, ground });
	await relay.end('SIGTERM');
	await district.end();
}

/** One of the sieges, beside honest devices that were measured without it just before. */
async function besiege(
	relay: SpawnedRelay,
	honest: readonly TestDevice[],
	{ name, ground }: { readonly name: string; readonly ground: SiegeGround }
): Promise<object> {
	const { url, port } = relay;
	const calm = await measure(relay, honest, SIEGE_MS);
	const siege = fork(fileURLToPath(new URL('./siege-process.ts', import.meta.url)));
	const begun = once(siege, 'message');
	siege.send({ name, ground: { ...ground, url, port } } satisfies ToBesiege);
	await begun;
	const attacked = await measure(relay, honest, SIEGE_MS);
	const over = once(siege, 'message');
	siege.send('over');
	const [times] = await over;
	if (siege.exitCode === null) await once(siege, 'exit');
	return {
		bench: `attack: ${name}`,
		times,
		loopMaxMs: attacked.relay.loopMaxMs,
		turnMaxMs: { without: calm.relay.turnMaxMs, with: attacked.relay.turnMaxMs },
		rssBeforeMiB: calm.relay.residentMiB,
		rssAfterMiB: attacked.relay.residentMiB,
		honest: { without: timesOf(calm), with: timesOf(attacked) },
		p99Ratio: rounded(attacked.p99Ms / calm.p99Ms)
	};
}

function timesOf({ p50Ms, p99Ms }: Percentiles): Percentiles {
	return { p50Ms, p99Ms };
}

async function groundOf({ relay, devices, enrol }: District): Promise<SiegeGround> {
	const { url, port, store } = relay;
	const hostile = enrol(people.secretary);
	const [asked, door, filled] = [v7(), v7(), v7()];
	const opened = { kind: 'draft.opened.v1', record: `reply-${asked}`, body: { of: asked } };
	await devices.secretary.says(url, demand(asked), accepted(asked), opened);
	await hostile.says(url, household(door), visit(filled, door));
	const large = () => demand(v7(), { channel: 'phone', description: LARGE_TEXT });
	const note = { note: LARGE_TEXT.slice(0, 1_000) };
	const adds = () => ({ kind: 'visit.added.v1', record: filled, body: note });
	const handIns = (entries: number, draft: () => Draft) =>
		Array.from({ length: TOLD }, () => {
			const commits = Array.from({ length: entries }, () => hostile.commit(draft()));
			return JSON.stringify({ now: Date.now(), commits });
		});
	return {
		...{ url, port, cookie: hostile.cookie },
		readers: Array.from({ length: SLOW }, () => enrol(people.secretary).cookie),
		ledger: `${deskLedger(COMMUNITY, quarterOf(Date.now()))}@${store.epoch}`,
		draft: `shared/reply-${asked}@${store.epoch}`,
		told: handIns(20, large),
		filling: handIns(LARGE_COMMITS, adds)
	};
}
