/** The words of the demo's hand-told story: the matters that the pictures of the design show. */
import type { DemandCase, Matter } from './demand-texts.ts';

export interface StoryMatter {
	readonly matter: Matter;
	readonly place?: string;
}

type Kind = Pick<Matter, 'type' | 'category' | 'of'>;

function told(kind: Kind, words: DemandCase & { readonly place?: string }): StoryMatter {
	const { place, ...only } = words;
	return { matter: { ...kind, cases: [only] }, ...(place === undefined ? {} : { place }) };
}

export const storyMatters = {
	garage: told(
		{ type: 'complaint', category: 'property', of: 'estate' },
		{
			title: '地下车库渗水两周',
			description: '东侧车库顶板渗水两周，地面积水结泥，几位车主都说过。物业只放了盆，没有修。',
			note: '已约物业看现场。',
			reply: '防水已重做。',
			place: '梧桐里小区地下车库东侧'
		}
	),
	stairs: told(
		{ type: 'help', category: 'lighting', of: 'door' },
		{
			title: '3栋楼道灯不亮，老人下楼怕摔',
			description:
				'2单元一到三层的灯坏了一周。住户里有两位八十多岁的老人，晚上倒垃圾要打手电。希望尽快修好。',
			note: '已联系电工。',
			reply: '灯已修好。',
			place: '梧桐里小区 3栋2单元 1—3层'
		}
	),
	lamp: told(
		{ type: 'help', category: 'lighting', of: 'door' },
		{
			title: '3栋2单元楼道照明报修',
			description: '3栋2单元楼道灯坏了几天，住户说灯坏以后上楼要扶墙。',
			note: '物业已派电工，缺两个灯座，明天到货。',
			reply: '灯已换好。'
		}
	),
	washing: told(
		{ type: 'help', category: 'elderCare', of: 'door' },
		{
			title: '独居老人想找人修洗衣机',
			description: '洗衣机洗到一半就停，水排不出去。老人一个人在家，不会在手机上叫师傅。',
			note: '找会家电维修的党员。',
			reply: '洗衣机已修好。'
		}
	),
	bikes: told(
		{ type: 'complaint', category: 'parking', of: 'estate' },
		{
			title: '小区门口电动车堵通道',
			description: '早上送孩子的时候，东门口的电动车把轮椅坡道堵死了，群里好几位业主都拍了照片。',
			note: '已请物业劝离。',
			reply: '停车区已划好。',
			place: '梧桐里小区东门口'
		}
	),
	allowance: told(
		{ type: 'consult', category: 'socialInsurance', of: 'estate' },
		{
			title: '咨询高龄津贴怎么领',
			description: '母亲下个月满八十岁，想问高龄津贴在哪里办，要带什么材料，能不能代办。',
			note: '材料清单已核对。',
			reply: '带身份证、户口本、银行卡，可以代办。',
			place: '社区服务大厅'
		}
	),
	medicine: told(
		{ type: 'help', category: 'elderCare', of: 'door' },
		{
			title: '想有人陪去医院取药',
			description: '腿脚不便，每月要去区医院取一次药，孩子在外地，想有人陪着去一趟。',
			note: '已和老人约好日子。',
			reply: '已陪着去取了药，下个月的日子也约好了。'
		}
	),
	box: told(
		{ type: 'help', category: 'elderCare', of: 'door' },
		{
			title: '电视看不了，不会调机顶盒',
			description: '电视没有信号好几天了，老人说换了遥控器以后就调不回来。',
			note: '问清了机顶盒的牌子。',
			reply: '已上门调好，写了一张步骤贴在电视旁边。'
		}
	),
	entrance: told(
		{ type: 'help', category: 'property', of: 'door' },
		{
			title: '单元门关不上',
			description: '5栋1单元的门关不严，夜里风一吹就开，老人不放心。',
			note: '报修单已派给物业，周四换闭门器。',
			reply: '闭门器已换。'
		}
	),
	pipe: told(
		{ type: 'help', category: 'utilities', of: 'door' },
		{
			title: '水管渗水',
			description: '厨房水管接头渗水，用盆接着，怕漏到楼下。',
			note: '师傅当天带配件上门。',
			reply: '换了软管和角阀，第二天回看没有再渗。'
		}
	),
	rail: told(
		{ type: 'suggestion', category: 'elderCare', of: 'door' },
		{
			title: '想在单元门口加个扶手',
			description: '2栋门口三级台阶没有扶手，出院回来上下不方便。',
			note: '已量尺寸，报了适老化改造。',
			reply: '扶手已装。'
		}
	),
	road: told(
		{ type: 'help', category: 'road', of: 'estate' },
		{
			title: '6栋前面路面塌了一块',
			description: '6栋前面路面塌了脸盆大一块，前天有人骑车摔了。',
			note: '市政来看过，等沥青料，先放了锥桶。',
			reply: '路面已补。',
			place: '梧桐里小区6栋楼前'
		}
	),
	insurance: told(
		{ type: 'consult', category: 'medical', of: 'door' },
		{
			title: '问慢性病门诊怎么申请',
			description: '长期吃药，想申请门诊慢性病，不知道要哪些检查单。',
			note: '已问过医保窗口。',
			reply: '材料清单已送到家，社区同志陪着去办好了。'
		}
	),
	school: told(
		{ type: 'consult', category: 'education', of: 'door' },
		{
			title: '咨询助学补贴',
			description: '孙女上高中，想问低保家庭有没有助学补贴。',
			note: '和学校核对过名额。',
			reply: '已帮着填好申请表，下学期起发放。'
		}
	),
	vague: told(
		{ type: 'complaint', category: 'noise', of: 'door' },
		{
			title: '反映楼上有动静',
			description: '说楼上有时候有动静，说不清是哪一户、什么时候。',
			note: '打过电话。',
			reply: '说不清是哪一户、什么时候，先不受理；再听到随时打社区电话，我们当晚去看。'
		}
	),
	noise: told(
		{ type: 'complaint', category: 'noise', of: 'estate' },
		{
			title: '楼下麻将馆太吵',
			description: '一楼麻将馆到半夜还在打，老人睡不着，心慌。',
			note: '当晚去看过，和店主谈了。',
			reply: '店主答应九点半前关门，连看三晚没有再吵。',
			place: '梧桐里小区3栋楼前'
		}
	),
	heater: told(
		{ type: 'help', category: 'elderCare', of: 'door' },
		{
			title: '热水器打不着火',
			description: '热水器打不着火三天了，想请人看看是不是电池没电。',
			note: '约了周末上门。',
			reply: '换了电池，能用了。'
		}
	),
	bench: told(
		{ type: 'suggestion', category: 'property', of: 'estate' },
		{
			title: '想在中心花园加几张长椅',
			description: '树荫下没有座位，买菜回来想歇歇脚。',
			note: '列入这个月的居民议事会。',
			reply: '长椅已装。',
			place: '梧桐里小区中心花园'
		}
	)
} as const satisfies Record<string, StoryMatter>;

/** What is said where rounds are arranged; the number belongs to nobody. */
export const arrangements = {
	officePhone: '0571-0000 0000',
	putOff: '去女儿家住几天',
	leaver: '金志远',
	leaves: '工作调动，离开社区',
	lateChanges: '老人腿脚好些了，能自己下楼'
};

export const storyWords = {
	changes: ['女儿每周末来一次', '换了电话，已记下', '睡眠不太好，按时吃药', '楼上邻居常来照看'],
	withdraws: { reason: '老人说儿子已经换了电池' },
	/** Two people wrote the place without seeing each other. */
	twoPlaces: [
		{ place: '梧桐里小区中心花园北侧', reason: '到现场看过' },
		{ place: '梧桐里小区中心花园凉亭旁', reason: '居民又打来电话说明' }
	],
	twoPhones: [
		{ phone: '13800003309', reason: '居民来电更正' },
		{ phone: '13800003380', reason: '走访时当面核对' }
	]
} as const;
