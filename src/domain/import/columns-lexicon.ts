/** The names under which columns and levels appear in lists and ledgers, best name first. */

import type { AboutField } from '../about-unit.ts';

/** One column that is looked for; a table without a required one is not taken. */
export interface ColumnName<F extends string> {
	readonly field: F;
	readonly names: readonly string[];
	readonly isRequired?: boolean;
}

export type OrganisationField = 'code' | 'name' | 'parent' | 'level' | 'deleted' | AboutField;
export type DemandField =
	'sourceNo' | 'requester' | 'title' | 'registeredAt' | 'description' | 'phone' | 'place';
export type ListedLevel = 'district' | 'subdistrict' | 'community';

export const organisationColumns: readonly ColumnName<OrganisationField>[] = [
	{
		field: 'code',
		isRequired: true,
		names: [
			'统计用区划代码',
			'区划代码',
			'行政区划代码',
			'单位代码',
			'机构代码',
			'组织代码',
			'社区代码',
			'代码',
			'编码',
			'编号',
			'code',
			'id'
		]
	},
	{
		field: 'name',
		isRequired: true,
		names: ['单位名称', '机构名称', '组织名称', '区划名称', '社区名称', '名称', '单位', 'name']
	},
	{
		field: 'parent',
		names: [
			'上级代码',
			'上级编码',
			'上级编号',
			'上级单位代码',
			'父级代码',
			'上级',
			'上级单位',
			'上级单位名称',
			'上级名称',
			'所属上级',
			'父级',
			'parent',
			'parent_id',
			'parent_code',
			'pid'
		]
	},
	{ field: 'level', names: ['层级', '单位层级', '级别', 'level'] },
	{ field: 'secretary', names: ['党组织书记', '书记', '书记姓名', '党组织负责人', 'secretary'] },
	{
		field: 'firstResponsible',
		names: ['第一责任人', '一把手', '主要负责人', '第一责任人姓名', 'first_responsible']
	},
	{ field: 'officeAddress', names: ['地址', '单位地址', '办公地址', '联系地址', 'address'] },
	{
		field: 'centreName',
		names: ['党员服务中心', '服务中心', '党员服务中心名称', '服务中心名称', '党群服务中心']
	},
	{ field: 'centreAddress', names: ['服务中心地址', '党员服务中心地址', '党群服务中心地址'] },
	{ field: 'centreHours', names: ['开放时间', '服务中心开放时间', '党员服务中心开放时间'] },
	{ field: 'centreKeeper', names: ['服务中心负责人', '党员服务中心负责人', '中心负责人'] },
	{ field: 'deleted', names: ['是否删除', '已删除', '删除', '是否停用', '停用', 'deleted'] }
];

export const demandColumns: readonly ColumnName<DemandField>[] = [
	{
		field: 'sourceNo',
		isRequired: true,
		names: [
			'留言编号',
			'诉求编号',
			'工单编号',
			'工单号',
			'受理编号',
			'信件编号',
			'来源编号',
			'编号',
			'单号',
			'流水号',
			'mail_id',
			'source_no',
			'id'
		]
	},
	{
		field: 'requester',
		names: [
			'留言用户',
			'诉求人',
			'诉求人姓名',
			'留言人',
			'来信人',
			'来电人',
			'反映人',
			'群众姓名',
			'姓名',
			'requester'
		]
	},
	{
		field: 'title',
		names: ['留言主题', '诉求标题', '诉求主题', '工单标题', '信件标题', '标题', '主题', 'title']
	},
	{
		field: 'registeredAt',
		isRequired: true,
		names: [
			'留言时间',
			'登记时间',
			'登记日期',
			'诉求时间',
			'诉求日期',
			'来信时间',
			'来电时间',
			'反映时间',
			'受理时间',
			'受理日期',
			'时间',
			'日期',
			'query_date',
			'registered_at',
			'created_at'
		]
	},
	{
		field: 'description',
		isRequired: true,
		names: [
			'留言详情',
			'诉求内容',
			'留言内容',
			'来信内容',
			'信件内容',
			'反映内容',
			'诉求描述',
			'问题描述',
			'具体内容',
			'内容',
			'详情',
			'description',
			'content',
			'query'
		]
	},
	{
		field: 'phone',
		names: ['联系电话', '联系方式', '手机号码', '手机号', '手机', '电话', 'phone']
	},
	{
		field: 'place',
		names: ['发生地点', '地点', '家庭住址', '联系地址', '住址', '地址', 'place', 'address']
	}
];

/** Names one letter away from a name above that mean something else. */
export const otherColumns: readonly string[] = [
	'登记时限',
	'诉求时限',
	'办理时限',
	'受理时限',
	'反馈时间',
	'答复时间',
	'办结时间',
	'回访时间',
	'回访内容',
	'答复内容',
	'单位简称',
	'诉求类型'
];

export const levelWords: Readonly<Record<ListedLevel, readonly string[]>> = {
	district: ['district', '区', '县', '区县', '市辖区', '区级', '县级', '县区'],
	subdistrict: [
		'subdistrict',
		'办',
		'办事处',
		'街道',
		'街道办',
		'街道办事处',
		'街镇',
		'镇街',
		'乡镇',
		'镇',
		'乡',
		'街道级',
		'乡镇级'
	],
	community: [
		'community',
		'社区',
		'居委',
		'居委会',
		'居民委员会',
		'社区居委会',
		'社区居民委员会',
		'居民区',
		'村居',
		'村',
		'村委会',
		'社区级'
	]
};

/** What a cell says when a row is struck from a list. */
export const deletedWords: readonly string[] = [
	'1',
	'true',
	'yes',
	'y',
	'是',
	'删除',
	'已删除',
	'停用'
];
