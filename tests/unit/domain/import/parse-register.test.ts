/** Registers as offices keep them: titles, merged cells, one block written once, numbers for phones. */
import { expect, test } from 'vitest';
import { fromIdNumber, parseBirth, parsePhone } from '#domain/import/register-values.ts';
import type { SheetRow } from '#domain/import/sheet.ts';
import { readRegister } from './read-register.ts';

const header: SheetRow = [
	'户编号',
	'家庭住址',
	'姓名',
	'与户主关系',
	'性别',
	'身份证号',
	'联系电话',
	'困难类型',
	'包联党员'
];

test('one row a person: households gather their people, the head is theirs', () => {
	const { homes, problems, notes, rowsIn } = readRegister([
		['梧桐里社区居民花名册'],
		['填表人：某某', null, '2026年11月'],
		header,
		[
			'A-1',
			'梧桐里小区3栋2单元501室',
			'陈桂香',
			'户主',
			'女',
			'990101194403053326',
			13800001123,
			'独居、高龄',
			'王素芬'
		],
		['A-1', '梧桐里小区3栋2单元501室', '陈小明', '子', '男', null, null, null, null],
		header,
		[
			'A-2',
			'梧桐里小区3-2-502',
			'单国强',
			'户主',
			null,
			'990101198001013311',
			'138 0000 2257',
			'无',
			null
		]
	]);
	expect(problems).toEqual([]);
	expect(notes).toEqual([]);
	expect(rowsIn).toBe(3);
	expect(homes).toEqual([
		{
			row: 4,
			estate: '梧桐里小区',
			building: '3',
			unit: '2',
			room: '501',
			householdNo: 'A-1',
			head: '陈桂香',
			headBorn: 1944,
			phone: '13800001123',
			member: '王素芬',
			size: 2,
			groups: ['livingAlone', 'veryOld'],
			people: [
				{
					row: 4,
					name: '陈桂香',
					relation: 'head',
					sex: 'female',
					birth: '1944-03-05',
					phone: '13800001123',
					groups: ['livingAlone', 'veryOld']
				},
				{ row: 5, name: '陈小明', relation: 'child', sex: 'male', groups: [] }
			]
		},
		expect.objectContaining({ room: '502', head: '单国强', headBorn: 1980, size: 1, groups: [] })
	]);
	// An identity number is nowhere in what was read.
	expect(JSON.stringify(homes)).not.toContain('990101');
});

test('merged cells and a block written once belong to every row under them', () => {
	const rows: SheetRow[] = [
		['楼栋', '单元', '门牌', '户主', '姓名', '出生日期'],
		['3栋', '2单元', 501, '陈桂香', '陈桂香', { date: '1944-03-05T00:00:00' }],
		[null, null, null, null, '陈小明', '1970.5'],
		[null, null, 502, '单国强', '单国强', 19800101],
		['5栋', null, 101, '曾小贤', '曾小贤', '1980年1月']
	];
	const merges = [
		{ top: 1, left: 0, bottom: 3, right: 0 },
		{ top: 1, left: 2, bottom: 2, right: 2 }
	];
	const { homes, problems } = readRegister(rows, { merges });
	expect(problems).toEqual([]);
	expect(
		homes.map(({ building, unit, room, people }) => [building, unit, room, people.length])
	).toEqual([
		['3', '2', '501', 2],
		['3', '2', '502', 1],
		['5', '', '101', 1]
	]);
	expect(homes[0]?.people.map(({ birth }) => birth)).toEqual(['1944-03-05', '1970-05']);
	expect(homes[0]?.people[0]?.relation).toBe('head');
	expect(homes[2]).toMatchObject({ estate: '梧桐里小区', headBorn: 1980 });
});

test('a line across the table is nobody: signatures and sums are passed over, others are reported', () => {
	const names: SheetRow = ['楼栋', '单元', '门牌', '姓名'];
	const across = (top: number) => ({ top, left: 0, bottom: top, right: 3 });
	const { homes, problems, rowsIn } = readRegister(
		[
			names,
			['3', '1', '101', '陈桂香'],
			['低保户名单'],
			['3', '1', '102', '单国强'],
			['合计：2户', null, null, '2人'],
			['填表人：王芳'],
			['审核人：李明', null, '2026年11月']
		],
		{ merges: [across(2), across(5)] }
	);
	expect(homes.map(({ room, people }) => [room, people.map(({ name }) => name)])).toEqual([
		['101', ['陈桂香']],
		['102', ['单国强']]
	]);
	expect(problems).toEqual([{ row: 3, code: 'line-across', value: '低保户名单' }]);
	expect(rowsIn).toBe(3);
});

test('the same person twice in a household is taken once, with or without the date of birth', () => {
	const { homes, problems } = readRegister([
		['住址', '姓名', '出生年月'],
		['3-1-101', '陈  刚', '1944.3'],
		['3-1-101', '陈刚', null],
		['3-1-101', '陈刚', '1944-03-05'],
		['3-1-101', '陈刚', '1980']
	]);
	expect(problems.map(({ row, code }) => [row, code])).toEqual([
		[3, 'duplicate-person'],
		[4, 'duplicate-person']
	]);
	expect(homes[0]?.people.map(({ name, birth }) => [name, birth])).toEqual([
		['陈刚', '1944-03'],
		['陈刚', '1980']
	]);
});

test('two people in one cell are reported, and so are doors of no estate', () => {
	const rows: SheetRow[] = [
		['住址', '姓名'],
		['梧桐里小区3-1-101', '陈桂香/陈小明'],
		['梧桐里小区3-1-102', '单国强\n单小明'],
		['3-1-103', '曾小贤']
	];
	const { homes, problems } = readRegister(rows, {}, '');
	expect(homes).toEqual([]);
	expect(problems.map(({ row, code }) => [row, code])).toEqual([
		[2, 'several-names'],
		[3, 'several-names'],
		[4, 'blank-estate']
	]);
});

test('one row a household: no people are made up, a door written twice is left out', () => {
	const { homes, problems } = readRegister([
		['小区', '楼号', '单元', '房号', '户主姓名', '家庭人口', '分级', '住房性质'],
		['梧桐苑', '1号楼', '一单元', '301室', '赵秀珍', '3人', '重点户', '租住'],
		['梧桐苑', 1, 1, 301, '赵秀珍', 3, '重点户', '租住'],
		['梧桐苑', '2', '', '', '无门牌', 1, '', '']
	]);
	expect(homes).toEqual([
		{
			row: 2,
			estate: '梧桐苑',
			building: '1',
			unit: '1',
			room: '301',
			head: '赵秀珍',
			size: 3,
			tier: 'key',
			tenure: 'rented',
			groups: [],
			people: []
		}
	]);
	expect(problems).toEqual([
		{ row: 3, code: 'duplicate-door', value: '赵秀珍' },
		{ row: 4, code: 'blank-door', value: '' }
	]);
});

test('what cannot be kept is said by row; what cannot be read is left empty and said too', () => {
	const { homes, problems, notes } = readRegister([
		['地址', '姓名', '关系', '出生年月', '电话', '标签'],
		['3-1-101', '甲', '户主', '不记得', '没有', '热心人'],
		['3-1-101', '甲', '户主', '不记得', null, null],
		['3-1-101', '乙', '户主', '1990', null, null],
		['幸福里', '丙', null, null, null, null],
		['3-1-102', '', null, null, null, null]
	]);
	expect(problems).toEqual([
		{ row: 3, code: 'duplicate-person', value: '甲' },
		{ row: 5, code: 'blank-door', value: '幸福里' },
		{ row: 6, code: 'blank-person', value: '' }
	]);
	expect(notes.map(({ row, code }) => [row, code])).toEqual([
		[2, 'birth-unread'],
		[2, 'word-unread'],
		[3, 'birth-unread'],
		[4, 'several-heads']
	]);
	expect(homes[0]?.people.map(({ name, relation }) => [name, relation])).toEqual([
		['甲', 'head'],
		['乙', 'other']
	]);
});

test.each([
	[[['姓名', '性别']], 'missing-column'],
	[[['门牌', '小区']], 'missing-column'],
	[[['甲', '乙']], 'no-header']
])('%j is no register: %s', (rows, code) => {
	expect(readRegister(rows).problems).toMatchObject([{ row: 0, code }]);
});

test.each([
	['1944', '1944'],
	['1944.3', '1944-03'],
	['194403', '1944-03'],
	[19440305, '1944-03-05'],
	['1944年3月5日', '1944-03-05'],
	['1944/13', null],
	['44', null]
])('born %s is %s', (written, expected) => {
	expect(parseBirth(written)).toBe(expected);
});

test.each([
	['13800001123、13900001123', '13800001123'],
	['1380000112、13900001123', '13900001123'],
	['029-8888 7777', '029-8888 7777'],
	['+8613800001123', '13800001123'],
	['1.3812345678E+10', '13812345678'],
	['1.38123E+10', null],
	['1380000112', null],
	['138000011234', null],
	['12345', '12345'],
	['无', null]
])('a phone %s is called at %s', (written, expected) => {
	expect(parsePhone(written)).toBe(expected);
});

test.each([
	['990101********3320', {}],
	['990101194403053318', { birth: '1944-03-05', sex: 'male' }],
	['990101194403053326', { birth: '1944-03-05', sex: 'female' }],
	// One digit mistyped: the last one tells.
	['990101194403053328', { birth: '1944-03-05' }],
	// Its last digits are gone, though the last of them checks.
	['990101194403053000', { birth: '1944-03-05' }],
	[990101194403053000, { birth: '1944-03-05' }],
	[Number('990101194403053318'), { birth: '1944-03-05' }]
])('of the identity number %s no more is believed than it can tell', (cell, expected) => {
	expect(fromIdNumber(cell)).toEqual(expected);
});

test('what Excel rounded makes nobody a woman, nor a phone of another', () => {
	const { homes, problems, notes } = readRegister([
		['住址', '姓名', '性别', '出生日期', '身份证号', '电话'],
		['3-1-101', '陈桂香', null, null, 990101194403053000, '1.3812345678E+10'],
		['3-1-102', '单国强', '男', '1980-01-13', '990101198001013000', 13800002257],
		['3-1-103', '曾小贤', '男', null, null, '1.38123E+10'],
		['3-1-104', '许秀云', null, null, null, '1380000112']
	]);
	expect(homes.map(({ people: [person] }) => person)).toMatchObject([
		{ name: '陈桂香', birth: '1944-03-05', phone: '13812345678' },
		{ name: '单国强', sex: 'male', birth: '1980-01-13', phone: '13800002257' },
		{ name: '许秀云' }
	]);
	expect(homes.filter(({ people }) => people[0]?.sex === 'female')).toEqual([]);
	expect(problems).toEqual([{ row: 4, code: 'phone-lost', value: '1.38123E+10' }]);
	expect(notes).toEqual([
		{ row: 2, code: 'id-unread', value: '' },
		{ row: 5, code: 'phone-unread', value: '1380000112' }
	]);
});

test('consent is read with its day alone: who said yes, and to what', () => {
	const { homes, notes } = readRegister([
		['小区', '楼号', '房号', '姓名', '同意日期', '同意人', '同意范围'],
		['梧桐苑', 1, 301, '赵秀珍', '2026年3月5日', '监护人（女儿）', '登记、拍照、共享给医院'],
		['梧桐苑', 1, 302, '单国强', '', '本人', '登记'],
		['梧桐苑', 1, 303, '许秀云', '去年', '本人', '登记']
	]);
	const [first, ...others] = homes.map(({ people: [person] }) => person);
	expect(first).toMatchObject({
		consentedOn: '2026-03-05',
		consentedBy: 'guardian',
		consentScope: ['register', 'photo', 'passOn']
	});
	for (const other of others) expect(other).not.toHaveProperty('consentedBy');
	expect(notes.map(({ value }) => value)).toEqual(['去年']);
});

test('health, disability, work, school, insurance and skills are read; 低保边缘 is not 低保', () => {
	const { homes, notes } = readRegister([
		[
			'小区',
			'楼号',
			'房号',
			'姓名',
			'关爱标签',
			'健康状况',
			'残疾类别',
			'残疾等级',
			'就业',
			'就学',
			'参保',
			'特长'
		],
		[
			'梧桐苑',
			1,
			301,
			'赵秀珍',
			'低保边缘、独居',
			'有慢性病',
			'肢体残疾',
			'二级',
			'离退休',
			'无',
			'居民医保、职工养老',
			'理发、 修家电'
		],
		['梧桐苑', 1, 302, '单国强', '低保、低保边缘', '说不清', '', '', '', '', '商业险', '']
	]);
	const [first, second] = homes.map(({ people: [person] }) => person);
	expect(first).toMatchObject({
		groups: ['nearLowIncome', 'livingAlone'],
		health: 'chronic',
		disabilityKind: 'limbs',
		disabilityGrade: '2',
		employmentStatus: 'retired',
		insurance: ['residentMedical', 'employeePension'],
		skills: ['理发', '修家电']
	});
	expect(first?.schooling).toBeUndefined();
	expect(second?.groups).toEqual(['lowIncome', 'nearLowIncome']);
	expect(second && 'health' in second).toBe(false);
	expect(notes.map(({ code, value }) => [code, value])).toEqual([
		['word-unread', '商业险'],
		['word-unread', '说不清']
	]);
});
