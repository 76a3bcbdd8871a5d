/** Guesses 事项类别 and 诉求类型 from what a resident says, so that a form comes pre-filled; a person decides. */
import type { Category, DemandType } from '#domain/settings.ts';

/** Words that point to a category; what is asked most often and said most plainly comes first. */
const lexicon: readonly (readonly [Category, readonly string[]])[] = [
	[
		'utilities',
		[
			'停水',
			'停电',
			'停气',
			'断水',
			'断电',
			'水压',
			'自来水',
			'燃气',
			'煤气',
			'暖气',
			'供暖',
			'供热',
			'漏水',
			'水管',
			'电表',
			'水电',
			'跳闸',
			'下水',
			'热水'
		]
	],
	['lighting', ['路灯', '楼道灯', '照明', '灯不亮', '灯坏', '感应灯', '声控灯']],
	[
		'parking',
		['停车', '车位', '车库', '乱停', '僵尸车', '充电桩', '堵车', '挪车', '电动车', '占道停']
	],
	['noise', ['噪音', '噪声', '扰民', '太吵', '吵闹', '广场舞', '音响', '夜间施工']],
	[
		'environment',
		[
			'垃圾',
			'卫生',
			'臭味',
			'异味',
			'污水',
			'油烟',
			'扬尘',
			'污染',
			'绿化',
			'树枝',
			'蚊虫',
			'老鼠',
			'保洁'
		]
	],
	[
		'road',
		['道路', '路面', '坑洼', '修路', '井盖', '人行道', '红绿灯', '斑马线', '公交', '路口', '积水']
	],
	[
		'socialInsurance',
		['社保', '养老金', '退休金', '低保', '津贴', '补贴', '公积金', '工伤保险', '失业金', '残疾证']
	],
	['medical', ['医保', '报销', '看病', '医院', '住院', '药品', '疫苗', '新农合']],
	['education', ['学校', '入学', '上学', '幼儿园', '学位', '老师', '补课', '学区', '校园', '学费']],
	['elderCare', ['养老', '老人', '助餐', '独居', '护理', '敬老', '日间照料']],
	['employment', ['就业', '找工作', '欠薪', '拖欠工资', '工资', '招聘', '失业', '劳动合同']],
	[
		'publicOrder',
		['治安', '盗窃', '偷', '打架', '诈骗', '传销', '赌博', '监控', '消防', '高空抛物', '养犬', '狗']
	],
	[
		'property',
		[
			'物业',
			'电梯',
			'业委会',
			'门禁',
			'楼顶',
			'外墙',
			'维修基金',
			'保安',
			'楼道',
			'漏雨',
			'渗水',
			'小区'
		]
	]
];

/** The category with the most of its words in the text; the earlier in the list on a tie. */
export function guessCategory(text: string): Category {
	const hits = lexicon.map(([category, words]) => ({
		category,
		count: words.filter((word) => text.includes(word)).length
	}));
	const best = hits.reduce((a, b) => (b.count > a.count ? b : a));
	return best.count === 0 ? 'other' : best.category;
}

const typeWords: readonly (readonly [DemandType, readonly string[]])[] = [
	['report', ['举报', '检举']],
	['complaint', ['投诉', '扰民', '乱收费', '违规', '违建', '不作为']],
	['suggestion', ['建议', '希望增设', '倡议']],
	['consult', ['咨询', '请问', '怎么办理', '如何办理', '想了解']]
];

/** 求助 unless a word says otherwise. */
export function guessType(text: string): DemandType {
	return typeWords.find(([, words]) => words.some((word) => text.includes(word)))?.[0] ?? 'help';
}
