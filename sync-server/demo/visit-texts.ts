/** What members of the demo district write down after a visit. */
import type { Group } from '#domain/kinds/household.ts';
import type { Hazard } from '#domain/kinds/visit.ts';

export const changes = [
	...['女儿每周末来一次', '换了电话', '孩子返校', '老伴住院一周，已经回家', '儿子调到外地上班'],
	...['搬来一个侄子同住', '刚添了孙子', '找到零工了', '出院在家休养', '房子准备出租']
];

export const hardships = [
	...['每月药费一千多，退休金刚够', '腿脚不好，下楼买菜不方便', '一个人吃饭总是凑合'],
	...['供两个孩子上学，手头紧', '夜里起来怕摔', '不会用手机挂号', '照顾病人，白天离不开人']
];

export const suggestions = [
	...['希望社区食堂早点开', '想多办几场健康讲座', '建议楼下装个信报箱', '希望晚上多巡逻一次'],
	...['想学用手机视频通话', '希望理发的党员常来', '活动通知最好贴到单元门口']
];

export const solved = [
	...['帮老人调好了手机字体', '顺手带走了垃圾', '帮忙量了血压，正常', '教会了用紧急呼叫按钮'],
	...['帮着交了水电费', '把松了的门把手拧紧了', '讲了防诈骗，留了社区电话']
];

export const hazards: readonly Hazard[] = [
	{ kind: 'fire', text: '楼道里停着电动车，有人拉线充电' },
	{ kind: 'fire', text: '厨房燃气软管老化，已提醒更换' },
	{ kind: 'fire', text: '阳台堆满纸箱' },
	{ kind: 'security', text: '单元门锁坏了，谁都能进' },
	{ kind: 'sanitation', text: '楼顶水箱盖没有盖严' },
	{ kind: 'other', text: '楼梯扶手松动' }
];

export const policies = [
	...['防范电信诈骗', '医保缴费', '高龄津贴申领', '燃气安全'],
	...['电动车不进楼', '养老护理补贴', '垃圾分类']
];

export const companions = [
	{ name: '李晓燕', post: '社区工作者' },
	{ name: '周医生', post: '社区卫生服务中心' },
	{ name: '楼组长老许' }
];

/** What neighbours said in the courtyard. */
export const meeting = {
	place: '梧桐里小区3栋楼下凉亭',
	attendance: 12,
	interviewee: '3栋楼组长和住户',
	purpose: ['policy', 'followUp'],
	companions: [{ name: '李晓燕', post: '社区工作者' }],
	policyTold: ['电动车不进楼', '垃圾分类'],
	suggestions: '希望凉亭晚上有灯，坐着说话方便',
	hazards: [{ kind: 'fire', text: '车棚插座太少，有人飞线充电' }]
} as const;

export const returnedReason = '没写清这次见到的是谁，请补上';

export const correctionReasons = [
	'见到的是老伴，写成本人了',
	'时间写错了',
	'补上家里的变化',
	'人口数少写了一个'
];

export const voidReasons = ['同一次走访记了两遍', '记错了户'];

/** Groups of a household by its tier: what makes it high risk, a key one, or neither. */
export const groupsOfTier = {
	high: [
		['livingAlone', 'veryOld'],
		['seriousIllness'],
		['extremePoverty'],
		['livingAlone', 'disabled'],
		['bereaved', 'veryOld']
	],
	key: [
		['emptyNest'],
		['lowIncome'],
		['disabled'],
		['veryOld'],
		['leftBehind'],
		['childInNeed'],
		['unemployed', 'lowIncome'],
		['veteran']
	],
	general: [[], [], [], [], [], [], ['veteran'], ['needyMember'], ['unemployed']]
} as const satisfies Record<string, readonly (readonly Group[])[]>;
