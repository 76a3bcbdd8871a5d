/** Dates, spans and numbers as the screen says them; always Asia/Shanghai, the moment is handed in.
 * Paper asks for its own words. */
import { lateness } from '#domain/calendar.ts';
import { m, type Messages } from '#lib/i18n/index.ts';
import type { Status } from './status.ts';

type Day = number | string;

/** The screen's moment, and the share of its time from which a clock is amber in this district. */
export interface Looking {
	readonly now: number;
	readonly amberShare: number;
}

const looks = { inTime: 'inProgress', soon: 'dueSoon', overdue: 'overdue' } as const;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** China has one time zone and no summer time since 1991. */
const offset = 8 * hour;

/** 11月23日 */
export function dayWords(at: Day, says: Messages = m): string {
	const { month, date } = parts(at);
	return says.when.day(month, date);
}

/** 2026年11月23日 */
export function fullDayWords(at: Day, says: Messages = m): string {
	const { year, month, date } = parts(at);
	return says.when.dayOfYear(year, month, date);
}

/** 11月23日 星期一 */
export function dayWithWeekday(at: Day): string {
	return m.when.dayWithWeekday(dayWords(at), m.when.weekdays[parts(at).weekday] ?? '');
}

/** 14:05 */
export function clock(at: number): string {
	const { hours, minutes } = parts(at);
	return `${hours}:${String(minutes).padStart(2, '0')}`;
}

/** 1123-1405: for the name of a file. */
export function fileStamp(at: number): string {
	const { month, date, hours, minutes } = parts(at);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${two(month)}${two(date)}-${two(hours)}${two(minutes)}`;
}

/** 今天 14:05, 昨天 14:05, 11月20日 14:05; the year only when it is another one. */
export function momentWords(at: number, now: number, says: Messages = m): string {
	return says.when.at(nearDayWords(at, now, says), clock(at));
}

/** 今天, 昨天, 11月20日 */
export function nearDayWords(at: Day, now: number, says: Messages = m): string {
	const distance = daysBetween(at, now);
	if (distance === 0) return says.when.today;
	if (distance === 1) return says.when.yesterday;
	return parts(at).year === parts(now).year ? dayWords(at, says) : fullDayWords(at, says);
}

/** 刚刚, 18 分钟前, 3 小时前, 36 天前 */
export function agoWords(at: Day, now: number): string {
	const distance = daysBetween(at, now);
	const elapsed = now - startOf(at);
	if (typeof at === 'string') return distance <= 0 ? m.when.today : m.when.daysAgo(distance);
	if (elapsed < minute) return m.when.justNow;
	if (elapsed < hour) return m.when.minutesAgo(Math.floor(elapsed / minute));
	if (distance === 0 || elapsed < 12 * hour) return m.when.hoursAgo(Math.floor(elapsed / hour));
	return m.when.daysAgo(distance);
}

/** 还剩 18 分钟, 还剩 1 小时 35 分, 还有 2 天, 超期 6 天 */
export function deadlineWords(due: number, now: number): string {
	const left = due - now;
	if (left < 0) return m.when.overdue(spanWords(-left));
	if (left >= day) return m.when.inDays(Math.floor(left / day));
	return m.when.left(spanWords(left));
}

/** Due soon from the district's share of the time on. */
export function deadlineStatus(due: number, start: number, { now, amberShare }: Looking): Status {
	const words = deadlineWords(due, now);
	return { is: looks[lateness(start, due, now, amberShare)], words };
}

/** A day that is due: 超期 6 天, 今天到期, 还有 2 天. */
export function dueDayStatus(due: Day, now: number): Status {
	const past = daysBetween(due, now);
	if (past > 0) return { is: 'overdue', words: m.when.overdue(m.when.days(past)) };
	if (past === 0) return { is: 'dueSoon', words: m.when.dueToday };
	return { is: 'notStarted', words: m.when.inDays(-past) };
}

/** 31,206 */
export function countWords(n: number): string {
	return String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** 94%; under ten cases a percentage would lie, so n/m. */
export function ratioWords(n: number, of: number): string {
	return of < 10 ? `${n}/${of}` : `${Math.round((n / of) * 100)}%`;
}

/** The calendar days from a moment until now; negative when it lies ahead. */
export function daysBetween(at: Day, now: number): number {
	return dayNumber(startOf(now)) - dayNumber(startOf(at));
}

/** 640 KB, 12 MB, 1.4 GB */
export function sizeWords(bytes: number): string {
	if (bytes < 1024 ** 2) return m.operations.size.kb(countWords(Math.ceil(bytes / 1024)));
	if (bytes < 1024 ** 3) return m.operations.size.mb(countWords(Math.round(bytes / 1024 ** 2)));
	return m.operations.size.gb((bytes / 1024 ** 3).toFixed(1));
}

function spanWords(span: number): string {
	if (span >= day) return m.when.days(Math.floor(span / day));
	const hours = Math.floor(span / hour);
	const minutes = Math.floor((span % hour) / minute);
	if (hours === 0) return m.when.minutes(Math.max(1, minutes));
	return hours < 6 && minutes > 0 ? m.when.hoursAndMinutes(hours, minutes) : m.when.hours(hours);
}

function startOf(at: Day): number {
	return typeof at === 'string' ? Date.parse(`${at}T00:00:00+08:00`) : at;
}

function dayNumber(at: number): number {
	return Math.floor((at + offset) / day);
}

function parts(at: Day): {
	year: number;
	month: number;
	date: number;
	weekday: number;
	hours: number;
	minutes: number;
} {
	const local = new Date(startOf(at) + offset);
	return {
		year: local.getUTCFullYear(),
		month: local.getUTCMonth() + 1,
		date: local.getUTCDate(),
		weekday: local.getUTCDay(),
		hours: local.getUTCHours(),
		minutes: local.getUTCMinutes()
	};
}
