// The header is found by its names: under titles, over merged cells, in other words, with a slip of the pen.
import { describe, expect, test } from 'vitest';
import {
	demandColumns,
	organisationColumns,
	otherColumns,
	type ColumnName,
	type DemandField
} from '#domain/import/columns-lexicon.ts';
import { findHeader } from '#domain/import/find-header.ts';
import { fillMerged, type Sheet } from '#domain/import/sheet.ts';
import { sheetOf, tableOf } from './tables.ts';

function found(sheet: Sheet): { row: number; columns: Record<string, number> } | null {
	const header = findHeader(sheet, demandColumns);
	return header && { row: header.row, columns: Object.fromEntries(header.columns) };
}

describe('where it stands', () => {
	test('in the first row', () => {
		expect(found(tableOf('留言编号|留言用户|留言主题|留言时间|留言详情'))).toEqual({
			row: 0,
			columns: { sourceNo: 0, requester: 1, title: 2, registeredAt: 3, description: 4 }
		});
	});

	test('under a merged title and a line about the unit', () => {
		const sheet = sheetOf(
			[
				['杏花社区群众诉求台账'],
				['填报单位：杏花社区', null, null, '2026年11月'],
				[],
				['序号', '编号', '登记时间', '诉求内容'],
				['1', 'A1', '2026-11-24', '路灯不亮']
			],
			[{ top: 0, left: 0, bottom: 0, right: 3 }]
		);
		expect(found(sheet)).toEqual({
			row: 3,
			columns: { sourceNo: 1, registeredAt: 2, description: 3 }
		});
	});

	test('in two rows, names of one column merged downwards, of several sideways', () => {
		const sheet = sheetOf(
			[
				['诉求台账'],
				['编号', '诉求人', null, '登记时间', '诉求'],
				[null, '姓名', '电话', null, '标题', '内容'],
				['A1', '张三', '1', '2026-11-24', '路灯', '不亮']
			],
			[
				{ top: 1, left: 0, bottom: 2, right: 0 },
				{ top: 1, left: 1, bottom: 1, right: 2 },
				{ top: 1, left: 3, bottom: 2, right: 3 },
				{ top: 1, left: 4, bottom: 1, right: 5 }
			]
		);
		expect(found(sheet)).toEqual({
			row: 2,
			columns: { sourceNo: 0, requester: 1, phone: 2, registeredAt: 3, title: 4, description: 5 }
		});
	});

	test('in two rows of a CSV, which knows no merged cells', () => {
		const table = tableOf('编号|诉求人||登记时间|内容\n|姓名|电话||\nA1|张三|1|2026-11-24|路灯');
		expect(found(table)).toMatchObject({
			row: 1,
			columns: { sourceNo: 0, requester: 1, phone: 2 }
		});
	});

	test('nowhere', () => {
		expect(found(tableOf('苹果|梨\n1|2'))).toBeNull();
		expect(found(sheetOf([]))).toBeNull();
		const late = [...Array.from({ length: 30 }, () => ['文字']), ['编号', '标题', '内容']];
		expect(found(sheetOf(late))).toBeNull();
	});
});

describe('which column is which', () => {
	const columnOf = (field: DemandField, ...names: string[]): number | undefined =>
		findHeader(sheetOf([['标题', ...names]]), demandColumns)?.columns.get(field);

	test.each<[string, DemandField]>([
		['诉 求 内 容', 'description'],
		['诉求内容*', 'description'],
		['诉求内容（必填）', 'description'],
		['【诉求内容】', 'description'],
		['Query_Date', 'registeredAt'],
		['ＱＵＥＲＹ　ＤＡＴＥ', 'registeredAt'],
		['登记时間', 'registeredAt'],
		['登时时间', 'registeredAt'],
		['登记时间点', 'registeredAt'],
		['留言祥情', 'description'],
		['留言编码号', 'sourceNo'],
		['工单编', 'sourceNo']
	])('%s is %s', (name, field) => {
		expect(columnOf(field, name)).toBe(1);
	});

	test.each<[string, DemandField]>([
		['登记时限', 'registeredAt'],
		['答复时间', 'registeredAt'],
		['答复内容', 'description'],
		['序号', 'sourceNo'],
		['内客', 'description']
	])('%s is not %s', (name, field) => {
		expect(columnOf(field, name)).toBeUndefined();
	});

	test('the better name wins, and an exact name over a slip', () => {
		expect(columnOf('sourceNo', 'id', '编号', '诉求编号')).toBe(3);
		expect(columnOf('registeredAt', '受理时间', '登记时间')).toBe(2);
		expect(columnOf('description', '诉求内荣', '内容')).toBe(2);
	});

	test('missing columns are named when they are required', () => {
		const header = findHeader(tableOf('标题|诉求人'), demandColumns);
		expect(header?.missing).toEqual(['sourceNo', 'registeredAt', 'description']);
	});
});

test('no name stands for two columns', () => {
	const namesOf = (columns: readonly ColumnName<string>[]): string[] => [
		...columns.flatMap(({ names }) => names),
		...otherColumns
	];
	for (const names of [namesOf(demandColumns), namesOf(organisationColumns)]) {
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	}
});

test('merged cells can be filled, and the sheet itself stays as it was', () => {
	const sheet = sheetOf(
		[['甲', null, '乙'], [null], ['丙']],
		[
			{ top: 0, left: 0, bottom: 1, right: 1 },
			{ top: 5, left: 0, bottom: 6, right: 0 }
		]
	);
	expect(fillMerged(sheet).rows).toEqual([['甲', '甲', '乙'], ['甲', '甲'], ['丙']]);
	expect(sheet.rows[1]).toEqual([null]);
});
