/** What was answered is kept: kills at any moment, crashes before the reply, a full disk, an orderly stop. */
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import type { Signed } from '#domain/entry.ts';
import { boardLedger, STANDING } from '#domain/ledgers.ts';
import { HandInAnswer, type Receipt } from '#domain/wire.ts';
import { audit } from '#relay/audit.ts';
import { openKeys } from '#relay/keys.ts';
import { openStore, STORE_FILE } from '#relay/store/sqlite.ts';
import { isOnPostgres, storeAt } from '../support/database.ts';
import { startDistrict } from '../support/district.ts';
import { useOwnPostgres } from '../support/offered-postgres.ts';
import { randomFrom } from '../support/random.ts';
import { connect, until } from '../support/reader.ts';
import { peopleOf, spawnRelay, startRelay, temporaryFolder } from '../support/relay.ts';
import { copyStore, openCopy } from '../support/store-copies.ts';
import { fillUp, makeReadOnly } from '../support/store-trouble.ts';
import { demand, DISTRICT } from '../support/tell.ts';
import { createHanding, inspect } from '../support/trouble.ts';

useOwnPostgres({ fsync: true });

const CYCLES = Number(process.env.LXQ_CRASH_CYCLES ?? (isOnPostgres ? 8 : 20));
/** A relay lives until it has answered fewer commits than this, and for a moment longer. */
const ANSWERS = 6;
const MOMENT_MS = 60;
const SEED = Number(process.env.LXQ_SEED ?? 20261124);

/** Checks a folder with its relay stopped. */
async function inspectAt(
	dataDir: string,
	shown: readonly Receipt[]
): Promise<{ accepted: number }> {
	const store = await storeAt(dataDir);
	try {
		return await inspect(store, dataDir, shown);
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
		const { member, secondMember, secretary, worker } = district.devices;
		let spawned = await spawnRelay(dataDir);
		const devices = [member, secondMember, secretary, worker];
		const handing = createHanding(devices, () => spawned.url, random);
		for (let cycle = 0; cycle < CYCLES; cycle++) {
			await handing.asksAgain();
			let isOver = false;
			const working = handing.until(() => isOver);
			const enough = handing.answered + Math.floor(random() * ANSWERS);
			await until(() => handing.answered >= enough);
			await new Promise((resolve) => setTimeout(resolve, random() * MOMENT_MS));
			await spawned.end('SIGKILL');
			isOver = true;
			await working;
			spawned = await spawnRelay(dataDir);
		}
		const shown = await handing.end();
		expect(await spawned.end('SIGTERM')).toBe(0);

		expect(shown.every(({ verdict }) => verdict === 'accepted')).toBe(true);
		const { accepted } = await inspectAt(dataDir, shown);
		expect(accepted).toBe(shown.length);
		expect(handing.count).toBeGreaterThan(CYCLES);
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
	expect((await inspectAt(district.dataDir, receipts)).accepted).toBe(2);
	await district.end();
});

test('[R1] a full disk: no receipt, a clear code, nothing half written, and it recovers', async () => {
	const district = await startDistrict();
	const { relay, devices } = district;
	const reader = await connect(relay.url, devices.secretary.cookie);
	const makeRoom = await fillUp(relay);
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

	await makeRoom();
	const [receipt] = await devices.member.handIn(relay.url, [refused]);
	expect(receipt?.verdict).toBe('accepted');
	// Numbers drawn in vain were given back.
	const numbers = [...answered, receipt].map((one) => Number(one?.given?.no?.split('-').at(-1)));
	expect(numbers).toEqual(numbers.map((_, i) => i + 1));
	reader.close();
	await relay.close();
	if (!receipt) throw new Error('no receipt');
	await inspectAt(district.dataDir, [...answered, receipt]);
	await district.end();
});

test.skipIf(isOnPostgres || process.platform !== 'linux')(
	'[R1] a system that lets the log grow no further: no receipt, a clear code, and it recovers',
	async () => {
		const district = await startDistrict();
		const { dataDir, relay, devices } = district;
		await relay.close();
		const spawned = await spawnRelay(dataDir);
		onTestFinished(() => void spawned.process.kill('SIGKILL'));
		const log = statSync(join(dataDir, `${STORE_FILE}-wal`)).size;
		const lets = (bytes: number | 'unlimited') =>
			execFileSync('prlimit', [`--pid=${spawned.process.pid}`, `--fsize=${bytes}:`]);
		// EFBIG in the midst of a COMMIT, as a quota or a full disk ends it.
		lets(log + 300_000);
		const answered: Receipt[] = [];
		const refused: Signed[][] = [];
		while (refused.length < 3) {
			const commit = devices.member.commit(demand(v7(), { description: '字'.repeat(3_000) }));
			const response = await devices.member.post(spawned.url, [commit]);
			if (response.ok) answered.push(...HandInAnswer.parse(await response.json()).receipts);
			else {
				expect([response.status, await response.json()]).toMatchObject([
					507,
					{ code: 'disk-full' }
				]);
				refused.push(commit);
			}
		}
		expect(answered.length).toBeGreaterThan(0);
		expect((await devices.member.scope(spawned.url)).person).toBe(devices.member.person);
		lets('unlimited');
		const receipts = await devices.member.handIn(spawned.url, refused);
		expect(receipts.map(({ verdict }) => verdict)).toEqual(refused.map(() => 'accepted'));
		await spawned.end('SIGKILL');
		await inspectAt(dataDir, [...answered, ...receipts]);
		await district.end();
	}
);

test('[R1] a store that turned read-only: no receipt, a clear code, and it recovers', async () => {
	const district = await startDistrict();
	const { relay, devices } = district;
	const makeWritable = await makeReadOnly(relay);
	const commit = devices.member.commit(demand(v7()));
	const response = await devices.member.post(relay.url, [commit]);
	expect([response.status, await response.json()]).toMatchObject([507, { code: 'disk-full' }]);
	const ready = await fetch(`${relay.url}/readyz`);
	expect([ready.status, await ready.text()]).toEqual([503, 'not ready: store\n']);
	expect((await devices.member.scope(relay.url)).person).toBe(devices.member.person);
	await makeWritable();
	const [receipt] = await devices.member.handIn(relay.url, [commit]);
	expect(receipt?.verdict).toBe('accepted');
	await district.end();
});

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
	await inspectAt(district.dataDir, shown);
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

test('a copy taken under load is a store that passes the audit', async () => {
	const district = await startDistrict();
	const { relay, devices, dataDir } = district;
	const folder = temporaryFolder();
	const copy = join(folder.path, 'copy');
	const handing = Array.from({ length: 30 }, () => devices.member.says(relay.url, demand(v7())));
	await handing[0];
	await copyStore(dataDir, copy);
	await Promise.all(handing);
	await relay.close();
	await openCopy(dataDir, copy);
	const store = await storeAt(copy);
	const found = await audit(store, openKeys(copy), peopleOf(dataDir).devices);
	expect(found.flaws).toEqual([]);
	expect(found.entries).toBeGreaterThan(18);
	await store.close();
	folder.remove();
	await district.end();
});

test.skipIf(isOnPostgres)('a store without its keys is not gone on with', async () => {
	const folder = temporaryFolder();
	await openStore(folder.path).close();
	expect(() => openKeys(folder.path)).toThrow(/keys.json is missing beside its store/);
	folder.remove();
});

test('[R1] every commit is on the disk before it is answered', async () => {
	const folder = temporaryFolder();
	const store = openStore(folder.path);
	// FULL: the log is synchronised at each COMMIT, which no kill of a process can show.
	expect({ ...store.db.prepare('PRAGMA synchronous').get() }).toEqual({ synchronous: 2 });
	expect({ ...store.db.prepare('PRAGMA journal_mode').get() }).toEqual({ journal_mode: 'wal' });
	await store.close();
	folder.remove();
});
