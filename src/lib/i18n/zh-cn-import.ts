/** Words of importing from Excel and CSV: why a file, a table or a row was not taken, and what to do about it. */
import type { DemandField, OrganisationField } from '#domain/import/columns-lexicon.ts';
import type { RegisterField } from '#domain/import/register-lexicon.ts';
import type { ImportCode } from '#domain/import/problem.ts';
import type { RosterField } from '#domain/import/roster-lexicon.ts';

/** How the columns are called on the screen and in the template. */
const field = {
	code: '代码',
	name: '名称',
	parent: '上级代码',
	level: '层级',
	secretary: '党组织书记',
	firstResponsible: '第一责任人',
	officeAddress: '地址',
	centreName: '党员服务中心',
	centreAddress: '服务中心地址',
	centreHours: '开放时间',
	centreKeeper: '服务中心负责人',
	deleted: '是否删除',
	sourceNo: '编号',
	requester: '诉求人',
	title: '标题',
	registeredAt: '登记时间',
	description: '内容',
	phone: '联系电话',
	place: '地点',
	personName: '姓名',
	mobile: '手机号',
	branch: '党支部/单位',
	role: '角色',
	post: '职务',
	occupation: '职业',
	skills: '特长',
	categories: '服务意向',
	availability: '可服务时间',
	isLeadingCadre: '是否领导干部',
	householdNo: '户编号',
	grid: '网格',
	address: '住址',
	estate: '小区',
	building: '楼栋',
	unit: '单元',
	room: '门牌',
	head: '户主',
	relation: '与户主关系',
	sex: '性别',
	birth: '出生日期',
	idNumber: '出生日期和性别（身份证号本身不保存）',
	tier: '分级',
	groups: '人群',
	size: '家庭人口',
	tenure: '住房性质',
	politics: '政治面貌',
	health: '健康状况',
	disabilityKind: '残疾类别',
	disabilityGrade: '残疾等级',
	employment: '就业',
	schooling: '就学',
	insurance: '参保',
	consentedOn: '同意采集的日期',
	consentedBy: '谁同意的',
	consentScope: '同意做什么',
	member: '包联党员'
} as const satisfies Record<OrganisationField | DemandField | RosterField | RegisterField, string>;

/** One sentence for each code; `value` is what the problem quotes. */
const sentences = {
	empty: (value: string) => `“${value}”里没有内容，请换一个文件`,
	'too-big': (value: string) => `“${value}”太大，请分成几个文件，每个不超过 20 MB`,
	'old-xls': (value: string) =>
		`“${value}”是旧版 Excel 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 再选`,
	encrypted: (value: string) => `“${value}”设了打开密码，请去掉密码、另存后再选`,
	'not-a-table': (value: string) => `“${value}”不是表格，请选 .xlsx 或 .csv 文件`,
	damaged: (value: string) => `“${value}”打不开，可能没有传完整，请重新导出或另存后再选`,
	encoding: (value: string) =>
		`看不懂“${value}”的文字编码，请用 Excel 或 WPS 打开，另存为 .xlsx 再选`,
	'broken-csv': (value: string) => `第 ${value} 行的引号没有成对，请改好，或另存为 .xlsx 再选`,
	cancelled: (_value: string) => '已停止读取，没有导入任何内容',

	'no-header': (value: string) => `在“${value}”里没有找到表头，请在第一行写上列名`,
	'missing-column': (value: string) => `缺少“${labelOf(value)}”这一列，请补上再导入`,
	'no-district': (_value: string) => '表里没有区这一级，请填上区的名称，或在表里加一行',

	deleted: (value: string) => `“${value}”标了删除，没有导入`,
	'blank-code': (_value: string) => '没有代码，请补上',
	'code-lost': (value: string) =>
		`代码“${value}”变成了科学计数，后面几位丢了，请把这一列设成文本、重新填写`,
	'bad-code': (value: string) => `代码“${value}”不对，请只用数字、字母和短横线`,
	'duplicate-code': (value: string) => `代码“${value}”前面已经有了，这一行没有导入，请核对`,
	'blank-name': (_value: string) => '没有名称，请补上',
	'name-too-long': (value: string) => `名称“${value.slice(0, 12)}…”太长，请改到 60 个字以内`,
	'unknown-level': (value: string) => `层级“${value}”看不懂，请写“区”“街道”或“社区”`,
	'wrong-level': (value: string) => `“${value}”的层级和上级对不上，请核对`,
	'too-deep': (value: string) => `“${value}”在社区下面，只能有区、街道、社区三级，请核对`,
	'blank-parent': (value: string) => `“${value}”没有写上级，请补上`,
	'unknown-parent': (value: string) => `上级“${value}”不在表里，请核对`,
	'parent-skipped': (value: string) => `上级“${value}”没有导入，请先改好上级那一行`,
	cycle: (value: string) => `“${value}”的上级绕了一圈又回到自己，请核对`,
	'several-districts': (value: string) => `一张表只能有一个区，“${value}”没有导入，请核对它的上级`,

	'blank-number': (_value: string) => '没有编号，请补上',
	'duplicate-number': (value: string) => `编号“${value}”前面已经有了，这一行没有导入，请核对`,
	'blank-title': (_value: string) => '没有标题，请补上',
	'blank-description': (_value: string) => '没有内容，请补上',
	'blank-date': (_value: string) => '没有登记时间，请补上',
	'bad-date': (value: string) => `时间“${value}”看不懂，请写成 2026-11-24 9:30 的样子`,
	'date-out-of-range': (value: string) => `时间“${value}”太早或太晚，请核对`,
	'too-long': (value: string) => `“${labelOf(value)}”太长，放不下，请删短`,
	'bad-characters': (value: string) => `“${labelOf(value)}”里有坏掉的字，请删掉再导入`,

	'blank-person': (_value: string) => '没有姓名，请补上',
	'bad-phone': (value: string) => `手机号“${value}”不对，请核对位数`,
	'phone-lost': (value: string) =>
		`手机号“${value}”变成了科学计数，后面几位丢了，请把这一列设成文本、重新填写`,
	'duplicate-person': (value: string) => `${value}在表里已经有了，这一行没有导入`,
	'phone-of-another': (value: string) => `这个手机号已经登记给${value}，请核对是不是同一个人`,
	'same-name': (value: string) =>
		`花名册里已有${value}，手机号不同，请核对：是同一个人就更正资料，不是就单独登记`,
	'unknown-role': (value: string) => `角色“${value}”看不懂，请写“党员”“志愿者”或“社区工作者”`,
	'role-by-politics': (value: string) => `岗位“${value}”不是这里的角色，按政治面貌登记了，请核对`,
	'probationary-member': (value: string) =>
		`“${value}”登记成“党员”，预备还是正式这里不记，请另外记着`,
	'role-not-yours': (value: string) => `“${value}”不归这里登记，请由上一级登记`,
	'unknown-place': (value: string) => `“${value}”不在您管的单位里，请核对社区或街道的名称`,
	'unknown-category': (value: string) => `服务意向“${value}”不在十类里，记成“其他”，请核对`,
	'unknown-answer': (value: string) => `是否领导干部写的是“${value}”，看不懂，当作“否”，请核对`,
	'line-across': (value: string) => `“${value}”独占一行，没有导入，请核对它下面的几行`,
	'several-names': (value: string) => `“${value}”不止一个人，没有导入，请一人写一行`,
	'blank-estate': (_value: string) => '没有写小区，请在“表里没写小区名的，都算在”里填上',
	'blank-door': (value: string) =>
		value === '' ? '没有门牌，请补上' : `住址“${value}”看不出门牌，请写成 3栋2单元501 的样子`,
	'door-too-long': (value: string) => `门牌“${value}”太长，请改短`,
	'duplicate-door': (value: string) => `“${value}”前面已经有了，这一行没有导入`,
	'birth-unread': (value: string) => `出生日期“${value}”看不懂，先空着，请以后补上`,
	'phone-unread': (value: string) => `电话“${value}”看不懂，先空着，请以后补上`,
	'id-unread': (_value: string) =>
		'身份证号不全、有误或后三位变成了 0，看不出性别，先空着，请以后补上',
	'word-unread': (value: string) => `“${value}”看不懂，先空着，请以后补上`,
	'member-unknown': (value: string) => `名册里没有党员“${value}”，或有同名的，请到包联分工里分`,
	'grid-differs': (value: string) => `这栋楼已经在别的网格，没有划到“${value}”，请到网格划分里核对`,
	'home-moved-out': (value: string) =>
		`${value || '这一户'}已登记迁出，没有导入，搬回来的请到居民里恢复在册`,
	'several-heads': (value: string) => `同一户有两个户主，“${value}”先记成其他，请核对`
} as const satisfies Record<ImportCode, (value: string) => string>;

export const importMessages = { ...sentences, field } as const;

function labelOf(name: string): string {
	return Object.entries(field).find(([key]) => key === name)?.[1] ?? name;
}
