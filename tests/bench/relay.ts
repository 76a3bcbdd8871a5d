/** The relay under load, each figure beside a stock y-websocket server and raw commits of its store in the same run. */
import { v7 } from 'uuid';
import { startDistrict, type District } from '../support/district.ts';
import { spawnRelay, type SpawnedRelay } from '../support/relay.ts';
import { household } from '../support/tell.ts';
import { onPostgres } from './on-postgres.ts';
import { benchGrowth } from './relay-growth.ts';
import { benchFirstSync, benchIdle, benchStorm, benchTwentyFifth } from './relay-load.ts';
import { benchReconnect } from './relay-reconnect.ts';
import { benchReceipts } from './relay-receipts.ts';
import { benchSpread, benchStockSpread } from './relay-spread.ts';

type Bench = (district: District, relay: SpawnedRelay, door: string) => AsyncIterable<object>;

const parts: Readonly<Record<string, () => AsyncIterable<object>>> = {
	receipts: () => onRelay(benchReceipts),
	'receipts-postgres': () => onPostgres(() => onRelay(benchReceipts)),
	spread: () => onRelay(benchSpread),
	'stock-spread': benchStockSpread,
	'the-25th': () => onRelay(benchTwentyFifth),
	idle: () => onRelay(benchIdle),
	'first-sync': () => onRelay(benchFirstSync),
	storm: () => onRelay(benchStorm),
	reconnect: () => onRelay(benchReconnect),
	growth: benchGrowth
};

/** One part of it, as `relay/spread`. */
export const relayBenches: Readonly<Record<string, () => AsyncIterable<object>>> =
	Object.fromEntries(Object.entries(parts).map(([name, bench]) => [`relay/${name}`, bench]));

export async function* benchRelay(): AsyncIterable<object> {
	for (const bench of Object.values(parts)) yield* bench();
}

/** A district of its own with one door, behind a relay process. */
async function* onRelay(bench: Bench): AsyncIterable<object> {
	const district = await startDistrict();
	const door = v7();
	await district.devices.secretary.says(district.relay.url, household(door));
	await district.relay.close();
	const relay = await spawnRelay(district.dataDir);
	yield* bench(district, relay, door);
	await relay.end('SIGTERM');
	await district.end();
}
