// Lists of organisations: official ones, dirty ones, and every way a row can be wrong.
import { describe, expect, test } from 'vitest';
import {
	parseOrganisations,
	type OrganisationOptions
} from '#domain/import/parse-organisations.ts';
import type { Sheet } from '#domain/import/sheet.ts';
import { sheetOf, tableOf } from './tables.ts';

function read(
	sheet: Sheet,
	options?: OrganisationOptions
): { units: string[]; problems: string[]; rowsIn: number } {
	const { units, problems, rowsIn } = parseOrganisations(sheet, options);
	return {
		units: units.map(({ code, name, level, parent }) => `${parent ?? ''}>${code} ${name} ${level}`),
		problems: problems.map(({ row, code, value }) => `${row} ${code} ${value}`),
		rowsIn
	};
}

const official = `
code|name|parent|level|ur_code
350299000000|杏林区||district|
350299001000|桃花街道|350299000000|subdistrict|
350299001001|一社区|350299001000|community|111
350299001002|二社区|350299001000|community|111`;

const officialUnits = [
	'>350299000000 杏林区 district',
	'350299000000>350299001000 桃花街道 subdistrict',
	'350299001000>350299001001 一社区 community',
	'350299001000>350299001002 二社区 community'
];

describe('good lists', () => {
	test('an official list is taken whole', () => {
		expect(read(tableOf(official))).toEqual({ units: officialUnits, problems: [], rowsIn: 4 });
	});

	test('parents come before children, whatever the order of the file', () => {
		const [header = '', ...rows] = official.trim().split('\n');
		const { units, problems } = read(tableOf([header, ...rows.reverse()].join('\n')));
		expect([units.slice(0, 2), problems]).toEqual([officialUnits.slice(0, 2), []]);
	});

	test('codes alone tell level and parent, in twelve digits, nine or six, as text or number', () => {
		const sheet = sheetOf([
			['区划代码', '名称'],
			[350299, '杏林区'],
			['350299001', '桃花街道'],
			[350299001001, '一社区'],
			["'350299001002 ", ' 二社区\u3000']
		]);
		expect(read(sheet)).toEqual({ units: officialUnits, problems: [], rowsIn: 4 });
	});

	test('what else a list says of a unit is taken along, and nothing where it says nothing', () => {
		const table = tableOf(`
			单位代码|单位名称|上级代码|层级|党组织书记|第一责任人|地址|党员服务中心|服务中心地址|开放时间|服务中心负责人
			1|杏林区||区|||||||
			2|桃花街道|1|街道|张某|李某|桃花路 1 号|桃花党员之家|桃花路 3 号|每天 8:30–17:30|王某`);
		const { units, problems } = parseOrganisations(table);
		expect(problems).toEqual([]);
		expect(units.map(({ about }) => about)).toEqual([
			undefined,
			{
				secretary: '张某',
				firstResponsible: '李某',
				officeAddress: '桃花路 1 号',
				centreName: '桃花党员之家',
				centreAddress: '桃花路 3 号',
				centreHours: '每天 8:30–17:30',
				centreKeeper: '王某'
			}
		]);
	});

	test('a cell that holds too much is named by its row and column', () => {
		const table = tableOf(`
			单位代码|单位名称|上级代码|层级|党组织书记
			1|杏林区||区|
			2|桃花街道|1|街道|${'张'.repeat(41)}`);
		expect(read(table).problems).toEqual(['3 too-long secretary']);
	});

	test('a dirty list without levels is read by its depth, deleted rows left out', () => {
		const table = tableOf(`
			id|name|parent|deleted
			o-9|某书记||1
			o-1|某市杏林区||0
			o-2|桃花镇|o-1|0
			o-3|一居委|o-2|0
			o-4|二居民区|o-2|0`);
		expect(read(table)).toEqual({
			units: [
				'>o-1 某市杏林区 district',
				'o-1>o-2 桃花镇 subdistrict',
				'o-2>o-3 一居委 community',
				'o-2>o-4 二居民区 community'
			],
			problems: ['2 deleted 某书记'],
			rowsIn: 5
		});
	});

	test('Chinese names of columns and levels, parents by name, under a title', () => {
		const table = tableOf(`
			杏林区组织体系一览表
			代码|单位名称|上级单位|层级
			Q1|杏林区|某市|区
			B1|桃花办|杏林区|街道办事处
			S1|一社区|桃花办|社区`);
		expect(read(table)).toEqual({
			units: ['>Q1 杏林区 district', 'Q1>B1 桃花办 subdistrict', 'B1>S1 一社区 community'],
			problems: [],
			rowsIn: 3
		});
	});

	test('a list that begins below the district asks for it, and takes it from the form', () => {
		const table = tableOf('code|name\n350299001|桃花街道\n350299002|荷花街道');
		expect(read(table)).toEqual({ units: [], problems: ['0 no-district '], rowsIn: 2 });
		expect(read(table, { district: { name: '杏林区' } })).toEqual({
			units: [
				'>350299000000 杏林区 district',
				'350299000000>350299001000 桃花街道 subdistrict',
				'350299000000>350299002000 荷花街道 subdistrict'
			],
			problems: [],
			rowsIn: 2
		});
		const plain = tableOf('id|name|parent\nb1|桃花街道|\ns1|一社区|b1');
		expect(read(plain, { district: { name: '杏林区', code: 'q1' } }).units).toEqual([
			'>q1 杏林区 district',
			'q1>b1 桃花街道 subdistrict',
			'b1>s1 一社区 community'
		]);
	});
});

describe('bad tables', () => {
	test.each([
		['苹果|梨\n1|2', '0 no-header 表一'],
		['name|parent\n桃花街道|杏林区', '0 missing-column code'],
		['code|parent\n1|2', '0 missing-column name'],
		['id|name\nx1|桃花街道', '0 missing-column parent']
	])('%s', (text, problem) => {
		const { units, problems } = read(tableOf(text));
		expect([units, problems]).toEqual([[], [problem]]);
	});
});

describe('bad rows are told apart, and good rows kept', () => {
	const withRow = (row: string): string[] => {
		const { units, problems } = read(tableOf(`${official}\n${row}`));
		expect(units).toEqual(officialUnits);
		return problems;
	};

	test.each([
		['|无名社区|350299001000|community', '6 blank-code '],
		['3.50E+11|三社区|350299001000|community', '6 code-lost 3.50E+11'],
		['三号|三社区|350299001000|community', '6 bad-code 三号'],
		['350299001002|三社区|350299001000|community', '6 duplicate-code 350299001002'],
		['350299001003||350299001000|community', '6 blank-name '],
		['350299001003|三社区|350299009000|community', '6 unknown-parent 350299009000'],
		['350299001003|三社区|350299001000|小组', '6 unknown-level 小组'],
		['350299001003|三社区|350299000000|community', '6 wrong-level 三社区'],
		['350299001003|三社区|350299001001|community', '6 too-deep 三社区'],
		['350299001003|三社区||community', '6 blank-parent 三社区'],
		['350298000000|梅林区||district', '6 several-districts 梅林区'],
		['350299002000|荷花街道|350299002000|subdistrict', '6 cycle 荷花街道']
	])('%s', (row, problem) => {
		expect(withRow(row)).toEqual([problem]);
	});

	test('a name that is too long', () => {
		const name = '长'.repeat(61);
		expect(withRow(`350299001003|${name}|350299001000|community`)).toEqual([
			`6 name-too-long ${name}`
		]);
	});

	test('circles, and what hangs below bad rows', () => {
		const table = tableOf(`
			id|name|parent
			q|杏林区|
			b1|桃花街道|q
			s1|一社区|b1
			b2|荷花街道|s2
			s2|二社区|b2
			s3|三社区|s2
			b3||q
			s4|四社区|b3
			x|孤儿|没有的
			y|孤儿的孩子|x`);
		expect(read(table)).toEqual({
			units: ['>q 杏林区 district', 'q>b1 桃花街道 subdistrict', 'b1>s1 一社区 community'],
			problems: [
				'5 cycle 荷花街道',
				'6 cycle 二社区',
				'7 parent-skipped 二社区',
				'8 blank-name ',
				'9 parent-skipped b3',
				'10 unknown-parent 没有的',
				'11 parent-skipped 孤儿'
			],
			rowsIn: 10
		});
	});

	test('a page header said again and blank rows are no rows', () => {
		const [header = ''] = official.trim().split('\n');
		const { units, problems, rowsIn } = read(tableOf(`${official}\n${header}\n||||`));
		expect([units, problems, rowsIn]).toEqual([officialUnits, [], 4]);
	});
});
