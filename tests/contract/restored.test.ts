/** A store put back from its backup: it says so, it takes back what it lost, and nothing else. */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RecordId } from '#domain/ids.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { deskLedger, officeLedger, STANDING } from '#domain/ledgers.ts';
import type { Receipt } from '#domain/wire.ts';
import { MARK_FILE } from '#relay/store/mark.ts';
import { createPeopleStore } from '#relay/store/people.ts';
import { STORE_FILE } from '#relay/store/sqlite.ts';
import { flawsOf } from '../support/audits.ts';
import { isOnPostgres } from '../support/database.ts';
import type { Draft, TestDevice } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { heldOf, offer } from '../support/offers.ts';
import { connect, until } from '../support/reader.ts';
import { spawnRelay, startRelay, temporaryFolder } from '../support/relay.ts';
import { copyStore, leadBack, openCopy } from '../support/store-copies.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	household,
	people,
	SUBDISTRICT,
	visit
} from '../support/tell.ts';

let district: District;
let copy: ReturnType<typeof temporaryFolder>;
let period: string;
const door = v7();

beforeEach(async () => {
	copy = temporaryFolder();
	district = await startDistrict();
	const { relay, devices } = district;
	await devices.secretary.says(relay.url, household(door));
	const [receipt] = await devices.member.says(relay.url, visit(v7(), door));
	period = receipt?.places[0]?.ledger.split('/').at(-1) ?? '';
});
afterEach(async () => {
	await district.end();
	copy.remove();
});

const desk = () => deskLedger(COMMUNITY, period);
const target = () => join(copy.path, 'copy');

/** As its keeper makes one, beside the relay. */
async function copyAside(): Promise<void> {
	if (isOnPostgres) return copyStore(district.dataDir, target());
	const script = join(import.meta.dirname, '../../sync-server/backup.ts');
	const env = { ...process.env, DATA_DIR: district.dataDir };
	await promisify(execFile)(process.execPath, [script, target()], { env });
}

/** Ends the relay and starts one on the copy, with the devices of the tests. */
async function startOnCopy(): Promise<void> {
	await district.relay.close();
	await openCopy(district.dataDir, target());
	copyFileSync(join(district.dataDir, 'devices.json'), join(target(), 'devices.json'));
	district.relay = await startRelay({ dataDir: target() });
}

describe('[R6] the boot check', () => {
	const epochAfter = async (between: () => unknown = () => undefined) => {
		const { epoch } = district.relay.store;
		await district.relay.close();
		await between();
		district.relay = await startRelay({ dataDir: district.dataDir });
		return district.relay.store.epoch === epoch ? 'same' : 'new';
	};
	const file = (name: string) => join(district.dataDir, name);

	test('leaves a store alone that holds what was told', async () => {
		expect(await epochAfter()).toBe('same');
		await district.devices.member.says(district.relay.url, demand(v7()));
		expect(await epochAfter()).toBe('same');
	});

	test('leaves it alone after a kill', async () => {
		const { epoch } = district.relay.store;
		await district.relay.close();
		const spawned = await spawnRelay(district.dataDir);
		await district.devices.member.says(spawned.url, demand(v7()));
		await spawned.end('SIGKILL');
		district.relay = await startRelay({ dataDir: district.dataDir });
		expect(district.relay.store.epoch).toBe(epoch);
	});

	test('draws a new epoch where the store lacks what was told', async () => {
		await copyStore(district.dataDir, target());
		await district.devices.member.says(district.relay.url, demand(v7()));
		const putBack = () => leadBack(district.dataDir, target());
		expect(await epochAfter(putBack)).toBe('new');
		expect(await epochAfter()).toBe('same');
		// The backup is of an epoch that is over.
		expect(await epochAfter(putBack)).toBe('new');
	});

	test.skipIf(isOnPostgres)(
		'draws a new epoch where the write-ahead log was left behind',
		async () => {
			const { epoch } = district.relay.store;
			await district.relay.close();
			const spawned = await spawnRelay(district.dataDir);
			await district.devices.member.says(spawned.url, demand(v7()));
			await spawned.end('SIGKILL');
			for (const end of ['-wal', '-shm']) rmSync(file(STORE_FILE + end));
			district.relay = await startRelay({ dataDir: district.dataDir });
			expect(district.relay.store.epoch).not.toBe(epoch);
		}
	);

	test.skipIf(isOnPostgres)(
		'draws a new epoch where there is no mark, or none that can be read',
		async () => {
			expect(await epochAfter(() => rmSync(file(MARK_FILE)))).toBe('new');
			const garble = () => copyFileSync(file('keys.json'), file(MARK_FILE));
			expect(await epochAfter(garble)).toBe('new');
			expect(await epochAfter()).toBe('same');
		}
	);
});

describe('[R6] a store restored from a backup that was taken under load', () => {
	test('has a new epoch, is given back what it lost, and its documents are the same for all', async () => {
		// The command asks the store itself who is enrolled.
		const enrolled = createPeopleStore(district.relay.store);
		for (const { id, person, publicKey } of Object.values(district.devices))
			await enrolled.addDevice({ id, person, publicKey, label: '', createdAt: Date.now() });
		await district.relay.close();
		const spawned = await spawnRelay(district.dataDir);
		const { member, secondMember, secretary, worker } = district.devices;
		const handing = [member, secondMember, secretary].flatMap((device) =>
			Array.from({ length: 12 }, () => device.says(spawned.url, demand(v7(), { channel: 'phone' })))
		);
		await handing[0];
		const backedUp = copyAside();
		const receipts: Receipt[] = (await Promise.all(handing)).flat();
		await backedUp;
		expect(existsSync(join(target(), MARK_FILE))).toBe(false);
		for (let i = 0; i < 5; i++) receipts.push(...(await member.says(spawned.url, demand(v7()))));
		const held = await heldOf(spawned.url, worker, desk());
		const { epoch } = await worker.scope(spawned.url);
		await spawned.end('SIGKILL');

		await startOnCopy();
		const { url, store } = district.relay;
		expect(store.epoch).not.toBe(epoch);
		const kept = (await store.ledgerHead(desk()))?.seq ?? 0;
		const lost = held.filter(({ seq }) => seq > kept);
		expect(lost.length).toBeGreaterThanOrEqual(5);
		// Twice, and by two devices at once: an honest double is one copy.
		const answers = await Promise.all([offer(url, worker, held), offer(url, secretary, lost)]);
		for (const { is } of answers.flat()) expect(['taken', 'known']).toContain(is);
		expect(district.relay.deliver.counts.returned).toBe(lost.length);
		for (const receipt of receipts) {
			const found = await store.first<{ receipt: string }>(
				'SELECT receipt FROM entry WHERE id = ?',
				receipt.id
			);
			expect(found, `${receipt.id} is lost`).not.toBeNull();
			const { given, receivedAt, verdict } = JSON.parse(String(found?.receipt));
			expect({ given, receivedAt, verdict }).toEqual({
				given: receipt.given,
				receivedAt: receipt.receivedAt,
				verdict: receipt.verdict
			});
		}
		const documents: Uint8Array[] = [];
		for (const device of [worker, secretary]) {
			const reader = await connect(url, device.cookie);
			documents.push(Y.encodeStateAsUpdate(await reader.open(`${desk()}@${store.epoch}`)));
			reader.close();
		}
		expect(documents[0]).toEqual(documents[1]);
		expect(await flawsOf(district.relay)).toEqual([]);
	});

	test('takes no document of the old epoch, and hears nothing said over what it lost', async () => {
		const { member, secretary } = district.devices;
		const old = await connect(district.relay.url, secretary.cookie);
		const { epoch } = district.relay.store;
		await copyStore(district.dataDir, target());
		await member.says(district.relay.url, demand(v7()));
		const doc = await old.open(`${desk()}@${epoch}`);
		old.close();
		await startOnCopy();
		const { url, store, sync } = district.relay;
		const again = await connect(url, secretary.cookie);
		const before = await store.ledgerHead(desk());
		void again.open(`${desk()}@${epoch}`, doc);
		await until(() => again.told.some(({ denied }) => denied !== undefined));
		const now = await again.open(`${desk()}@${store.epoch}`);
		expect(now.getArray('elements').length).toBe(2 * (before?.seq ?? 0));
		expect(sync.counts.denied).toBe(1);
		again.close();
		const body = JSON.stringify({ now: Date.now(), epoch, commits: [member.commit(demand(v7()))] });
		const headers = { cookie: member.cookie, 'content-type': 'application/json' };
		const refused = await fetch(`${url}/api/entries`, { method: 'POST', headers, body });
		expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'other-epoch' }]);
	});
});

describe('[R6] an element that is offered', () => {
	/** Says three demands that the restored store lacks; answers how the desk holds them. */
	async function lose(): Promise<Awaited<ReturnType<typeof heldOf>>> {
		const { secretary, member } = district.devices;
		await copyStore(district.dataDir, target());
		const from = (await district.relay.store.ledgerHead(desk()))?.seq ?? 0;
		for (let i = 0; i < 3; i++) await member.says(district.relay.url, demand(v7()));
		const held = await heldOf(district.relay.url, secretary, desk());
		await startOnCopy();
		return held.filter(({ seq }) => seq > from);
	}
	const taken = async (elements: Parameters<typeof offer>[2]) =>
		(await offer(district.relay.url, district.devices.worker, elements)).map(({ is }) => is);

	test('[L2] with a forged head, tag or place is not vouched for', async () => {
		const [first, second, third] = await lose();
		if (!first || !second || !third) throw new Error('nothing was lost');
		const as = (head: string, from: string, to: string) => head.replace(from, to);
		expect(
			await taken([
				{ ...first, head: as(first.head, '"verdict":"accepted"', '"verdict":"noted"') },
				{ ...first, head: as(first.head, `"${people.member}"`, `"${people.worker}"`) },
				{ ...first, head: first.head.replace(/(?<="tag":")./, (one) => (one === '_' ? '-' : '_')) },
				{ ...second, previous: third.previous }
			])
		).toEqual(['untagged', 'untagged', 'untagged', 'untagged']);
		expect(await taken([first, first, second])).toEqual(['taken', 'known', 'taken']);
		expect(await flawsOf(district.relay)).toEqual([]);
	});

	test('with another text or another signature is refused', async () => {
		const [first, second] = await lose();
		if (!first?.text || !second?.text) throw new Error('nothing was lost');
		expect(
			await taken([
				{ ...first, text: second.text },
				{ ...first, sig: second.sig },
				{ ...first, head: 'no head' },
				first
			])
		).toEqual(['refused', 'refused', 'refused', 'taken']);
	});

	test('that follows one which is not there waits for it', async () => {
		const { secretary, member, worker } = district.devices;
		await copyStore(district.dataDir, target());
		const record = v7();
		await member.says(district.relay.url, demand(record));
		await secretary.says(district.relay.url, { ...accepted(record), rev: 1 });
		const held = (await heldOf(district.relay.url, secretary, desk())).slice(-2);
		await startOnCopy();
		const { url, store } = district.relay;
		const answered = async (elements: typeof held) =>
			(await offer(url, worker, elements)).map(({ is }) => is);
		expect(await answered(held.slice(1))).toEqual(['later']);
		expect(await answered([...held].reverse())).toEqual(['later', 'taken']);
		expect(await answered(held)).toEqual(['known', 'taken']);
		expect(await store.row(RecordId.parse(record))).toMatchObject({ n: 2, state: 'accepted' });
	});

	test('[J3] whose place was taken meanwhile is judged anew, and stays in the history', async () => {
		const { secretary, member, worker } = district.devices;
		const record = v7();
		await member.says(district.relay.url, demand(record));
		await copyStore(district.dataDir, target());
		await secretary.says(district.relay.url, { ...accepted(record), rev: 1 });
		const held = (await heldOf(district.relay.url, secretary, desk())).slice(-1);
		await startOnCopy();
		const { url, store } = district.relay;
		const [receipt] = await worker.says(url, {
			...accepted(record, { urgency: 'urgent' }),
			rev: 1
		});
		expect(receipt?.verdict).toBe('accepted');
		const [answer] = await offer(url, secretary, held);
		expect(answer).toMatchObject({
			is: 'taken',
			receipt: { verdict: 'noted', reason: 'illegal-transition' }
		});
		expect(await store.row(RecordId.parse(record))).toMatchObject({ n: 3, urgency: 'urgent' });
		expect(await flawsOf(district.relay)).toEqual([]);
	});

	test.each([
		['is held without its text', false],
		['is held by a device that has not heard of it', true]
	])('[A4] what was erased stays erased: %s', async (_, isTextHeld) => {
		const CANARY = '要删掉的名字';
		const { secretary, worker } = district.devices;
		const standing = deskLedger(COMMUNITY, STANDING);
		const corrected = (head: string) => ({
			kind: 'household.corrected.v1',
			record: door,
			body: { head, reason: '写错' }
		});
		await copyStore(district.dataDir, target());
		const before = (await district.relay.store.ledgerHead(standing))?.seq ?? 0;
		await secretary.says(district.relay.url, corrected(CANARY));
		const old = await heldOf(district.relay.url, secretary, standing);
		const body = { of: door, at: COMMUNITY, entries: [2], ground: 'requested' };
		await secretary.says(district.relay.url, {
			kind: 'erasure.ordered.v1',
			record: v7(),
			body
		});
		await secretary.says(district.relay.url, corrected('改后的名字'));
		const held = await heldOf(district.relay.url, secretary, standing);
		const row = await district.relay.store.row(RecordId.parse(door));
		await startOnCopy();
		const { url, store } = district.relay;
		const lost = (all: typeof held) =>
			all.filter(({ seq, head }) => seq > before && !head.includes('"kind":"erased"'));
		if (isTextHeld) expect(await taken(lost(old))).toEqual(['taken']);
		// What waits for the order is offered again behind it.
		await offer(url, worker, lost(held));
		await offer(url, worker, lost(held));
		expect(await store.row(RecordId.parse(door))).toEqual(row);
		const texts = (await store.elements(standing, 0, 1_000)).map(({ text }) => text);
		expect(texts.join()).not.toContain(CANARY);
		expect(await flawsOf(district.relay)).toEqual([]);
	});

	test('[A1] [A5] goes up to the office again, and away from it again, as the record did', async () => {
		const { secretary, officer } = district.devices;
		const record = v7();
		const office = officeLedger(SUBDISTRICT, period);
		const says = async (device: TestDevice, kind: string, body: Draft['body']) => {
			const org = device === officer ? SUBDISTRICT : COMMUNITY;
			await device.says(district.relay.url, { kind, record, org, body });
		};
		await secretary.says(district.relay.url, demand(record), accepted(record));
		await copyStore(district.dataDir, target());
		const from = (await district.relay.store.ledgerHead(desk()))?.seq ?? 0;
		await says(secretary, 'demand.escalated.v1', { office: SUBDISTRICT, reason: '超出权限' });
		await says(officer, 'demand.taken.v1', { assignee: people.officer });
		const atOffice = await heldOf(district.relay.url, officer, office);
		await says(officer, 'demand.handed-back.v1', { reason: '先问物业' });
		const atDesk = await heldOf(district.relay.url, secretary, desk());
		const row = await district.relay.store.row(RecordId.parse(record));
		await startOnCopy();
		const { url, store } = district.relay;
		const texts = async () =>
			(await store.elements(office, 0, 1_000)).map(({ text }) => text !== null);

		const answers = await offer(url, officer, atOffice);
		expect(answers.map(({ is }) => is)).toEqual(['known', 'known', 'taken', 'taken']);
		expect(await texts()).toEqual([true, true, true, true]);
		const lost = atDesk.filter(({ seq }) => seq > from);
		const again = await offer(url, secretary, lost);
		expect(again.map(({ is }) => is)).toEqual(['known', 'known', 'taken']);
		expect(await texts()).toEqual([false, false, false, false, false]);
		expect(await store.row(RecordId.parse(record))).toEqual(row);
		expect(await flawsOf(district.relay)).toEqual([]);
	});

	test('keeps its official number, unless another record was given it meanwhile', async () => {
		const lost = await lose();
		const { url, store } = district.relay;
		const [fresh] = await district.devices.member.says(url, demand(v7()));
		const answers = await offer(url, district.devices.worker, lost);
		const [next] = await district.devices.member.says(url, demand(v7()));
		const numbers = [fresh, ...answers.map(({ receipt }) => receipt), next].map((receipt) =>
			Number(receipt?.given?.no?.split('-').at(-1))
		);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(numbers.slice(2, 4)).toEqual([2, 3]);
		const rows = (await store.rowsOfFamily('demand')).filter(isDemand);
		expect(new Set(rows.map(({ no }) => no)).size).toBe(numbers.length);
	});
});
