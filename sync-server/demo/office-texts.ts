/** What communities of the demo district hand up to their office: matters beyond them, and what came of each. */
import type { Matter } from './demand-texts.ts';

/** A matter of an estate with one case, why it went up, and what the office said of it. */
export interface HandedUp {
	readonly matter: Matter;
	readonly place: string;
	readonly reason: string;
	/** How far it has come: not taken yet, in hand and late, handed back, answered. */
	readonly now: 'fresh' | 'late' | 'back' | 'answered';
	/** Why it was handed back. */
	readonly back?: string;
}

/** The community whose secretary one tap takes: one of each. */
export const handedUp: readonly HandedUp[] = [
	{
		now: 'fresh',
		place: '小区南门井盖',
		reason: '超出社区权限，主管网归市政管',
		matter: {
			type: 'help',
			category: 'environment',
			of: 'estate',
			cases: [
				{
					title: '{estate}老旧污水管反复堵塞，32户受影响',
					description:
						'一下雨井盖就往外冒水，一楼住户家里返味。物业疏通过三次，管道塌了一截，过几天又堵。',
					note: '物业出具了检测报告，说要换主管。',
					reply: '主管已更换，井盖不再冒水。'
				}
			]
		}
	},
	{
		now: 'late',
		place: '北门外夜市',
		reason: '要有关部门来办，城管和市场监管都要到场',
		matter: {
			type: 'suggestion',
			category: 'environment',
			of: 'estate',
			cases: [
				{
					title: '{estate}北门夜市油烟扰民',
					description: '每晚六点到十一点十几个摊位炒菜烧烤，油烟顺着楼道飘上去，夏天不敢开窗。',
					note: '劝过摊主两次，当晚好一些，隔天照旧。',
					reply: '夜市已统一装油烟净化，十点收摊。'
				}
			]
		}
	},
	{
		now: 'back',
		place: '地下车库',
		reason: '超出社区权限',
		back: '动用维修资金要先由业主表决。请社区先帮着召集业主，手续齐了办事处来协调。',
		matter: {
			type: 'help',
			category: 'property',
			of: 'estate',
			cases: [
				{
					title: '{estate}地下车库渗水，车位泡了半个月',
					description: '车库顶板裂缝渗水，七八个车位不能停。物业说修不起，要动维修资金。',
					note: '已和业委会约好周五碰头。',
					reply: '业主表决通过，防水已经重做。'
				}
			]
		}
	},
	{
		now: 'answered',
		place: '小区正门外',
		reason: '超出社区权限，斑马线由交警来画',
		matter: {
			type: 'suggestion',
			category: 'road',
			of: 'estate',
			cases: [
				{
					title: '{estate}门口斑马线磨没了，孩子上学危险',
					description: '校门到小区这段路的斑马线看不清了，早晚接送时车不让人，希望重新画线。',
					note: '拍了照片，早高峰去看过一次。',
					reply: '交警已重新画线，并加了“前方学校”提示牌，请孩子们走斑马线。'
				}
			]
		}
	}
];

/** Communities around it: one each, in order. */
export const handedUpNearby: readonly HandedUp[] = [
	{
		now: 'fresh',
		place: '铁路桥洞',
		reason: '涉及几个社区，一家治不了',
		matter: {
			type: 'suggestion',
			category: 'road',
			of: 'estate',
			cases: [
				{
					title: '铁路桥洞一下雨就积水，三个社区都要绕路',
					description: '桥洞最低处积水到膝盖，老人买菜、孩子上学都要绕一公里。排水口被堵了。',
					note: '和邻近两个社区都通了电话，说的是同一处。',
					reply: '排水口已清通，桥洞装了水位标尺。'
				}
			]
		}
	},
	{
		now: 'answered',
		place: '河边步道',
		reason: '要有关部门来办',
		matter: {
			type: 'help',
			category: 'lighting',
			of: 'estate',
			cases: [
				{
					title: '{estate}外河边步道没有路灯',
					description: '河边步道晚上一片黑，散步的老人摔过一次，希望装几盏灯。',
					note: '步道归市政，社区装不了。',
					reply: '市政已装六盏太阳能路灯，晚上七点自动亮。'
				}
			]
		}
	}
];
