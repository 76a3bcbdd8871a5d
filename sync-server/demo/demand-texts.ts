/** What residents of the demo district ask for, and what they are told: cases with places and details. */
import type { Outcome } from '#domain/kinds/demand-answer.ts';
import type { Category, DemandType, Urgency } from '#domain/settings.ts';
import { estateMatters } from './estate-texts.ts';

/** One matter from its title to its answer, so that the words fit together. */
export interface DemandCase {
	readonly title: string;
	readonly description: string;
	/** 办理过程 */
	readonly note: string;
	readonly reply: string;
	/** 已解决 unless said. */
	readonly outcome?: Outcome;
}

/** `{unit}` is 3栋2单元, `{spot}` a place of the estate, `{days}` and `{floor}` numbers, `{estate}` its name. */
export interface Matter {
	readonly type: DemandType;
	readonly category: Category;
	readonly urgency?: Urgency;
	/** A matter of one's own door, or of everybody's. */
	readonly of: 'door' | 'estate';
	/** Months in which it happens; all, unless said. */
	readonly months?: readonly number[];
	readonly cases: readonly DemandCase[];
}

const doorMatters: readonly Matter[] = [
	{
		type: 'help',
		category: 'lighting',
		of: 'door',
		cases: [
			{
				title: '{unit}楼道灯不亮',
				description: '{unit}一到三层的灯坏了{days}天，晚上倒垃圾要打手电。希望尽快修好。',
				note: '已联系物业电工，下午上门看线路。',
				reply: '灯座和灯泡都换了，晚上已经亮了，居民当面确认。'
			},
			{
				title: '{unit}{floor}层的声控灯坏了',
				description: '{floor}层的声控灯怎么拍都不亮，老人起夜、送孩子都看不见台阶。',
				note: '物业说感应头老化，配件明天到。',
				reply: '换了感应头，楼上楼下都试过。'
			},
			{
				title: '{unit}楼道灯时亮时不亮',
				description: '楼道灯时亮时不亮，物业换过一次灯泡，没过几天又坏了。',
				note: '不是灯泡的事，约电工查线路。',
				reply: '电工查出是线路接触不良，已经接好。'
			}
		]
	},
	{
		type: 'help',
		category: 'utilities',
		of: 'door',
		cases: [
			{
				title: '厨房水管渗水',
				description: '厨房水管接头渗水{days}天，接了盆还是怕漏到楼下。',
				note: '已请水暖师傅带配件上门。',
				reply: '换了软管和角阀，第二天回看没有再渗。'
			},
			{
				title: '卫生间漏水到楼下',
				description: '楼上卫生间漏水，自家墙皮已经起泡，两家说不拢，请社区帮着协调。',
				note: '两家都在场看过，确认是楼上地漏的事。',
				reply: '渗水点已经处理，墙皮等干透以后由楼上负责补。',
				outcome: 'partly'
			},
			{
				title: '{unit}下水道返水',
				description: '{unit}一楼下水道返水，厨房地上都是脏水。',
				note: '疏通车已经联系好。',
				reply: '主管道里掏出一团抹布，已经通了，提醒了楼上各户。'
			}
		]
	},
	{
		type: 'help',
		category: 'utilities',
		of: 'door',
		months: [11, 12, 1, 2, 3],
		cases: [
			{
				title: '暖气不热',
				description: '供暖以后屋里才十五度，老人穿着棉袄坐着。',
				note: '热力公司约了上门测温。',
				reply: '清洗了过滤网，室温到二十一度，当面测过。'
			},
			{
				title: '{unit}暖气只有温乎气',
				description: '{unit}顶层暖气只有温乎气，放过气也没用。',
				note: '支管要调阀门，等热力公司的人。',
				reply: '支管调过阀门，温度上来三度，换管要等停暖以后。',
				outcome: 'partly'
			}
		]
	},
	{
		type: 'help',
		category: 'elderCare',
		of: 'door',
		cases: [
			{
				title: '洗衣机坏了，不会联系维修',
				description: '洗衣机不脱水{days}天了，老人一个人在家，不会在网上叫师傅。',
				note: '已联系会家电维修的党员，约好周末上门。',
				reply: '党员上门修好了，没有收费，老人试用正常。'
			},
			{
				title: '热水器打不着火',
				description: '家里老人的热水器打不着火，子女在外地，想请懂行的人帮忙看看。',
				note: '看过了，点火针坏了。',
				reply: '换了点火针，能用了，教老人怎么看电池。'
			},
			{
				title: '电视没有画面',
				description: '电视突然没有画面，老人平时全靠电视解闷。',
				note: '机器用了十几年，主板坏了。',
				reply: '修不划算，已帮老人联系子女买了新的，装好调好了。',
				outcome: 'explained'
			}
		]
	},
	{
		type: 'suggestion',
		category: 'elderCare',
		of: 'door',
		cases: [
			{
				title: '想在{unit}门口加个扶手',
				description: '{unit}门口三级台阶没有扶手，老人腿脚不好，下雨天更滑。',
				note: '已量过尺寸，报适老化改造。',
				reply: '扶手已经装好，老人自己能上下了。'
			},
			{
				title: '坡道太陡，轮椅上不去',
				description: '家里有人坐轮椅，单元门口的坡道太陡，一个人推不上去。',
				note: '和物业看过现场，要改坡度。',
				reply: '列入下一批适老化改造，先放了活动坡板。',
				outcome: 'partly'
			}
		]
	},
	{
		type: 'help',
		category: 'property',
		of: 'door',
		cases: [
			{
				title: '{unit}单元门关不上',
				description: '{unit}的单元门关不上{days}天了，晚上谁都能进，老人不放心。',
				note: '物业报修单已经派出去了。',
				reply: '换了闭门器，门能自己关严。'
			},
			{
				title: '{unit}门禁坏了',
				description: '{unit}门禁刷卡没反应，大家只好用砖头挡着门。',
				note: '厂家说主板要换。',
				reply: '门禁主板换好了，住户的卡重新登记过。'
			}
		]
	},
	{
		type: 'consult',
		category: 'socialInsurance',
		of: 'door',
		cases: [
			{
				title: '咨询高龄津贴怎么领',
				description: '老人上个月满八十岁，不知道高龄津贴到哪里办，要带什么。',
				note: '已和办事处民政窗口核对过材料清单。',
				reply: '带身份证、户口本和银行卡到社区办，也可以上门代办，下个月起发放。',
				outcome: 'explained'
			},
			{
				title: '高龄津贴没有到账',
				description: '高龄津贴这两个月没有到账，想问问是不是要重新认证。',
				note: '查过了，是没有做年度认证。',
				reply: '已帮老人在手机上做完认证，津贴下月补发。'
			}
		]
	},
	{
		type: 'consult',
		category: 'medical',
		of: 'door',
		cases: [
			{
				title: '问异地就医备案怎么办',
				description: '老人要到外地子女家住一段时间，想先办异地就医备案。',
				note: '已问过医保窗口。',
				reply: '手机上可以备案，已经手把手教家里人办好。'
			},
			{
				title: '咨询住院费用报销',
				description: '住院的费用不知道还能不能报，单据都留着。',
				note: '把单据理了一遍，缺一张费用清单。',
				reply: '带住院单据和医保卡到街道窗口，社区同志可以陪着去。',
				outcome: 'explained'
			}
		]
	},
	{
		type: 'help',
		category: 'employment',
		of: 'door',
		cases: [
			{
				title: '想找份就近的零工',
				description: '厂里裁员以后一直在家，想找一份离家近、能接送孩子的活。',
				note: '已把招聘信息发给本人。',
				reply: '本人已到小区超市上班，离家十分钟。'
			},
			{
				title: '想学电工，问哪里培训',
				description: '想参加家政或者电工培训，不知道哪里报名，收不收费。',
				note: '已把培训课表发给本人。',
				reply: '下个月的免费培训已帮忙报上名。',
				outcome: 'explained'
			}
		]
	},
	{
		type: 'help',
		category: 'education',
		of: 'door',
		cases: [
			{
				title: '孩子放学没人接',
				description: '夫妻俩都上晚班，孩子放学到七点没人看，想问社区有没有托管。',
				note: '社区四点半课堂还有名额。',
				reply: '已安排进四点半课堂，每天到七点，不收费。'
			},
			{
				title: '想要课后辅导',
				description: '奶奶带孩子，作业辅导不了，想请党员帮着看看数学。',
				note: '问了两位当过老师的党员。',
				reply: '退休的老师每周三、周五下午来辅导。'
			},
			{
				title: '问学区划片',
				description: '刚搬来，想问孩子明年上哪所小学，要准备哪些证明。',
				note: '和学校核对过。',
				reply: '材料清单已经给家长，到时候按通知去学校登记。',
				outcome: 'explained'
			}
		]
	},
	{
		type: 'report',
		category: 'utilities',
		urgency: 'emergency',
		of: 'door',
		cases: [
			{
				title: '{unit}楼道有燃气味',
				description: '{unit}楼道里有很浓的燃气味，已经开窗，请马上来人看。',
				note: '已通知燃气公司抢修，人员先撤到楼外。',
				reply: '燃气公司查出一户灶具软管老化，已经更换，复测正常。'
			}
		]
	},
	{
		type: 'complaint',
		category: 'utilities',
		urgency: 'urgent',
		of: 'door',
		cases: [
			{
				title: '{unit}整个单元停水',
				description: '{unit}从早上起停水，物业没有通知，家里有产妇等着用水。',
				note: '水务公司在抢修主管，先给老人和产妇家送了两桶水。',
				reply: '主管修好，下午恢复供水，已挨户告知。'
			}
		]
	}
];

export const matters: readonly Matter[] = [...doorMatters, ...estateMatters];

/** Places of an estate that people speak of. */
export const spots = [
	...['东门口', '西门口', '南门口', '中心花园', '小广场', '菜店门口', '幼儿园门口', '公交站旁'],
	...['快递柜旁', '垃圾分类亭旁', '活动室门口', '3栋楼前', '5栋楼后', '健身角', '停车场', '围墙边']
];

/** Reasons to decline, each with what the resident is told. */
export const declines = [
	['judicial', '这件事已经在法院审理，社区不再另行受理，可以帮您联系法律援助。'],
	['noSubstance', '打了两次电话没有说清地点，先不受理，想起来随时再找我们。'],
	['alreadyAccepted', '同一件事区里热线已经受理，编号已告诉您，我们会跟着催办。']
] as const;
