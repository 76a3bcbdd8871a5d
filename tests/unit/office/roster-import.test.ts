/** An imported roster beside the people already here: nobody twice, nothing overwritten unasked. */
import { expect, test } from 'vitest';
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { parseRoster, type ListedPerson } from '#domain/import/parse-roster.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import type { Role } from '#domain/people.ts';
import {
	planRoster,
	registeringSays,
	updatingSays,
	type RosterKnown
} from '#lib/office/roster-import.ts';
import { COMMUNITY, foundedWorld, MORNING, people as seats } from '../../support/tell.ts';

const world = foundedWorld();
const community = world.row<OrganisationRow>(COMMUNITY);
const header = ['姓名', '手机', '角色', '特长', '社区'];

function listed(...rows: readonly (readonly string[])[]): readonly ListedPerson[] {
	const { people, problems } = parseRoster({ name: '表', rows: [header, ...rows], merges: [] });
	expect(problems).toEqual([]);
	return people;
}

function known(cards: readonly PersonRow[], more: Partial<RosterKnown> = {}): RosterKnown {
	return {
		cards,
		officials: [],
		usualRole: 'member',
		roles: ['member', 'volunteer'],
		placesFor: () => [community],
		roleName: (role: Role) => role,
		...more
	};
}

function card(name: string, more: Partial<PersonRow> = {}): PersonRow {
	const id = `card-${name.codePointAt(0)}`;
	return {
		...world.row<PersonRow>(seats.member),
		record: RecordId.parse(id),
		person: PersonId.parse(id),
		name,
		...more
	};
}

test('the whole roster is registered once: imported again, everybody is here', () => {
	const told = foundedWorld();
	const rows = Array.from({ length: 45 }, (_, i) => [
		`第${i}人`,
		String(13800001000 + i),
		i % 3 === 0 ? '志愿者' : '党员',
		'理发'
	]);
	let next = 0;
	const newRecord = () => RecordId.parse(`made-${(next += 1)}`);
	const plan = planRoster(listed(...rows), known([]));
	expect(plan.fresh).toHaveLength(45);
	const commits = registeringSays(plan.fresh, MORNING, newRecord);
	expect(commits.map((commit) => commit.length)).toEqual([20, 20, 20, 20, 10]);
	for (const said of commits.flat())
		expect(told.says(seats.secretary, said).verdict).toBe('accepted');
	const cards = [...told.rows.values()].filter((row): row is PersonRow => row.family === 'person');
	const again = planRoster(listed(...rows), known(cards));
	expect(again).toMatchObject({ fresh: [], differing: [], problems: [] });
	expect(again.here).toHaveLength(45);
});

test('people are known again by phone, else by name; who cannot be told apart is a problem', () => {
	const cards = [
		card('甲', { phone: '138 0000 1001' }),
		card('乙', { phone: '' }),
		card('丙', { phone: '13800001003' }),
		card('丁'),
		card('丁', { record: RecordId.parse('other') })
	];
	const plan = planRoster(
		listed(
			['甲', '13800001001'],
			['乙', '13800001002'],
			['丙', '13800009999'],
			['子', '13800001003'],
			['丁', '']
		),
		known(cards)
	);
	expect(plan.here.map(({ name }) => name)).toEqual(['甲']);
	expect(plan.differing.map(({ listed: { name }, changes }) => [name, changes])).toEqual([
		['乙', { phone: '13800001002' }]
	]);
	expect(plan.fresh).toEqual([]);
	expect(plan.problems).toEqual([
		{ row: 4, code: 'same-name', value: '丙' },
		{ row: 5, code: 'phone-of-another', value: '丙' },
		{ row: 6, code: 'same-name', value: '丁' }
	]);
});

test('a blank cell changes nothing, and a correction says what differs', () => {
	const cards = [card('甲', { phone: '13800001001', branch: '第一党支部', skills: ['书法'] })];
	const plan = planRoster(listed(['甲', '', '', '理发、书法']), known(cards));
	expect(plan.differing).toMatchObject([{ changes: { skills: ['理发', '书法'] } }]);
	expect(updatingSays(plan.differing, '更新')).toEqual([
		[
			{
				kind: 'person.corrected.v1',
				record: cards[0]?.record,
				body: { skills: ['理发', '书法'], reason: '更新' }
			}
		]
	]);
});

test('a role or a place that is not given here is a problem of its row', () => {
	const other: OrganisationRow = { ...community, org: OrgId.parse('other'), name: '书院社区' };
	const both = known([], { placesFor: () => [community, other] });
	const plan = planRoster(
		listed(
			['甲', '', '书记', '', '梧桐里社区'],
			['乙', '', '党员', '', '书院'],
			['丙', '', '党员', '', '没有的社区'],
			['丁', '', '党员', '', '']
		),
		both
	);
	expect(plan.fresh.map(({ listed: { name }, place }) => [name, place.name])).toEqual([
		['乙', '书院社区']
	]);
	expect(plan.problems).toEqual([
		{ row: 2, code: 'role-not-yours', value: 'communitySecretary' },
		{ row: 4, code: 'unknown-place', value: '没有的社区' },
		{ row: 5, code: 'unknown-place', value: '' }
	]);
});

test('an official whose card stands elsewhere is known by the duty', () => {
	const officials = [{ name: '甲', role: 'communitySecretary', org: COMMUNITY }] as const;
	const plan = planRoster(
		listed(['甲', '', '社区书记'], ['乙', '', '']),
		known([], { officials, roles: ['communitySecretary'], usualRole: null })
	);
	expect(plan.here.map(({ name }) => name)).toEqual(['甲']);
	expect(plan.problems).toEqual([{ row: 3, code: 'unknown-role', value: '' }]);
});
