/** Column names and role words of a list of first people, as a spreadsheet has them. */
import type { ColumnName } from '#domain/import/columns-lexicon.ts';
import type { Role } from '#domain/people.ts';

export type PersonField = 'name' | 'phone' | 'role' | 'org';

export const personColumns: readonly ColumnName<PersonField>[] = [
	{ field: 'name', isRequired: true, names: ['姓名', '名字', 'name'] },
	{ field: 'phone', names: ['手机', '手机号', '手机号码', '联系电话', '电话', 'phone'] },
	{ field: 'role', isRequired: true, names: ['角色', '身份', '职务', 'role'] },
	{
		field: 'org',
		isRequired: true,
		names: ['单位代码', '单位', '所在单位', '单位名称', '社区', '组织', 'org']
	}
];

export const roleWords: Readonly<Record<Exclude<Role, 'setUp' | 'clock'>, readonly string[]>> = {
	admin: ['admin', '系统管理员', '管理员'],
	districtOfficer: ['districtOfficer', '区委组织部', '区'],
	subdistrictOfficer: ['subdistrictOfficer', '办事处党建办', '党建办', '办事处', '街道', '办'],
	communitySecretary: ['communitySecretary', '社区党组织书记', '社区书记', '书记'],
	communityWorker: ['communityWorker', '社区工作者', '网格员', '社工'],
	member: ['member', '党员', '党员志愿者'],
	volunteer: ['volunteer', '志愿者']
};
