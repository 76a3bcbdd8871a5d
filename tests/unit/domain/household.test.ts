/** Who may say what of a door and of a person in it; merging and splitting doors in any order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Refs } from '#domain/family.ts';
import { figures } from '#domain/figures.ts';
import { RecordId, type PersonId } from '#domain/ids.ts';
import {
	doorStandingFor,
	household as family,
	isHousehold,
	type HouseholdRow
} from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { resident as residents, type ResidentRow } from '#domain/kinds/resident.ts';
import {
	COMMUNITY,
	foundedWorld,
	household,
	OTHER_COMMUNITY,
	people,
	visit,
	type Said,
	type World
} from '../../support/tell.ts';

const address = { estate: '梧桐里小区', building: '3', unit: '2', room: '502' };

/** door-1 is linked to the member, door-2 was opened by them in the field, door-3 belongs to nobody. */
function street(): World {
	const world = foundedWorld();
	const takes = (person: PersonId, said: Said) =>
		expect(world.says(person, said).verdict, said.record).toBe('accepted');
	takes(people.secretary, household('door-1'));
	takes(people.member, { ...household('door-2'), body: address });
	takes(people.secretary, { ...household('door-3'), body: { ...address, room: '503' } });
	takes(people.secretary, {
		kind: 'household.registered.v1',
		record: 'door-4',
		body: { ...address, splitFrom: 'door-1' }
	});
	takes(people.secretary, person('person-1', 'door-1'));
	takes(people.secretary, {
		kind: 'household.registered.v1',
		record: 'door-out',
		body: { ...address, room: '504', linkedMember: people.member }
	});
	takes(people.secretary, {
		kind: 'household.moved-out.v1',
		record: 'door-out',
		body: { reason: '搬走' }
	});
	takes(people.secretary, person('person-gone', 'door-1'));
	takes(people.secretary, {
		kind: 'resident.left.v1',
		record: 'person-gone',
		body: { why: 'married' }
	});
	takes(people.secretary, { ...household('door-merged'), body: { ...address, room: '505' } });
	takes(people.secretary, {
		kind: 'household.merged.v1',
		record: 'door-merged',
		body: { into: 'door-3' }
	});
	return world;
}

function person(record: string, home: string, body: Record<string, unknown> = {}): Said {
	return {
		kind: 'resident.registered.v1',
		record,
		body: { household: home, name: '某居民', ...body }
	};
}

const said = {
	'household.registered.v1': { record: 'door-new', body: address },
	'household.corrected.v1': { record: 'door-1', body: { head: '改名', reason: '写错' } },
	'household.linked.v1': { record: 'door-1', body: { member: people.secondMember, from: 0 } },
	'household.confirmed.v1': { record: 'door-2', body: {} },
	'household.moved-out.v1': { record: 'door-1', body: { reason: '搬走' } },
	'household.returned.v1': { record: 'door-out', body: { reason: '又搬回来' } },
	'household.merged.v1': { record: 'door-2', body: { into: 'door-1' } },
	'household.unmerged.v1': { record: 'door-merged', body: { reason: '不是一户' } },
	'household.split.v1': { record: 'door-1', body: { into: 'door-4' } },
	'household.voided.v1': { record: 'door-2', body: { reason: '走错了门' } },
	'resident.registered.v1': { record: 'person-2', body: { household: 'door-1', name: '某某' } },
	'resident.corrected.v1': { record: 'person-1', body: { name: '改名', reason: '写错' } },
	'resident.moved.v1': { record: 'person-1', body: { household: 'door-3' } },
	'resident.left.v1': { record: 'person-1', body: { why: 'movedAway' } },
	'resident.returned.v1': { record: 'person-gone', body: { reason: '回来住' } },
	'resident.voided.v1': { record: 'person-1', body: { reason: '没有这个人' } }
} as const satisfies Record<string, Omit<Said, 'kind'>>;
type Kind = keyof typeof said;

/** Everybody, by what they are to door-1 (linked), door-2 (opened by the member) and person-1. */
const who = [
	'secretary',
	'worker',
	'member',
	'secondMember',
	'officer',
	'district',
	'stranger'
] as const;
type Who = (typeof who)[number];

const desk: readonly Who[] = ['secretary', 'worker'];
const may: Readonly<Record<Kind, readonly Who[]>> = {
	'household.registered.v1': [...desk, 'member', 'secondMember'],
	'household.corrected.v1': [...desk, 'member'],
	'household.linked.v1': desk,
	'household.confirmed.v1': desk,
	'household.moved-out.v1': desk,
	'household.returned.v1': desk,
	'household.merged.v1': desk,
	'household.unmerged.v1': desk,
	'household.split.v1': desk,
	'household.voided.v1': [...desk, 'member'],
	'resident.registered.v1': desk,
	'resident.corrected.v1': desk,
	'resident.moved.v1': desk,
	'resident.left.v1': desk,
	'resident.returned.v1': desk,
	'resident.voided.v1': desk
};

describe('who may say what of a door and of a person in it', () => {
	// Of the record's keys each is a Kind.
	const kinds = Object.keys(said) as Kind[];
	test('the table knows every kind of both families', () => {
		const all = [...Object.keys(family.kinds), ...Object.keys(residents.kinds)];
		// What another file of the family adds has a table of its own.
		expect(all).toEqual(expect.arrayContaining(kinds));
	});
	test.each(kinds.flatMap((kind) => who.map((one) => ({ kind, one }))))(
		'$kind by $one',
		({ kind, one }) => {
			const world = street();
			const verdict = world.says(people[one], { kind, ...said[kind] }).verdict;
			expect(verdict === 'accepted').toBe(may[kind].includes(one));
			if (verdict !== 'accepted') expect(verdict).toBe('refused');
		}
	);
	test.each(kinds)('%s of another community is refused to its desk', (kind) => {
		const world = street();
		const answer = world.says(people.secretary, { kind, ...said[kind], org: OTHER_COMMUNITY });
		expect(answer.verdict).toBe('refused');
	});
});

test.each([
	[{ tier: 'high' }, false],
	[{ head: '改名', tier: 'general' }, false],
	[{ householdNo: '3-7' }, false],
	[{ householdNo: null }, false],
	[{ head: '改名', room: '302', size: 3, tenure: 'rented', groups: ['livingAlone'] }, true]
])(
	'who looks after a door corrects what is seen there, not what the desk decides: %j',
	(body, ok) => {
		const said = (by: 'member' | 'worker') => {
			const entry = { kind: 'household.corrected.v1', record: 'door-1' };
			return street().says(people[by], { ...entry, body: { ...body, reason: '写错' } });
		};
		expect(said('member')).toMatchObject(ok ? { verdict: 'accepted' } : { reason: 'not-allowed' });
		expect(said('worker')).toMatchObject({ verdict: 'accepted' });
	}
);

test('a member voids the door they opened themselves only until the desk has confirmed it', () => {
	const world = street();
	world.says(people.secretary, { kind: 'household.confirmed.v1', record: 'door-2', body: {} });
	const late = { kind: 'household.voided.v1', record: 'door-2', body: { reason: '走错了门' } };
	expect(world.says(people.member, late)).toMatchObject({ reason: 'not-allowed' });
});

test('[A1] a person lives where their household is read: with the desk and the linked member', () => {
	const world = street();
	const holding = () =>
		[...world.ledgers]
			.filter(([, elements]) => elements.some(({ head }) => head.record === 'person-1'))
			.map(([name]) => name)
			.sort();
	expect(holding()).toEqual([
		`desk/${COMMUNITY}/standing`,
		`member/${people.member}/${COMMUNITY}/standing`
	]);
	expect(residents.leansOn?.(world.row('person-1'))).toEqual(['door-1']);
	const row = world.row<ResidentRow>('person-1');
	const unlinked: Refs = new Map([
		[RecordId.parse('door-1'), { ...world.row<HouseholdRow>('door-1'), linkedMember: undefined }]
	]);
	expect(residents.audience(row, unlinked)).toEqual([`desk/${COMMUNITY}/standing`]);
});

test('[J3] a door out of the register is neither linked, merged nor moved out again', () => {
	const world = street();
	for (const kind of ['linked', 'merged', 'moved-out'] as const) {
		const { body } = said[`household.${kind}.v1`];
		const answer = world.says(people.secretary, {
			kind: `household.${kind}.v1`,
			record: 'door-out',
			body
		});
		expect(answer, kind).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	}
});

test('a door merged by mistake comes back as it was', () => {
	const world = street();
	const merge = { kind: 'household.merged.v1', record: 'door-2', body: { into: 'door-1' } };
	const back = { kind: 'household.unmerged.v1', record: 'door-2', body: { reason: '两户' } };
	world.says(people.secretary, merge);
	world.says(people.secretary, back);
	const { state, mergedInto } = world.row<HouseholdRow>('door-2');
	expect({ state, mergedInto }).toEqual({ state: 'unconfirmed', mergedInto: undefined });
});

test('an undone import comes back by the same import alone', () => {
	const world = street();
	const first = { ...person('person-3', 'door-1', { importId: 'one' }) };
	const voids = { kind: 'resident.voided.v1', record: 'person-3', body: { reason: '撤销' } };
	world.says(people.secretary, first);
	world.says(people.secretary, voids);
	expect(world.says(people.secretary, person('person-3', 'door-1'))).toMatchObject({
		verdict: 'noted'
	});
	const again = person('person-3', 'door-1', { importId: 'two', name: '某居民' });
	expect(world.says(people.secretary, again).verdict).toBe('accepted');
	expect(world.row<ResidentRow>('person-3')).toMatchObject({ state: 'here', importId: 'two' });
});

test('a visit to a merged door reaches the household it turned out to be, once', () => {
	const world = street();
	world.says(people.member, visit('visit-1', 'door-1'));
	world.says(people.member, visit('visit-2', 'door-2'));
	const count = () => {
		const facts = [...world.rows.values()].flatMap((row) => {
			const fact = familyNamed(row.family)?.fact?.(row);
			return fact === undefined ? [] : [{ record: row.record, fact }];
		});
		return figures(facts, { from: '2026-11-01', to: '2026-11-30' }, world.now);
	};
	expect(count().householdsReached).toBe(2);
	world.says(people.secretary, {
		kind: 'household.merged.v1',
		record: 'door-2',
		body: { into: 'door-1' }
	});
	expect(count()).toMatchObject({ householdsReached: 1, visits: 2 });
});

/** One deed of the desk on five doors, drawn by chance. */
const deed = fc.record({
	what: fc.constantFrom(
		'merged',
		'unmerged',
		'split',
		'moved-out',
		'returned',
		'confirmed',
		'voided'
	),
	door: fc.integer({ min: 0, max: 4 }),
	other: fc.integer({ min: 0, max: 4 })
});

test('merging, splitting and leaving in any order never makes a circle, and every visit finds its door', () => {
	fc.assert(
		fc.property(fc.array(deed, { maxLength: 24 }), (deeds) => {
			const world = foundedWorld();
			const name = (n: number) => `door-${n}`;
			for (let n = 0; n < 5; n++)
				world.says(n % 2 === 0 ? people.secretary : people.member, {
					...household(name(n)),
					body: { ...address, room: String(n), ...(n === 4 ? { splitFrom: 'door-0' } : {}) }
				});
			for (const { what, door, other } of deeds) {
				const body = bodyOf(what, name(other));
				world.says(people.secretary, { kind: `household.${what}.v1`, record: name(door), body });
			}
			const doors = new Map(
				[...world.rows.values()].filter(isHousehold).map((row) => [row.record, row])
			);
			for (const row of doors.values()) {
				const stands = doorStandingFor(row, doors);
				expect(stands.state === 'merged').toBe(false);
				expect(isLive(row)).toBe(row.state === 'active' || row.state === 'unconfirmed');
				if (row.state === 'merged') expect(row.mergedInto).not.toBe(row.record);
				else if (row.state !== 'voided') expect(row.mergedInto).toBeUndefined();
			}
		}),
		{ seed: 20261125, numRuns: 300 }
	);
});

function bodyOf(what: string, other: string): Record<string, unknown> {
	if (what === 'merged' || what === 'split') return { into: other };
	return what === 'confirmed' ? {} : { reason: '核对' };
}

test('a door that moved out says when, until it is back; its number in the register can be emptied', () => {
	const world = street();
	const say = (kind: string, body: Record<string, unknown>) =>
		world.says(people.secretary, { kind: `household.${kind}.v1`, record: 'door-1', body });
	say('corrected', { householdNo: '0017', reason: '补上' });
	expect(world.row<HouseholdRow>('door-1').householdNo).toBe('0017');
	say('corrected', { householdNo: null, reason: '不是这户' });
	expect(world.row<HouseholdRow>('door-1').householdNo).toBeUndefined();
	say('moved-out', { reason: '搬走' });
	expect(world.row<HouseholdRow>('door-1').movedOutAt).toBe(world.now);
	say('returned', { reason: '又搬回来' });
	expect(world.row<HouseholdRow>('door-1').movedOutAt).toBeUndefined();
});

test('a door is planned for a day that exists, and for no other', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('d-1', people.member));
	const plans = (from: string) =>
		world.says(people.secretary, {
			kind: 'household.link-planned.v1',
			record: 'd-1',
			body: { member: people.secondMember, from }
		});
	expect(plans('2099-02-30')).toMatchObject({ verdict: 'refused' });
	expect(plans('2099-02-28')).toMatchObject({ verdict: 'accepted' });
});
