/** 没人包联: doors nobody was given, and doors whose member has left or is 暂停. */
import { expect, test } from 'vitest';
import { addDays, dayOf } from '#domain/calendar.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { buildingStatuses, carersWords } from '#lib/homes/building-words.ts';
import { countDoors, estatesOf, gapOf } from '#lib/homes/buildings.ts';
import { dividedBy } from '#lib/homes/grids.ts';
import { householdStatuses } from '../../../src/routes/residents/people.ts';
import { foundedWorld, household, MORNING, people } from '../../support/tell.ts';

const names = new Map<string, string>([
	[people.member, '甲'],
	[people.secondMember, '乙']
]);

/** One door with each member, one with nobody; `serving` are those who have a duty now and are not away. */
function doorsWith(serving: readonly string[]) {
	const world = foundedWorld();
	const given = { first: people.member, second: people.secondMember, none: null };
	for (const [record, member] of Object.entries(given)) {
		world.says(people.secretary, household(record));
		world.says(people.secretary, {
			kind: 'household.linked.v1',
			record,
			body: { member, from: 0 }
		});
	}
	const doors = () =>
		Object.keys(given).map((record) => {
			const row = world.row<HouseholdRow>(record);
			const gap = gapOf(row, serving);
			return { row, pending: false, stage: 'folded' as const, gap };
		});
	return { world, doors };
}

test('a door whose member has left is a gap beside one that nobody was given, each in its own words', () => {
	const doors = doorsWith([people.secondMember]).doors();
	expect(doors.map(({ gap }) => gap)).toEqual(['left', null, 'nobody']);
	const count = countDoors(doors);
	expect(count).toMatchObject({ doors: 3, gaps: 2, left: 1 });
	expect(buildingStatuses(count)).toEqual([
		{ is: 'overdue', words: '1 户没人包联' },
		{ is: 'overdue', words: '1 户原包联不在岗' }
	]);
	expect(doors.map((door) => householdStatuses(door).map(({ words }) => words))).toEqual([
		['原包联不在岗'],
		[],
		['没人包联']
	]);
	expect(carersWords(doors, names)).toBe('乙');
});

test('a building and a grid count it too', () => {
	const estates = estatesOf(doorsWith([]).doors());
	expect(estates[0]?.buildings[0]?.count).toMatchObject({ gaps: 3, left: 2 });
	const [first] = estates;
	const grid = { no: '01', ranges: [{ estate: first?.estate ?? '' }] };
	expect(dividedBy([grid], estates).grids[0]?.count).toMatchObject({ gaps: 3, left: 2 });
	expect(carersWords(doorsWith([]).doors(), names)).toBe('还没有人');
});

test('a door lent to somebody who serves is looked after; one out of the register is no gap', () => {
	const { world, doors } = doorsWith([people.secondMember]);
	const until = addDays(dayOf(MORNING), 7);
	world.says(people.secretary, {
		kind: 'household.lent.v1',
		record: 'first',
		body: { to: people.secondMember, until }
	});
	world.says(people.secretary, {
		kind: 'household.moved-out.v1',
		record: 'none',
		body: { reason: '搬走了' }
	});
	expect(doors().map(({ gap }) => gap)).toEqual([null, null, null]);
});
