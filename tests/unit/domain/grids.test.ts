/** 网格: whose a building is, what contradicts itself, who may divide, and two desks at once. */
import { expect, test } from 'vitest';
import { gridOf, gridProblems, gridsRecord, type BuildingRange, type Grid } from '#domain/grids.ts';
import type { GridsRow } from '#domain/kinds/grids.ts';
import { deskLedger, STANDING } from '#domain/ledgers.ts';
import { gridChanges } from '#lib/homes/grid-words.ts';
import { COMMUNITY, foundedWorld, OTHER_COMMUNITY, people } from '../../support/tell.ts';

const ESTATE = '梧桐里小区';
const RECORD = gridsRecord(COMMUNITY);

function range(buildings?: readonly string[], estate = ESTATE): BuildingRange {
	return { estate, ...(buildings && { buildings: [...buildings] }) };
}

function grid(no: string, ...ranges: BuildingRange[]): Grid {
	return { no, ranges };
}

function divides(grids: readonly Grid[], more: object = {}) {
	return { kind: 'grids.divided.v1', record: RECORD, body: { grids, ...more } };
}

test('a door is in the grid whose buildings name its own, or whose estate is meant whole', () => {
	const grids = [grid('01', range(['3', '10'])), grid('02', range(undefined, '石榴小区'))];
	const at = (estate: string, building: string) => gridOf(grids, { estate, building })?.no;
	expect([at(ESTATE, '3'), at(ESTATE, '10'), at(ESTATE, '1')]).toEqual(['01', '01', undefined]);
	expect([at('石榴小区', ''), at('石榴小区', '7')]).toEqual(['02', '02']);
});

test.each([
	['a number twice', [grid('01'), grid('01')], [{ code: 'same-number', no: '01' }]],
	[
		'a building in two grids',
		[grid('01', range(['1', '2'])), grid('02', range(['2', '3']))],
		[{ code: 'overlap', nos: ['01', '02'], estate: ESTATE, building: '2' }]
	],
	[
		'a building of an estate that another has whole',
		[grid('01', range()), grid('02', range(['2']))],
		[{ code: 'overlap', nos: ['01', '02'], estate: ESTATE, building: '2' }]
	],
	[
		'an estate whole in two grids',
		[grid('01', range()), grid('02', range())],
		[{ code: 'overlap', nos: ['01', '02'], estate: ESTATE }]
	],
	[
		'a building twice in one grid',
		[grid('01', range(['1']), range(['1']))],
		[{ code: 'overlap', nos: ['01', '01'], estate: ESTATE, building: '1' }]
	],
	[
		'the same number in two estates',
		[grid('01', range(['1'])), grid('02', range(['1'], '石榴小区'))],
		[]
	]
])('%s', (_what, grids, problems) => {
	expect(gridProblems(grids)).toEqual(problems);
	const judged = foundedWorld().says(people.secretary, divides(grids));
	expect(judged).toMatchObject(
		problems.length === 0
			? { verdict: 'accepted' }
			: { verdict: 'refused', reason: 'contradiction' }
	);
});

test('a desk divides its own community alone, and the desk alone reads it', () => {
	const world = foundedWorld();
	const said = divides([grid('01', range(['1']))]);
	expect(world.says(people.worker, said).verdict).toBe('accepted');
	expect(world.says(people.worker, said)).toMatchObject({ reason: 'nothing-changed' });
	const from = (org: typeof COMMUNITY) => world.says(people.stranger, { ...said, org });
	expect(from(COMMUNITY)).toMatchObject({ reason: 'no-duty' });
	expect(from(OTHER_COMMUNITY)).toMatchObject({ reason: 'other-organisation' });
	expect(world.says(people.member, divides([]))).toMatchObject({ reason: 'not-allowed' });
	expect(world.readers.get(RECORD)).toEqual([deskLedger(COMMUNITY, STANDING)]);
});

test('[E4] two desks that did not see each other: the later table stands, the other is kept until one decides', () => {
	const world = foundedWorld();
	const [one, other] = [[grid('01', range(['1']))], [grid('02', range(['2']))]];
	world.says(people.secretary, { ...divides(one), rev: 0 });
	world.says(people.worker, { ...divides(other), rev: 0 });
	const row = () => world.row<GridsRow>(RECORD);
	expect(row().grids).toEqual(other);
	expect(row().conflicts).toMatchObject([{ field: 'grids', stands: other, other: one }]);
	world.says(people.secretary, divides(other, { reason: '核对过', settles: ['grids'] }));
	expect(row().conflicts).toBeUndefined();
	expect(row().grids).toEqual(other);
});

test('a history tells the grids that differ, not the whole table', () => {
	const [east, west] = [grid('01', range(['1'])), grid('02', range(['2']))];
	const wider = grid('02', range(['2', '3']));
	expect(gridChanges([east, west], [east, wider, grid('03')])).toEqual([
		{ no: '02', from: west, to: wider },
		{ no: '03', from: undefined, to: grid('03') }
	]);
	expect(gridChanges(undefined, undefined)).toEqual([]);
});
