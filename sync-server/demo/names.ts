/** Invented names of places and people for the demo district; telephone numbers from a block nobody owns. */
import type { Chance } from './random.ts';

const surnames = [
	...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔'
];

const elderWomen = [
	...[
		'桂香',
		'秀珍',
		'玉梅',
		'淑华',
		'桂芳',
		'秀兰',
		'玉兰',
		'凤英',
		'素珍',
		'桂英',
		'翠英',
		'慧珍'
	],
	...[
		'月娥',
		'淑琴',
		'秀云',
		'玉珍',
		'金凤',
		'爱珍',
		'彩霞',
		'惠芬',
		'美玲',
		'兰英',
		'春香',
		'菊香'
	]
];
const elderMen = [
	...[
		'德厚',
		'长林',
		'国栋',
		'建国',
		'永福',
		'德明',
		'志刚',
		'福生',
		'金山',
		'玉林',
		'树林',
		'宝山'
	],
	...[
		'庆华',
		'国强',
		'德才',
		'长顺',
		'正义',
		'学文',
		'文彬',
		'家祥',
		'广田',
		'汉民',
		'炳生',
		'世荣'
	]
];
const women = [
	...[
		'丽',
		'敏',
		'静',
		'艳',
		'娟',
		'晓燕',
		'海燕',
		'雪梅',
		'婷婷',
		'丽娜',
		'晓红',
		'文静',
		'倩',
		'颖'
	],
	...[
		'雅琴',
		'红梅',
		'春燕',
		'玲玲',
		'慧敏',
		'佳怡',
		'思雨',
		'梦洁',
		'晓芳',
		'亚男',
		'莉莉',
		'小芹'
	]
];
const men = [
	...[
		'伟',
		'强',
		'磊',
		'军',
		'勇',
		'杰',
		'涛',
		'明',
		'超',
		'鹏',
		'志强',
		'建军',
		'海涛',
		'文斌',
		'俊杰'
	],
	...[
		'晓东',
		'立新',
		'振华',
		'国庆',
		'少华',
		'建平',
		'新民',
		'卫东',
		'宏伟',
		'志远',
		'家豪',
		'子轩',
		'永刚'
	]
];

export function elderName(chance: Chance): string {
	return chance.pick(surnames) + chance.pick(chance.is(0.55) ? elderWomen : elderMen);
}

export function adultName(chance: Chance): string {
	return chance.pick(surnames) + chance.pick(chance.is(0.5) ? women : men);
}

/** 13800000000 to 13800009999. */
export function phoneNumber(chance: Chance): string {
	return `1380000${String(chance.int(0, 9_999)).padStart(4, '0')}`;
}

export interface CommunityPlan {
	readonly code: string;
	readonly name: string;
	readonly estates: readonly string[];
	readonly households: number;
	readonly members: number;
	/** How well it keeps up with its rounds and clocks, 0 to 1. */
	readonly diligence: number;
	readonly secretary: string;
	readonly workers: readonly string[];
}

export interface SubdistrictPlan {
	readonly code: string;
	readonly name: string;
	readonly officer: string;
	/** Who works at the office with the officer. */
	readonly aide: string;
	readonly communities: readonly CommunityPlan[];
}

export const district = {
	code: '990101000000',
	name: '兰桥区',
	officer: '林志远',
	admin: '程立新'
} as const;

export const departments: readonly { readonly code: string; readonly name: string }[] = [
	{ code: '990101-D01', name: '兰桥区民政局' },
	{ code: '990101-D02', name: '兰桥区住房和城乡建设局' },
	{ code: '990101-D03', name: '兰桥区城市管理局' },
	{ code: '990101-D04', name: '兰桥区卫生健康局' },
	{ code: '990101-D05', name: '兰桥区教育体育局' },
	{ code: '990101-D06', name: '兰桥区人力资源和社会保障局' }
];

function deep(
	code: string,
	name: string,
	estates: readonly string[],
	desk: { secretary: string; worker: string; diligence: number }
): CommunityPlan {
	const { secretary, worker, diligence } = desk;
	return {
		code,
		name,
		estates,
		households: 300,
		members: 40,
		diligence,
		secretary,
		workers: [worker]
	};
}

function shallow(
	code: string,
	name: string,
	estate: string,
	secretary: string,
	diligence: number
): CommunityPlan {
	return {
		code,
		name,
		estates: [estate],
		households: 24,
		members: 6,
		diligence,
		secretary,
		workers: []
	};
}

export const subdistricts: readonly SubdistrictPlan[] = [
	{
		code: '990101001000',
		name: '柳浦街道',
		officer: '周敏',
		aide: '邵文斌',
		communities: [
			deep('990101001001', '梧桐里社区', ['梧桐里小区', '梧桐苑'], {
				secretary: '郑国华',
				worker: '李晓燕',
				diligence: 0.88
			}),
			shallow('990101001002', '柳荫社区', '柳荫小区', '许红梅', 0.9),
			shallow('990101001003', '望江社区', '望江花园', '韩建平', 0.8)
		]
	},
	{
		code: '990101002000',
		name: '文昌街道',
		officer: '苏文静',
		aide: '孔祥云',
		communities: [
			deep('990101002001', '书院社区', ['书院小区', '文澜苑'], {
				secretary: '沈慧敏',
				worker: '冯志强',
				diligence: 0.94
			}),
			shallow('990101002002', '文庙社区', '文庙新村', '曹卫东', 0.92),
			shallow('990101002003', '青砖巷社区', '青砖巷小区', '彭丽', 0.86)
		]
	},
	{
		code: '990101003000',
		name: '枫林街道',
		officer: '梁振华',
		aide: '宋丽娟',
		communities: [
			shallow('990101003001', '枫桥社区', '枫桥小区', '蒋海燕', 0.82),
			shallow('990101003002', '红叶社区', '红叶苑', '余宏伟', 0.78),
			shallow('990101003003', '松涛社区', '松涛小区', '杜春燕', 0.85)
		]
	},
	{
		code: '990101004000',
		name: '南渡街道',
		officer: '程雪梅',
		aide: '潘国栋',
		communities: [
			shallow('990101004001', '渡口社区', '渡口新村', '魏新民', 0.7),
			shallow('990101004002', '苇塘社区', '苇塘小区', '姚晓红', 0.66),
			shallow('990101004003', '新桥社区', '新桥家园', '丁立新', 0.74)
		]
	}
];

export const skills = [
	...['家电维修', '水电安装', '木工', '理发', '医疗护理', '心理疏导', '法律咨询', '课业辅导'],
	...['书法绘画', '太极拳', '电脑手机', '摄影', '驾驶', '烹饪', '财务', '调解矛盾']
];
