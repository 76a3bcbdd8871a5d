/** Quarters as the desk chooses them. */
import { expect, test } from 'vitest';
import { quarterOptions, recentQuarters, spanOf } from '#lib/ui/quarters.ts';

test('the quarters before this one, across the turn of a year', () => {
	const newYear = Date.parse('2026-01-01T00:00:00+08:00');
	expect(recentQuarters(newYear, 3)).toEqual(['2026Q1', '2025Q4', '2025Q3']);
	expect(recentQuarters(newYear - 1, 1)).toEqual(['2025Q4']);
	expect(spanOf('2025Q4')).toEqual({ from: '2025-10-01', to: '2025-12-31' });
	expect(quarterOptions(newYear, 1)).toEqual([{ value: '2026Q1', words: '2026年第一季度' }]);
});
