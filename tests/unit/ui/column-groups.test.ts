// The two-row header of a table.
import { expect, test } from 'vitest';
import { columnGroups } from '#lib/ui/column-groups.ts';

test('neighbours of one group stand together, the same group apart stands twice', () => {
	const groups = columnGroups([
		{ id: 'a' },
		{ id: 'b', group: 'visits' },
		{ id: 'c', group: 'visits' },
		{ id: 'd' },
		{ id: 'e', group: 'visits' }
	]);
	expect(groups.map((group) => [group.title, group.columns.map((column) => column.id)])).toEqual([
		[undefined, ['a']],
		['visits', ['b', 'c']],
		[undefined, ['d']],
		['visits', ['e']]
	]);
});
