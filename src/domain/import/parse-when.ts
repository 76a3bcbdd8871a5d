/** A date as people type it, or as Excel keeps it, read as a moment in Asia/Shanghai. */
import type { Instant } from '../ids.ts';
import type { Cell } from './sheet.ts';
import { dateLetters } from './when-lexicon.ts';
import { DAY, HOUR } from '../spans.ts';

export type When =
	| { readonly ok: true; readonly at: Instant }
	| { readonly ok: false; readonly code: 'blank-date' | 'bad-date' | 'date-out-of-range' };

const OFFSET = 8 * HOUR;
/** Days from Excel's day 0 to 1970. */
const EPOCH_DAYS = 25_569;

const DATE = /(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})/.source;
const TIME = /(\d{1,2}):(\d{1,2})?(?::(\d{1,2})(?:\.(\d+))?)?/.source;
const ZONE = /(z|[+-]\d{2}:?\d{2})?/.source;
const PATTERN = new RegExp(`^${DATE}(?:[\\st]+(am|pm|noon)?\\s*${TIME}\\s*${ZONE})?$`);
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:\s*(\d{2})(\d{2})(\d{2})?)?$/;

export function parseWhen(cell: Cell | undefined): When {
	if (cell === null || cell === undefined) return { ok: false, code: 'blank-date' };
	if (typeof cell === 'boolean') return { ok: false, code: 'bad-date' };
	if (typeof cell === 'number') return fromNumber(cell);
	return fromText(typeof cell === 'string' ? cell : cell.date);
}

/** A number in a column of dates: a day written as 20190425, or Excel's count of days without its format. */
function fromNumber(value: number): When {
	if (Number.isInteger(value) && value >= 19_000_101) return fromText(String(value));
	return inRange(Math.round((value - EPOCH_DAYS) * DAY) - OFFSET);
}

function fromText(written: string): When {
	const text = plain(written);
	if (text === '') return { ok: false, code: 'blank-date' };
	const [, ...digits] = DIGITS.exec(text) ?? [];
	if (digits.length > 0) return fromParts(digits.map((part) => Number(part ?? 0)));
	const found = PATTERN.exec(text);
	if (found === null) return { ok: false, code: 'bad-date' };
	const [, year, month, day, half, hours, minutes, seconds, fraction, zone] = found;
	const parts = [year, month, day, hours, minutes, seconds].map((part) => Number(part ?? 0));
	parts[3] = hourOfDay(parts[3] ?? 0, half);
	const milliseconds = Math.round(Number(`0.${fraction ?? 0}`) * 1000);
	return fromParts(parts, milliseconds, offsetOf(zone));
}

/** Full-width signs made plain, Chinese letters made separators. */
function plain(written: string): string {
	const text = written.normalize('NFKC').toLowerCase();
	return dateLetters
		.reduce((rest, [pattern, letter]) => rest.replace(pattern, letter), text)
		.replace(/\s+/g, ' ')
		.replace(/ ?([/:]) ?/g, '$1')
		.trim();
}

function hourOfDay(hours: number, half: string | undefined): number {
	if (half === 'pm' && hours < 12) return hours + 12;
	if (half === 'am' && hours === 12) return 0;
	if (half === 'noon' && hours < 11) return hours + 12;
	return hours;
}

function offsetOf(zone: string | undefined): number {
	if (zone === undefined) return OFFSET;
	if (zone === 'z') return 0;
	const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
	return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function fromParts(parts: readonly number[], milliseconds = 0, offset = OFFSET): When {
	const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = parts;
	const midnight = Date.UTC(year, month - 1, day);
	const date = new Date(midnight);
	const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	const isEnd = hours === 24 && minutes === 0 && seconds === 0;
	const isTime = (hours <= 23 || isEnd) && minutes <= 59 && seconds <= 59;
	if (!isDay || !isTime) return { ok: false, code: 'bad-date' };
	const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
	return inRange(midnight + time - offset);
}

/** A record of the living: what lies outside 1970 to 2100 is a slip. */
function inRange(at: Instant): When {
	const isWithin = at >= 0 && at < Date.UTC(2100, 0, 1) - OFFSET;
	return isWithin ? { ok: true, at } : { ok: false, code: 'date-out-of-range' };
}
