// Demands from a ledger: not a letter changed, every refused row with its number and reason.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDemands, parsingDemands } from '#domain/import/parse-demands.ts';
import type { Cell } from '#domain/import/sheet.ts';
import { sheetOf } from './tables.ts';

const header = ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情', '点赞数'];
const good: Cell[] = [
	188006,
	'A0001',
	'路灯不亮',
	'2019/2/28 11:25:05',
	'\r\n\t\t楼下路灯不亮\r\n\t',
	7
];

function problemsOf(...rows: Cell[][]): string[] {
	const { problems } = parseDemands(sheetOf([header, ...rows]));
	return problems.map(({ row, code, value }) => `${row} ${code} ${value}`);
}

function withCell(column: number, cell: Cell): Cell[] {
	return good.map((each, index) => (index === column ? cell : each));
}

test('a row is taken as it stands, other columns kept under their names', () => {
	expect(parseDemands(sheetOf([['问政台账'], header, good]))).toMatchObject({
		demands: [
			{
				row: 3,
				sourceNo: '188006',
				requester: 'A0001',
				title: '路灯不亮',
				description: '\r\n\t\t楼下路灯不亮\r\n\t',
				registeredAt: Date.parse('2019-02-28T11:25:05+08:00'),
				extra: [{ name: '点赞数', text: '7' }]
			}
		],
		problems: [],
		rowsIn: 1
	});
});

test('no text changes by a letter', () => {
	const letter = fc
		.integer({ min: 0, max: 0x10ffff })
		.map((point) => String.fromCodePoint(point))
		.filter((each) => !/\p{Surrogate}/u.test(each));
	const words = fc.string({
		unit: fc.oneof(letter, fc.constantFrom(...' \r\n\t　')),
		maxLength: 50
	});
	const visible = words.filter((text) => text.trim() !== '');
	fc.assert(
		fc.property(visible, visible, visible, (title, description, requester) => {
			const row = [1, requester, title, '2019-2-28', description];
			expect(parseDemands(sheetOf([header, row])).demands).toMatchObject([
				{ title, description, requester }
			]);
		})
	);
});

test('true Excel dates and texts of dates side by side', () => {
	const rows = [
		withCell(3, { date: '2019-08-16T14:20:26' }),
		withCell(0, 2).map((cell, index) => (index === 3 ? '2019年8月16日 14:20:26' : cell))
	];
	const { demands } = parseDemands(sheetOf([header, ...rows]));
	const at = Date.parse('2019-08-16T14:20:26+08:00');
	expect(demands.map(({ registeredAt }) => registeredAt)).toEqual([at, at]);
});

test.each<[string, Cell[], string[]]>([
	['no number', withCell(0, ' '), ['2 blank-number ']],
	['no title', withCell(2, null), ['2 blank-title ']],
	['no content', withCell(4, '\r\n\t'), ['2 blank-description ']],
	['no date', withCell(3, ''), ['2 blank-date ']],
	['an unreadable date', withCell(3, '去年冬天'), ['2 bad-date 去年冬天']],
	['a date of another age', withCell(3, '1019-2-28'), ['2 date-out-of-range 1019-2-28']],
	['a title that is too long', withCell(2, '长'.repeat(201)), ['2 too-long title']],
	['a content that is too long', withCell(4, '长'.repeat(10_001)), ['2 too-long description']],
	['half a letter', withCell(4, '坏\ud83d字'), ['2 bad-characters description']],
	['two reasons', [3, null, ' ', 'x', '有'], ['2 blank-title ', '2 bad-date x']]
])('%s: the row is refused, the next one taken', (_, row, problems) => {
	expect(problemsOf(row, withCell(0, 9))).toEqual(problems);
	expect(parseDemands(sheetOf([header, row, withCell(0, 9)]))).toMatchObject({
		demands: [{ row: 3, sourceNo: '9' }],
		rowsIn: 2
	});
});

test('a number said twice: the first is taken, blanks around it do not count', () => {
	expect(problemsOf(good, withCell(0, ' 188006 '))).toEqual(['3 duplicate-number 188006']);
	expect(problemsOf(withCell(2, ''), good)).toEqual(['2 blank-title ']);
});

test('a ledger without titles takes the first words of the content', () => {
	const sheet = sheetOf([
		['编号', '登记时间', '诉求内容'],
		['A1', '2026-11-24', '\n 楼下路灯不亮\n三天了'],
		['A2', '2026-11-24', '字'.repeat(50)]
	]);
	expect(parseDemands(sheet).demands).toMatchObject([
		{ title: '楼下路灯不亮', description: '\n 楼下路灯不亮\n三天了' },
		{ title: '字'.repeat(40), description: '字'.repeat(50) }
	]);
});

test('a table without the needed columns says which, and counts what it holds', () => {
	const { problems, rowsIn, demands } = parseDemands(
		sheetOf([['标题', '诉求人'], ['a', 'b'], ['c']])
	);
	expect(problems.map(({ row, code, value }) => [row, code, value])).toEqual([
		[0, 'missing-column', 'sourceNo'],
		[0, 'missing-column', 'registeredAt'],
		[0, 'missing-column', 'description']
	]);
	expect([demands, rowsIn]).toEqual([[], 2]);
	expect(parseDemands(sheetOf([['苹果']])).problems).toEqual([
		{ row: 0, code: 'no-header', value: '表一' }
	]);
});

test('blank rows and a header said again are no rows', () => {
	const { rowsIn, problems } = parseDemands(sheetOf([header, good, [], [null, ' '], header]));
	expect([rowsIn, problems]).toEqual([1, []]);
});

test('ten thousand rows go in steps, each further than the one before', () => {
	const rows = Array.from({ length: 10_000 }, (_, index) => withCell(0, index + 1));
	const shares: number[] = [];
	const steps = parsingDemands(sheetOf([header, ...rows]));
	let step = steps.next();
	for (; step.done !== true; step = steps.next()) shares.push(step.value);
	expect(step.value.demands).toHaveLength(10_000);
	expect(shares).toHaveLength(50);
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
});
