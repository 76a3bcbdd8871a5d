/** How registers of households name their columns, and the words that stand in them. */
import type { Group, Tenure } from '../kinds/household.ts';
import type { PoliticalStatus, Relation, Sex } from '../kinds/resident.ts';
import type {
	ConsentBy,
	ConsentScope,
	DisabilityGrade,
	DisabilityKind,
	Employment,
	Health,
	Insurance,
	Schooling
} from '../kinds/resident-details.ts';
import type { CareTier } from '../settings.ts';
import type { ColumnName } from './columns-lexicon.ts';

export type RegisterField =
	| 'householdNo'
	| 'grid'
	| 'address'
	| 'estate'
	| 'building'
	| 'unit'
	| 'room'
	| 'head'
	| 'name'
	| 'relation'
	| 'sex'
	| 'birth'
	| 'idNumber'
	| 'phone'
	| 'tier'
	| 'groups'
	| 'size'
	| 'tenure'
	| 'politics'
	| 'health'
	| 'disabilityKind'
	| 'disabilityGrade'
	| 'employment'
	| 'schooling'
	| 'insurance'
	| 'skills'
	| 'consentedOn'
	| 'consentedBy'
	| 'consentScope'
	| 'member';

export const registerColumns: readonly ColumnName<RegisterField>[] = [
	{ field: 'householdNo', names: ['户编号', '户号', '家庭编号', '住户编号', '户籍号'] },
	{
		field: 'address',
		names: ['家庭住址', '详细地址', '居住地址', '房屋地址', '门牌地址', '住址', '地址', 'address']
	},
	{
		field: 'grid',
		names: ['网格', '网格号', '所属网格', '网格名称', '网格编号', '网格编码', '所在网格']
	},
	{ field: 'estate', names: ['小区', '小区名称', '所属小区', '院落', '楼盘', '小区院落'] },
	{
		field: 'building',
		names: ['楼栋', '楼栋号', '楼号', '栋号', '幢号', '楼幢', '栋', '幢', '号楼', '楼']
	},
	{ field: 'unit', names: ['单元', '单元号', '门洞'] },
	{ field: 'room', names: ['门牌', '门牌号', '房号', '房间号', '室号', '户室', '室', '房间'] },
	{ field: 'head', names: ['户主', '户主姓名', '户主名'] },
	{
		field: 'name',
		names: ['姓名', '居民姓名', '成员姓名', '家庭成员姓名', '家庭成员', '人员姓名', 'name']
	},
	{ field: 'relation', names: ['与户主关系', '与户主的关系', '成员关系', '家庭关系', '关系'] },
	{ field: 'sex', names: ['性别', 'sex'] },
	{ field: 'birth', names: ['出生日期', '出生年月', '出生年月日', '出生年份', '生日', '出生'] },
	{
		field: 'idNumber',
		names: [
			'身份证号',
			'身份证号码',
			'公民身份号码',
			'公民身份证号',
			'身份证',
			'证件号码',
			'证件号'
		]
	},
	{
		field: 'phone',
		names: ['联系电话', '联系方式', '手机号码', '手机号', '电话号码', '手机', '电话', 'phone']
	},
	{ field: 'tier', names: ['分级', '走访分级', '户分级', '等级', '风险等级', '管理级别'] },
	{
		field: 'groups',
		names: ['困难类型', '人群类别', '关爱标签', '特殊人群', '困难类别', '人群', '人员类别', '标签']
	},
	{ field: 'size', names: ['家庭人口', '常住人口', '家庭人数', '人口数', '常住人数', '人数'] },
	{ field: 'tenure', names: ['住房性质', '房屋性质', '居住情况', '居住类型', '居住性质'] },
	{ field: 'politics', names: ['政治面貌'] },
	{ field: 'health', names: ['健康状况', '健康情况', '身体状况', '健康'] },
	{ field: 'disabilityKind', names: ['残疾类别', '残疾类型', '残疾种类'] },
	{ field: 'disabilityGrade', names: ['残疾等级', '残疾级别'] },
	{ field: 'employment', names: ['就业状况', '就业情况', '就业', '从业状况'] },
	{ field: 'schooling', names: ['就学情况', '就学状况', '就学', '在读情况'] },
	{ field: 'insurance', names: ['参保情况', '参保状况', '参保', '社会保险'] },
	{ field: 'skills', names: ['特长', '技能特长', '个人特长'] },
	{ field: 'consentedOn', names: ['同意采集日期', '信息采集同意日期', '同意日期'] },
	{ field: 'consentedBy', names: ['同意人', '由谁同意', '谁同意的'] },
	{ field: 'consentScope', names: ['同意范围', '同意事项', '同意内容'] },
	{
		field: 'member',
		names: ['包联党员', '包联人', '联系党员', '结对党员', '包户党员', '包联责任人']
	}
];

type Words<T extends string> = readonly (readonly [word: string, means: T])[];

export const sexWords: Words<Sex> = [
	['男', 'male'],
	['女', 'female'],
	['1', 'male'],
	['2', 'female']
];
/** Tried in this order, as a beginning: longer words before what they begin with. */
export const relationWords: Words<Relation> = [
	['户主', 'head'],
	['本人', 'head'],
	['配偶', 'spouse'],
	['妻', 'spouse'],
	['夫', 'spouse'],
	['丈夫', 'spouse'],
	['老伴', 'spouse'],
	['儿媳', 'childInLaw'],
	['女婿', 'childInLaw'],
	['孙', 'grandchild'],
	['外孙', 'grandchild'],
	['曾孙', 'grandchild'],
	['儿子', 'child'],
	['女儿', 'child'],
	['长子', 'child'],
	['次子', 'child'],
	['三子', 'child'],
	['长女', 'child'],
	['次女', 'child'],
	['三女', 'child'],
	['养子', 'child'],
	['养女', 'child'],
	['子女', 'child'],
	['子', 'child'],
	['女', 'child'],
	['祖父', 'grandparent'],
	['祖母', 'grandparent'],
	['爷爷', 'grandparent'],
	['奶奶', 'grandparent'],
	['外祖', 'grandparent'],
	['外公', 'grandparent'],
	['外婆', 'grandparent'],
	['父', 'parent'],
	['母', 'parent'],
	['岳父', 'parent'],
	['岳母', 'parent'],
	['公公', 'parent'],
	['婆婆', 'parent'],
	['兄', 'sibling'],
	['弟', 'sibling'],
	['姐', 'sibling'],
	['妹', 'sibling'],
	['哥', 'sibling'],
	['其他', 'other'],
	['其它', 'other'],
	['非亲属', 'other']
];
export const tierWords: Words<CareTier> = [
	['高风险', 'high'],
	['红', 'high'],
	['一级', 'high'],
	['重点', 'key'],
	['黄', 'key'],
	['二级', 'key'],
	['一般', 'general'],
	['普通', 'general'],
	['蓝', 'general'],
	['绿', 'general'],
	['三级', 'general']
];
export const tenureWords: Words<Tenure> = [
	['自住', 'owned'],
	['自有', 'owned'],
	['常住', 'owned'],
	['租', 'rented'],
	['出租', 'rented'],
	['承租', 'rented'],
	['空', 'vacant'],
	['闲置', 'vacant']
];
export const politicsWords: Words<PoliticalStatus> = [
	['中共预备', 'probationary'],
	['预备', 'probationary'],
	['中共党员', 'party'],
	['党员', 'party'],
	['共青团', 'league'],
	['团员', 'league'],
	['群众', 'other'],
	['民主党派', 'other'],
	['无党派', 'other'],
	['其他', 'other']
];
/** Tried in this order, as a beginning: longer words before what they begin with. */
export const healthWords: Words<Health> = [
	['健康', 'good'],
	['良好', 'good'],
	['一般', 'weak'],
	['较弱', 'weak'],
	['体弱', 'weak'],
	['慢性病', 'chronic'],
	['有慢性病', 'chronic'],
	['残疾', 'impaired']
];
export const disabilityWords: Words<DisabilityKind> = [
	['视力', 'sight'],
	['听力', 'hearing'],
	['言语', 'speech'],
	['语言', 'speech'],
	['肢体', 'limbs'],
	['智力', 'intellect'],
	['精神', 'mind'],
	['多重', 'multiple']
];
export const gradeWords: Words<DisabilityGrade> = [
	['一', '1'],
	['二', '2'],
	['三', '3'],
	['四', '4'],
	['1', '1'],
	['2', '2'],
	['3', '3'],
	['4', '4']
];
export const employmentWords: Words<Employment> = [
	['灵活', 'flexible'],
	['自由', 'flexible'],
	['个体', 'flexible'],
	['就业困难', 'unemployed'],
	['失业', 'unemployed'],
	['待业', 'unemployed'],
	['退休', 'retired'],
	['离休', 'retired'],
	['离退休', 'retired'],
	['未就业', 'none'],
	['无业', 'none'],
	['在职', 'employed'],
	['在业', 'employed'],
	['就业', 'employed'],
	['已就业', 'employed']
];
export const schoolingWords: Words<Schooling> = [
	['学前', 'preschool'],
	['幼儿', 'preschool'],
	['小学', 'primary'],
	['初中', 'junior'],
	['高中', 'senior'],
	['中职', 'senior'],
	['中专', 'senior'],
	['职高', 'senior'],
	['大学', 'college'],
	['大专', 'college'],
	['本科', 'college'],
	['研究生', 'college']
];
export const insuranceWords: Words<Insurance> = [
	['职工养老', 'employeePension'],
	['居民养老', 'residentPension'],
	['职工医', 'employeeMedical'],
	['居民医', 'residentMedical'],
	['新农合', 'residentMedical'],
	['未参保', 'uninsured']
];
export const consentByWords: Words<ConsentBy> = [
	['本人', 'self'],
	['监护', 'guardian'],
	['家人', 'family'],
	['家属', 'family'],
	['亲属', 'family'],
	['配偶', 'family'],
	['子女', 'family']
];
export const consentScopeWords: Words<ConsentScope> = [
	['登记', 'register'],
	['采集', 'register'],
	['拍照', 'photo'],
	['照片', 'photo'],
	['转给', 'passOn'],
	['提供', 'passOn'],
	['共享', 'passOn']
];
export const groupWords: Words<Group> = [
	['独居', 'livingAlone'],
	['空巢', 'emptyNest'],
	['高龄', 'veryOld'],
	['低保', 'lowIncome'],
	['低保边缘', 'nearLowIncome'],
	['特困', 'extremePoverty'],
	['五保', 'extremePoverty'],
	['大病', 'seriousIllness'],
	['重病', 'seriousIllness'],
	['残疾', 'disabled'],
	['失业', 'unemployed'],
	['留守', 'leftBehind'],
	['失独', 'bereaved'],
	['困境儿童', 'childInNeed'],
	['优抚', 'veteran'],
	['退役', 'veteran'],
	['退伍', 'veteran'],
	['军属', 'veteran'],
	['困难党员', 'needyMember']
];
/** What a cell says when it says nothing. */
export const nothingWords: readonly string[] = ['无', '/', '-', '—', '否', '没有', '不详', '无人'];
