/** The calendar against an almanac and the State Council's notices: rows checked, and every one that differs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, isWorkingDay, weekday } from '#domain/calendar.ts';
import { disabilityDay, doubleNinth } from '#domain/festivals.ts';
import { builtInNotices } from '#domain/holidays-lexicon.ts';
import { tableOf } from '#domain/holidays.ts';
import { parseHolidays } from '#domain/import/parse-holidays.ts';
import { readTable } from '#lib/office/read-table.ts';

interface Checked {
	readonly rows: number;
	/** What was expected where it differs; days and counts only. */
	readonly mismatches: readonly string[];
}

export type CalendarReport = Readonly<
	Record<'festivals' | 'almanac' | 'imported' | 'notices' | 'shipped', Checked>
>;

const FILES = ['festivals_truth.csv', 'hko_daily.csv', 'state_council_holidays.csv'] as const;

export function hasCalendar(folder: string): boolean {
	return FILES.every((file) => existsSync(join(folder, 'calendar', file)));
}

export async function checkCalendar(folder: string): Promise<CalendarReport> {
	const [festivals, almanac, notices] = FILES.map((file) => join(folder, 'calendar', file));
	const imported = await readTable(readFileSync(notices ?? ''), 'notices.csv');
	if (!imported.ok) throw new Error(`calendar: the notices were refused: ${imported.reason}`);
	const list = parseHolidays(imported.sheet);
	const table = tableOf(list.notices);
	const days = linesOf(notices ?? '').map(([year = '', day = '', name = '', off = '']) => ({
		year,
		day,
		name,
		isOff: off === 'true'
	}));
	return {
		festivals: checked(linesOf(festivals ?? ''), ([year = '', ...columns]) => [
			[columns[6], doubleNinth(Number(year)) ?? columns[6]],
			[columns[10], disabilityDay(Number(year))]
		]),
		almanac: checked(linesOf(almanac ?? ''), ([day = '', name = '', , month, date, leap]) => [
			[WEEKDAYS[weekday(day) - 1], name],
			...(month === '九月' && date === '初九' && leap === ''
				? [[day, doubleNinth(Number(day.slice(0, 4))) ?? day] as const]
				: [])
		]),
		imported: {
			rows: list.rowsIn,
			mismatches: [
				...list.problems.map(({ row, code }) => `${row}: ${code}`),
				...days
					.filter(({ year, day, name, isOff }) => {
						const kept = list.notices[year]?.days.filter((each) => each.day === day) ?? [];
						return kept.length !== 1 || kept[0]?.name !== name || kept[0].off !== isOff;
					})
					.map(({ day }) => day)
			]
		},
		notices: checked(days, ({ day, isOff }) => [[!isOff, isWorkingDay(day, table)]]),
		shipped: checked(
			[...new Set(days.map(({ year }) => year))].filter((year) => year in builtInNotices),
			(year) => yearOf(year).map((day) => [isWorkingDay(day, shipped), isWorkingDay(day, table)])
		)
	};
}

export function isCalendarRight(report: CalendarReport): boolean {
	return Object.values(report).every(({ rows, mismatches }) => rows > 0 && mismatches.length === 0);
}

const WEEKDAYS = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];
const shipped = tableOf(builtInNotices);

/** Counts the rows and names those of which a pair `[expected, found]` differs. */
function checked<Row>(
	rows: readonly Row[],
	pairsOf: (row: Row) => readonly (readonly [unknown, unknown])[]
): Checked {
	const mismatches = rows.flatMap((row) =>
		pairsOf(row).flatMap(([expected, found]) =>
			expected === found ? [] : [`${JSON.stringify(row)}: ${String(expected)}, ${String(found)}`]
		)
	);
	return { rows: rows.length, mismatches };
}

function yearOf(year: string): readonly string[] {
	const all: string[] = [];
	for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) all.push(day);
	return all;
}

/** The lines below the header, read apart from the product's own reader. */
function linesOf(path: string): readonly (readonly string[])[] {
	const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
	return lines.map((line) => line.split(','));
}
