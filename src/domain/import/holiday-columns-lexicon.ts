/** The names under which the columns of a table of days off and make-up working days appear. */
import type { ColumnName } from './columns-lexicon.ts';

export type HolidayField = 'year' | 'day' | 'name' | 'off' | 'papers';

export const holidayColumns: readonly ColumnName<HolidayField>[] = [
	{ field: 'year', isRequired: true, names: ['年份', '通知年份', '年度', 'notice_year', 'year'] },
	{ field: 'day', isRequired: true, names: ['日期', 'date', 'day'] },
	{ field: 'name', isRequired: true, names: ['名称', '节日', '节假日', 'name'] },
	{ field: 'off', isRequired: true, names: ['是否放假', '放假', '休假', 'is_off_day', 'off'] },
	{ field: 'papers', names: ['来源', '通知', '文件', 'papers'] }
];

export const offWords: readonly string[] = ['true', '1', '是', '放假', '休', 'yes'];
export const workWords: readonly string[] = ['false', '0', '否', '上班', '班', '调休上班', 'no'];
