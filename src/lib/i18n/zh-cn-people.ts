/** Words of the roster: cards, duties, importing people, sheets of slips, devices, and switching persons. */
export const people = {
	title: '人员与邀请',
	tabs: { people: '花名册', invitations: '邀请', devices: '设备' },
	officeOnly: '人员与邀请由社区书记、办事处和区里管。',
	add: '登记新的人',
	search: '找人',
	state: '在不在册',
	views: {
		active: (n: number) => `在册 ${n}`,
		suspended: (n: number) => `暂停 ${n}`,
		left: (n: number) => `退出 ${n}`,
		twice: (n: number) => `手机号重复 ${n}`
	},
	twiceNote: '这些人登记了同一个手机号，可能是同一个人登记了两次。请核对，多登记的那个选“作废”。',
	states: { active: '在册', suspended: '暂停', left: '已退出', voided: '已作废' },
	stateNotes: {
		active: '',
		suspended: '不发邀请，不派新事。恢复以后照常。',
		left: '岗位都已结束。资料留着备查。',
		voided: '登记错了的资料，名册上不再算。'
	},
	count: (n: string) => `${n} 人`,
	more: '再看 50 个',
	empty: '花名册还是空的',
	emptyNote: '可以从表格导入，也可以一个一个登记。',
	noneHere: '这里没有人',
	noneFound: '没有找到，换个姓名、手机号或特长试试',

	register: {
		title: '登记新的人',
		subtitle: '先登记，再发邀请。没网也能登记。',
		submit: '登记',
		saved: (name: string) => `已登记 ${name}`,
		savedNote: '等右上角变成“已同步”，就可以发邀请。'
	},

	card: {
		cadre: '领导干部',
		isCadre: '是党员领导干部',
		unknown: '没有填',
		phoneHint: '填了，用打印条加入时要核对后 4 位',
		skillsHint: '几样都行，用顿号隔开，例如：家电维修、理发',
		availabilityHint: '例如：周末、工作日晚上',
		field: {
			name: '姓名',
			phone: '手机号',
			branch: '党支部/单位',
			occupation: '职业',
			skills: '特长',
			categories: '服务意向',
			availability: '可服务时间',
			isLeadingCadre: '领导干部'
		},
		need: {
			name: '请写姓名',
			phone: '请核对手机号，只能用数字',
			role: '请选身份',
			org: '请选在哪里',
			shorter: (field: string, n: number) => `请把${field}写短，不超过 ${n} 个字`,
			skill: (n: number) => `请把每样特长写短，不超过 ${n} 个字，用顿号隔开`,
			skills: (n: number) => `特长最多写 ${n} 样`
		}
	},

	duty: {
		title: '身份',
		none: '现在没有身份',
		role: '身份',
		org: '在哪里',
		choose: '请选择',
		orgOf: (above: string, name: string) => (above === '' ? name : `${above}，${name}`),
		at: (role: string, org: string) => (org === '' ? role : `${role}，${org}`),
		since: (from: string) => `从 ${from}起`,
		until: (from: string, to: string) => `${from}至 ${to}`,
		handedTo: (name: string) => `已交接给 ${name}`,
		end: '结束或交接',
		void: '作废',
		voidWhat: (name: string) => `作废身份：${name}`,
		voidNote:
			'给错了才作废，等于没有给过，从现在起就看不到这里的内容。做过一段的，请用结束或交接。',
		voided: (reason: string) => `已作废：${reason}`,
		endWhat: (name: string) => `结束身份：${name}`,
		endNote: (lateDays: number) =>
			lateDays > 0
				? `到这一天为止。当天以前说的话照样算数，没来得及上报的，${lateDays} 天内还能报。`
				: '到这一天为止。当天以前说的话照样算数，没来得及上报的，当天要报完。',
		endConfirm: '结束',
		handConfirm: '结束并交接',
		lastDay: '最后一天',
		lastDayHint: '含这一天',
		successor: '交给谁接着做',
		noSuccessor: '先不交接',
		inHandNote: '结束以后，在下一页交给接着做的人。',
		give: '再加一个身份',
		giveWhom: (name: string) => `给${name}加一个身份`,
		giveNote: '一个人可以有几个身份，在自己的设备上换着用。',
		giveConfirm: '加上',
		from: '从哪一天起',
		need: {
			lastDay: '请写最后一天',
			afterStart: '最后一天不能早于开始的那天',
			reason: '请写原因',
			held: '已经有这个身份了，请换一个',
			from: '请写从哪一天起'
		}
	},

	person: {
		title: '人员',
		card: '资料',
		correct: '更正资料',
		noCard: '资料由所在的社区或办事处管，这里只有身份。',
		gone: '没有找到这个人',
		goneNote: '可能不归您管，或者还没有同步到。',
		devices: '看设备',
		moveOn: '在册情况'
	},
	moveOn: {
		suspended: {
			act: '暂停',
			title: (name: string) => `暂停${name}`,
			note: '暂停期间不发邀请、不派新事，随时可以恢复。已有的记录都在。'
		},
		left: {
			act: '退出',
			title: (name: string) => `${name}退出`,
			note: '身份从现在起结束，设备看不到新的内容。资料和走过的访都留着备查。'
		},
		active: {
			act: '恢复在册',
			title: (name: string) => `恢复${name}`,
			note: '恢复以后可以再发邀请。退出过的，要重新加上身份。'
		},
		voided: {
			act: '作废',
			title: (name: string) => `作废${name}的资料`,
			note: '登记错了或登记了两次才作废。名册上不再有，这里给的身份一起作废；走过的访都留着。'
		}
	},

	import: {
		link: '从表格导入',
		title: '导入花名册',
		subtitle: '先看一遍，再导入。再导一次同一张表，不会重复。',
		chooseHint:
			'Excel（.xlsx）或 CSV。要有“姓名”一列；有手机号、党支部、角色、职业、特长、服务意向、可服务时间、是否领导干部更好，列的次序不限。',
		preview: '会怎么导入',
		counts: {
			fresh: '新登记',
			here: '已在花名册里',
			differing: '资料和表里不同',
			problem: '有问题，不导入'
		},
		unit: (n: string) => `${n} 人`,
		rows: (n: string) => `${n} 行`,
		problems: '这几行没有用，改好表格再选一次就行',
		notes: '这几行照用，但请核对',
		row: (n: number) => `第 ${n} 行`,
		more: (n: number) => `还有 ${n} 行`,
		columns: '认出的列',
		columnLine: (field: string, name: string) => `${field}：${name}`,
		unused: (names: string) => `没有用的列：${names}`,
		differingTitle: '资料不同的人',
		update: '用表里的更新',
		updateHint: '空着的格子不会清掉原来的资料。',
		changed: (name: string, fields: string) => `${name}：${fields}`,
		sample: '先看几个',
		start: (n: string) => `导入 ${n} 人`,
		nothing: '没有要导入的',
		running: '正在导入',
		runningNote: '先存在本机，有网时自动上报。',
		done: (fresh: number, updated: number) =>
			updated > 0 ? `已登记 ${fresh} 人，更新 ${updated} 人` : `已登记 ${fresh} 人`,
		doneNote: '等右上角变成“已同步”，就可以打印邀请条。',
		stopped: (n: number) => `停下了，已导入 ${n} 人`,
		stoppedNote: '再点一次导入，接着往下，不会重复。',
		failed: '没有导完',
		toSlips: '打印邀请条',
		toRoster: '看花名册',
		reason: '导入花名册时更新'
	},

	switch: {
		title: '换人、换身份',
		now: '现在是',
		others: '这台设备上的其他人',
		alone: '这台设备上没有别的人',
		duties: '换一个身份',
		dutiesNote: '各有各的首页',
		takeDuty: (role: string) => `换成${role}`,
		waiting: (n: number) => `还有 ${n} 条没上报`,
		drafts: (n: number) => `草稿 ${n} 份`,
		add: '加一个人',
		addSecond: '让本人扫码，或写 8 位邀请码',
		apart: '每个人的记录分开存，互相看不到。换回来，内容都还在。',
		unsentTitle: (n: number) => `还有 ${n} 条没上报`,
		unsentWords: '换走以后，这几条要等您换回来才接着上报。内容都还在。',
		takeAnyway: (name: string) => `换成 ${name}`,
		stay: '先不换',
		photos: (n: number) => `${n} 张照片或录音没传完`,
		matters: (n: number) => `${n} 条等着处理`,
		remove: '从本机移除',
		removeOf: (name: string) => `把 ${name} 从本机移除`,
		removeTitle: (name: string) => `把 ${name} 从本机移除？`,
		removeWords: '这个人的台账从本机全部删掉，已上报的都在社区。再用这台设备，要重新邀请。',
		removeDrafts: (n: number) =>
			`没写完的 ${n} 份草稿会没有，找不回来。这个人的台账从本机全部删掉，已上报的都在社区。再用这台设备，要重新邀请。`,
		removed: (name: string) => `${name} 已从本机移除`,
		firstTitle: (name: string) => `${name} 还有没交的`,
		firstWords: (what: string, name: string) =>
			`${what}。这些只存在本机，移除就没有了。请 ${name} 换回来，先报上去或处理完。`
	},

	oneMore: {
		title: '再用一台设备',
		note: '换手机、换到桌面图标，或者多用一台',
		how: '在这里得到一个 8 位邀请码，到另一台设备上写。先等这里“已同步”。',
		make: '得到邀请码',
		done: '写好了'
	},

	devices: {
		mine: '我的设备',
		kinds: {
			iphone: '苹果手机',
			ipad: '苹果平板',
			harmony: '鸿蒙设备',
			android: '安卓手机',
			androidAny: '安卓平板',
			windows: 'Windows 电脑',
			mac: '苹果电脑',
			linux: 'Linux 电脑'
		},
		browsers: {
			huawei: '华为浏览器',
			xiaomi: '小米浏览器',
			oppo: 'OPPO 浏览器',
			vivo: 'vivo 浏览器',
			qq: 'QQ 浏览器',
			uc: 'UC 浏览器',
			edge: 'Edge',
			firefox: '火狐',
			chrome: 'Chrome',
			safari: 'Safari'
		},
		unknown: '一台设备',
		model: (what: string, model: string) => `${what}（${model}）`,
		with: (what: string, browser: string) => `${what}，${browser}`,
		views: {
			late: (n: number) => `谁没同步 ${n}`,
			current: (n: number) => `在用 ${n}`,
			revoked: (n: number) => `已停用 ${n}`
		},
		lateNote: '三天没有联系，或者还有没上报的。排在前面的，最久没有联系。',
		ownNote:
			'手机丢了，在这里停用它：它一联网就退出，存着的内容也清掉。没联网以前，里面的还看得到。',
		nobodyLate: '都同步好了',
		none: '还没有设备',
		noneFound: '没有找到，换个姓名试试',
		of: (name: string) => `${name}的设备`,
		seeAll: '看所有人的',
		search: '按姓名或单位找',
		seen: (when: string) => `最近联系 ${when}`,
		joined: (when: string) => `${when}加入`,
		revokedAt: (when: string) => `${when}停用`,
		waiting: (n: number) => `还有 ${n} 条没上报`,
		nothingWaits: '都上报了',
		notTold: '还没有上报过',
		oldVersion: '版本旧',
		silent: (days: number) => `${days} 天没联系`,
		thisOne: '就是这一台',
		noDuty: '现在没有身份',
		revoke: '停用',
		revokeFor: (name: string) => `停用${name}的这台设备`,
		revokeTitle: (name: string) => `停用${name}的这台设备？`,
		revokeWords:
			'它一联网就退出，看不到任何内容；从现在起不能再上报。没联网以前，里面存着的还看得到。找回来要重新发邀请。',
		revokeWaiting: (n: number) =>
			`它还有 ${n} 条没上报，停用以后它自己报不上来。手机还在的，装成文件交给社区的平板，由社区代录。`,
		revokeOwn: '这就是您正在用的这一台，停用以后您也要重新加入。',
		revoked: (name: string) => `已停用${name}的设备`,
		revokedNote: '它的连接已经断开。要在新手机上用，请重新发邀请。',
		revokedConfirm: '停用',
		offlineTitle: '要有网才能看设备',
		offline: '设备的情况在中继上，现在连不上。',
		more: '再看 50 台',
		count: (n: string) => `${n} 台`
	}
} as const;
