/** Words of a visit beyond its first line: meetings, hazards, photos, voice notes, signatures, review. */
export const visit = {
	purpose: {
		routine: '日常走访',
		condolence: '慰问',
		policy: '政策宣传',
		inspection: '隐患排查',
		followUp: '回访'
	},
	hazard: { security: '治安', fire: '消防', sanitation: '环境卫生', other: '其他' },
	state: { done: '待核', reviewed: '已核', returned: '退回补正', voided: '已作废' },

	more: '补充',
	moreNote: '都是选填，没有就不用打开',
	lines: '一行写一条',

	meeting: {
		record: '记一次座谈或院落会',
		recordSecond: '不用选住户',
		title: '在哪里开的？',
		step: '座谈或院落会',
		name: (place: string) => `座谈或院落会：${place}`,
		called: '座谈或院落会',
		place: '地点',
		placeHint: '例如：3栋楼下凉亭',
		placeMissing: '请写在哪里开的',
		attendance: '来了多少人',
		speakers: '主要是谁在说',
		speakersHint: '姓名或称呼，例如：3栋楼组长老李',
		peopleUnit: '人'
	},

	who: {
		purpose: '为什么去',
		companions: '和谁一起去的',
		companion: (n: number) => `第 ${n} 位`,
		companionName: '姓名',
		companionPost: '职务',
		addCompanion: '加一位同去的人',
		dropCompanion: (n: number) => `去掉第 ${n} 位`,
		companionNameMissing: '请写姓名，不要了就点去掉'
	},
	when: {
		dayHint: '默认是现在。补记以前走的，改成走访那天；一年以内的都能上报',
		tooOld: '最多补记一年以内的走访，请看看年份',
		otherDay: (when: string) => `记的是${when}的走访`,
		otherDayNote: '不是那时候去的，请在“补充”里改'
	},
	consent: '已告知采集这些信息的用途，对方同意',
	consentHint: '没有同意就不勾，照样能上报',

	hazards: {
		legend: '安全隐患',
		nth: (n: number) => `第 ${n} 处`,
		kind: '哪一类',
		kindMissing: '请选哪一类',
		text: '什么隐患',
		textMissing: '请写什么隐患，不要了就点去掉',
		add: '加一处隐患',
		drop: (n: number) => `去掉第 ${n} 处`,
		line: (kind: string, text: string) => `${kind}：${text}`,
		full: '最多记 10 处'
	},
	policyTold: '宣传了什么政策',
	tooMany: (n: number) => `最多写 ${n} 条`,
	lineTooLong: (n: number) => `每条最多 ${n} 字`,

	photos: {
		title: '拍照、录音和签字',
		step: '照片、录音和签字',
		label: '现场照片',
		mark: (most: number) => `选填，最多 ${most} 张`,
		take: '拍一张',
		choose: '从相册选',
		storing: '正在存',
		note: '拍事情，不拍证件和病历。',
		photo: (n: number) => `第 ${n} 张照片`,
		look: (n: number) => `看第 ${n} 张照片`,
		drop: (n: number) => `删掉第 ${n} 张照片`,
		caption: (n: number) => `第 ${n} 张照片拍的什么`,
		full: (most: number) => `已经 ${most} 张了，要换就先删一张。`,
		beyond: (n: number) => `多选的 ${n} 张没有放进来。`,
		notPicture: '这个文件不是照片，请换一张。',
		unreadable: '有一张照片打不开，没有放进来，请重拍；其他照片不受影响。',
		storageBroken: '这张照片没有存上，请再拍一次；写的内容都还在。',
		onWay: '照片还在拍照的手机上，传到了再看',
		unreachable: '现在没网，只能看小图',
		gone: '这张照片打不开',
		close: '关上照片',
		again: '再试一次',
		waiting: '还没传到社区'
	},

	keepProblems: {
		'too-big': '这张照片太大，压不下来，请重拍一张。',
		'storage-full': '手机存不下这张照片了。请清出一些空间再拍；写的内容都还在。',
		'storage-broken': '这张照片没有存上，请再拍一次；写的内容都还在。',
		'too-many-waiting': '等着上传的照片和录音太多了。请先连上网传一些，再接着拍；记录可以照常写。'
	},

	voice: {
		label: '语音备注',
		mark: (most: number) => `选填，最多 ${most} 段`,
		record: '录音',
		opening: '正在打开麦克风',
		speaking: '正在录，说完点停止',
		endsSoon: '快到 2 分钟了，到时自动停',
		stop: '停止',
		keeping: '正在存',
		note: '录之前先跟对方说一声。每段最长 2 分钟。',
		full: (most: number) => `已经 ${most} 段了，要换就先删一段。`,
		found: (length: string) => `上次录到一半，录下的 ${length}都在，放在下面了。不要就删掉。`,
		length: (seconds: number) =>
			seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`,
		count: (n: number) => `语音备注 ${n} 段`,
		nth: (n: number, length: string) => `第 ${n} 段，${length}`,
		play: '播放',
		playNth: (n: number, length: string) => `播放第 ${n} 段语音备注，${length}`,
		pause: '停下',
		pauseNth: (n: number) => `停下第 ${n} 段语音备注`,
		heard: (n: number) => `第 ${n} 段语音备注听到哪里`,
		drop: '删掉',
		dropNth: (n: number) => `删掉第 ${n} 段语音备注`,
		fetching: '正在取录音',
		nothing: '没有录上声音，请再录一次。',
		storageBroken: '这段录音没有存上，请再录一次；写的内容都还在。',
		elsewhere: '另一个页面正在录音，请先把那边停下。',
		noMicrophone: {
			unsupported: '这个浏览器不能录音，写字就行。',
			denied: '浏览器没有允许用麦克风。要录音，请在浏览器设置里允许；不录也能上报。',
			none: '没有找到麦克风，写字就行。',
			taken: '麦克风现在用不了，可能正在通话。过一会儿再录，不录也能上报。'
		},
		keepProblems: {
			'too-big': '这段录音太大，存不下，请分成几段短的录。',
			'storage-full': '手机存不下录音了。请清出一些空间再录；写的内容都还在。',
			'storage-broken': '这段录音没有存上，请再录一次；写的内容都还在。',
			'too-many-waiting': '等着上传的照片和录音太多了。请先连上网传一些；记录可以照常写。'
		},
		unheard: {
			'on-its-way': '录音还在录它的手机上，传到了再听。',
			unreachable: '现在没网，连上网再听。',
			broken: '这段录音打不开。',
			unplayable: '这台设备放不出这段录音。请更新浏览器，或换一台设备听。'
		}
	},

	sending: {
		'slow-down': '今天传的照片和录音太多，明天接着传；记录照常上报。',
		'disk-full': '平台上放照片和录音的地方满了，腾出来再传；记录照常上报。',
		other: '有照片或录音没有传上，过一会儿自动再传；记录照常上报。'
	},

	sign: {
		interviewee: '走访对象签字',
		visitor: '走访人签字',
		pad: '在框里用手指写名字',
		again: '重签',
		signed: (who: string, when: string) => (who === '' ? when : `${who}·${when}`),
		orally: '不方便签字，改为口头确认',
		done: '签好了',
		image: (what: string) => `${what}的图`,
		storageBroken: '签字没有存上，请再签一次；写的内容都还在。'
	},

	location: {
		label: '记下走访的位置',
		hint: '只记大概位置，约一百米；不开也能上报',
		asking: '正在找位置',
		found: (accuracy: number) => `已记下，误差约 ${accuracy} 米（WGS-84）`,
		failed: '没有找到位置，不影响上报。',
		denied: '浏览器没有允许定位，不影响上报。',
		words: (lat: number, lng: number, accuracy: number) =>
			`北纬 ${lat}，东经 ${lng}，误差约 ${accuracy} 米（WGS-84）`
	},

	shortWay: {
		written: '这次已经写了：',
		writtenNote: '写的都会上报，所以不用勾“家里都好”。请点继续，再看一遍。',
		title: '这些不上报，对吗？',
		leftOut: (way: string) => `选了“${way}”，写好的这些不会上报：`,
		leftOutNote: '上报以后就找不回来了。要留下这些，请点下面的“回去改”。',
		back: '回去改，写的都留着'
	},

	check: {
		photos: '照片和签字',
		media: '照片、录音和签字',
		photosN: (n: number) => `${n} 张照片`,
		signedBy: '走访对象已签字',
		visitorSigned: '走访人已签字',
		orally: '口头确认',
		meeting: (place: string, people: string, span: string) =>
			people === '' ? `${place}，${span}` : `${place}，${people}，${span}`,
		people: (n: number) => `${n} 人`,
		consent: '已告知并同意采集',
		purpose: (words: string) => `目的：${words}`,
		companions: (words: string) => `同去：${words}`,
		policy: (words: string) => `宣传政策：${words}`,
		located: '已记位置'
	},
	companion: (name: string, post: string) => (post === '' ? name : `${name}（${post}）`),

	correct: {
		door: '走访的是哪一户',
		doorChange: '换一户',
		doorKeep: '还是原来那户',
		doorFind: '找对的那一户',
		doorHint: '家里人姓名或门牌，例如 301',
		doorNone: '没有找到这一户',
		doorNot: '没有写是哪一户',
		doorAlong: '这次说的诉求和重大变化也改到这一户。',
		doorAsks: '见到的人、人群和几口人，请按这一户再看一遍。',
		doorReason: '记错了门',
		photos: '照片',
		photosNote: '点叉拿掉的照片，社区也不再显示。',
		voiceNote: '删掉的录音，社区也不再显示。',
		endsBefore: '结束时间要在开始时间之后',
		signAnew: '请走访对象重新签字',
		visitorSignAnew: '走访人重新签字',
		dropSignature: '去掉走访对象签字',
		dropVisitorSignature: '去掉走访人签字',
		dropLocation: '去掉位置',
		emptied: '拒绝登记，只留这户和走访时间',
		emptiedNote:
			'原来写的、拍的、录的、签的和位置，更正以后这次走访里都不再有；改动记录里查得到改过。'
	},

	add: {
		act: '补充',
		second: '加一句话、照片或录音',
		title: '补充这次走访',
		note: '原来写的不动，补充的写在后面。',
		words: '补充说明',
		missing: '请写一句，或加照片、录音',
		done: '补充已存好，有网时自动上报。',
		line: (when: string, photos: string) => (photos === '' ? when : `${when}，${photos}`),
		term: (when: string) => `${when}补充`,
		drop: '撤回这条补充',
		dropWords: '记错了才撤回。文字划去，还看得到；一起加的照片和录音不再显示。',
		dropOf: (words: string, when: string) => `${words}，${when}`,
		dropped: (why: string) => `已撤回：${why}`,
		photos: (n: number) => `照片 ${n} 张`
	},

	review: {
		act: '核实无误',
		second: '这次走访记清楚了',
		done: '已核实这次走访',
		return: '退回补正',
		returnTitle: '退回这次走访',
		returnWords: '写清楚哪里要改，党员手机上会看到。',
		returned: '已退回这次走访',
		returnedWaits: '走访人补正以后，再来核实。',
		ours: '请社区更正',
		oursNote: '这户已经换了人，走访人看不到这次走访了。要改请点“更正”，不用退回。',
		returnedFor: (why: string) => `退回补正：${why}`,
		returnedNote: '请更正或补充后再上报。',
		mend: '去补正',
		of: (name: string) => `退回补正：${name}`,
		by: (who: string, when: string) => `${who}，${when}`,
		own: '自己的走访由别的工作人员核实',
		filter: '核实',
		all: '全部'
	}
} as const;
