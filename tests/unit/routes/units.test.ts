import { expect, test } from 'vitest';
import { duty, unit } from '../../support/directory-rows.ts';
import { countAt, searched, unitTree } from '#lib/units/unit-tree.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');
const organisations = [
	unit('c1', '河滨社区', 'community', 's1'),
	unit('d', '某区', 'district'),
	unit('s1', '桥东街道', 'subdistrict', 'd'),
	unit('s2', '桥西街道', 'subdistrict', 'd'),
	unit('c2', '古渡社区', 'community', 's2'),
	unit('x', '水务局', 'departmentUnit', 'd')
];
const duties = [
	duty('wang', 'communitySecretary', 'c1'),
	duty('zheng', 'subdistrictOfficer', 's1'),
	duty('zhou', 'admin', 'd'),
	duty('li', 'member', 'c1'),
	duty('old', 'communityWorker', 'c1', { from: 0, to: NOW - 1 }),
	duty('gu', 'communitySecretary', 'c2')
];

test('the tree holds every unit once, officials by name, members not', () => {
	const tree = unitTree({ organisations, duties, now: NOW });
	expect(tree).toMatchObject([
		{
			org: 'd',
			officials: [{ name: 'zhou名', role: 'admin' }],
			children: [
				{ org: 's1', children: [{ org: 'c1', officials: [{ name: 'wang名' }], children: [] }] },
				{ org: 's2', children: [{ org: 'c2' }] },
				{ org: 'x', children: [] }
			]
		}
	]);
	expect(countAt(tree, 'community')).toBe(2);
	expect(countAt(tree, 'departmentUnit')).toBe(1);
});

test('a unit whose parent is not held stands at the top, none is lost', () => {
	const held = organisations.filter(({ org }) => org !== 's1');
	const tree = unitTree({ organisations: held, duties: [], now: NOW });
	expect(tree.map(({ org }) => org)).toEqual(['c1', 'd']);
});

test('a search keeps the way up and all below', () => {
	const tree = unitTree({ organisations, duties, now: NOW });
	expect(searched(tree, 'gu')).toMatchObject([{ org: 'd', children: [{ org: 's2' }] }]);
	expect(searched(tree, '桥东')).toMatchObject([
		{ org: 'd', children: [{ org: 's1', children: [{ org: 'c1' }] }] }
	]);
	expect(searched(tree, 'nothing')).toEqual([]);
});

test('what is closed stays in the tree and is not counted', () => {
	const closed = organisations.map((row) =>
		row.org === 'c2' ? { ...row, state: 'closed' as const } : row
	);
	const tree = unitTree({ organisations: closed, duties, now: NOW });
	expect(countAt(tree, 'community')).toBe(1);
	expect(searched(tree, 'c2')).toMatchObject([{ children: [{ children: [{ isClosed: true }] }] }]);
});
