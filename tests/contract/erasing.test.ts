/** [A4] An authority has texts erased: no file of the store holds them, the chains stay, devices drop them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Head } from '#domain/element.ts';
import { deskLedger, memberLedger, STANDING } from '#domain/ledgers.ts';
import { flawsOf } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import { databasesHolding } from '../support/raw-databases.ts';
import { connect, until as soon } from '../support/reader.ts';
import { COMMUNITY, demand, DISTRICT, household, people, visit } from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';

const CANARY = '要删掉的名字';
let district: District;
let phones: Phone[];
let door: string;

beforeEach(async () => {
	district = await startDistrict();
	phones = [];
	door = v7();
	const said = household(door);
	const { secretary } = district.devices;
	await secretary.says(district.relay.url, { ...said, body: { ...said.body, head: CANARY } });
});
afterEach(async () => {
	for (const phone of phones) await phone.close();
	await district.end();
});

const id = (record: string) => Head.shape.record.parse(record);

function order(of: string, entries: readonly number[], more: Record<string, unknown> = {}) {
	const body = { of, at: COMMUNITY, entries, ground: 'requested', ...more };
	return { kind: 'erasure.ordered.v1', record: v7(), body };
}

async function rename(head: string): Promise<void> {
	const body = { head, reason: '写错' };
	const { secretary } = district.devices;
	const kind = 'household.corrected.v1';
	await secretary.says(district.relay.url, { kind, record: door, body });
}

/** The files of the data folder in whose bytes the canary stands. */
function filesHolding(text: string): readonly string[] {
	return readdirSync(district.dataDir, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => readFileSync(path).includes(text));
}

test('[A4] no file of the store holds what was erased, from its commit on; the audit finds all whole', async () => {
	const { relay, devices } = district;
	const walked = v7();
	await devices.member.says(relay.url, visit(walked, door, { interviewee: CANARY }));
	// Much is said around it, so that pages are split and merged.
	for (let i = 0; i < 40; i++)
		await devices.member.says(
			relay.url,
			visit(v7(), door, { changes: '日常走访'.repeat(i * 5) }),
			demand(v7(), { household: door, description: '描述'.repeat(i * 20) })
		);
	await rename('改后的名字');
	expect(filesHolding(CANARY)).not.toEqual([]);
	const receipts = await devices.secretary.says(relay.url, order(door, [1, 2]), order(walked, [1]));
	expect(receipts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
	expect(filesHolding(CANARY)).toEqual([]);
	expect(await relay.store.row(id(door))).toBeNull();
	expect(await flawsOf(district.relay)).toEqual([]);
	await district.restart();
	expect(filesHolding(CANARY)).toEqual([]);
	expect(await flawsOf(district.relay)).toEqual([]);
});

test('[A4] of one erased correction the rest of the record stands, the same here and there', async () => {
	const { relay, devices } = district;
	await rename('另一个名字');
	await rename('第三个名字');
	await devices.secretary.says(relay.url, order(door, [2]));
	expect(await relay.store.row(id(door))).toMatchObject({ n: 3, head: '第三个名字' });
	expect(filesHolding('另一个名字')).toEqual([]);
	await devices.secretary.says(relay.url, order(door, [3]));
	expect(await relay.store.row(id(door))).toMatchObject({ n: 3, head: CANARY });
	expect(await flawsOf(district.relay)).toEqual([]);
	// It goes on from the ordinal it had reached.
	await rename('第四个名字');
	expect(await relay.store.row(id(door))).toMatchObject({ n: 4, head: '第四个名字' });
	expect(await flawsOf(district.relay)).toEqual([]);
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
	const holds = () => JSON.stringify(doc.getArray('elements').toJSON()).includes(CANARY);
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
		await until(head, (name) => name === CANARY);
		await until(
			() => databasesHolding(phone.prefix, '另一个名字'),
			(names) => names.length === 0
		);
		await devices.secretary.says(relay.url, order(door, [1]));
		await until(head, (name) => name === null);
		await until(
			() => databasesHolding(phone.prefix, CANARY),
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
		expect(await databasesHolding(next.prefix, CANARY)).toEqual([]);
	}
);
