/** The notices that are shipped, with the names they give the days. */
import { dayOf, startOfDay, type Day } from './calendar.ts';
import type { Notice, Notices } from './holidays.ts';
import { DAY } from './spans.ts';

export const builtInNotices: Notices = {
	2025: {
		days: [
			...off('2025-01-01', '2025-01-01', '元旦'),
			...work('2025-01-26', '春节'),
			...off('2025-01-28', '2025-02-04', '春节'),
			...work('2025-02-08', '春节'),
			...off('2025-04-04', '2025-04-06', '清明节'),
			...work('2025-04-27', '劳动节'),
			...off('2025-05-01', '2025-05-05', '劳动节'),
			...off('2025-05-31', '2025-06-02', '端午节'),
			...work('2025-09-28', '国庆节、中秋节'),
			...off('2025-10-01', '2025-10-08', '国庆节、中秋节'),
			...work('2025-10-11', '国庆节、中秋节')
		]
	},
	2026: {
		days: [
			...off('2026-01-01', '2026-01-03', '元旦'),
			...work('2026-01-04', '元旦'),
			...work('2026-02-14', '春节'),
			...off('2026-02-15', '2026-02-23', '春节'),
			...work('2026-02-28', '春节'),
			...off('2026-04-04', '2026-04-06', '清明节'),
			...off('2026-05-01', '2026-05-05', '劳动节'),
			...work('2026-05-09', '劳动节'),
			...off('2026-06-19', '2026-06-21', '端午节'),
			...work('2026-09-20', '国庆节'),
			...off('2026-09-25', '2026-09-27', '中秋节'),
			...off('2026-10-01', '2026-10-07', '国庆节'),
			...work('2026-10-10', '国庆节')
		]
	}
};

function off(first: Day, last: Day, name: string): Notice['days'] {
	const count = (startOfDay(last) - startOfDay(first)) / DAY + 1;
	return Array.from({ length: count }, (_, i) => ({
		day: dayOf(startOfDay(first) + i * DAY),
		name,
		off: true
	}));
}

function work(day: Day, name: string): Notice['days'] {
	return [{ day, name, off: false }];
}
