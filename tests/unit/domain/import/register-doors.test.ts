/** Doors of registers as offices write them: in an address, in columns, on a line above, and in many spellings. */
import { expect, test } from 'vitest';
import { parseAddress, parsePlace } from '#domain/import/parse-address.ts';
import type { SheetRow } from '#domain/import/sheet.ts';
import { doorsOf, readRegister } from './read-register.ts';

test('a building on a line of its own is that of the rows below it, merged or not', () => {
	const names: SheetRow = ['楼栋', '单元', '门牌', '姓名'];
	const list = readRegister(
		[
			names,
			['3栋', null, 101, '陈桂香'],
			['4栋'],
			[null, null, 101, '单国强'],
			['5号楼2单元（共12户）'],
			[null, null, 101, '曾小贤'],
			['三单元'],
			[null, null, 101, '许秀云'],
			[6],
			[null, null, 101, '赵秀珍']
		],
		{ merges: [{ top: 4, left: 0, bottom: 4, right: 3 }] }
	);
	expect(list.problems).toEqual([]);
	expect(list.rowsIn).toBe(5);
	expect(doorsOf(list)).toEqual([
		'梧桐里小区 3  101 陈桂香',
		'梧桐里小区 4  101 单国强',
		'梧桐里小区 5 2 101 曾小贤',
		'梧桐里小区 5 3 101 许秀云',
		'梧桐里小区 6  101 赵秀珍'
	]);
});

test('a building above addresses is that of those which name none', () => {
	const list = readRegister([
		['住址', '姓名'],
		['梧桐苑'],
		['4栋'],
		['2单元101室', '陈桂香'],
		['201', '单国强'],
		['5栋102', '曾小贤'],
		['幸福巷12号', '许秀云'],
		['6栋'],
		['201', '赵秀珍'],
		['7栋'],
		['201', '陈小明'],
		['201', '陈小红']
	]);
	expect(list.problems).toEqual([]);
	expect(doorsOf(list)).toEqual([
		'梧桐苑 4 2 101 陈桂香',
		'梧桐苑 4  201 单国强',
		'梧桐苑 5  102 曾小贤',
		'幸福巷   12 许秀云',
		'梧桐苑 6  201 赵秀珍',
		'梧桐苑 7  201 陈小明 陈小红'
	]);
});

test('who stands under a row that was refused is not put behind the door above it', () => {
	const columns = readRegister([
		['楼栋', '单元', '门牌', '姓名'],
		['3', '1', '101', '陈桂香'],
		['4', '2', null, '单国强'],
		[null, null, null, '单小明'],
		[null, null, 102, '曾小贤']
	]);
	expect(columns.problems.map(({ row, code }) => [row, code])).toEqual([
		[3, 'blank-door'],
		[4, 'blank-door']
	]);
	expect(doorsOf(columns)).toEqual(['梧桐里小区 3 1 101 陈桂香', '梧桐里小区 4 2 102 曾小贤']);
	const addresses = readRegister([
		['住址', '姓名'],
		['3-1-101', '陈桂香'],
		['幸福里', '单国强'],
		[null, '单小明'],
		['梧桐里小区', '曾小贤']
	]);
	expect(addresses.problems.map(({ row }) => row)).toEqual([3, 4, 5]);
	expect(doorsOf(addresses)).toEqual(['梧桐里小区 3 1 101 陈桂香']);
});

test.each([
	['幸福路12号', '幸福路12号'],
	['梧桐苑小区', '梧桐苑小区'],
	['梧桐苑3栋', '梧桐苑'],
	['梧桐苑3栋2单元501室', '梧桐苑'],
	['别处小区8栋101', '梧桐里小区']
])('%s beside the columns of a door tells its estate, not the door', (address, estate) => {
	const list = readRegister([
		['地址', '楼栋', '单元', '门牌', '姓名'],
		[address, '3栋', 2, 501, '陈桂香'],
		[address, null, null, null, '陈小明'],
		[address, '3栋', 2, 502, '单国强'],
		['同上', '03栋', 2, '0503', '曾小贤']
	]);
	expect(list.problems).toEqual([]);
	expect(doorsOf(list)).toEqual([
		`${estate} 3 2 501 陈桂香 陈小明`,
		`${estate} 3 2 502 单国强`,
		`${estate} 3 2 503 曾小贤`
	]);
});

test('a column of doors that holds whole codes is read like an address', () => {
	const list = readRegister([
		['楼栋', '门牌号', '姓名'],
		[null, '3-2-501', '陈桂香'],
		['3栋', '3-2-502', '单国强'],
		['3栋', '2-503', '曾小贤'],
		['3栋', '504-乙', '许秀云'],
		['3栋', '2单元505室', '赵秀珍']
	]);
	expect(doorsOf(list)).toEqual([
		'梧桐里小区 3 2 501 陈桂香',
		'梧桐里小区 3 2 502 单国强',
		'梧桐里小区 3 2 503 曾小贤',
		'梧桐里小区 3 2 504-乙 许秀云',
		'梧桐里小区 3 2 505 赵秀珍'
	]);
});

test('another household without a door of its own is not put behind the one above it', () => {
	const list = readRegister([
		['户编号', '住址', '姓名', '与户主关系'],
		['A-1', '3-1-101', '陈桂香', '户主'],
		['A-1', null, '陈小明', '子'],
		['A-2', null, '单国强', '户主'],
		[null, null, '单小明', '子']
	]);
	expect(list.problems.map(({ row, code }) => [row, code])).toEqual([
		[4, 'blank-door'],
		[5, 'blank-door']
	]);
	expect(doorsOf(list)).toEqual(['梧桐里小区 3 1 101 陈桂香 陈小明']);
});

test('a building of another estate is not that of the row above', () => {
	const list = readRegister([
		['小区', '楼栋', '门牌', '姓名'],
		['梧桐苑', 3, 101, '陈桂香'],
		['幸福里', null, 101, '单国强']
	]);
	expect(doorsOf(list)).toEqual(['梧桐苑 3  101 陈桂香', '幸福里   101 单国强']);
});

test('a sum under a column of addresses is no estate', () => {
	const { homes, problems } = readRegister([
		['住址', '户主'],
		['3-1-101', '陈桂香'],
		['合计：50户', null],
		[null, '填表人：王芳']
	]);
	expect([homes.length, problems]).toEqual([1, []]);
});

test.each([
	['梧桐里小区3栋2单元501室', ['梧桐里小区', '3', '2', '501']],
	['梧桐里小区 3号楼 二单元 501', ['梧桐里小区', '3', '2', '501']],
	['3栋501', ['', '3', '', '501']],
	['梧桐里小区３－２－５０１', ['梧桐里小区', '3', '2', '501']],
	['幸福巷12号', ['幸福巷', '', '', '12']],
	['梧桐苑5幢3单元501-乙', ['梧桐苑', '5', '3', '501-乙']],
	['幸福路12号院3单元501', ['幸福路12号院', '', '3', '501']],
	['3-2-501室', ['', '3', '2', '501']],
	['梧桐里小区 3 - 2 - 501户', ['梧桐里小区', '3', '2', '501']],
	['3号楼2-501', ['', '3', '2', '501']],
	['3栋2-501', ['', '3', '2', '501']],
	['3#楼2-501', ['', '3', '2', '501']],
	['3栋-501', ['', '3', '', '501']],
	['3栋2单元5层501室', ['', '3', '2', '501']],
	['3栋五楼501', ['', '3', '', '501']],
	['3-2-5-501', ['', '3', '2', '501']],
	['03栋02单元0501', ['', '3', '2', '501']],
	['A-501', ['', 'A', '', '501']],
	['甲栋101', ['', '甲', '', '101']],
	['3栋501-2', ['', '3', '', '501-2']],
	['幸福路12-3-2-501', ['幸福路12', '3', '2', '501']],
	['12-3-2-501', null],
	['梧桐里小区3栋2单元东2户', null],
	['合计:50户', null],
	['3栋2单元', null],
	['幸福里', null]
])('%s is read as %j', (written, expected) => {
	const read = parseAddress(written);
	expect(read && [read.estate, read.building, read.unit, read.room]).toEqual(expected);
});

test.each([
	['4栋', ['', '4', '']],
	['04号楼（共60户）', ['', '4', '']],
	['梧桐里小区3栋2单元：', ['梧桐里小区', '3', '2']],
	['二单元', ['', '', '2']],
	['梧桐里小区', ['梧桐里小区', '', '']],
	['低保户名单', null],
	['4栋201', null],
	['4', null]
])('a line that says %s is above %j', (written, expected) => {
	const place = parsePlace(written);
	expect(place && [place.estate, place.building, place.unit]).toEqual(expected);
});
