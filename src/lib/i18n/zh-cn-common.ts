/** Words that more than one area uses: names of codes, states, synchronisation, forms, dates. */

/** Said by the chip's sheet, and wherever a reason is given. */
export const stoppedReason = {
	lead: '这台设备已经停用。',
	rest: '没上报的内容还在本机。要接着用，请找社区重新发邀请。'
} as const;

export const common = {
	/** Between two sentences, or a word and what it is about: nothing in Chinese. */
	gap: '',

	app: {
		name: '连心桥',
		fullName: '党群连心桥',
		tabTitle: (page: string) => `${page} · 连心桥`,
		skipToContent: '跳到正文',
		mainNav: '主要栏目',
		demo: '演示数据，人物和数字都是编的',
		updateReady: '新版本已准备好',
		updateNow: '现在更新',
		updateWaits: '填完这张表再更新，不会丢',
		changeIdentity: '换个身份看看'
	},

	nav: {
		visits: '走访',
		demands: '诉求',
		tasks: '接单',
		mine: '我的',
		inbox: '待办',
		residents: '居民',
		figures: '统计',
		overview: '总览',
		escalated: '上报诉求',
		communities: '社区',
		teams: '服务队',
		activities: '活动',
		ledgers: '台账',
		reports: '季度报送',
		organisation: '组织体系',
		projects: '项目',
		evaluation: '综合评价',
		inspection: '督查'
	},

	act: {
		back: '返回',
		close: '关闭',
		cancel: '取消',
		continue: '继续',
		toCheck: '去检查',
		change: '修改',
		changeWhat: (what: string) => `修改${what}`,
		delete: '删除',
		open: '打开',
		retry: '再试一次',
		saveDraft: '存草稿',
		saveDraftLater: '以后再改',
		handIn: '上报',
		handInToCommunity: '交给社区',
		handInToOffice: '交办事处办',
		decideSo: '就这样定',
		leaveIt: '先放着',
		callAndAsk: '打电话问问',
		takeOver: '我来接手',
		compare: '对比',
		print: '打印',
		exportExcel: '导出 Excel',
		exportWord: '导出 Word',
		clear: '清空',
		more: '更多',
		all: '全部',
		previousPage: '上一页',
		nextPage: '下一页',
		details: '看明细',
		showChart: '看图',
		showTable: '看数据表',
		menu: '栏目',
		confirm: '确定'
	},

	form: {
		optional: '选填',
		several: '可多选',
		chooseOne: '请选一个',
		draftSaved: (time: string) => `草稿已存 ${time}`,
		draftNotYet: '还没存草稿',
		changedSince: {
			lead: '您打开以后，别人改过这些：',
			line: (field: string, was: string, is: string) =>
				`${field}：${was || '没填'} → ${is || '没填'}`,
			some: (field: string) => `${field}：改过了`,
			note: '您没动的格子以新的为准。您也改了的那一格按您写的，别人写的留在历史里。'
		},
		step: (n: number, of: number, name: string) => `第 ${n} 步，共 ${of} 步·${name}`,
		stepShort: (n: number, of: number) => `第 ${n} 步，共 ${of} 步`,
		errorCount: (n: number) => `有 ${n} 处需要修改`,
		errorTitle: (title: string) => `错误：${title}`,
		errorPrefix: '错误：',
		fewer: (what: string) => `${what}，减一`,
		moreOf: (what: string) => `${what}，加一`,
		people: '口人',
		dictate: '可以点键盘上的话筒，说话变文字',
		checkTitle: '看一遍，再上报',
		checkStep: '检查上报',
		notFilled: '没有填',
		selected: '已选',
		unsaved: '还有没存的内容',
		saving: '正在存'
	},

	sync: {
		title: '上报情况',
		synced: '已同步',
		syncedAt: (time: string) => `已同步 ${time}`,
		waiting: (n: number) => `待上报 ${n}`,
		sending: (n: number) => (n > 0 ? `正在上报 ${n}` : '正在同步'),
		photosWaiting: (n: number) => `待传照片录音 ${n}`,
		offline: (n: number) => (n > 0 ? `没网，待上报 ${n}` : '没网'),
		trouble: (n: number) => `有问题 ${n}`,
		stopped: (n: number) => (n > 0 ? `已停用，待上报 ${n}` : '已停用'),
		unknown: '正在联系',
		chipOpens: '点开看上报情况',
		waitingRecords: '待上报',
		waitingPhotos: '待传照片和录音',
		records: (n: number) => `${n} 条`,
		photos: (n: number) => `${n} 个`,
		recordUnit: '条',
		photoUnit: '个',
		summary: (records: number, photos: number) =>
			photos > 0 ? `待上报 ${records} 条、照片和录音 ${photos} 个` : `待上报 ${records} 条`,
		reason: {
			synced: { lead: '都上报好了。', rest: '手机和平台上的一样。' },
			waiting: { lead: '正在排队上报。', rest: '不用管，马上就发。' },
			photos: { lead: '记录都上报好了。', rest: '照片和录音正在传，不用管。' },
			sending: { lead: '正在上报。', rest: '可以接着做别的。' },
			offline: { lead: '现在没网。', rest: '有网时自动上报，不用管。' },
			trouble: { lead: '有几条没有收下。', rest: '点开看原因，改好再上报，内容都还在。' },
			stopped: stoppedReason,
			unknown: { lead: '正在联系中继。', rest: '连上就自动上报。' },
			relayDown: { lead: '中继暂时没有回应。', rest: '过一会儿自动再试，不用管。' },
			signedOut: { lead: '需要重新登录。', rest: '登录后自动上报，内容都还在。' }
		},
		lastSuccess: (when: string) => `上次上报成功：${when}`,
		neverSucceeded: '还没有上报成功过',
		tryNow: '现在试一次',
		trying: '正在试',
		exportBackup: '交给社区的平板',
		stillHere: '还在本机',
		nothingWaiting: '没有等着上报的',
		autoWhenOnline: '有网时自动上报',
		noNetworkLead: '现在没网，也能上报。',
		noNetworkRest: '先存在本机，有网时自动发出。',
		savedTitle: '已存好',
		savedNotes: ['有网时自动上报，不用再点。', '关掉也不会丢。'],
		leaveWarning: (n: number) => `还有 ${n} 条没上报，只存在本机。`,
		kinds: { visit: '走访', demand: '诉求', service: '服务', other: '记录' }
	},

	travel: {
		name: '走到哪里了',
		places: { device: '本机', relay: '中继', community: '社区', office: '办', district: '区' },
		fullPlaces: {
			device: '本机',
			relay: '中继',
			community: '社区',
			office: '办事处',
			district: '区'
		},
		states: { reached: '已到', waiting: '还在这里', ahead: '还没到' },
		stop: (place: string, state: string) => `${place}：${state}`,
		reached: {
			device: '还在本机',
			relay: '已到中继',
			community: '已到社区',
			office: '已到办事处',
			district: '已到区'
		}
	},

	track: {
		title: '走到哪一步',
		states: { done: '已完成', now: '正在这一步', ahead: '还没到' },
		aside: (words: string) => `（${words}）`,
		everyStepKept: '每一步都会记下谁、什么时候'
	},

	status: {
		notStarted: '待受理',
		inProgress: '在办',
		dueSoon: '今天到期',
		overdue: '超期',
		missing: '未报',
		done: '已办结',
		crossedOff: '已销号',
		onTime: '按时',
		onDevice: '已存本机，还没上报',
		carried: '手机带来，还没上报',
		sent: '已同步',
		offline: '没网',
		waitingList: '候补',
		waitingListPlace: (n: number) => `候补第 ${n} 位`,
		escalated: '已上报',
		handedBack: '办事处退回',
		listed: '已入需求清单',
		late: (days: number) => `迟 ${days} 天`,
		lateWord: '迟报',
		presence: '有人在处理',
		handledBy: (name: string) => `${name}在处理`,
		closed: '已结束',
		versions: '有不同版本',
		newer: '较新',
		clock: '时钟异常'
	},

	presence: {
		busy: (name: string) => `${name}正在处理`,
		openedAgo: (ago: string) => `${ago}打开`,
		since: (words: string) => `，${words}`
	},

	duplicate: {
		title: '可能和这件是同一件事'
	},

	history: {
		title: '历史',
		none: '还没有改动',
		from: '原来',
		to: '改成',
		empty: '空',
		byWhom: (who: string, when: string) => `${who}，${when}`
	},

	table: {
		total: '合计',
		none: '无',
		slash: '/',
		number: '序号',
		range: (from: number, to: number, of: number) => `第 ${from}—${to} 条，共 ${of} 条`,
		count: (n: number) => `共 ${n} 条`,
		fewCases: '不足 10 件只写“几件/几件”，不排名',
		scrollHint: '左右滑动看其余的列'
	},

	figures: {
		asOf: (when: string) => `数据截至 ${when}`,
		devicesReported: (n: number, of: number) => `${n}/${of} 台设备已上报`,
		up: '升',
		down: '降',
		same: '持平'
	},

	states: {
		loading: '正在打开',
		problem: '这里出了点问题',
		problemNote: '内容没有丢，再试一次；还不行就找社区。',
		notFound: '没有找到这一页',
		notFoundNote: '地址可能写错了，或者这一页已经没有了。',
		notOpened: '这一页没打开',
		notOpenedNote: '可能没有网，应用又还没存全。连上网再试；记下的都在这台设备上，没有丢。',
		toFirst: '回到首页',
		progress: (done: string, total: string) => `${done} / ${total}`
	},

	language: {
		/** In both languages, for whoever cannot read the one that is shown. */
		title: '语言 Language',
		names: { 'zh-CN': '中文', en: 'English' },
		note: '换了以后重新打开，写的都还在。',
		notKept: '有一张表还没存好。先填完，再换语言。'
	},

	appearance: {
		title: '字号和颜色',
		elder: '长辈版',
		elderNote: '大字、大按钮，一列到底',
		elderOn: '已是长辈版',
		switchToElder: '换成长辈版',
		switchToStandard: '换回标准版',
		elderAliases: '长辈版，也叫关怀版、亲情版、关爱版',
		size: '字有多大',
		sizes: { standard: '标准', large: '大', extra: '特大', largest: '最大' },
		sizeNotes: { standard: '16', large: '20，长辈版', extra: '24', largest: '30' },
		theme: '颜色',
		themes: {
			system: '跟手机一样',
			party: '浅色',
			'party-dark': '深色',
			'party-contrast': '高对比'
		}
	},

	when: {
		day: (month: number, day: number) => `${month}月${day}日`,
		dayOfYear: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
		dayWithWeekday: (day: string, weekday: string) => `${day} ${weekday}`,
		weekdays: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
		today: '今天',
		yesterday: '昨天',
		at: (day: string, time: string) => `${day} ${time}`,
		justNow: '刚刚',
		minutesAgo: (n: number) => `${n} 分钟前`,
		hoursAgo: (n: number) => `${n} 小时前`,
		daysAgo: (n: number) => `${n} 天前`,
		minutes: (n: number) => `${n} 分钟`,
		hours: (n: number) => `${n} 小时`,
		hoursAndMinutes: (hours: number, minutes: number) => `${hours} 小时 ${minutes} 分`,
		days: (n: number) => `${n} 天`,
		left: (span: string) => `还剩 ${span}`,
		inDays: (n: number) => `还有 ${n} 天`,
		overdue: (span: string) => `超期 ${span}`,
		dueToday: '今天到期',
		quarter: (year: number, quarter: number) =>
			`${year}年第${['一', '二', '三', '四'][quarter - 1] ?? quarter}季度`
	},

	roles: {
		member: '党员',
		volunteer: '志愿者',
		communityWorker: '社区工作者',
		communitySecretary: '社区党组织书记',
		subdistrictOfficer: '办事处党建办',
		districtOfficer: '区委组织部',
		admin: '系统管理员',
		setUp: '系统（建区）',
		clock: '系统（到期）'
	},

	levels: {
		district: '区',
		subdistrict: '街道',
		community: '社区',
		departmentUnit: '部门单位'
	},

	category: {
		property: '物业',
		environment: '环境',
		parking: '停车',
		noise: '噪音',
		lighting: '照明',
		utilities: '水电气热',
		road: '道路',
		socialInsurance: '社保',
		medical: '医保',
		education: '教育',
		elderCare: '养老',
		employment: '就业',
		publicOrder: '治安',
		other: '其他'
	},

	serviceCategory: {
		povertyRelief: '扶贫帮困',
		policyAdvice: '政策咨询',
		information: '信息咨询',
		housekeeping: '家政服务',
		schoolHealth: '就学就医',
		employment: '就业创业',
		cultureSport: '文体娱乐',
		legalAid: '法律援助',
		counselling: '心理疏导',
		applianceRepair: '家电维修',
		other: '其他'
	},

	demandType: {
		consult: '咨询',
		help: '求助',
		complaint: '投诉',
		report: '举报',
		suggestion: '意见建议'
	},

	urgency: {
		low: '不急',
		normal: '一般',
		urgent: '很急',
		emergency: '突发'
	},

	group: {
		livingAlone: '独居',
		veryOld: '高龄',
		emptyNest: '空巢',
		lowIncome: '低保',
		nearLowIncome: '低保边缘',
		extremePoverty: '特困',
		seriousIllness: '大病',
		disabled: '残疾',
		unemployed: '失业',
		leftBehind: '留守',
		bereaved: '失独',
		childInNeed: '困境儿童',
		veteran: '优抚',
		needyMember: '困难党员'
	},

	/** 常住情况 */
	residence: {
		permanent: '常住',
		floating: '流动',
		vacant: '空置',
		apart: '人户分离'
	},
	tenure: {
		owned: '自住',
		rented: '租住',
		vacant: '空置'
	},
	sex: {
		male: '男',
		female: '女'
	},
	relation: {
		head: '户主',
		spouse: '配偶',
		child: '子女',
		childInLaw: '儿媳或女婿',
		grandchild: '孙辈',
		parent: '父母',
		grandparent: '祖父母',
		sibling: '兄弟姐妹',
		other: '其他'
	},
	politicalStatus: {
		party: '中共党员',
		probationary: '预备党员',
		league: '共青团员',
		other: '群众或其他'
	},
	health: { good: '健康', weak: '一般或较弱', chronic: '有慢性病', impaired: '残疾' },
	disabilityKind: {
		sight: '视力',
		hearing: '听力',
		speech: '言语',
		limbs: '肢体',
		intellect: '智力',
		mind: '精神',
		multiple: '多重'
	},
	disabilityGrade: { '1': '一级', '2': '二级', '3': '三级', '4': '四级' },
	employment: {
		employed: '在职',
		flexible: '灵活就业',
		unemployed: '失业',
		retired: '离退休',
		none: '没有就业'
	},
	schooling: {
		preschool: '学前',
		primary: '小学',
		junior: '初中',
		senior: '高中或中职',
		college: '大专及以上'
	},
	insurance: {
		employeePension: '职工养老',
		residentPension: '居民养老',
		employeeMedical: '职工医保',
		residentMedical: '居民医保',
		uninsured: '没有参保'
	},
	consentBy: { self: '本人', family: '家人', guardian: '监护人' },
	consentScope: { register: '登记这些情况', photo: '拍照', passOn: '转给能帮忙的单位' },
	whyLeft: {
		movedAway: '搬走',
		married: '婚嫁迁出',
		died: '去世',
		other: '其他'
	},
	careTier: {
		high: '高风险户',
		key: '重点户',
		general: '一般户'
	},

	demandState: {
		registered: '待受理',
		accepted: '已受理',
		escalatedSub: '已上报办事处',
		declined: '不予受理',
		merged: '已合并',
		handled: '已办结',
		withdrawn: '已撤回',
		voided: '已作废'
	},

	outcome: {
		solved: '已解决',
		partly: '部分解决',
		explained: '解释说明',
		notOurs: '不属职权',
		unsolvable: '无法解决'
	},

	declineReason: {
		judicial: '进入司法程序',
		secret: '涉及国家秘密',
		noSubstance: '没有实质内容',
		alreadyAccepted: '已受理的重复诉求'
	},

	channel: {
		visit: '入户走访',
		walkIn: '来访',
		phone: '来电',
		wechat: '微信群',
		box: '意见箱',
		patrol: '网格巡查',
		hotline: '12345转办',
		petition: '信访转办',
		assigned: '上级交办',
		import: '表格导入'
	},

	visitOutcome: {
		met: '见到人',
		notHome: '未遇',
		declined: '拒绝登记'
	},

	visitMode: {
		home: '入户',
		phone: '电话',
		video: '视频',
		talk: '座谈会',
		courtyard: '院落会'
	},

	place: {
		age: (years: number) => `${years}岁`,
		ageAndGroup: (years: number, group: string) => `${years}岁·${group}`
	}
} as const;
