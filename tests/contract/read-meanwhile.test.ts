/** [A4] A copy, an audit or an export that reads the file while a text is erased: nobody waits for its end. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { startDistrict, type District } from '../support/district.ts';
import { filesHolding } from '../support/files-holding.ts';
import { spawnRelay } from '../support/relay.ts';
import { COMMUNITY, household } from '../support/tell.ts';

const CANARY = '要删掉的名字';
/** Far less than the five seconds for which a statement of the store waits for another process. */
const SOON_MS = 1_500;

let district: District;
let reader: DatabaseSync;
let door: string;

beforeEach(async () => {
	district = await startDistrict();
	door = v7();
	const said = household(door);
	const { devices, relay, dataDir } = district;
	await devices.secretary.says(relay.url, { ...said, body: { ...said.body, head: CANARY } });
	reader = new DatabaseSync(join(dataDir, STORE_FILE), { readOnly: true });
	reader.exec('BEGIN; SELECT count(*) FROM entry');
});
afterEach(async () => {
	if (reader.isOpen) reader.close();
	await district.end();
});

const holding = () => filesHolding(district.dataDir, CANARY);

async function erases(url: string): Promise<void> {
	const body = { of: door, at: COMMUNITY, entries: 'all', ground: 'requested' };
	const order = { kind: 'erasure.ordered.v1', record: v7(), body };
	const [receipt] = await district.devices.secretary.says(url, order);
	expect(receipt?.verdict).toBe('accepted');
}

test('[A4] receipts come at once while somebody reads; the text is gone as soon as nobody does', async () => {
	const { devices, relay } = district;
	const began = performance.now();
	await erases(relay.url);
	for (let i = 0; i < 3; i++) await devices.secretary.says(relay.url, household(v7()));
	expect(performance.now() - began).toBeLessThan(SOON_MS);
	expect(holding()).not.toEqual([]);
	// The tries that follow hold up nobody either.
	let longest = 0;
	let last = performance.now();
	const ticks = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 10);
	await new Promise((resolve) => setTimeout(resolve, 2_500));
	clearInterval(ticks);
	expect(longest).toBeLessThan(SOON_MS);
	reader.close();
	await expect.poll(holding, { timeout: 5_000 }).toEqual([]);
});

test('[A4] a relay that is told to stop while somebody reads stops in order; the next one forgets', async () => {
	const { dataDir } = district;
	await district.relay.close();
	const spawned = await spawnRelay(dataDir);
	await erases(spawned.url);
	const began = performance.now();
	expect(await spawned.end('SIGTERM')).toBe(0);
	expect(performance.now() - began).toBeLessThan(SOON_MS);
	reader.close();
	await district.restart();
	expect(district.relay.faults.last()).toBeNull();
	await expect.poll(holding, { timeout: 5_000 }).toEqual([]);
});
