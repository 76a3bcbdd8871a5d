/** Sheets put together from pages: titles, headers in another order, and lines that stand above their rows. */
import { expect, test } from 'vitest';
import { parseRoster } from '#domain/import/parse-roster.ts';
import type { SheetRow } from '#domain/import/sheet.ts';
import { doorsOf, readRegister } from './read-register.ts';

const across = (...tops: readonly number[]) =>
	tops.map((top) => ({ top, left: 0, bottom: top, right: 3 }));

test('each page of a register is read by its own header, also where the second names more', () => {
	const rows: SheetRow[] = [
		['梧桐里社区居民花名册'],
		['序号', '楼栋', '门牌', '姓名'],
		[1, '3', 101, '陈桂香'],
		[2, '3', 102, '单国强'],
		['合计', null, null, '2人'],
		['梧桐里社区居民花名册'],
		['序号', '姓名', '楼号', '单元', '房号（室）', '联系电话'],
		[1, '曾小贤', '4栋', '1', 101, 13800001123]
	];
	const list = readRegister(rows, { merges: across(0, 5) });
	expect(list.problems).toEqual([]);
	expect(doorsOf(list)).toEqual([
		'梧桐里小区 3  101 陈桂香',
		'梧桐里小区 3  102 单国强',
		'梧桐里小区 4 1 101 曾小贤'
	]);
	expect(list.homes[2]?.people[0]?.phone).toBe('13800001123');
});

test('a header over two rows is passed over on each page', () => {
	const header: SheetRow[] = [
		['住址', null, null, '姓名'],
		['楼栋', '单元', '门牌', null]
	];
	const names = (top: number) => [
		{ top, left: 0, bottom: top, right: 2 },
		{ top, left: 3, bottom: top + 1, right: 3 }
	];
	const list = readRegister(
		[...header, ['3', '2', '501', '陈桂香'], ...header, ['3', '2', '502', '单国强']],
		{ merges: [...names(0), ...names(3)] }
	);
	expect(list.problems).toEqual([]);
	expect(doorsOf(list)).toEqual(['梧桐里小区 3 2 501 陈桂香', '梧桐里小区 3 2 502 单国强']);
});

test('words that are also names of columns make nobody a header', () => {
	const list = readRegister([
		['地址', '姓名', '关系', '健康', '就业'],
		['3-1-101', '陈桂香', '户主', '健康', '就业']
	]);
	expect(doorsOf(list)).toEqual(['梧桐里小区 3 1 101 陈桂香']);
});

test('a branch on a line of its own is that of its members; a page may have its own columns', () => {
	const { people, problems } = parseRoster({
		name: '花名册',
		rows: [
			['姓名', '手机', '职业'],
			['一、第一党支部（2人）'],
			['甲', '13800001001', '教师'],
			['乙', '13800001002', null],
			['第二党支部'],
			['手机', '姓名', '党支部'],
			['13800001003', '丙', null],
			['13800001004', '丁', '第三党支部'],
			['在职党员名单']
		],
		merges: across(1, 8)
	});
	expect(people.map(({ name, phone, branch }) => [name, phone, branch])).toEqual([
		['甲', '13800001001', '第一党支部'],
		['乙', '13800001002', '第一党支部'],
		['丙', '13800001003', '第二党支部'],
		['丁', '13800001004', '第三党支部']
	]);
	expect(problems).toEqual([{ row: 9, code: 'line-across', value: '在职党员名单' }]);
});
