/**
 * Days, quarters, working days, office hours and due moments, all in Asia/Shanghai (UTC+8, no summer time).
 *
 * A working day is what the holiday table says, else Monday to Friday. A year without a table still gets an
 * answer, but `covered` is false then and the screen says 节假日表未更新.
 */
import type { Instant } from './ids.ts';
import { DAY, HOUR, MINUTE } from './spans.ts';

/** `YYYY-MM-DD`, which sorts as it reads. */
export type Day = string;
/** `2026Q4`. */
export type Quarter = string;

/** The State Council's notices for whole years: days off, and weekends worked instead. */
export interface HolidayTable {
	readonly years: readonly number[];
	readonly off: readonly Day[];
	readonly work: readonly Day[];
}

/** Spans of a working day as `['08:30', '12:00']`, in order and apart. */
export type OfficeHours = readonly (readonly [string, string])[];

export interface Clock {
	readonly unit: 'minutes' | 'officeHours' | 'hours' | 'days' | 'workingDays';
	readonly n: number;
}

/** A moment or day reached; `covered` is false when a year on the way has no holiday table. */
export interface Reached<T> {
	readonly at: T;
	readonly covered: boolean;
}

export type Lateness = 'inTime' | 'soon' | 'overdue';

export const defaultOfficeHours: OfficeHours = [
	['08:30', '12:00'],
	['14:30', '18:00']
];

const OFFSET = 8 * HOUR;
const FIRST = Date.parse('0001-01-01T00:00:00Z') - OFFSET;
const LAST = Date.parse('9999-12-31T23:59:59.999Z') - OFFSET;
const LAST_DAY: Day = '9999-12-31';

/** Days as they are written, by how many came before them since 1970: most are asked for again and again. */
const written = new Map<number, Day>();
const WRITTEN_KEPT = 4_000;

/** The day of a moment; one outside the years 1 to 9999 counts as the nearest day within. */
export function dayOf(at: Instant): Day {
	const within = Math.min(Math.max(at, FIRST), LAST);
	const number = Math.floor((within + OFFSET) / DAY);
	let day = written.get(number);
	if (day === undefined) {
		day = new Date(number * DAY).toISOString().slice(0, 10);
		if (written.size >= WRITTEN_KEPT) written.clear();
		written.set(number, day);
	}
	return day;
}

export function startOfDay(day: Day): Instant {
	return Date.parse(`${day}T00:00:00Z`) - OFFSET;
}

export function endOfDay(day: Day): Instant {
	return startOfDay(day) + DAY - 1;
}

export function addDays(day: Day, n: number): Day {
	return dayOf(startOfDay(day) + n * DAY);
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
	return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function quarterOf(at: Instant): Quarter {
	const day = dayOf(at);
	return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

export function quarterStart(quarter: Quarter): Day {
	const month = Number(quarter.slice(5)) * 3 - 2;
	return `${quarter.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** The last day of a quarter. */
export function quarterEnd(quarter: Quarter): Day {
	const month = Number(quarter.slice(5)) * 3;
	const last = new Date(Date.UTC(2000, month, 0)).getUTCDate();
	return `${quarter.slice(0, 4)}-${String(month).padStart(2, '0')}-${last}`;
}

export function isWorkingDay(day: Day, table: HolidayTable): boolean {
	if (table.work.includes(day)) return true;
	if (table.off.includes(day)) return false;
	return weekday(day) <= 5;
}

export function isCovered(day: Day, table: HolidayTable): boolean {
	return table.years.includes(Number(day.slice(0, 4)));
}

/** The n-th working day after a day, which itself is not counted. */
export function addWorkingDays(from: Day, n: number, table: HolidayTable): Reached<Day> {
	let day = from;
	let covered = true;
	for (let left = n; left > 0 && day < LAST_DAY;) {
		day = addDays(day, 1);
		covered &&= isCovered(day, table);
		if (isWorkingDay(day, table)) left -= 1;
	}
	return { at: day, covered };
}

/** The moment when so many minutes of office time have passed since another. */
export function addOfficeMinutes(
	from: Instant,
	minutes: number,
	officeHours: OfficeHours,
	table: HolidayTable
): Reached<Instant> {
	if (minutes <= 0) return { at: from, covered: true };
	const spans = spansOf(officeHours);
	let left = minutes * MINUTE;
	let covered = true;
	for (let day = dayOf(from); day < LAST_DAY; day = addDays(day, 1)) {
		covered &&= isCovered(day, table);
		if (!isWorkingDay(day, table)) continue;
		const midnight = startOfDay(day);
		for (const [opens, closes] of spans) {
			const start = Math.max(from, midnight + opens);
			const open = midnight + closes - start;
			if (open <= 0) continue;
			if (left <= open) return { at: start + left, covered };
			left -= open;
		}
	}
	return { at: Math.max(from, LAST), covered: false };
}

/**
 * When a clock that starts at a moment runs out. Days do not count the day of the start and end with the last
 * millisecond before 24:00 of their last day, so that `dayOf` of the due moment is the day to print.
 */
export function dueAt(
	from: Instant,
	clock: Clock,
	officeHours: OfficeHours,
	table: HolidayTable
): Reached<Instant> {
	switch (clock.unit) {
		case 'minutes':
			return { at: from + clock.n * MINUTE, covered: true };
		case 'hours':
			return { at: from + clock.n * HOUR, covered: true };
		case 'officeHours':
			return addOfficeMinutes(from, clock.n * 60, officeHours, table);
		case 'days':
			return { at: endOfDay(addDays(dayOf(from), clock.n)), covered: true };
		case 'workingDays': {
			const { at, covered } = addWorkingDays(dayOf(from), clock.n, table);
			return { at: endOfDay(at), covered };
		}
		default:
			return assertNever(clock.unit);
	}
}

/** The colour of a clock: what is done at the due moment itself is still in time. */
export function lateness(from: Instant, due: Instant, now: Instant, amberShare = 0.75): Lateness {
	if (now > due) return 'overdue';
	return now - from >= (due - from) * amberShare ? 'soon' : 'inTime';
}

/** Office hours as milliseconds after midnight; a setting that never opens counts as the default. */
function spansOf(officeHours: OfficeHours): (readonly [number, number])[] {
	const spans = officeHours
		.map(([opens, closes]) => [sinceMidnight(opens), sinceMidnight(closes)] as const)
		.filter(([opens, closes]) => closes > opens);
	return spans.length > 0 ? spans : spansOf(defaultOfficeHours);
}

function sinceMidnight(time: string): number {
	const [hours, minutes] = time.split(':').map(Number);
	return (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE;
}

function assertNever(unit: never): never {
	throw new Error(`calendar: unknown unit ${String(unit)}`);
}
