// The State Council's table as a file holds it: days by year, bad lines with their number.
import { expect, test } from 'vitest';
import { parseHolidays } from '#domain/import/parse-holidays.ts';
import { builtInNotices } from '#domain/holidays-lexicon.ts';
import { sheetOf } from './tables.ts';

const HEADER = ['notice_year', 'date', 'name', 'is_off_day', 'papers'];

test('days come by the year of their notice, in order, with the paper they stand in', () => {
	const { notices, problems, rowsIn } = parseHolidays(
		sheetOf([
			HEADER,
			['2027', '2027-01-02', '元旦', 'true', 'https://www.gov.cn/a.htm'],
			['2027', '2026-12-31', '元旦', 'false', 'https://www.gov.cn/a.htm'],
			['2028', '2028-01-01', '元旦', 'TRUE', '']
		])
	);
	expect(problems).toEqual([]);
	expect(rowsIn).toBe(3);
	expect(notices['2027']).toEqual({
		days: [
			{ day: '2026-12-31', name: '元旦', off: false },
			{ day: '2027-01-02', name: '元旦', off: true }
		],
		papers: 'https://www.gov.cn/a.htm'
	});
	expect(notices['2028']).toEqual({ days: [{ day: '2028-01-01', name: '元旦', off: true }] });
});

test("the office's own table: Chinese names of columns, Excel dates, 休 and 班", () => {
	const { notices, problems } = parseHolidays(
		sheetOf([
			['2027年放假安排', null, null, null],
			['年份', '日期', '名称', '是否放假'],
			[2027, { date: '2027-10-01T00:00:00' }, '国庆节', '休'],
			[2027, '2027年10月9日', '国庆节', '班']
		])
	);
	expect(problems).toEqual([]);
	expect(notices['2027']?.days.map(({ day, off }) => [day, off])).toEqual([
		['2027-10-01', true],
		['2027-10-09', false]
	]);
});

test.each([
	[['27', '2027-01-01', '元旦', 'true'], 'bad-year', '27'],
	[['2027', '2027-02-30', '元旦', 'true'], 'bad-date', '2027-02-30'],
	[['2027', '2027-01-01', '元旦', '也许'], 'bad-off', '也许'],
	[['2027', '2027-01-01', '元'.repeat(41), 'true'], 'name-too-long', '元'.repeat(41)]
])('%j is left out as %s', (row, code, value) => {
	const good = ['2027', '2027-01-03', '元旦', 'true'];
	const list = parseHolidays(sheetOf([HEADER, row, good]));
	expect(list.problems).toEqual([{ row: 2, code, value }]);
	expect(list.notices['2027']?.days).toHaveLength(1);
});

test('a table of something else is refused as a whole', () => {
	expect(parseHolidays(sheetOf([['姓名', '电话']])).problems).toMatchObject([
		{ row: 0, code: 'no-header' }
	]);
	expect(parseHolidays(sheetOf([['年份', '日期', '名称']])).problems).toMatchObject([
		{ row: 0, code: 'missing-column', value: '是否放假' }
	]);
});

test('the shipped notices are whole: every day once', () => {
	for (const { days } of Object.values(builtInNotices))
		expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
});
