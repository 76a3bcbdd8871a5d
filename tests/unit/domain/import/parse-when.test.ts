// Dates as people type them become moments in Shanghai, or a reason why not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWhen } from '#domain/import/parse-when.ts';
import type { Cell } from '#domain/import/sheet.ts';

const shanghai = (cell: Cell): string => {
	const when = parseWhen(cell);
	return when.ok ? new Date(when.at + 8 * 3_600_000).toISOString().slice(0, 23) : when.code;
};

test.each<[Cell, string]>([
	['2019/4/25 9:32:09', '2019-04-25T09:32:09.000'],
	['2019-04-25', '2019-04-25T00:00:00.000'],
	[' 2019-04-25 ', '2019-04-25T00:00:00.000'],
	['2019-04-25T09:32:09.5', '2019-04-25T09:32:09.500'],
	['2019-04-25T01:32:09Z', '2019-04-25T09:32:09.000'],
	['2019-04-25 09:32:09+08:00', '2019-04-25T09:32:09.000'],
	['2019.4.25', '2019-04-25T00:00:00.000'],
	['2019年4月25日', '2019-04-25T00:00:00.000'],
	['2019年4月25号', '2019-04-25T00:00:00.000'],
	['2019年4月25日 9:32', '2019-04-25T09:32:00.000'],
	['2019年4月25日9时32分', '2019-04-25T09:32:00.000'],
	['2019年4月25日 9时32分9秒', '2019-04-25T09:32:09.000'],
	['2019年04月25日（星期四）上午9时', '2019-04-25T09:00:00.000'],
	['2019年4月25日 下午 3:05', '2019-04-25T15:05:00.000'],
	['2019/4/25 下午12:05', '2019-04-25T12:05:00.000'],
	['2019/4/25 上午12:05', '2019-04-25T00:05:00.000'],
	['２０１９／４／２５　９：３２', '2019-04-25T09:32:00.000'],
	['2019/4/25 24:00', '2019-04-26T00:00:00.000'],
	['20190425', '2019-04-25T00:00:00.000'],
	['20190425093209', '2019-04-25T09:32:09.000'],
	[20190425, '2019-04-25T00:00:00.000'],
	[43580.5, '2019-04-25T12:00:00.000'],
	[{ date: '2019-04-25T09:32:09.250' }, '2019-04-25T09:32:09.250'],
	['2020-02-29', '2020-02-29T00:00:00.000']
])('%o', (cell, expected) => {
	expect(shanghai(cell)).toBe(expected);
});

test.each<[Cell, string]>([
	[null, 'blank-date'],
	['  ', 'blank-date'],
	['昨天', 'bad-date'],
	['2019-02-29', 'bad-date'],
	['2019-13-01', 'bad-date'],
	['2019-04-25 25:00', 'bad-date'],
	['2019-04-25 9:60', 'bad-date'],
	['4/25/2019', 'bad-date'],
	['19-4-25', 'bad-date'],
	['2019-4', 'bad-date'],
	['2019-04-25 至 2019-04-26', 'bad-date'],
	[true, 'bad-date'],
	['1899-12-31', 'date-out-of-range'],
	['1970-01-01 7:59', 'date-out-of-range'],
	['2100-01-01', 'date-out-of-range'],
	[{ date: '1899-12-31T09:00:00' }, 'date-out-of-range'],
	[2019, 'date-out-of-range']
])('%o is %s', (cell, code) => {
	expect(shanghai(cell)).toBe(code);
});

test('every minute comes back from each way of writing it', () => {
	const span = { min: Date.UTC(1971, 0, 1), max: Date.UTC(2099, 0, 1) };
	fc.assert(
		fc.property(fc.integer(span), (moment) => {
			const at = moment - (moment % 60_000);
			const wall = new Date(at + 8 * 3_600_000).toISOString();
			const [year, month, day, hour, minute] = wall
				.split(/[-T:]/)
				.map((part) => parseInt(part, 10));
			for (const text of [
				wall.slice(0, 16),
				`${year}/${month}/${day} ${hour}:${minute}`,
				`${year}.${month}.${day} ${hour}:${minute}:00`,
				`${year}年${month}月${day}日 ${hour}时${minute}分`
			]) {
				expect(parseWhen(text)).toEqual({ ok: true, at });
			}
		})
	);
});
