/** [R6] A database goes back under relays that run, as a machine that is led to a snapshot, or a standby that lagged. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { createDeliver, WentBack } from '#relay/judging/deliver.ts';
import { openDirectory } from '#relay/judging/directory.ts';
import { KEY_FILE, openKeys } from '#relay/keys.ts';
import { defaultLimits } from '#relay/limits.ts';
import { serve, type Serving } from '#relay/serve.ts';
import { MARK_FILE } from '#relay/store/mark.ts';
import { flawsOf } from '../../support/audits.ts';
import { databaseOf, storeAt } from '../../support/database.ts';
import { startDistrict, type District } from '../../support/district.ts';
import { heldOf, offer } from '../../support/offers.ts';
import { connect } from '../../support/reader.ts';
import { peopleOf, startRelay, temporaryFolder, wide } from '../../support/relay.ts';
import { copyStore, leadBack } from '../../support/store-copies.ts';
import { COMMUNITY, household } from '../../support/tell.ts';

const desk = deskLedger(COMMUNITY, STANDING);
let district: District;
let copy: ReturnType<typeof temporaryFolder>;
let opened: (() => unknown)[];

beforeEach(async () => {
	opened = [];
	copy = temporaryFolder();
	district = await startDistrict();
	await district.relay.close();
});
afterEach(async () => {
	for (const end of opened.reverse()) await end();
	await district.end();
	copy.remove();
});

const target = () => join(copy.path, 'copy');
const urlOf = ({ port }: Serving) => `http://127.0.0.1:${port}`;

/** As `npm start` runs it. */
async function serves(dataDir = district.dataDir): Promise<Serving> {
	const config = { ...district.relay.config, port: 0, dataDir, ...(await databaseOf(dataDir)) };
	const people = () => peopleOf(dataDir);
	const build = join(dataDir, 'no-build');
	const serving = await serve({ config, people, limits: wide, build });
	opened.push(() => serving.close());
	return serving;
}

/** The folder of another machine that serves the same district. */
function otherFolder(): string {
	const folder = temporaryFolder();
	for (const file of [KEY_FILE, 'devices.json', 'database-url'])
		copyFileSync(join(district.dataDir, file), join(folder.path, file));
	opened.push(folder.remove);
	return folder.path;
}

async function registers(serving: Serving, count: number): Promise<void> {
	for (let i = 0; i < count; i++)
		await district.devices.secretary.says(urlOf(serving), household(v7()));
}

const epochOf = ({ relay }: Serving) => relay.store.epoch;
const soon = { timeout: 10_000 };

test('[R6] whoever hands in gets no receipt of a database that went back', async () => {
	const relay = await startRelay({ dataDir: district.dataDir });
	opened.push(() => relay.close());
	const { secretary } = district.devices;
	await copyStore(district.dataDir, target());
	await secretary.says(relay.url, household(v7()));
	await leadBack(district.dataDir, target());
	// The one that finds it out, and one that comes when it is known.
	for (let n = 0; n < 2; n++) {
		const refused = await secretary.post(relay.url, [secretary.commit(household(v7()))]);
		expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'shutting-down' }]);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	}
	expect(relay.faults.last()?.code).toBe('store-restored');
	const ready = await fetch(`${relay.url}/readyz`);
	expect([ready.status, await ready.text()]).toEqual([503, 'not ready: stopping\n']);
});

test('[R6] nothing is stored where a transaction is not sure of its store', async () => {
	const { dataDir, devices } = district;
	const store = await storeAt(dataDir);
	opened.push(() => store.close());
	const before = await store.ledgerHead(desk);
	const deliver = createDeliver({
		store,
		keys: openKeys(dataDir),
		directory: await openDirectory(store),
		devices: peopleOf(dataDir).devices,
		now: Date.now,
		limits: defaultLimits,
		onBroken: () => undefined,
		isSure: () => Promise.resolve(false)
	});
	const by = { now: Date.now(), device: devices.secretary.id };
	const handing = deliver.handIn([devices.secretary.commit(household(v7()))], by);
	await expect(handing).rejects.toThrow(WentBack);
	expect(await store.ledgerHead(desk)).toEqual(before);
});

test('[R6] a relay whose database went back begins anew, and what was lost is given back to it', async () => {
	const serving = await serves();
	const { secretary } = district.devices;
	const epoch = epochOf(serving);
	await copyStore(district.dataDir, target());
	await registers(serving, 3);
	const held = await heldOf(urlOf(serving), secretary, desk);
	const reader = await connect(urlOf(serving), secretary.cookie);
	await leadBack(district.dataDir, target());
	expect(await reader.closed).toBe(1012);
	await expect.poll(() => epochOf(serving), soon).not.toBe(epoch);
	const answers = await offer(urlOf(serving), secretary, held);
	expect(answers.filter(({ is }) => is === 'taken')).toHaveLength(3);
	await registers(serving, 1);
	expect(await heldOf(urlOf(serving), secretary, desk)).toHaveLength(held.length + 1);
	expect(await flawsOf(serving.relay)).toEqual([]);
});

test('[R6] relays that nobody asks notice it too, and go on in one epoch', async () => {
	const telling = await serves();
	const hearing = await serves(otherFolder());
	const epoch = epochOf(telling);
	await copyStore(district.dataDir, target());
	await registers(telling, 1);
	const { seq } = (await telling.relay.store.ledgerHead(desk)) ?? {};
	const reader = await connect(urlOf(hearing), district.devices.secretary.cookie);
	const doc = await reader.open(`${desk}@${epoch}`);
	await expect.poll(() => doc.getArray('elements').length, soon).toBe(2 * (seq ?? 0));
	await leadBack(district.dataDir, target());
	expect(await reader.closed).toBe(1012);
	for (const each of [telling, hearing])
		await expect.poll(() => epochOf(each), soon).not.toBe(epoch);
	await expect.poll(() => epochOf(telling) === epochOf(hearing), soon).toBe(true);
	await registers(hearing, 1);
	expect(epochOf(telling)).toBe(epochOf(hearing));
	expect(await flawsOf(telling.relay)).toEqual([]);
});

test('[R6] a relay that was away while others noticed goes on in their epoch; a new one takes the store as it is', async () => {
	const away = await serves(otherFolder());
	await registers(away, 1);
	await copyStore(district.dataDir, target());
	await registers(away, 1);
	await away.close();
	await leadBack(district.dataDir, target());
	const { dataDir } = away.relay.config;
	const late = otherFolder();
	copyFileSync(join(dataDir, MARK_FILE), join(late, MARK_FILE));
	const noticing = await startRelay({ dataDir });
	const { epoch } = noticing.store;
	expect(epoch).not.toBe(epochOf(away));
	await noticing.close();
	for (const folder of [dataDir, late, otherFolder()]) {
		const relay = await startRelay({ dataDir: folder });
		expect(relay.store.epoch).toBe(epoch);
		await relay.close();
	}
});
