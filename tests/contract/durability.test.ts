/** What was answered is kept: kills at any moment, crashes before the reply, a full disk, an orderly stop. */
import { closeSync, copyFileSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Signed } from '#domain/entry.ts';
import { boardLedger, STANDING } from '#domain/ledgers.ts';
import type { Receipt } from '#domain/wire.ts';
import { audit } from '../../sync-server/audit.ts';
import { backUp } from '../../sync-server/backup.ts';
import { KEY_FILE, openKeys } from '../../sync-server/keys.ts';
import { openStore, STORE_FILE } from '../../sync-server/store-sqlite.ts';
import { isOnPostgres, storeAt } from '../support/database.ts';
import type { TestDevice } from '../support/device.ts';
import { startDistrict } from '../support/district.ts';
import { connect, until } from '../support/reader.ts';
import { peopleOf, spawnRelay, startRelay, temporaryFolder } from '../support/relay.ts';
import { demand, DISTRICT } from '../support/tell.ts';

const CYCLES = Number(process.env.LXQ_CRASH_CYCLES ?? (isOnPostgres ? 8 : 20));
/** How long a relay lives at most: it must get as far as answering. */
const LIFE_MS = isOnPostgres ? 600 : 120;
const SEED = Number(process.env.LXQ_SEED ?? 20261124);

/** A small seeded generator (mulberry32): the seed is in the failure. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

interface Handed {
	readonly commit: Signed[];
	receipts: readonly Receipt[] | null;
}

/** Checks a folder with its relay stopped: audit, and every receipt ever shown. */
async function inspect(dataDir: string, shown: readonly Receipt[]): Promise<{ accepted: number }> {
	const store = await storeAt(dataDir);
	try {
		const { flaws } = await audit(store, openKeys(dataDir), peopleOf(dataDir).devices);
		expect(flaws).toEqual([]);
		const entries = await store.all<{ id: string; receipt: string }>(
			"SELECT id, receipt FROM entry WHERE device <> 'relay'"
		);
		const kept = new Map(entries.map(({ id, receipt }) => [id, receipt]));
		for (const receipt of shown) {
			const found = kept.get(receipt.id ?? '');
			expect(found, `the receipt of ${receipt.id} is lost`).toBeDefined();
			expect(JSON.parse(String(found))).toEqual(receipt);
		}
		return { accepted: entries.length };
	} finally {
		await store.close();
	}
}

test(
	`[R1] ${CYCLES} kills at random moments lose no receipt and double no entry (seed ${SEED})`,
	{ timeout: 60_000 + CYCLES * 6_000 },
	async () => {
		const district = await startDistrict();
		const { dataDir, relay } = district;
		await relay.close();
		const random = randomFrom(SEED);
		const devices = ['member', 'secondMember', 'secretary', 'worker'] as const;
		const handed: Handed[] = [];
		let spawned = await spawnRelay(dataDir);

		async function work(device: TestDevice, open: Handed[]): Promise<void> {
			for (;;) {
				const next = open.shift() ?? {
					commit: device.commit(
						...Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
							demand(v7(), { channel: 'phone' })
						)
					),
					receipts: null
				};
				if (!handed.includes(next)) handed.push(next);
				try {
					next.receipts = await device.handIn(spawned.url, [next.commit]);
				} catch {
					// The relay was killed under this request; the next cycle hands it in again.
					return;
				}
			}
		}

		for (let cycle = 0; cycle < CYCLES; cycle++) {
			const unanswered = handed.filter(({ receipts }) => receipts === null);
			const again = handed.filter(({ receipts }) => receipts !== null).slice(-3);
			for (const { commit, receipts } of again)
				expect(await district.devices.member.handIn(spawned.url, [commit])).toEqual(receipts);
			const working = devices.map((role) => {
				const device = district.devices[role];
				const own = unanswered.filter(({ commit }) => commit[0]?.text.includes(device.id));
				return work(device, own);
			});
			await new Promise((resolve) => setTimeout(resolve, 5 + random() * LIFE_MS));
			await spawned.end('SIGKILL');
			await Promise.all(working);
			spawned = await spawnRelay(dataDir);
		}
		for (const one of handed.filter(({ receipts }) => receipts === null))
			one.receipts = await district.devices.member.handIn(spawned.url, [one.commit]);
		expect(await spawned.end('SIGTERM')).toBe(0);

		const shown = handed.flatMap(({ receipts }) => receipts ?? []);
		expect(shown.every(({ verdict }) => verdict === 'accepted')).toBe(true);
		const { accepted } = await inspect(dataDir, shown);
		expect(accepted).toBe(shown.length);
		expect(handed.length).toBeGreaterThan(CYCLES);
		await district.end();
	}
);

test('[R1] a crash between commit and reply: the resubmission gets the one receipt', async () => {
	const district = await startDistrict();
	await district.relay.close();
	const { member } = district.devices;
	const commit = member.commit(demand(v7()), demand(v7()));
	const dying = await spawnRelay(district.dataDir, { DIE_AFTER_COMMIT: '1' });
	await expect(member.handIn(dying.url, [commit])).rejects.toThrow();
	await dying.end('SIGKILL');
	const spawned = await spawnRelay(district.dataDir);
	const receipts = await member.handIn(spawned.url, [commit]);
	expect(receipts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	await spawned.end('SIGTERM');
	expect((await inspect(district.dataDir, receipts)).accepted).toBe(2);
	await district.end();
});

test.skipIf(isOnPostgres)(
	'[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers',
	async () => {
		const district = await startDistrict();
		const { relay, devices } = district;
		const { store } = relay;
		const reader = await connect(relay.url, devices.secretary.cookie);
		const [has] = await store.all<{ page_count: number }>('PRAGMA page_count');
		await store.all(`PRAGMA max_page_count = ${(has?.page_count ?? 0) + 8}`);
		const answered: Receipt[] = [];
		let refused: Signed[] | null = null;
		while (refused === null) {
			const commit = devices.member.commit(demand(v7(), { description: '字'.repeat(3_000) }));
			const response = await devices.member.post(relay.url, [commit]);
			if (response.ok) answered.push(...(await response.json()).receipts);
			else {
				expect(response.status).toBe(507);
				expect(await response.json()).toMatchObject({ code: 'disk-full', status: 507 });
				refused = commit;
			}
		}
		expect((await devices.member.post(relay.url, [refused])).status).toBe(507);
		expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
		expect((await devices.member.scope(relay.url)).person).toBe(devices.member.person);

		await store.all('PRAGMA max_page_count = 1073741823');
		const [receipt] = await devices.member.handIn(relay.url, [refused]);
		expect(receipt?.verdict).toBe('accepted');
		// Numbers drawn in vain were given back.
		const numbers = [...answered, receipt].map((one) => Number(one?.given?.no?.split('-').at(-1)));
		expect(numbers).toEqual(numbers.map((_, i) => i + 1));
		reader.close();
		await relay.close();
		if (!receipt) throw new Error('no receipt');
		await inspect(district.dataDir, [...answered, receipt]);
		await district.end();
	}
);

test('[R1] an orderly stop flushes receipts, closes sockets with 1012 and ends with 0', async () => {
	const district = await startDistrict();
	await district.relay.close();
	const { member, secretary } = district.devices;
	const spawned = await spawnRelay(district.dataDir);
	const reader = await connect(spawned.url, secretary.cookie);
	const { epoch } = await secretary.scope(spawned.url);
	await reader.open(`${boardLedger(DISTRICT, STANDING)}@${epoch}`);
	const outcomes = Array.from({ length: 20 }, async () => {
		try {
			return await member.says(spawned.url, demand(v7()));
		} catch {
			// Came too late: refused or cut off, never answered without being kept.
			return [];
		}
	});
	await until(() => reader.frames.length > 1);
	const ended = spawned.end('SIGTERM');
	expect(await reader.closed).toBe(1012);
	expect(await ended).toBe(0);
	const shown = (await Promise.all(outcomes)).flat();
	await inspect(district.dataDir, shown);
	await district.end();
});

test.skipIf(isOnPostgres)(
	'a damaged store stops the relay at boot with a clear sentence',
	async () => {
		const district = await startDistrict();
		await district.devices.member.says(
			district.relay.url,
			...Array.from({ length: 20 }, () => demand(v7()))
		);
		await district.relay.close();
		const file = join(district.dataDir, STORE_FILE);
		const size = readFileSync(file).length;
		const handle = openSync(file, 'r+');
		for (let at = 4096 * 3; at < size; at += 4096)
			writeSync(handle, Buffer.alloc(900, 0xaa), 0, 900, at);
		closeSync(handle);
		await expect(startRelay({ dataDir: district.dataDir })).rejects.toThrow(
			/is damaged .*restore a backup/s
		);
		district.end().catch(() => undefined);
	}
);

test.skipIf(isOnPostgres)(
	'another file or a newer store is not taken for this relay’s own',
	async () => {
		const folder = temporaryFolder();
		const store = openStore(folder.path);
		store.db.exec('PRAGMA user_version = 99');
		await store.close();
		expect(() => openStore(folder.path)).toThrow(/written by a newer relay \(store version 99\)/);
		copyFileSync(join(import.meta.dirname, '../run.mjs'), join(folder.path, STORE_FILE));
		expect(() => openStore(folder.path)).toThrow(/cannot open the store/);
		folder.remove();
	}
);

test.skipIf(isOnPostgres)(
	'a backup taken under load restores to a store that passes the audit',
	async () => {
		const district = await startDistrict();
		const { relay, devices, dataDir } = district;
		const target = temporaryFolder();
		const handing = Array.from({ length: 30 }, () => devices.member.says(relay.url, demand(v7())));
		await handing[0];
		backUp(dataDir, join(target.path, 'copy'));
		await Promise.all(handing);
		const copy = join(target.path, 'copy');
		const store = openStore(copy);
		const found = await audit(store, openKeys(copy), peopleOf(dataDir).devices);
		expect(found.flaws).toEqual([]);
		expect(found.entries).toBeGreaterThan(18);
		await store.close();
		rmSync(join(copy, KEY_FILE));
		expect(() => openKeys(copy)).toThrow(/keys.json is missing beside its store/);
		target.remove();
		await district.end();
	}
);

test('[R1] every commit is on the disk before it is answered', async () => {
	const folder = temporaryFolder();
	const store = openStore(folder.path);
	// FULL: the log is synchronised at each COMMIT, which no kill of a process can show.
	expect({ ...store.db.prepare('PRAGMA synchronous').get() }).toEqual({ synchronous: 2 });
	expect({ ...store.db.prepare('PRAGMA journal_mode').get() }).toEqual({ journal_mode: 'wal' });
	await store.close();
	folder.remove();
});
