/** What the bench measures inside a real browser: the app core as it is, and what it is compared with. */
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import { Doc, type Map as YMap } from 'yjs';
import { z } from 'zod';
import { DeviceId, EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { openDeviceDb } from '#lib/device/device-db.ts';
import { makeKeys } from '#lib/device/keys.ts';
import { authorisedRelay } from '#lib/device/session.ts';
import { handInNext } from '#lib/outbox/hand-in.ts';
import { say, type Speaker } from '#lib/outbox/say.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import { rowQueries } from '#lib/rows/queries.ts';
import { openRowsDb } from '#lib/rows/rows-db.ts';
import { watch } from '#lib/rows/watch.ts';
import { unknownLine } from '#lib/sync/line.ts';
import { startSync } from '#lib/sync/start-sync.ts';
import { enrolForRound, keepRound, sendRound } from './round.ts';

// As in the app: the content policy forbids code made at run time.
z.config({ jitless: true });

const COMMUNITY = OrgId.parse('990101001000');
const PERSON = PersonId.parse('p-member');

/** From starting the worker until the first rows and until all of a ledger is folded. */
async function firstSync(asked: {
	readonly id: string;
	readonly person: string;
	readonly ledger: string;
	readonly elements: number;
}): Promise<object> {
	const device = openDeviceDb(asked.id);
	await device.open();
	const rows = openRowsDb(asked.id);
	const start = performance.now();
	let firstRows = 0;
	let longest = 0;
	let lastTick = start;
	// How long the page's own thread was ever kept waiting.
	const ticking = setInterval(() => {
		longest = Math.max(longest, performance.now() - lastTick - 4);
		lastTick = performance.now();
	}, 4);
	const sync = startSync({ ...asked, version: 'bench', onRole: () => undefined });
	await new Promise<void>((resolve, reject) => {
		const stop = watch(
			async () => (await rows.ledgers.get(asked.ledger))?.seq ?? 0,
			(seq) => {
				if (seq > 0 && firstRows === 0) firstRows = performance.now() - start;
				if (seq < asked.elements) return;
				stop();
				resolve();
			},
			reject
		);
	});
	const all = performance.now() - start;
	clearInterval(ticking);
	const count = await rows.rows.count();
	await sync.stop();
	return {
		firstRowsMs: rounded(firstRows),
		allMs: rounded(all),
		rows: count,
		longestWaitMs: rounded(longest)
	};
}

/** One visit said and saved, beside one raw strict transaction with the same bytes. */
async function commits(count: number): Promise<object> {
	const id = `bench-commit-${Math.random()}`;
	const device = openDeviceDb(id);
	const rows = openRowsDb(id);
	const { privateKey } = await makeKeys();
	const speaker: Speaker = {
		device,
		rows,
		now: Date.now,
		org: COMMUNITY,
		actorIn: (org) => ({ person: PERSON, role: 'member', org }),
		signer: {
			realm: 'realm-of-tests',
			device: DeviceId.parse('bench'),
			privateKey,
			newId: () => EntryId.parse(uuid())
		}
	};
	const raw = await openRaw(`${id}-raw`);
	const own: number[] = [];
	const single: number[] = [];
	const same: number[] = [];
	for (let n = 0; n < count + 10; n++) {
		const began = performance.now();
		const said = await say(speaker, [visit()]);
		const saved = performance.now();
		if (!said.ok) throw new Error(said.reason);
		const kept = await device.outbox.where('commit').equals(said.commit).first();
		const laid = await device.overlay.toCollection().last();
		const before = performance.now();
		await putRaw(raw, { single: [kept] });
		const between = performance.now();
		await putRaw(raw, { outbox: [kept], overlay: [laid] });
		const after = performance.now();
		// The first ones warm the engine up.
		if (n < 10) continue;
		own.push(saved - began);
		single.push(between - before);
		same.push(after - between);
	}
	const bytes = await handInBytes(speaker);
	return { say: spread(own), rawOnePut: spread(single), rawSameWrites: spread(same), ...bytes };
}

/** Thirty waiting visits: what one hand-in sends, beside the texts and signatures in it. */
async function handInBytes(speaker: Speaker): Promise<object> {
	const thirty = await speaker.device.outbox.orderBy('local').limit(30).toArray();
	const rest = await speaker.device.outbox.orderBy('local').offset(30).primaryKeys();
	await speaker.device.outbox.bulkDelete(rest);
	const entries = thirty.flatMap((commit) => commit.entries);
	const net = entries.reduce((sum, { text, sig }) => sum + bytesOf(text) + bytesOf(sig), 0);
	let sent = 0;
	const relay = authorisedRelay(async (_path, init) => {
		sent += bytesOf(String(init?.body));
		return new Response(null, { status: 503 });
	}, speaker.device);
	await handInNext(speaker, relay, Date.now(), unknownLine());
	return { thirtyVisits: { sentBytes: sent, textAndSignatureBytes: net, ratio: sent / net } };
}

async function fillRows(count: number): Promise<void> {
	const rows = openRowsDb(`bench-rows-${count}`);
	for (let from = 0; from < count; from += 2000) {
		const batch = Array.from({ length: Math.min(2000, count - from) }, (_, i) =>
			demandRow(from + i)
		);
		await rows.rows.bulkPut(
			batch.map((row) => ({ ...columnsOf(row), history: '[]', ledgers: ['desk'] }))
		);
	}
	rows.close();
}

/** The first fifty of the queue, from a database that this page has not opened yet. */
async function pageOfRows(count: number): Promise<number> {
	const start = performance.now();
	const device = openDeviceDb(`bench-device-${count}`);
	const rows = openRowsDb(`bench-rows-${count}`);
	const ask = rowQueries({ device, rows });
	const page = await ask.page({ family: 'demand', state: 'registered', newestFirst: false })();
	if (page.items.length !== 50) throw new Error('bench: no full page');
	return performance.now() - start;
}

async function fillMap(count: number): Promise<void> {
	const doc = new Doc();
	const stored = new IndexeddbPersistence(`bench-map-${count}`, doc);
	await stored.whenSynced;
	const demands: YMap<unknown> = doc.getMap('demands');
	for (let from = 0; from < count; from += 2000)
		doc.transact(() => {
			for (let i = from; i < Math.min(count, from + 2000); i++) {
				const row = demandRow(i);
				demands.set(row.record, { ...row });
			}
		});
	await storeState(stored);
	await new Promise((resolve) => setTimeout(resolve, 1000));
	await stored.destroy();
}

/** The naive app: everything in one Y.Map, loaded, filtered and sorted to show fifty. */
async function pageOfMap(count: number): Promise<number> {
	const start = performance.now();
	const doc = new Doc();
	const stored = new IndexeddbPersistence(`bench-map-${count}`, doc);
	await stored.whenSynced;
	const demands: YMap<DemandRow> = doc.getMap('demands');
	const page = [...demands.values()]
		.filter((row) => row.state === 'registered')
		.sort((a, b) => (a.signDueAt ?? 0) - (b.signDueAt ?? 0))
		.slice(0, 50);
	if (page.length !== 50) throw new Error('bench: no full page');
	return performance.now() - start;
}

function visit(): Parameters<typeof say>[1][number] {
	return {
		kind: 'visit.recorded.v1',
		record: RecordId.parse(uuid()),
		body: {
			household: 'door-1',
			outcome: 'met',
			mode: 'home',
			startedAt: Date.now(),
			interviewee: '某户主',
			groups: ['livingAlone', 'veryOld'],
			changes: '老人近来腰腿不便，上下楼困难，买菜要人帮忙。',
			suggestions: '希望楼道里加一条扶手。',
			demands: []
		}
	};
}

function demandRow(i: number): DemandRow {
	const at = 1_795_000_000_000 + i * 60_000;
	return {
		record: RecordId.parse(`demand-${String(i).padStart(7, '0')}`),
		family: 'demand',
		org: COMMUNITY,
		period: '2026Q4',
		n: 1,
		createdBy: PERSON,
		createdAt: at,
		receivedAt: at,
		updatedAt: at,
		no: `1000-SQ-2026Q4-${String(i).padStart(6, '0')}`,
		state: i % 4 === 0 ? 'registered' : 'handled',
		title: `三号楼二单元楼道灯不亮第${i}次`,
		description: '二单元的灯坏了一周，老人夜里下楼看不清台阶，已有两位老人差点摔倒。',
		type: 'help',
		urgency: 'normal',
		channel: 'visit',
		raisedBy: PERSON,
		raiserIsField: true,
		signDueAt: at + 7_200_000,
		steps: [{ state: 'registered', at, by: PERSON }]
	};
}

/** Stores with the indexes that the device database has. */
function openRaw(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 1);
		request.onupgradeneeded = () => {
			const db = request.result;
			db.createObjectStore('single', { autoIncrement: true });
			const outbox = db.createObjectStore('outbox', { autoIncrement: true });
			outbox.createIndex('commit', 'commit', { unique: true });
			outbox.createIndex('state', 'state');
			outbox.createIndex('records', 'records', { multiEntry: true });
			const overlay = db.createObjectStore('overlay', { keyPath: 'record' });
			overlay.createIndex('family', 'family');
		};
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('bench: no database'));
	});
}

/** One strict transaction over the named stores. */
function putRaw(db: IDBDatabase, values: Record<string, readonly unknown[]>): Promise<void> {
	return new Promise((resolve, reject) => {
		const stores = Object.keys(values);
		const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
		for (const [store, items] of Object.entries(values))
			for (const item of items) transaction.objectStore(store).put(item);
		transaction.oncomplete = () => resolve();
		transaction.onerror = () => reject(transaction.error ?? new Error('bench: not written'));
	});
}

function uuid(): string {
	const random = crypto.randomUUID();
	return `${random.slice(0, 14)}7${random.slice(15)}`;
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}

function spread(values: readonly number[]): object {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number) => rounded(sorted[Math.floor(sorted.length * share)] ?? 0);
	return { p50: at(0.5), p95: at(0.95) };
}

function rounded(ms: number): number {
	return Math.round(ms * 10) / 10;
}

const bench = {
	firstSync,
	commits,
	fillRows,
	pageOfRows,
	fillMap,
	pageOfMap,
	enrolForRound,
	keepRound,
	sendRound
};
export type Bench = typeof bench;
Object.assign(window, { bench });
