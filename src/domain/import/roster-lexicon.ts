/** The names under which columns, roles and service categories appear in rosters, best name first. */
import type { Role } from '../people.ts';
import type { ServiceCategory } from '../service-categories.ts';
import type { ColumnName } from './columns-lexicon.ts';

export type RosterField =
	| 'personName'
	| 'mobile'
	| 'branch'
	| 'place'
	| 'role'
	/** 职务: a role where no column is named for roles, else what somebody does. */
	| 'post'
	/** 政治面貌: says member or volunteer, where nothing else says a role. */
	| 'politics'
	| 'occupation'
	| 'skills'
	| 'categories'
	| 'availability'
	| 'isLeadingCadre';

export const rosterColumns: readonly ColumnName<RosterField>[] = [
	{
		field: 'personName',
		isRequired: true,
		names: ['姓名', '党员姓名', '志愿者姓名', '人员姓名', '名字', 'name']
	},
	{
		field: 'mobile',
		names: [
			'手机号码',
			'手机号',
			'手机',
			'联系电话',
			'联系方式',
			'移动电话',
			'电话号码',
			'电话',
			'phone'
		]
	},
	{
		field: 'branch',
		names: [
			'党支部/单位',
			'所在党支部',
			'所属党支部',
			'组织关系所在党支部',
			'党支部',
			'所在支部',
			'支部',
			'工作单位',
			'单位',
			'branch'
		]
	},
	{
		field: 'place',
		names: ['所在社区', '所属社区', '社区', '报到社区', '街道', '办事处', '单位代码', 'org']
	},
	{
		field: 'role',
		names: ['角色', '岗位', '身份', '人员类别', '人员类型', '类别', 'role']
	},
	{ field: 'post', names: ['职务'] },
	{ field: 'politics', names: ['政治面貌'] },
	{ field: 'occupation', names: ['职业', '职业特点', '从事职业', 'occupation'] },
	{ field: 'skills', names: ['特长', '兴趣特长', '技能', '专长', '兴趣爱好', 'skills'] },
	{
		field: 'categories',
		names: ['服务意向', '意向类别', '志愿服务意向', '服务类别', '服务项目', 'categories']
	},
	{
		field: 'availability',
		names: ['可服务时间', '服务时间', '空闲时间', '参加时间', 'availability']
	},
	{
		field: 'isLeadingCadre',
		names: ['是否领导干部', '是否党员领导干部', '领导干部', '是否干部', 'cadre']
	}
];

/** Members all the same: no role of their own. */
export const probationaryWords: readonly string[] = ['预备党员', '中共预备党员'];

export const rosterRoles: Readonly<Record<Exclude<Role, 'setUp' | 'clock'>, readonly string[]>> = {
	member: [
		'党员',
		'中共党员',
		'正式党员',
		...probationaryWords,
		'在职党员',
		'党员志愿者',
		'member'
	],
	volunteer: [
		'志愿者',
		'群众',
		'共青团员',
		'团员',
		'非党员',
		'民主党派',
		'无党派人士',
		'volunteer'
	],
	communityWorker: ['社区工作者', '社工', '网格员', '网格长', '社区干部', 'communityworker'],
	communitySecretary: [
		'社区党组织书记',
		'社区书记',
		'党组织书记',
		'书记',
		'党委书记',
		'党总支书记',
		'communitysecretary'
	],
	subdistrictOfficer: ['办事处党建办', '党建办', '办事处', '街道', 'subdistrictofficer'],
	districtOfficer: ['区委组织部', '组织部', 'districtofficer'],
	admin: ['系统管理员', '管理员', 'admin']
};

export const categoryNames: Readonly<Record<ServiceCategory, readonly string[]>> = {
	povertyRelief: ['扶贫帮困', '扶贫济困', '帮困', '扶贫'],
	policyAdvice: ['政策咨询', '政策宣传', '政策'],
	information: ['信息咨询', '信息'],
	housekeeping: ['家政服务', '家政'],
	schoolHealth: ['就学就医', '就医', '就学', '助学', '医疗'],
	employment: ['就业创业', '就业', '创业'],
	cultureSport: ['文体娱乐', '文体', '文娱', '文体活动'],
	legalAid: ['法律援助', '法律咨询', '法律'],
	counselling: ['心理疏导', '心理咨询', '心理'],
	applianceRepair: ['家电维修', '维修', '家电'],
	other: ['其他', '其它']
};

export const yesWords: readonly string[] = ['是', '√', '✓', '有', 'y', 'yes', 'true', '1', '对'];
export const noWords: readonly string[] = [
	'否',
	'×',
	'无',
	'不是',
	'n',
	'no',
	'false',
	'0',
	'/',
	'-',
	''
];

/** A line above its members: 一、第一党支部（12人）. */
export const branchLine =
	/^(?:[一二三四五六七八九十\d]+[、.]\s*)?(\S*(?:支部|支部委员会|党总支|党委|党小组))\s*(?:[(:].*)?$/u;
