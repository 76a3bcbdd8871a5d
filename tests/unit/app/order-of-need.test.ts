import { expect, test } from 'vitest';
import { inOrderOfNeed } from '#lib/sync/ledger-sync.ts';

test('[R7] the directory comes first, then standing, then the newest quarter; boards and facts last', () => {
	const needed = [
		'directory',
		'desk/990101001000/standing',
		'member/p-1/990101001000/standing',
		'desk/990101001000/2026Q4',
		'member/p-1/990101001000/2026Q4',
		'desk/990101001000/2026Q3',
		'board/990101001000/standing',
		'board/990101001000/2026Q4',
		'facts/990101001000/2026Q4',
		'facts/990101001000/2026Q3'
	];
	expect(inOrderOfNeed([...needed].reverse())).toEqual(needed);
	expect(inOrderOfNeed([...needed].sort())).toEqual(needed);
});
