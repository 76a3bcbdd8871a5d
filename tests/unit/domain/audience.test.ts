/** Where records live, who reads them, and what leaves a community. */
import { expect, test } from 'vitest';
import { FactBody } from '#domain/element.ts';
import type { OrgId } from '#domain/ids.ts';
import { PersonId } from '#domain/ids.ts';
import { families } from '#domain/kinds/index.ts';
import { isOrganisation } from '#domain/kinds/organisation.ts';
import { isReadable, parseLedger, readablePrefixes } from '#domain/ledgers.ts';
import { orgTree, type Duty, type Role } from '#domain/people.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	household,
	OTHER_COMMUNITY,
	people,
	SUBDISTRICT,
	visit
} from '../../support/tell.ts';

function treeOf(world: ReturnType<typeof foundedWorld>) {
	return orgTree(
		[...world.rows.values()]
			.filter(isOrganisation)
			.map((row) => ({ org: row.org, parent: row.parent, level: row.level }))
	);
}

const cases: readonly [Role, OrgId, string, boolean][] = [
	['member', COMMUNITY, `member/me/${COMMUNITY}/2026Q4`, true],
	['member', COMMUNITY, `member/other/${COMMUNITY}/2026Q4`, false],
	['member', COMMUNITY, `desk/${COMMUNITY}/2026Q4`, false],
	['member', COMMUNITY, `facts/${COMMUNITY}/2026Q4`, false],
	['member', COMMUNITY, `board/${COMMUNITY}/standing`, true],
	['member', COMMUNITY, `board/${DISTRICT}/standing`, true],
	['member', COMMUNITY, `board/${OTHER_COMMUNITY}/standing`, false],
	['member', COMMUNITY, 'directory', true],
	['member', COMMUNITY, `kept/${COMMUNITY}/2026Q4`, false],
	['communityWorker', COMMUNITY, `kept/${COMMUNITY}/2026Q4`, false],
	['communitySecretary', COMMUNITY, `kept/${COMMUNITY}/2026Q4`, true],
	['communitySecretary', COMMUNITY, `kept/${OTHER_COMMUNITY}/2026Q4`, false],
	['subdistrictOfficer', SUBDISTRICT, `kept/${COMMUNITY}/2026Q4`, false],
	['districtOfficer', DISTRICT, `kept/${COMMUNITY}/2026Q4`, false],
	['communityWorker', COMMUNITY, `desk/${COMMUNITY}/standing`, true],
	['communitySecretary', COMMUNITY, `desk/${COMMUNITY}/2026Q4`, true],
	['communitySecretary', COMMUNITY, `desk/${OTHER_COMMUNITY}/2026Q4`, false],
	['communitySecretary', COMMUNITY, `facts/${COMMUNITY}/2026Q4`, true],
	['communitySecretary', COMMUNITY, `facts/${OTHER_COMMUNITY}/2026Q4`, false],
	['subdistrictOfficer', SUBDISTRICT, `facts/${COMMUNITY}/2026Q4`, true],
	['subdistrictOfficer', SUBDISTRICT, `facts/${OTHER_COMMUNITY}/2026Q4`, true],
	['subdistrictOfficer', SUBDISTRICT, `desk/${COMMUNITY}/2026Q4`, false],
	['subdistrictOfficer', SUBDISTRICT, 'district/standing', false],
	['districtOfficer', DISTRICT, `facts/${COMMUNITY}/2026Q4`, true],
	['districtOfficer', DISTRICT, `desk/${COMMUNITY}/2026Q4`, false],
	['districtOfficer', DISTRICT, `member/me/${COMMUNITY}/2026Q4`, false],
	['admin', DISTRICT, `desk/${COMMUNITY}/2026Q4`, false],
	['admin', DISTRICT, `facts/${COMMUNITY}/2026Q4`, false]
];

test.each(cases)('[A2] %s of %s reads %s: %s', (role, org, ledger, expected) => {
	const me = PersonId.parse('me');
	const duty: Duty = { person: me, role, org, from: 0 };
	const prefixes = readablePrefixes(me, [duty], treeOf(foundedWorld()));
	expect(isReadable(prefixes, ledger)).toBe(expected);
});

test('[A2] a prefix of one code opens no code that begins like it', () => {
	expect(isReadable(['desk/9901/'], 'desk/99010/standing')).toBe(false);
	expect(isReadable(['directory'], 'directory2')).toBe(false);
});

test('[A1] a record lives whole in a ledger or not at all: a relinked household brings its history', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, {
		kind: 'household.corrected.v1',
		record: 'door-1',
		body: { head: '改名', reason: '写错' }
	});
	world.says(people.secretary, {
		kind: 'household.linked.v1',
		record: 'door-1',
		body: { member: people.secondMember, from: world.now }
	});
	const fresh = world.ledgers.get(`member/${people.secondMember}/${COMMUNITY}/standing`) ?? [];
	expect(fresh.filter((e) => e.head.record === 'door-1').map((e) => e.head.n)).toEqual([1, 2, 3]);
});

test('[A1] visits and demands live with the desk and with the member who made them', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.member, visit('visit-1', 'door-1'));
	world.says(people.member, demand('demand-1', { household: 'door-1' }));
	const of = (record: string) =>
		[...world.ledgers]
			.filter(([, elements]) => elements.some((e) => e.head.record === record))
			.map(([name]) => name)
			.sort();
	const both = [`desk/${COMMUNITY}/2026Q4`, `member/${people.member}/${COMMUNITY}/2026Q4`];
	expect(of('visit-1')).toEqual(both);
	expect(of('demand-1')).toEqual(both);
});

test('[A1] a visit of the desk is known to whoever knocks at that door next, and goes with it', () => {
	const world = foundedWorld();
	const heldBy = (member: string) =>
		(world.ledgers.get(`member/${member}/${COMMUNITY}/2026Q4`) ?? []).map(
			({ head }) => head.record
		);
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, visit('visit-of-desk', 'door-1'));
	expect(heldBy(people.member)).toEqual(['visit-of-desk']);
	expect(heldBy(people.secretary)).toEqual([]);
	world.says(people.secretary, {
		kind: 'household.linked.v1',
		record: 'door-1',
		body: { member: people.secondMember, from: world.now }
	});
	expect(heldBy(people.secondMember)).toEqual(['visit-of-desk']);
});

test('[A1] what the desk registers of a door is an open matter to whoever knocks there, and goes with it', () => {
	const world = foundedWorld();
	const ofMember = (member: string, record: string) =>
		(world.ledgers.get(`member/${member}/${COMMUNITY}/2026Q4`) ?? [])
			.filter(({ head }) => head.record === record)
			.map(({ head }) => head.n);
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, demand('demand-1', { household: 'door-1' }));
	world.says(people.secretary, demand('demand-of-none'));
	expect(ofMember(people.member, 'demand-1')).toEqual([1]);
	expect(ofMember(people.secondMember, 'demand-1')).toEqual([]);
	expect(ofMember(people.secretary, 'demand-1')).toEqual([]);
	expect(ofMember(people.member, 'demand-of-none')).toEqual([]);
	world.says(people.secretary, accepted('demand-1'));
	world.says(people.secretary, {
		kind: 'household.linked.v1',
		record: 'door-1',
		body: { member: people.secondMember, from: world.now }
	});
	expect(ofMember(people.secondMember, 'demand-1')).toEqual([1, 2]);
});

test('[A2] what the desk notes of a demand is read by the desk alone', () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	world.says(people.secretary, {
		kind: 'handling.noted.v1',
		record: 'note-1',
		body: { demand: 'demand-1', text: '先找物业' }
	});
	const holding = [...world.ledgers].filter(([, elements]) =>
		elements.some((e) => e.head.record === 'note-1')
	);
	expect(holding.map(([name]) => name)).toEqual([`desk/${COMMUNITY}/2026Q4`]);
});

test('[A3] facts hold codes, dates and counts, never a person or a text', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(
		people.member,
		visit('visit-1', 'door-1', { interviewee: '陈某某', changes: '摔了一跤' })
	);
	world.says(
		people.member,
		demand('demand-1', { requester: '陈某某', place: '3栋', phone: '13800000000' })
	);
	for (const record of ['door-1', 'visit-1', 'demand-1']) {
		const row = world.row(record);
		const family = Object.values(families).find((f) => f.name === row.family);
		const fact = family && 'fact' in family ? family.fact?.(row) : undefined;
		expect(FactBody.safeParse(fact).success).toBe(true);
		const text = JSON.stringify(fact);
		for (const secret of [
			'陈某某',
			'摔了一跤',
			'楼道灯',
			'3栋',
			'13800000000',
			people.member,
			'501'
		])
			expect(text).not.toContain(secret);
	}
});

test('[L3] the period is the quarter of receipt of the first entry, and later entries stay in it', () => {
	const world = foundedWorld();
	world.says(people.member, demand('demand-1'));
	world.later(60 * DAY).says(people.secretary, {
		kind: 'demand.declined.v1',
		record: 'demand-1',
		body: { code: 'noSubstance', reply: '已说明' }
	});
	expect(world.row('demand-1')).toMatchObject({ period: '2026Q4', state: 'declined' });
	expect(world.ledgers.get(`desk/${COMMUNITY}/2026Q4`)).toHaveLength(2);
	expect(world.ledgers.get(`desk/${COMMUNITY}/2027Q1`)).toBeUndefined();
});

test('[L3] long-lived families stand', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	expect(world.row('door-1').period).toBe('standing');
});

test('a ledger name is parsed back to its parts, and nothing else is a name', () => {
	expect(parseLedger(`desk/${COMMUNITY}/2026Q4`)).toEqual({
		family: 'desk',
		org: COMMUNITY,
		period: '2026Q4'
	});
	for (const bad of [
		'desk',
		'desk//standing',
		'desk/a/2026Q5',
		'x/y/standing',
		'../etc',
		'member/a/standing',
		'desk/a_b/standing',
		'member/a/b_c/standing'
	])
		expect(parseLedger(bad)).toBeNull();
});
