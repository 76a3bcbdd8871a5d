/** [A4] An authority has texts erased: no file of the store holds them, the chains stay, devices drop them. */
import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Head } from '#domain/element.ts';
import { EntryId } from '#domain/ids.ts';
import { MediaName } from '#domain/media.ts';
import { deskLedger, memberLedger, STANDING } from '#domain/ledgers.ts';
import { keepFetched } from '#lib/media/keep.ts';
import { filesOfStore, forgetErased, isOnPostgres } from '../support/database.ts';
import { useOwnPostgres } from '../support/offered-postgres.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { filesHolding } from '../support/files-holding.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { connect, until as soon } from '../support/reader.ts';
import { COMMUNITY, demand, DISTRICT, household, people, visit } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

/** Another one for each test: a PostgreSQL keeps the databases of the tests before. */
const canaries = Array.from('甲乙丙丁戊己庚辛壬癸子丑', (each) => `要删掉的名字${each}`);
let canary: string;
let district: District;
let phones: Phone[];
let door: string;

// Its files are looked through.
useOwnPostgres({ fsync: false });
beforeEach(async () => {
	canary = canaries.pop() ?? '';
	expect(canary).not.toBe('');
	district = await startDistrict();
	phones = [];
	door = v7();
	const said = household(door);
	const { secretary } = district.devices;
	await secretary.says(district.relay.url, { ...said, body: { ...said.body, head: canary } });
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	await district.end();
});

const id = (record: string) => Head.shape.record.parse(record);

function order(of: string, entries: readonly number[] | 'all', more: Record<string, unknown> = {}) {
	const body = { of, at: COMMUNITY, entries, ground: 'requested', ...more };
	return { kind: 'erasure.ordered.v1', record: v7(), body };
}

async function rename(head: string): Promise<void> {
	const body = { head, reason: '写错' };
	const { secretary } = district.devices;
	const kind = 'household.corrected.v1';
	await secretary.says(district.relay.url, { kind, record: door, body });
}

/** The files of the store in whose bytes a text stands. */
const holding = (text: string) => filesHolding(filesOfStore(district.dataDir), text);

test('[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole', async () => {
	const { relay, devices } = district;
	const walked = v7();
	await devices.member.says(relay.url, visit(walked, door, { interviewee: canary }));
	// Much is said around it, so that pages are split and merged.
	for (let i = 0; i < 40; i++)
		await devices.member.says(
			relay.url,
			visit(v7(), door, { changes: '日常走访'.repeat(i * 5) }),
			demand(v7(), { household: door, description: '描述'.repeat(i * 20) })
		);
	await rename('改后的名字');
	expect(holding(canary)).not.toEqual([]);
	const receipts = await devices.secretary.says(relay.url, order(door, [1, 2]), order(walked, [1]));
	expect(receipts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	await forgetErased(district.dataDir);
	expect(holding(canary)).toEqual([]);
	expect(await relay.store.row(id(door))).toBeNull();
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.restart();
	expect(holding(canary)).toEqual([]);
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[A4] of one erased correction the rest of the record stands, the same here and there', async () => {
	const { relay, devices } = district;
	await rename('另一个名字');
	await rename('第三个名字');
	await devices.secretary.says(relay.url, order(door, [2]));
	expect(await relay.store.row(id(door))).toMatchObject({ n: 3, head: '第三个名字' });
	await forgetErased(district.dataDir);
	expect(holding('另一个名字')).toEqual([]);
	await devices.secretary.says(relay.url, order(door, [3]));
	expect(await relay.store.row(id(door))).toMatchObject({ n: 3, head: canary });
	expect(await flawsOf(district.relay)).toEqual([]);
	// It goes on from the ordinal it had reached.
	await rename('第四个名字');
	expect(await relay.store.row(id(door))).toMatchObject({ n: 4, head: '第四个名字' });
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[A4, A1] a record that comes to new readers afterwards says there what of it was erased', async () => {
	const { relay, devices } = district;
	await rename('另一个名字');
	await rename('第三个名字');
	await devices.secretary.says(relay.url, order(door, [2]));
	const body = { member: people.secondMember, from: Date.now() };
	await devices.secretary.says(relay.url, { kind: 'household.linked.v1', record: door, body });
	const fresh = memberLedger(people.secondMember, COMMUNITY, STANDING);
	const told = (await relay.store.elements(fresh, 0, 10)).flatMap(({ head, text }) => {
		const { kind, n, record, texts } = JSON.parse(head);
		const gone = texts === undefined ? {} : { texts: texts.length };
		return record === door ? [{ kind, n, hasText: text !== null, ...gone }] : [];
	});
	const kind = 'household.corrected.v1';
	expect(told).toEqual([
		{ kind: 'household.registered.v1', n: 1, hasText: true },
		{ kind, n: 2, hasText: false },
		{ kind, n: 3, hasText: true },
		{ kind: 'erased', n: 3, hasText: false, texts: 1 },
		{ kind: 'household.linked.v1', n: 4, hasText: true }
	]);
	expect(await flawsOf(relay)).toEqual([]);
});

test('[A4] an order for all takes what came after it was signed; it names the family of what it means', async () => {
	const { relay, devices } = district;
	const wrong = order(door, 'all', { what: 'visit' });
	const [refused] = await devices.secretary.says(relay.url, wrong);
	expect(refused).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
	const ordered = devices.secretary.commit(order(door, 'all', { what: 'household' }));
	await rename('后来的名字');
	const [receipt] = await devices.secretary.handIn(relay.url, [ordered]);
	expect(receipt?.verdict).toBe('accepted');
	await forgetErased(district.dataDir);
	expect([...holding(canary), ...holding('后来的名字')]).toEqual([]);
	expect(await relay.store.row(id(door))).toBeNull();
	expect(await flawsOf(relay)).toEqual([]);
});

/** A record with more entries than one statement takes values: as many copies of its last one as that needs. */
async function lengthen(of: string, ledger: string, by: number): Promise<void> {
	await district.relay.store.transaction(async (tx) => {
		const last = await tx.first<{ num: number; n: number; ledger: number; seq: number }>(
			`SELECT e.entry AS num, e.n, e.ledger, l.seq FROM element e JOIN ledger l ON l.num = e.ledger
			WHERE e.record = ? AND l.name = ? ORDER BY e.n DESC LIMIT 1`,
			...[of, ledger]
		);
		if (last === null) throw new Error('no such record there');
		const count = `WITH RECURSIVE more (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more WHERE i < ${by})`;
		await tx.run(
			`${count} INSERT INTO entry SELECT 1000000 + i, 'copy-' || i, hash, text, sig, device, received_at, receipt
			FROM entry CROSS JOIN more WHERE num = ?`,
			last.num
		);
		await tx.run(
			`${count} INSERT INTO element (ledger, seq, n, record, entry, head)
			SELECT ledger, ${last.seq} + i, ${last.n} + i, record, 1000000 + i,
				replace(head, '"n":${last.n},', '"n":' || (${last.n} + i) || ',')
			FROM element CROSS JOIN more WHERE ledger = ? AND entry = ?`,
			...[last.ledger, last.num]
		);
		await tx.run('UPDATE ledger SET seq = seq + ? WHERE num = ?', by, last.ledger);
		await tx.run('UPDATE record SET n = n + ? WHERE id = ?', by, of);
	});
}

test('[A4] a record is erased however many entries it has, and others have their turn meanwhile', async () => {
	const { relay, devices } = district;
	await rename('另一个名字');
	await lengthen(door, deskLedger(COMMUNITY, STANDING), isOnPostgres ? 66_000 : 33_000);
	let turns = 0;
	const turning = setInterval(() => (turns += 1));
	const [receipt] = await devices.secretary.says(relay.url, order(door, 'all'));
	clearInterval(turning);
	expect(receipt?.verdict).toBe('accepted');
	expect(turns).toBeGreaterThan(20);
	const left =
		'SELECT e.n FROM element e JOIN entry t ON t.num = e.entry WHERE e.record = ? AND t.text IS NOT NULL';
	expect(await relay.store.all(left, door)).toEqual([]);
	expect(await relay.store.row(id(door))).toBeNull();
});

test('[A4] of a record that is erased nobody says anything any more, nor brings it back', async () => {
	const { relay, devices } = district;
	const { secretary } = devices;
	const [first] = secretary.commit(household(door));
	await secretary.says(relay.url, order(door, [1]));
	const [again] = await secretary.handIn(relay.url, [[first ?? { text: '', sig: '' }]]);
	expect(again).toMatchObject({ verdict: 'refused', reason: 'no-such-record' });
	expect(await relay.store.row(id(door))).toBeNull();
	// What hangs on the door goes on: its readers are asked without it.
	const [other] = await devices.member.says(relay.url, demand(v7()));
	expect(other?.verdict).toBe('accepted');
});

test('[A4] a secretary orders it for the own community, the district for all; others do not', async () => {
	const { url } = district.relay;
	const { member, worker, stranger, secretary } = district.devices;
	for (const device of [member, worker])
		expect((await device.says(url, order(door, [1])))[0]?.reason).toBe('not-allowed');
	expect((await stranger.says(url, order(door, [1])))[0]?.reason).toBe('no-duty');
	const duty = `duty-${people.member}`;
	expect((await secretary.says(url, order(duty, [1])))[0]?.reason).toBe('not-allowed');
	const [receipt] = await district.devices.district.says(url, {
		...order(door, [1]),
		org: DISTRICT
	});
	expect(receipt?.verdict).toBe('accepted');
	expect(receipt?.places.map(({ ledger }) => ledger)).toEqual([
		deskLedger(COMMUNITY, STANDING),
		`district/${STANDING}`
	]);
});

test('[A4] a connected reader loses the text in the next frame', async () => {
	const { relay, devices } = district;
	const reader = await connect(relay.url, devices.member.cookie);
	const doc = await reader.open(
		`${memberLedger(people.member, COMMUNITY, STANDING)}@${relay.store.epoch}`
	);
	const holds = () => JSON.stringify(doc.getArray('elements').toJSON()).includes(canary);
	expect(holds()).toBe(true);
	await devices.secretary.says(relay.url, order(door, [1]));
	await soon(() => !holds());
	reader.close();
});

test.each([
	['online', true],
	['away, and back later', false]
])(
	'[A4] a phone that is %s holds nothing of it: rows, search words, replica',
	async (_how, isOn) => {
		const { relay, devices } = district;
		await rename('另一个名字');
		const phone = await makePhone({ relay, person: people.member });
		phones.push(phone);
		const sync = phone.syncs(relay);
		const head = async () => {
			const seen = await phone.ask.one('household', id(door))();
			return seen?.row.head ?? null;
		};
		await until(head, (name) => name === '另一个名字');
		if (!isOn) await sync.stop();
		await devices.secretary.says(relay.url, order(door, [2]));
		if (!isOn) phone.syncs(relay);
		await until(head, (name) => name === canary);
		await until(
			() => databasesHolding(phone.prefix, '另一个名字'),
			(names) => names.length === 0
		);
		await devices.secretary.says(relay.url, order(door, [1]));
		await until(head, (name) => name === null);
		await until(
			() => databasesHolding(phone.prefix, canary),
			(names) => names.length === 0
		);
		expect(await phone.ask.history(id(door))()).toEqual([]);
		// A phone that comes after has the same: nothing.
		const next = await makePhone({ relay, person: people.member });
		phones.push(next);
		next.syncs(relay);
		await until(
			() => next.rows.ledgers.count(),
			(n) => n > 1
		);
		expect(await databasesHolding(next.prefix, canary)).toEqual([]);
	}
);

test('[A4] what a phone keeps beside the rows goes too: refused words, drafts, carried words, photos', async () => {
	const { relay, devices } = district;
	const phone = await makePhone({ relay, person: people.member });
	phones.push(phone);
	const { device } = phone;
	const photo = MediaName.parse('ab'.repeat(32));
	const other = MediaName.parse('cd'.repeat(32));
	const walked = id(v7());
	await devices.member.says(relay.url, visit(walked, door, { photos: [{ sha256: photo }] }));
	await devices.member.says(relay.url, visit(v7(), door, { photos: [{ sha256: other }] }));
	phone.syncs(relay);
	await until(
		() => phone.ask.one('visit', walked)(),
		(seen) => seen !== null
	);
	// Only the desk voids a door that is confirmed.
	await phone.says([{ kind: 'household.voided.v1', record: door, body: { reason: canary } }]);
	await until(
		() => device.attention.toArray(),
		([refused]) => refused?.verdict === 'refused'
	);
	const said = { id: EntryId.parse(v7()), record: walked, kind: 'visit.added.v1', at: 1 };
	const entries = [{ ...said, text: canary, sig: '' }];
	const carried = { commit: said.id, bundle: 'b', person: people.member, takenAt: 1 };
	await device.carried.put({
		...carried,
		kinds: [said.kind],
		refusal: { reason: 'no-duty', entries }
	});
	const draft = { form: 'visit', schemaVersion: 1, savedAt: 1 };
	await device.drafts.bulkPut([
		{ ...draft, key: `visit:${door}`, value: { interviewee: canary } },
		{ ...draft, key: 'visit:other', value: { interviewee: '别人' } }
	]);
	const bytes = new TextEncoder().encode(canary).buffer;
	for (const sha256 of [photo, other])
		await keepFetched(device, sha256, { type: 'image/jpeg', bytes, thumb: bytes }, Date.now());
	const ordered = [door, walked].map((of) => order(of, 'all'));
	await devices.secretary.says(relay.url, ...ordered);
	await until(
		() => device.mediaBytes.toCollection().primaryKeys(),
		(names) => !names.includes(photo)
	);
	expect(await device.mediaBytes.toCollection().primaryKeys()).toEqual([other]);
	await device.mediaBytes.delete(other);
	await device.media.delete(other);
	// The door and the visit lie in ledgers of their own, which come one after the other.
	await until(
		() => databasesHolding(phone.prefix, canary),
		(databases) => databases.length === 0
	);
	expect(await device.drafts.toCollection().primaryKeys()).toEqual(['visit:other']);
	expect(await device.carried.count()).toBe(1);
});

test('[A4] a phone that is killed while it forgets has forgotten once it is started again', async () => {
	const { relay, devices } = district;
	const phone = await makePhone({ relay, person: people.member });
	phones.push(phone);
	const { device } = phone;
	const photo = MediaName.parse('ab'.repeat(32));
	const walked = id(v7());
	await devices.member.says(relay.url, visit(walked, door, { photos: [{ sha256: photo }] }));
	const sync = phone.syncs(relay);
	const sees = async () => (await phone.ask.one('visit', walked)())?.row.record;
	await until(sees, (record) => record === walked);
	await sync.stop();
	const bytes = new TextEncoder().encode(canary).buffer;
	await keepFetched(device, photo, { type: 'image/jpeg', bytes, thumb: bytes }, Date.now());
	// One that was not sent is kept by every sweep.
	await device.media.update(photo, { state: 'waiting', notBefore: Infinity });
	await devices.secretary.says(relay.url, order(walked, 'all'));
	let isKilled = false;
	const deleted = IDBObjectStore.prototype.delete;
	const deletes = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (
		this: IDBObjectStore,
		key
	) {
		if (isKilled || this.name !== 'mediaBytes') return deleted.call(this, key);
		isKilled = true;
		throw new DOMException('killed', 'AbortError');
	});
	const killed = phone.syncs(relay);
	await until(
		async () => isKilled,
		(was) => was
	);
	await killed.stop();
	deletes.mockRestore();
	phone.syncs(relay);
	await until(sees, (record) => record === undefined);
	expect(await device.media.count()).toBe(0);
	expect(await device.mediaBytes.count()).toBe(0);
});
