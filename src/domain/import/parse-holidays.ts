/** Reads a table of the State Council's notices: one line a day, off or worked instead; bad lines are reported. */
import { dayOf } from '../calendar.ts';
import type { Notice, Notices } from '../holidays.ts';
import { findHeader, isRepeatedHeader, type Header } from './find-header.ts';
import {
	holidayColumns,
	offWords,
	workWords,
	type HolidayField
} from './holiday-columns-lexicon.ts';
import { parseWhen } from './parse-when.ts';
import { cellText, isBlankRow, type Sheet, type SheetRow } from './sheet.ts';

export type HolidayProblemCode =
	'no-header' | 'missing-column' | 'bad-year' | 'bad-date' | 'bad-off' | 'name-too-long';

/** `row` counts from 1 as Excel does, 0 is the table itself; `value` is what the sentence quotes. */
export interface HolidayProblem {
	readonly row: number;
	readonly code: HolidayProblemCode;
	readonly value: string;
}

export interface HolidayList {
	/** Days of each year in order. */
	readonly notices: Notices;
	readonly problems: readonly HolidayProblem[];
	/** Rows below the header that hold anything. */
	readonly rowsIn: number;
}

type NoticeDay = Notice['days'][number];
type Line = { readonly year: string; readonly day: NoticeDay; readonly papers: string };

const NAME_LIMIT = 40;
const PAPERS_LIMIT = 300;

export function parseHolidays(sheet: Sheet): HolidayList {
	const header = findHeader(sheet, holidayColumns);
	if (header === null)
		return { notices: {}, problems: [{ row: 0, code: 'no-header', value: sheet.name }], rowsIn: 0 };
	const rows = sheet.rows
		.map((cells, index) => ({ cells, row: index + 1 }))
		.filter(({ cells, row }) => row > header.row + 1 && !isBlankRow(cells))
		.filter(({ cells }) => !isRepeatedHeader(header, cells));
	if (header.missing.length > 0) {
		const problems = header.missing.map((field) => ({
			row: 0,
			code: 'missing-column' as const,
			value: holidayColumns.find((column) => column.field === field)?.names[0] ?? field
		}));
		return { notices: {}, problems, rowsIn: rows.length };
	}
	const read = rows.map(({ cells, row }) => ({ row, ...readLine(cells, header) }));
	return {
		notices: byYear(read.flatMap(({ line }) => line ?? [])),
		problems: read.flatMap(({ row, problem }) => (problem ? { row, ...problem } : [])),
		rowsIn: rows.length
	};
}

function readLine(
	cells: SheetRow,
	{ columns }: Header<HolidayField>
): { readonly line?: Line; readonly problem?: Omit<HolidayProblem, 'row'> } {
	const textOf = (field: HolidayField) => cellText(cells[columns.get(field) ?? -1]).trim();
	const year = textOf('year');
	if (!/^20\d{2}$/.test(year)) return { problem: { code: 'bad-year', value: year } };
	const when = parseWhen(cells[columns.get('day') ?? -1]);
	if (!when.ok) return { problem: { code: 'bad-date', value: textOf('day') } };
	const said = textOf('off').toLowerCase();
	const off = offWords.includes(said);
	if (!off && !workWords.includes(said)) return { problem: { code: 'bad-off', value: said } };
	const name = textOf('name');
	if (name.length > NAME_LIMIT) return { problem: { code: 'name-too-long', value: name } };
	return { line: { year, day: { day: dayOf(when.at), name, off }, papers: textOf('papers') } };
}

function byYear(lines: readonly Line[]): Notices {
	const years = [...new Set(lines.map(({ year }) => year))].sort();
	return Object.fromEntries(
		years.map((year): [string, Notice] => {
			const own = lines.filter((line) => line.year === year);
			const days = own.map(({ day }) => day).sort((a, b) => (a.day < b.day ? -1 : 1));
			const papers = own.find((line) => line.papers !== '')?.papers.slice(0, PAPERS_LIMIT);
			return [year, { days, ...(papers === undefined ? {} : { papers }) }];
		})
	);
}
