import { describe, expect, test } from 'vitest';
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { organisation } from '#domain/kinds/organisation.ts';
import type { Role } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';
import { duty, unit } from '../../support/directory-rows.ts';
import {
	aboutChanges,
	aboutErrors,
	aboutFrom,
	closingBlocks,
	closingNote,
	codeFor,
	emptyUnit,
	levelsToAdd,
	nameErrors,
	parentsFor,
	unitErrors,
	unitSays,
	type NewUnit
} from '#lib/units/unit-form.ts';
import { unitFacts } from '#lib/units/unit-tree.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');
const { need } = m.desktop.units.new;
const words = m.desktop.units.unit;

const district = unit('110101000000', '云桥区', 'district');
const street = unit('110101001000', '杨柳街道', 'subdistrict', district.org);
const other = unit('110105000000', '古渡街道', 'subdistrict', district.org);
const shut = {
	...unit('110101003000', '旧街道', 'subdistrict', district.org),
	state: 'closed' as const
};
const community = unit('110101001001', '石榴社区', 'community', street.org);
const gone = {
	...unit('110101001009', '桂花社区', 'community', street.org),
	state: 'closed' as const
};
const units = [district, street, other, shut, community, gone];
const at = (role: Role, org: OrgId) => ({ role, org });
const FRESH = RecordId.parse('01934c5e-0000-7000-8000-00000000002a');

describe('each role is offered what the judge lets it add', () => {
	const table: readonly (readonly [Role, OrgId, readonly string[]])[] = [
		['districtOfficer', district.org, ['subdistrict', 'community', 'departmentUnit']],
		['admin', district.org, ['subdistrict', 'community', 'departmentUnit']],
		['subdistrictOfficer', street.org, ['community']],
		['communitySecretary', community.org, []],
		['communityWorker', community.org, []],
		['member', community.org, []],
		['volunteer', community.org, []]
	];
	test.each(table)('%s', (role, org, levels) => {
		expect(levelsToAdd(units, at(role, org))).toEqual(levels);
		const refs = new Map(units.map((row) => [row.record, row]));
		const actor = { person: PersonId.parse('p'), role, org };
		const may = organisation.kinds['organisation.created.v1']?.may;
		for (const level of ['subdistrict', 'community', 'departmentUnit'] as const)
			for (const parent of parentsFor(level, units, at(role, org))) {
				const said = unitSays(
					{ ...emptyUnit(), name: '新' },
					{ level, parent: parent.org, org: OrgId.parse('X1') }
				);
				expect(may?.(actor, said as never, null, refs as never)).toBe(true);
			}
	});
	test('a sub-district adds under itself alone, nobody under what is closed', () => {
		const own = at('subdistrictOfficer', street.org);
		expect(parentsFor('community', units, own)).toEqual([street]);
		const all = parentsFor('community', units, at('districtOfficer', district.org));
		expect(all).toEqual([street, other]);
	});
});

describe('what is to be mended before a unit is added', () => {
	const form = (changes: Partial<NewUnit>): NewUnit => ({
		...emptyUnit(),
		level: 'community',
		name: '荷花社区',
		...changes
	});
	const said = (changes: Partial<NewUnit>, parent = street) =>
		unitErrors(form(changes), parent, units).map(({ message }) => message);

	test('nothing, with a code of its own or without one', () => {
		expect(said({})).toEqual([]);
		expect(said({ code: '１１０１０１ 001003' })).toEqual([]);
		expect(said({ level: 'departmentUnit', code: '110000000001' }, district)).toEqual([]);
	});
	test('level, parent and name are asked for', () => {
		const errors = unitErrors(emptyUnit(), undefined, units);
		expect(errors.map(({ field }) => field)).toEqual(['level', 'name']);
		expect(unitErrors(form({}), undefined, units)).toMatchObject([{ field: 'parent' }]);
		expect(said({ name: '长'.repeat(61) })).toEqual([need.shorterName(60)]);
	});
	test('the same name beside it, however it is spaced; not elsewhere, nor of what is closed', () => {
		expect(said({ name: ' 石榴 社区' })).toEqual([need.sameName('杨柳街道', '石榴社区')]);
		expect(said({ name: '石榴社区' }, other)).toEqual([]);
		expect(said({ name: '桂花社区' })).toEqual([]);
	});
	test('a code that is no code, that is taken, also by what is closed, or that belongs elsewhere', () => {
		expect(said({ code: '11010100100' })).toEqual([need.code]);
		expect(said({ code: '11010100100X' })).toEqual([need.code]);
		expect(said({ code: community.org })).toEqual([need.codeTaken('石榴社区')]);
		expect(said({ code: gone.org })).toEqual([need.codeTaken('桂花社区')]);
		expect(said({ code: '110101002003' })).toEqual([need.codeElsewhere('杨柳街道', '110101001')]);
	});
	test('without a code it has one that is no division', () => {
		expect(codeFor(form({}), FRESH)).toBe('X00000000042');
		expect(codeFor(form({ code: '１１０１０１001003' }), FRESH)).toBe('110101001003');
	});
});

test('a unit may keep its name, and take none that stands beside it', () => {
	const lotus = unit('X1', '荷花社区', 'community', street.org);
	expect(nameErrors('荷花社区', street, [...units, lotus], lotus.org)).toEqual([]);
	expect(nameErrors('石榴社区', street, [...units, lotus], lotus.org)).toHaveLength(1);
});

describe('a unit is closed when nobody answers for it and nothing is open', () => {
	const known = { units, duties: [], open: 0, now: NOW };
	test('free', () => expect(closingBlocks(community, known)).toEqual([]));
	test('not with officials in office', () => {
		const duties = [
			duty('wang', 'communitySecretary', community.org),
			duty('old', 'communityWorker', community.org, { from: 0, to: NOW - 1 }),
			duty('gu', 'subdistrictOfficer', street.org)
		];
		const who = m.records.who('wang名', m.roles.communitySecretary);
		expect(closingBlocks(community, { ...known, duties })).toEqual([words.stillHere(who)]);
	});
	test('not with units below it that stand', () => {
		expect(closingBlocks(street, known)).toEqual([words.stillBelow('石榴社区')]);
		expect(closingBlocks(other, known)).toEqual([]);
	});
	test('not with open demands', () => {
		expect(closingBlocks(community, { ...known, open: 2 })).toEqual([words.stillOpen(2)]);
	});
	test('it says what stays', () => {
		expect(closingNote(community, 3)).toContain(words.closeDoors(3));
		expect(closingNote(street, 0)).toBe(words.closeNote);
	});
});

test('of what a unit is known by only what differs is said; what was emptied is said to be so', () => {
	const known = { ...street, secretary: '张某', officeAddress: '桃花路 1 号' };
	const before = aboutFrom(known);
	const typed = { ...before, secretary: ' ', centreName: '桃花  党员之家 ' };
	expect(aboutChanges(before, before)).toEqual({});
	expect(aboutChanges(before, typed)).toEqual({ secretary: null, centreName: '桃花 党员之家' });
	expect(aboutErrors(typed)).toEqual([]);
	expect(aboutErrors({ ...typed, secretary: '张'.repeat(41) })).toMatchObject([
		{ field: 'secretary', message: m.people.card.need.shorter('党组织书记', 40) }
	]);
});

test('a unit’s page says of it what is known, and nothing of the rest', () => {
	const known = { ...community, secretary: '张某', phone: '0571-1', centreHours: '每天' };
	const facts = unitFacts(known, { organisations: units, duties: [], now: NOW });
	expect(facts.slice(4).map(({ words: said }) => said)).toEqual(['张某', '0571-1', '每天']);
	expect(unitFacts(community, { organisations: units, duties: [], now: NOW })).toHaveLength(4);
});
