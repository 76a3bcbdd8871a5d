/** What stands in the ledgers: chains that break where somebody meddles, whole histories, facts, the rows' oracle. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FactHead, Head } from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import { deskLedger, factsLedger, memberLedger, STANDING } from '#domain/ledgers.ts';
import type { Receipt } from '#domain/wire.ts';
import { flawsAfter } from '../support/audits.ts';
import { startDistrict, type District } from '../support/district.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	household,
	people,
	visit
} from '../support/tell.ts';

describe('[L2] the audit', () => {
	let district: District;
	let ledger: string;
	beforeAll(async () => {
		district = await startDistrict();
		const { member, secretary } = district.devices;
		const door = v7();
		const asked = v7();
		await secretary.says(district.relay.url, household(door));
		const receipts = await member.says(
			district.relay.url,
			visit(v7(), door, { demands: [asked] }),
			demand(asked, { household: door })
		);
		await secretary.says(district.relay.url, accepted(asked));
		ledger = receipts[0]?.places[0]?.ledger ?? '';
	});
	afterAll(() => district.end());

	const found = (...meddling: string[]) => flawsAfter(district.relay, ...meddling);
	const inLedger = () => `ledger = (SELECT num FROM ledger WHERE name = '${ledger}')`;

	test('finds nothing where nobody meddled', async () => {
		expect(await found()).toEqual([]);
	});

	test.each([
		['a changed verdict', `UPDATE element SET head = replace(head, 'accepted"', 'noted"')`],
		[
			'another author',
			`UPDATE element SET head = replace(head, '"role":"member"', '"role":"volunteer"')`
		],
		['a broken head', `UPDATE element SET head = substr(head, 1, 50)`],
		[
			'a forged tag',
			`UPDATE element SET head = substr(head, 1, length(head) - 45) || '${'A'.repeat(43)}"}'`
		]
	])('names the first seq after %s', async (_what, statement) => {
		const [first] = await found(`${statement} WHERE ${inLedger()} AND seq = 2`);
		expect(first?.where).toBe(`${ledger} seq 2`);
	});

	test('names a missing element, a cut end and a swapped pair', async () => {
		const [missing] = await found(`DELETE FROM element WHERE ${inLedger()} AND seq = 2`);
		expect(missing).toEqual({
			where: `${ledger} seq 2`,
			what: 'the element is missing; the next one is 3'
		});
		const [cut] = await found(`DELETE FROM element WHERE ${inLedger()} AND seq = 3`);
		expect(cut?.where).toBe(ledger);
		const [swapped] = await found(
			`UPDATE element SET seq = 20 WHERE ${inLedger()} AND seq = 1`,
			`UPDATE element SET seq = 1 WHERE ${inLedger()} AND seq = 2`,
			`UPDATE element SET seq = 2 WHERE ${inLedger()} AND seq = 20`
		);
		expect(swapped?.where).toBe(`${ledger} seq 1`);
	});

	test('names a changed text, a foreign signature, a lost place and a row that is not its fold', async () => {
		const words = async (statement: string) => (await found(statement)).map(({ what }) => what);
		const one = 'WHERE num = (SELECT max(num) FROM entry)';
		expect(
			await words(`UPDATE entry SET text = replace(text, 'lighting', 'parking') ${one}`)
		).toEqual(
			expect.arrayContaining([
				'the text is not the one that was hashed',
				'the signature does not fit',
				'its row is not its fold'
			])
		);
		expect(await words(`UPDATE entry SET sig = '${'A'.repeat(86)}' ${one}`)).toEqual([
			'the signature does not fit'
		]);
		expect(
			await words(`UPDATE entry SET receipt = replace(receipt, '"seq":3', '"seq":2') ${one}`)
		).toEqual([
			expect.stringMatching(/^it is not at desk.* seq 2$/),
			expect.stringMatching(/^it is not at member.* seq 2$/)
		]);
		expect(
			await words(`UPDATE record SET row = replace(row, '"state":"accepted"', '"state":"handled"')`)
		).toEqual(['its row is not its fold']);
	});
});

describe('[A3] facts', () => {
	test('leave under pseudonyms, only when they change, the household the same in each', async () => {
		const district = await startDistrict();
		const { url, store, keys } = district.relay;
		const { member, secretary } = district.devices;
		const [door, walked, asked] = [v7(), v7(), v7()];
		const home = household(door);
		await secretary.says(url, { ...home, body: { ...home.body, room: '五〇一甲' } });
		const [first] = await member.says(url, visit(walked, door, { interviewee: '陈某某' }));
		const [registered] = await member.says(url, demand(asked, { household: door }));
		const period = first?.given?.period ?? '';
		const facts = async (of: string) =>
			(await store.elements(factsLedger(COMMUNITY, of), 0, 100)).map(({ head, text, sig }) => ({
				...FactHead.parse(JSON.parse(head)),
				text,
				sig
			}));
		expect((await facts(STANDING)).map(({ record }) => record)).toEqual([keys.pseudonym(door)]);
		const [visited, demanded] = await facts(period);
		expect(visited).toMatchObject({ n: 1, text: null, sig: null, record: keys.pseudonym(walked) });
		expect(visited?.fact).toMatchObject({ family: 'visit', household: keys.pseudonym(door) });
		expect(demanded?.record).toBe(keys.pseudonym(asked));

		// A corrected word changes no fact; a decision does.
		const [corrected] = await member.says(url, {
			kind: 'visit.corrected.v1',
			record: walked,
			body: { changes: '另有一事', reason: '补充' }
		});
		expect(corrected?.places.some(({ ledger }) => ledger.startsWith('facts/'))).toBe(false);
		expect(await facts(period)).toHaveLength(2);
		const [decided] = await secretary.says(url, accepted(asked));
		expect(decided?.places.at(-1)).toEqual({ ledger: factsLedger(COMMUNITY, period), seq: 3 });
		expect((await facts(period)).at(-1)).toMatchObject({ n: 2, fact: { state: 'accepted' } });
		// A second decision is noted: it stands in the history and moves no figure (J3).
		const [again] = await secretary.says(url, accepted(asked));
		expect(again).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
		expect(await facts(period)).toHaveLength(3);

		const bytes = JSON.stringify([facts(period), facts(STANDING)]);
		for (const secret of [
			door,
			walked,
			asked,
			'陈某某',
			'灯',
			'五〇一甲',
			people.member,
			registered?.id ?? ''
		])
			expect(bytes).not.toContain(secret);
		await district.end();
	});
});

test('[J1] the relay judges as the domain does: the same stories give the same verdicts, rows and places', async () => {
	const district = await startDistrict();
	const { relay, devices } = district;
	const world = foundedWorld();
	const [door, walked, asked, other] = [v7(), v7(), v7(), v7()];
	const story = [
		[devices.secretary, household(door)],
		[
			devices.secretary,
			{ kind: 'household.corrected.v1', record: door, body: { head: null, reason: '没有户主' } }
		],
		[devices.member, visit(walked, door, { size: 3 })],
		[
			devices.member,
			{ kind: 'visit.corrected.v1', record: walked, body: { size: null, reason: '不清楚' } }
		],
		[devices.member, demand(asked, { household: door })],
		[devices.secondMember, demand(other)],
		[devices.stranger, accepted(asked)],
		[devices.member, accepted(asked)],
		[devices.secretary, accepted(asked)],
		[devices.secretary, accepted(asked)],
		[
			devices.worker,
			{ kind: 'demand.handled.v1', record: asked, body: { outcome: 'solved', reply: '已修好' } }
		],
		[devices.secretary, { kind: 'demand.merged.v1', record: other, body: { into: asked } }],
		[
			devices.secretary,
			{ kind: 'demand.unmerged.v1', record: other, body: { reason: '不是一件事' } }
		],
		[devices.officer, { kind: 'visit.voided.v1', record: walked, body: { reason: '重复' } }],
		[devices.member, { kind: 'visit.voided.v1', record: walked, body: { reason: '重复' } }],
		[devices.member, { kind: 'visit.voided.v1', record: walked, body: { reason: '重复' } }],
		[devices.district, demand(v7())]
	] as const;
	for (const [device, said] of story) {
		const [signed] = device.commit(said);
		const parsed = parseEntry(signed?.text ?? '');
		if (!signed || !parsed.ok) throw new Error('not an entry');
		const [receipt] = await device.handIn(relay.url, [[signed]]);
		world.now = receipt?.receivedAt ?? relay.now();
		const judged = world.hears(device.person, parsed.entry);
		expect(outcome(receipt)).toEqual(outcome(judged));
	}
	for (const record of [door, walked, asked, other]) {
		const row = await relay.store.row(parsedRecord(record));
		expect(row).toEqual(JSON.parse(JSON.stringify(world.row(record))));
	}
	const { period = '' } = (await relay.store.row(parsedRecord(walked))) ?? {};
	for (const name of [
		deskLedger(COMMUNITY, period),
		memberLedger(people.member, COMMUNITY, period)
	]) {
		const elements = await relay.store.elements(name, 0, 100);
		const ids = elements.map(({ head }) => Head.parse(JSON.parse(head)).id);
		expect(ids).toEqual(world.ledgers.get(name)?.map(({ head }) => head.id));
	}
	await district.end();
});

function outcome(judged: Pick<Receipt, 'verdict' | 'reason'> | undefined): unknown {
	return { verdict: judged?.verdict, reason: judged?.reason };
}

function parsedRecord(record: string) {
	return Head.shape.record.parse(record);
}
