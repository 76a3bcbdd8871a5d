/** Copies of a district on PostgreSQL: made while it is written, whole or not there, one a night, and put back. */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import type { Receipt } from '#domain/wire.ts';
import { notesOf } from '#relay/copies/last-backup.ts';
import { verifyCopy } from '#relay/copies/verify-copy.ts';
import { KEY_FILE, openKeys, rotateKey } from '#relay/keys.ts';
import { restore } from '#relay/restore.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { openStore, STORE_FILE } from '#relay/store/sqlite.ts';
import { flawsOf } from '../../support/audits.ts';
import { begins, runs, type Place } from '../../support/commands.ts';
import { BARE, databaseOf, endOthers, say, storeAt } from '../../support/database.ts';
import { filesHolding } from '../../support/files-holding.ts';
import { startNodes, type Nodes } from '../../support/nodes.ts';
import { heldOf, offer } from '../../support/offers.ts';
import { spawnRelay, startRelay, temporaryFolder, type RunningRelay } from '../../support/relay.ts';
import { COMMUNITY, DAY, household } from '../../support/tell.ts';

const DESK = deskLedger(COMMUNITY, STANDING);
let nodes: Nodes;
let there: ReturnType<typeof temporaryFolder>;

// Each command is a process, or several.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

beforeEach(async () => {
	there = temporaryFolder();
	nodes = await startNodes();
	const { relay, devices } = nodes.district;
	// The commands ask the store itself who is enrolled.
	const people = createPeopleStore(relay.store);
	for (const { id, person, publicKey } of Object.values(devices))
		await people.addDevice({ id, person, publicKey, label: '', createdAt: relay.now() });
	for (let n = 0; n < 5; n++) await devices.secretary.says(relay.url, household(`door-${n}`));
});
afterEach(async () => {
	await nodes.end();
	there.remove();
});

const folder = (name: string) => join(there.path, name);
const here = (): Place => ({ dataDir: nodes.district.dataDir, databaseUrl: nodes.databaseUrl });
const backsUp = (...args: string[]) => runs('backup.ts', here(), ...args);
const lastCopy = () => notesOf('', nodes.district.relay.store).last();

/** A machine with nothing on it yet, before a database in which nothing was ever made. */
async function bareMachine(
	name: string
): Promise<{ readonly dataDir: string; readonly databaseUrl: string }> {
	const dataDir = folder(name);
	mkdirSync(dataDir);
	const { databaseUrl = '' } = await databaseOf(dataDir, { from: BARE });
	return { dataDir, databaseUrl };
}

/** A relay there, with the devices of the tests. */
async function serves(dataDir: string): Promise<RunningRelay> {
	const { devices } = nodes.district;
	const known = Object.values(devices).map(({ id, person, publicKey }) => ({
		id,
		person,
		publicKey
	}));
	writeFileSync(join(dataDir, 'devices.json'), JSON.stringify(known));
	const relay = await startRelay({ dataDir });
	nodes.onEnd(() => relay.close());
	return relay;
}

const comes = (asked: () => boolean | Promise<boolean>) =>
	expect.poll(asked, { timeout: 60_000 }).toBe(true);

interface Held {
	/** Does anybody wait for it? */
	isWaitedFor(): Promise<boolean>;
	letGo(): Promise<void>;
}

/** Whoever copies or restores waits at a table that nobody else asks meanwhile. */
async function holdsUp(databaseUrl = nodes.databaseUrl): Promise<Held> {
	const client = new pg.Client(databaseUrl);
	// It may be cut off with the others.
	client.on('error', () => undefined);
	await client.connect();
	await client.query('BEGIN; LOCK TABLE invitation IN ACCESS EXCLUSIVE MODE');
	const waiting = `SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
		WHERE c.relname = 'invitation' AND NOT l.granted`;
	return {
		isWaitedFor: async () => (await client.query(waiting)).rowCount === 1,
		letGo: () => client.end().catch(() => undefined)
	};
}

test('[R6] a copy made under load is verified, is restored elsewhere, and devices ahead give back what it lacks', async () => {
	const { district } = nodes;
	const { secretary, worker } = district.devices;
	await district.relay.close();
	const spawned = await spawnRelay(district.dataDir);
	nodes.onEnd(() => spawned.end('SIGKILL'));
	const handing = [secretary, worker].flatMap((device) =>
		Array.from({ length: 60 }, () => device.says(spawned.url, household(v7())))
	);
	await handing[0];
	const copying = backsUp(folder('copy'));
	const receipts: Receipt[] = (await Promise.all(handing)).flat();
	const copied = await copying;
	expect(copied, copied.said).toMatchObject({ status: 0 });
	expect(copied.said).toContain('verified');
	expect(readdirSync(folder('copy')).toSorted()).toEqual([KEY_FILE, STORE_FILE]);
	const modes = ['.', KEY_FILE, STORE_FILE].map(
		(name) => statSync(join(folder('copy'), name)).mode
	);
	expect(modes.map((mode) => mode & 0o077)).toEqual([0, 0, 0]);
	for (let n = 0; n < 3; n++)
		receipts.push(...(await secretary.says(spawned.url, household(v7()))));
	const held = await heldOf(spawned.url, worker, DESK);
	const { epoch } = await worker.scope(spawned.url);
	await spawned.end('SIGKILL');

	const other = await bareMachine('other');
	const restored = await runs('restore.ts', other, folder('copy'));
	expect(restored, restored.said).toMatchObject({ status: 0 });
	expect(restored.said).toContain('"flaws":0');
	const relay = await serves(other.dataDir);
	expect(relay.store.epoch).not.toBe(epoch);
	expect(relay.faults.last()?.code).toBe('store-restored');
	const kept = (await relay.store.ledgerHead(DESK))?.seq ?? 0;
	const lost = held.filter(({ seq }) => seq > kept);
	expect(lost.length).toBeGreaterThanOrEqual(3);
	for (const { is } of await offer(relay.url, worker, lost)) expect(is).toBe('taken');
	for (const { id, given, receivedAt } of receipts) {
		const found = await relay.store.first<{ receipt: string }>(
			'SELECT receipt FROM entry WHERE id = ?',
			id
		);
		expect(JSON.parse(found?.receipt ?? '{}')).toMatchObject({ given, receivedAt });
	}
	expect(await flawsOf(relay)).toEqual([]);
	// Where a copy lies is true of the other place.
	expect(await notesOf('', relay.store).last()).toBeNull();
	await secretary.says(relay.url, household(v7()));
	expect(await flawsOf(relay)).toEqual([]);

	const { audit } = await restore(folder('copy'), folder('file'), 0);
	expect(audit.flaws).toEqual([]);
	nodes.district.relay = await startRelay({ dataDir: district.dataDir });
});

describe('[R6] a restore', () => {
	beforeEach(async () => {
		expect(await backsUp(folder('copy'))).toMatchObject({ status: 0 });
		await nodes.district.devices.secretary.says(nodes.district.relay.url, household('door-later'));
	});
	const restores = (...args: string[]) => runs('restore.ts', here(), ...args);
	const entries = async () => {
		const store = await storeAt(nodes.district.dataDir);
		const counted = await store.first<{ n: number }>('SELECT count(*) AS n FROM entry');
		await store.close();
		return counted?.n ?? 0;
	};

	test('touches nothing while a relay is there, nor a district without the word', async () => {
		const elsewhere = { ...here(), dataDir: nodes.otherFolder() };
		for (const [place, said] of [
			[here(), 'a relay runs on'],
			[elsewhere, 'a relay is connected to this database']
		] as const) {
			const running = await runs('restore.ts', place, '--replace', folder('copy'));
			expect(running).toMatchObject({ status: 1 });
			expect(running.said).toContain(said);
		}
		await nodes.district.relay.close();
		const before = await entries();
		const unsaid = await restores(folder('copy'));
		expect(unsaid).toMatchObject({ status: 1 });
		expect(unsaid.said).toContain('--replace');
		expect(await entries()).toBe(before);
		nodes.district.relay = await startRelay({ dataDir: nodes.district.dataDir });
	});

	test('with the word puts what was there aside, in one new epoch for all relays', async () => {
		const { district } = nodes;
		const { worker } = district.devices;
		const second = nodes.otherFolder();
		const other = await startRelay({ dataDir: second });
		const { epoch } = district.relay.store;
		const held = await heldOf(district.relay.url, worker, DESK);
		await Promise.all([district.relay.close(), other.close()]);
		rotateKey(district.dataDir, { at: Date.now(), stolen: false });
		copyFileSync(join(district.dataDir, KEY_FILE), join(second, KEY_FILE));
		const { fingerprint } = openKeys(district.dataDir);
		const before = await entries();
		const replaced = await restores('--replace', folder('copy'));
		expect(replaced, replaced.said).toMatchObject({ status: 0 });
		expect(await entries()).toBe(before - 1);
		// A key that was given up since does not come back with the copy.
		expect(openKeys(district.dataDir).fingerprint).toBe(fingerprint);
		const [aside = ''] = readdirSync(district.dataDir).filter((each) =>
			each.startsWith('replaced-')
		);
		const found = await verifyCopy(join(district.dataDir, aside));
		expect(found.entries).toBe(before);

		const both = () =>
			Promise.all([district.dataDir, second].map((dataDir) => startRelay({ dataDir })));
		const [one, two] = await both();
		expect(one?.store.epoch).not.toBe(epoch);
		expect(two?.store.epoch).toBe(one?.store.epoch);
		await Promise.all([one?.close(), two?.close()]);
		// Once more: what either was told last is of an epoch that the copy has never heard of.
		expect(await restores('--replace', folder('copy'))).toMatchObject({ status: 0 });
		const [first, again] = await both();
		if (first === undefined || again === undefined) throw new Error('two relays were started');
		district.relay = first;
		nodes.onEnd(() => again.close());
		expect([epoch, one?.store.epoch]).not.toContain(first.store.epoch);
		expect(again.store.epoch).toBe(first.store.epoch);
		const answers = await offer(again.url, worker, held);
		expect(answers.map(({ is }) => is)).toEqual([...answers.slice(1).map(() => 'known'), 'taken']);
		expect(await flawsOf(again)).toEqual([]);
	});

	test('of a torn copy changes neither the database nor the keys', async () => {
		await nodes.district.relay.close();
		const before = await entries();
		const keys = openKeys(nodes.district.dataDir).fingerprint;
		const file = join(folder('copy'), STORE_FILE);
		writeFileSync(file, Buffer.alloc(4096, 0xaa), { flag: 'r+' });
		const refused = await restores('--replace', folder('copy'));
		expect(refused).toMatchObject({ status: 1 });
		expect(refused.said).toContain('nothing was replaced');
		expect(await entries()).toBe(before);
		expect(openKeys(nodes.district.dataDir).fingerprint).toBe(keys);
		nodes.district.relay = await startRelay({ dataDir: nodes.district.dataDir });
	});

	test('that is killed half way leaves the database as it was', async () => {
		const other = await bareMachine('other');
		await startRelay({ dataDir: other.dataDir }).then((relay) => relay.close());
		const held = await holdsUp(other.databaseUrl);
		const running = begins('restore.ts', other, [folder('copy')]);
		await comes(held.isWaitedFor);
		running.process.kill('SIGKILL');
		await running.ended;
		await held.letGo();
		await endOthers(other.databaseUrl);
		const restored = await runs('restore.ts', other, folder('copy'));
		expect(restored, restored.said).toMatchObject({ status: 0 });
	});
});

describe('a copy', () => {
	test('is of one moment, however long it takes', async () => {
		const held = await holdsUp();
		const running = begins('backup.ts', here(), [folder('copy')]);
		await comes(held.isWaitedFor);
		// One in a table that was read by then, and one in a table that was not.
		await nodes.district.devices.secretary.says(nodes.district.relay.url, household('door-later'));
		await say(nodes.databaseUrl, `INSERT INTO shared_draft VALUES ('later', '{}', 0)`);
		await held.letGo();
		expect(await running.ended).toMatchObject({ status: 0 });
		const copy = openStore(folder('copy'));
		expect(await copy.all('SELECT record FROM shared_draft')).toEqual([]);
		expect(await copy.row(RecordId.parse('door-later'))).toBeNull();
		await copy.close();
	});

	test('that is killed half way is none: no store lies there, and none is noted', async () => {
		const held = await holdsUp();
		const running = begins('backup.ts', here(), [folder('copy')]);
		await comes(held.isWaitedFor);
		expect(await nodes.district.relay.copies.isBeingMade()).toBe(true);
		running.process.kill('SIGKILL');
		await running.ended;
		await held.letGo();
		expect(existsSync(join(folder('copy'), STORE_FILE))).toBe(false);
		await expect(verifyCopy(folder('copy'))).rejects.toThrow('there is no');
		expect(await lastCopy()).toBeNull();
		await comes(async () => !(await nodes.district.relay.copies.isBeingMade()));
		expect(await backsUp(folder('copy'))).toMatchObject({ status: 0 });
		expect(readdirSync(folder('copy')).toSorted()).toEqual([KEY_FILE, STORE_FILE]);
	});

	test('that loses its database half way fails, and leaves nothing', async () => {
		const held = await holdsUp();
		const running = begins('backup.ts', here(), [folder('copy')]);
		await comes(held.isWaitedFor);
		expect(await nodes.district.relay.copies.isBeingMade()).toBe(true);
		await endOthers(nodes.databaseUrl);
		expect((await running.ended).status).toBe(1);
		await held.letGo();
		expect(existsSync(folder('copy'))).toBe(false);
	});

	test('for which the disk has no room is none', async () => {
		const full = "trap '' XFSZ; ulimit -f 64";
		const { status } = await begins('backup.ts', here(), [folder('copy')], full).ended;
		expect(status).toBe(1);
		expect(existsSync(folder('copy'))).toBe(false);
		expect(await lastCopy()).toBeNull();
	});

	test('[L2] of a database that does not hold is none, and the last good one stays the last', async () => {
		expect(await backsUp(folder('good'))).toMatchObject({ status: 0 });
		const good = await lastCopy();
		expect(good).toMatchObject({ folder: folder('good'), machine: hostname() });
		await say(
			nodes.databaseUrl,
			`UPDATE element SET head = replace(head, '"verdict":"accepted"', '"verdict":"noted"')
			WHERE seq = 2 AND ledger = (SELECT num FROM ledger WHERE name = '${DESK}')`
		);
		const torn = await backsUp(folder('torn'));
		expect(torn).toMatchObject({ status: 1 });
		expect(torn.said).toContain(`${DESK} seq 2`);
		expect(existsSync(folder('torn'))).toBe(false);
		expect(await lastCopy()).toEqual(good);
	});

	test('[A4] holds nothing of what was erased', async () => {
		const CANARY = '要删掉的户主';
		const { relay, devices } = nodes.district;
		const record = v7();
		const door = household(record);
		await devices.secretary.says(relay.url, { ...door, body: { ...door.body, head: CANARY } });
		expect(await backsUp(folder('before'))).toMatchObject({ status: 0 });
		const body = { of: record, at: COMMUNITY, entries: 'all', ground: 'requested' };
		await devices.secretary.says(relay.url, { kind: 'erasure.ordered.v1', record: v7(), body });
		expect(await backsUp(folder('after'))).toMatchObject({ status: 0 });
		expect(filesHolding(folder('before'), CANARY)).toHaveLength(1);
		expect(filesHolding(folder('after'), CANARY)).toEqual([]);
	});
});

test('[R2] of two relays whose night begins at once one makes the copy, and what is too old goes at both', async () => {
	const stamp = new Date(Date.now() - 40 * DAY).toISOString().slice(0, 10);
	const old = `lianxinqiao-${stamp}-0230`;
	const nights = [folder('nights-1'), folder('nights-2')];
	for (const each of nights) {
		mkdirSync(join(each, old), { recursive: true });
		writeFileSync(join(each, old, STORE_FILE), '');
	}
	const machines = [nodes.district.dataDir, nodes.otherFolder()];
	const ended = await Promise.all(
		machines.map((dataDir, i) =>
			runs('backup.ts', { ...here(), dataDir }, '--nightly', nights[i] ?? '')
		)
	);
	expect(ended.map(({ status }) => status)).toEqual([0, 0]);
	const made = ended.filter(({ said }) => said.includes('verified'));
	const found = ended.filter(({ said }) => said.includes('was made already'));
	expect([made.length, found.length]).toEqual([1, 1]);
	const left = nights.map((each) => readdirSync(each));
	expect(left.flat().filter((name) => name !== old)).toHaveLength(1);
	expect(left[ended.findIndex(({ said }) => said.includes('already'))]).toEqual([]);
	// A copy that somebody asks for is made all the same, and is no night's.
	expect(await backsUp(folder('asked'))).toMatchObject({ status: 0 });
	rmSync(folder('asked'), { recursive: true });
	const third = await backsUp('--nightly', folder('nights-3'));
	expect(third.said).toContain('was made already');
});
