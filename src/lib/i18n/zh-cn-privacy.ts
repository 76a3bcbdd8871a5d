/** Words of what protects residents' data: erasing it on request, how long it is kept, who looked at it. */

export const privacy = {
	restricted: {
		lead: '已封存。',
		note: '到了保管期限，只留着备查，只有社区书记看得到，谁也不能再改。'
	},
	erasure: {
		title: '依法删除',
		row: '居民要求删除本人信息时用',
		subtitle: '《个人信息保护法》第四十七条',
		only: '依法删除由社区书记办理。',
		onlyNote: '请居民带身份证件到社区来，书记核对以后办理。',
		open: '依法删除…',
		openHome: '依法删除这一户…',
		openSpoken: (name: string) => `依法删除：${name}`,
		gone: '没有找到这条记录',
		goneNote: '可能已经删除，或者还没有同步到这台设备。',
		back: '返回',

		how: '怎么删',
		howSteps: [
			'请本人带身份证件和书面申请到社区，当面核对。',
			'在“居民”里找到这一户或这个人，点“依法删除…”。',
			'看清楚会删掉什么，照着输入一遍，再确认。'
		],
		what: {
			home: (door: string) => `删除这一户：${door}`,
			person: (name: string) => `删除这个人：${name}`,
			demand: (title: string) => `删除这件诉求：${title}`,
			visit: (line: string) => `删除这次走访：${line}`
		},
		ground: '依据',
		grounds: {
			requested: '本人要求',
			unlawful: '不该收集',
			expired: '期限已满'
		},
		groundNotes: {
			requested: '本人或监护人提出，已当面核对',
			unlawful: '当初没有告知，或者用不着',
			expired: '保存的期限到了'
		},
		groundMissing: '请选依据',
		goes: '会删掉',
		goesWords: (counts: string) =>
			`${counts}：姓名、电话、住址、写下的话、照片、签名和录音，连同每一步经过里的原话。`,
		stays: '会留下',
		staysNote:
			'编号、日期、类别和件数：报表里的数字不变，但认不出是谁。还有这次删除是谁、什么时候、凭什么办的。',
		beyond: '管不到的',
		beyondNote: '已经导出的表、打印出来的纸和以前的备份，请另外销毁。',
		other: '别处提到这个人的',
		otherNote: '勾上的一起删。提到别人的话也会一起没有，请逐条看一看。',
		otherNone: '走访和诉求里没有提到这个人。',
		namedInHome: (door: string) => `${door} 的户主或电话写的也是这个人`,
		namedInHomeNote: '只删居民登记，户的资料里还留着。请改为删除这一户，可以选家里谁留下。',
		toHome: '改为删除这一户',
		stay: '家里谁留下',
		stayNote: '勾上的人不删：这个门会重新登记，他们换到新登记的门里。原来的走访和诉求都会删掉。',
		type: (phrase: string) => `照着输入：${phrase}`,
		typeHint: '防止点错',
		typeWrong: (phrase: string) => `请照着输入“${phrase}”`,
		word: '删除',
		submit: '下一步：再看一遍',
		ask: '删掉就找不回来了，确定吗？',
		askWords: (counts: string) => `将删掉 ${counts}。中继上马上删，其他设备一联系就删。`,
		confirm: '确定删除',
		keep: '先不删',
		running: '正在下达删除',
		failed: '没有全部下达',
		failedNote: (words: string) => `${words}\n已经下达的照样执行；再办一次会接着删。`,
		done: '已下达删除',
		doneNote: '有网时马上执行。下面看得到办到哪一步。',

		terms: {
			title: '到期自动办理',
			note: '从下一年 1 月 1 日起算，到期那天由中继自动办理，各台设备跟着办。报表里的数字不变。',
			of: {
				visit: '走访',
				demand: '有了结果的诉求',
				handling: '办理过程',
				draft: '答复稿',
				resident: '居民（离开、作废，或整户迁出）',
				household: '住户（迁出、合并或作废）',
				person: '人员资料（退出或作废）',
				duty: '结束了的职务（经办人姓名）'
			},
			ends: {
				restricted: (years: number) => `满 ${years} 年封存，只有社区书记看得到，谁也不能再改`,
				erased: (years: number) => `满 ${years} 年删除`
			},
			rules: {
				personal: '《个人信息保护法》第十九条、第四十七条',
				archive: '《机关文件材料归档范围和文书档案保管期限规定》，《个人信息保护法》第四十七条'
			},
			line: (ends: readonly string[], rule: string) => `${ends.join('；')}。依据${rule}。`
		},
		byItself: '到期自动办理',

		past: '办过的',
		none: '还没有办过依法删除',
		more: '再看 50 条',
		line: (when: string, who: string) => `${when}，${who}`,
		waiting: '等上报',
		waitingNote: '还在这台设备里，连上网才会执行。',
		erased: '中继已删除',
		allDevices: '各台设备都已联系过，内容都已删除。',
		silent: (n: number) => `还有 ${n} 台设备没有联系过，一联系就删。`,
		silentLook: '看是哪几台',
		unknownDevices: '连上网可以看还有哪些设备没删。'
	},
	reveals: {
		title: '查看记录',
		row: '谁看过居民的号码',
		subtitle: '号码平时遮住，每次点开都记在这里',
		show: '看号码',
		registered: (masked: string) => `现在登记的是 ${masked}，不改就空着`,
		showOf: (name: string) => `看${name}的号码`,
		only: '查看记录由社区书记、办事处和区里看。',
		onlyNote: '您自己点开过的号码也记在里面。',
		none: '还没有人点开过号码',
		noneNote: '有人点开居民的电话，这里就多一条。没网时点开的，上报以后出现。',
		line: (who: string, whose: string, what: string) => `${who} 看了 ${whose} 的${what}`,
		someRecord: '一条居民资料',
		fields: { phone: '电话' },
		more: '再看 50 条'
	},
	/** Records counted by what they are. */
	count: {
		household: (n: number) => `${n} 户`,
		resident: (n: number) => `居民 ${n} 人`,
		visit: (n: number) => `走访 ${n} 次`,
		demand: (n: number) => `诉求 ${n} 件`,
		handling: (n: number) => `办理记录 ${n} 条`,
		other: (n: number) => `其他 ${n} 条`
	},
	join: '、'
} as const;
