/** 三个专题: the days around which a district gathers its services, known offline for years ahead. */
import { addDays, weekday, type Day } from './calendar.ts';

export type Theme = 'disabilityDay' | 'julyFirst' | 'doubleNinth';

export interface ThemeDay {
	readonly theme: Theme;
	readonly day: Day;
}

/** In the order of the year; 重阳 is left out where the table ends. */
export function themeDays(year: number): readonly ThemeDay[] {
	const ninth = doubleNinth(year);
	return [
		{ theme: 'disabilityDay', day: disabilityDay(year) },
		{ theme: 'julyFirst', day: `${year}-07-01` },
		...(ninth === null ? [] : [{ theme: 'doubleNinth' as const, day: ninth }])
	];
}

/** 全国助残日: the third Sunday of May. */
export function disabilityDay(year: number): Day {
	const first = `${year}-05-01`;
	return addDays(first, 14 + 7 - weekday(first));
}

/** 重阳: the ninth of the ninth lunar month, 2020 to 2050; null outside the table. */
export function doubleNinth(year: number): Day | null {
	const day = doubleNinths[year - FIRST_YEAR];
	return day === undefined ? null : `${year}-${day}`;
}

const FIRST_YEAR = 2020;

/** Written down, since engines lack the Chinese calendar or are wrong in it; the acceptance compares it. */
const doubleNinths: readonly string[] = [
	...['10-25', '10-14', '10-04', '10-23', '10-11', '10-29', '10-18', '10-08', '10-26', '10-16'],
	...['10-05', '10-24', '10-12', '10-01', '10-20', '10-09', '10-27', '10-17', '10-07', '10-26'],
	...['10-14', '10-03', '10-22', '10-11', '10-29', '10-18', '10-08', '10-27', '10-16', '10-05'],
	'10-24'
];
