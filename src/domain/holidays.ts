/** The State Council's yearly notices of days off and make-up working days, as shipped; a setting replaces it. */
import type { HolidayTable } from './calendar.ts';

export const builtInHolidays: HolidayTable = {
	years: [2025, 2026],
	off: [
		// 2025: 元旦, 春节, 清明节, 劳动节, 端午节, 国庆节和中秋节
		'2025-01-01',
		...days('2025-01', 28, 31),
		...days('2025-02', 1, 4),
		...days('2025-04', 4, 6),
		...days('2025-05', 1, 5),
		'2025-05-31',
		...days('2025-06', 1, 2),
		...days('2025-10', 1, 8),
		// 2026: 元旦, 春节, 清明节, 劳动节, 端午节, 中秋节, 国庆节
		...days('2026-01', 1, 3),
		...days('2026-02', 15, 23),
		...days('2026-04', 4, 6),
		...days('2026-05', 1, 5),
		...days('2026-06', 19, 21),
		...days('2026-09', 25, 27),
		...days('2026-10', 1, 7)
	],
	work: [
		'2025-01-26',
		'2025-02-08',
		'2025-04-27',
		'2025-09-28',
		'2025-10-11',
		'2026-01-04',
		'2026-02-14',
		'2026-02-28',
		'2026-05-09',
		'2026-09-20',
		'2026-10-10'
	]
};

function days(month: string, first: number, last: number): string[] {
	return Array.from(
		{ length: last - first + 1 },
		(_, index) => `${month}-${String(first + index).padStart(2, '0')}`
	);
}
