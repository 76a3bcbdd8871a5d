/** Matters of a whole estate in the demo district, the pressing ones last. */
import type { Matter } from './demand-texts.ts';

export const estateMatters: readonly Matter[] = [
	{
		type: 'complaint',
		category: 'property',
		of: 'estate',
		cases: [
			{
				title: '地下车库渗水',
				description: '{spot}附近的地下车库顶板渗水{days}天，地上结了一层泥，车都不敢停。',
				note: '已和物业到现场看过，初步判断是伸缩缝。',
				reply: '物业重新做了防水，连下两天雨没有再渗。'
			},
			{
				title: '车库坡道口积水',
				description: '下雨后车库坡道口积水有半个轮胎高，排水沟像是堵了。',
				note: '物业先放了围挡，明天清排水沟。',
				reply: '排水沟已经清通，坡道口加了一道截水沟。'
			}
		]
	},
	{
		type: 'complaint',
		category: 'parking',
		of: 'estate',
		cases: [
			{
				title: '{spot}电动车堵通道',
				description: '{spot}每天停满电动车，轮椅和婴儿车都过不去。',
				note: '已请物业劝离，并在群里发了提醒。',
				reply: '新划了停车区，装了隔离柱，通道已经清出来。'
			},
			{
				title: '有人在楼道里给电动车充电',
				description: '有人把电动车推到楼道里充电，说了几次都不听，大家很担心着火。',
				note: '和业委会商量，在围墙边装充电桩。',
				reply: '当事人已把车推走，物业每天早晚各巡一次，充电桩还在报装。',
				outcome: 'partly'
			},
			{
				title: '消防通道停满车',
				description: '消防通道划了线还是停车，前几天救护车进来绕了半天。',
				note: '联系了车主挪车，请交警来看过。',
				reply: '通道口装了可升降的桩，钥匙在门岗。'
			}
		]
	},
	{
		type: 'complaint',
		category: 'noise',
		of: 'estate',
		cases: [
			{
				title: '{spot}夜间噪音',
				description: '{spot}的烧烤摊营业到后半夜，桌椅拖动声音很大，孩子第二天还要上学。',
				note: '当晚去现场看过，已请城管配合。',
				reply: '摊主答应十一点前收摊，连着三晚巡查没有再吵。'
			},
			{
				title: '楼上装修中午也不停',
				description: '楼上装修中午也打钻，家里有上夜班的人，协商过一次没有用。',
				note: '和施工队负责人见了面。',
				reply: '施工时间已和住户约定，中午十二点到两点半不动工。',
				outcome: 'explained'
			},
			{
				title: '广场舞音响太大',
				description: '{spot}的广场舞音响开得太大，关着窗也听得清清楚楚。',
				note: '和领舞的阿姨谈了，约定九点前收。',
				reply: '换了小音箱，九点前收，附近几户都说好多了。'
			}
		]
	},
	{
		type: 'complaint',
		category: 'environment',
		of: 'estate',
		cases: [
			{
				title: '{spot}垃圾清运不及时',
				description: '{spot}的垃圾桶满了{days}天，气味很大，苍蝇也多。',
				note: '已联系环卫所加派一趟车。',
				reply: '当天已经清完，往后每天早晚各清一次。'
			},
			{
				title: '分类亭旁边乱堆旧家具',
				description: '分类亭旁边堆了旧沙发和床垫，下雨以后发臭，没人管。',
				note: '物业约了大件清运，今天下午来拉。',
				reply: '旧家具已经拉走，亭子旁边贴了大件预约电话。'
			}
		]
	},
	{
		type: 'help',
		category: 'road',
		of: 'estate',
		cases: [
			{
				title: '{spot}路面塌了一块',
				description: '{spot}的路面塌了脸盆大一块，骑车的人摔过一次。',
				note: '已放锥桶，报市政维修。',
				reply: '市政已经补好路面，今天开放通行。'
			},
			{
				title: '{spot}井盖松动',
				description: '井盖一压就响，边上的水泥碎了，怕小孩踩到。',
				note: '已放围挡，井盖规格报给了市政。',
				reply: '井盖换了新的，四周重新抹了水泥。'
			},
			{
				title: '{spot}污水井往外冒',
				description: '{spot}的污水井往外冒，路过都要绕着走。',
				note: '疏通车约在明天早上。',
				reply: '疏通车来清过，连着三天没有再冒。'
			}
		]
	},
	{
		type: 'suggestion',
		category: 'property',
		of: 'estate',
		cases: [
			{
				title: '{spot}健身器材坏了',
				description: '{spot}的健身器材螺丝松了，老人用的时候晃得厉害。',
				note: '先贴了停用条，约厂家来修。',
				reply: '器材已经加固，换了两个座垫。'
			},
			{
				title: '想在{spot}加几张长椅',
				description: '{spot}树荫下没有座位，老人买菜回来想歇歇脚。',
				note: '已列入这个月的居民议事会。',
				reply: '装了三张长椅，位置是居民议事会选的。'
			}
		]
	},
	{
		type: 'report',
		category: 'publicOrder',
		of: 'estate',
		cases: [
			{
				title: '有人冒充社区推销净水器',
				description: '有人冒充社区的挨户推销净水器，已经有老人交了定金。',
				note: '已告诉民警和物业门岗，调了监控。',
				reply: '民警已经处理，定金追回来了，群里发了提醒。'
			},
			{
				title: '楼道里贴满小广告',
				description: '楼道墙上贴满开锁疏通的小广告，刚刷白又贴上。',
				note: '请物业清理，查到一家留电话的。',
				reply: '小广告清完了，党员分楼栋认领。'
			}
		]
	},
	{
		type: 'help',
		category: 'property',
		urgency: 'emergency',
		of: 'estate',
		cases: [
			{
				title: '电梯困人',
				description: '电梯停在五层半，里面有一位老人和一个孩子，能通话。',
				note: '维保单位已经在路上，物业在门口安抚。',
				reply: '二十分钟内人已经出来，都没有受伤，电梯停用检修。'
			}
		]
	},
	{
		type: 'report',
		category: 'publicOrder',
		urgency: 'urgent',
		of: 'estate',
		cases: [
			{
				title: '{spot}路灯杆倾斜',
				description: '{spot}的灯杆被车撞歪了，下面有人来往，怕倒下来。',
				note: '已拉警戒线，市政晚上来拆换。',
				reply: '当晚拆除，第三天换上新杆。'
			},
			{
				title: '大树被风刮歪，压着电线',
				description: '{spot}的大树被风刮歪，枝子压在电线上。',
				note: '园林和供电都通知了，先拉了警戒线。',
				reply: '枝子已经锯掉，树打了支撑。'
			}
		]
	}
];
