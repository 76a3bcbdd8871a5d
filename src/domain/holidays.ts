/** The State Council's yearly notices of days off and make-up working days; a district imports what is newer. */
import { z } from 'zod';
import type { HolidayTable } from './calendar.ts';
import { builtInNotices } from './holidays-lexicon.ts';
import { DayShape } from './shapes.ts';

/** One notice: days away from the ordinary week, in order. */
export const Notice = z.strictObject({
	days: z
		.array(z.strictObject({ day: DayShape, name: z.string().max(40), off: z.boolean() }))
		.min(1)
		.max(80),
	/** Addresses of the papers it stands in. */
	papers: z.string().max(300).optional()
});
export type Notice = z.infer<typeof Notice>;

/** By the year a notice speaks of; a year without one is 节假日表未更新. */
export type Notices = Readonly<Record<string, Notice>>;

export function tableOf(notices: Notices): HolidayTable {
	const days = Object.values(notices).flatMap((notice) => notice.days);
	return {
		years: Object.keys(notices).map(Number),
		off: days.filter(({ off }) => off).map(({ day }) => day),
		work: days.filter(({ off }) => !off).map(({ day }) => day)
	};
}

export const builtInHolidays: HolidayTable = tableOf(builtInNotices);
