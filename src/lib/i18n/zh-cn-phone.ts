/** Words of looking after the phone: handing over to the desk, storage, installing, what was lost. */
import type { Reason } from '#domain/element.ts';

export const phone = {
	carried: {
		by: (name: string) => `由${name}的手机带来`,
		note: '已经显示出来，有网时自动上报。上报后仍算本人登记的。'
	},

	bundle: {
		title: '交给平板',
		subtitle: '没网也能当面交到社区',
		open: '交给社区的平板',
		row: (n: number) => (n > 0 ? `没上报的 ${n} 条，没网也能交` : '没有要交的'),
		what: (n: number) => `没上报的 ${n} 条`,
		refused: (n: number) => `没有收下的 ${n} 条，也带给社区看`,
		handedOver: (n: number) => `其中 ${n} 条装过文件，再交一次也不会重复。`,
		forWhom: (org: string) => `装成加密的文件，只有${org}的设备打得开。`,
		stays: '手机里的都还留着，有网照样自动上报，不会重复。',
		staysRevoked: '手机里的都还留着。这台设备已停用，要由社区代录，才算上报。',
		photos: (n: number) => `照片、签字和录音共 ${n} 个还在这台手机上，有网才能传，先别清手机。`,
		photosRevoked: (n: number) =>
			`照片、签字和录音共 ${n} 个带不走，只在这台手机上。要用的请当面给社区看，先别清手机。`,
		pack: '装成文件',
		packing: '正在装',
		ready: (n: number) => `装好了 ${n} 条`,
		leftOut: (n: number) =>
			`还有 ${n} 条是这台手机重新加入前后用另一把钥匙签的，这次没有装进去。请联网打开一次再装，或当面请社区重新登记。`,
		files: (n: number) => `内容多，分成 ${n} 个文件，请都交过去。`,
		share: '发给社区',
		shareSecond: '用微信、蓝牙等发过去',
		save: '存成文件',
		saveSecond: '存到“下载”里，再传给平板',
		notShared: '没有发出去。可以再发一次，或者存成文件。',
		saved: '已存到“下载”里。',
		shared: '已交给您选的应用去发。',
		steps: '平板上怎么收',
		stepList: ['打开连心桥，点“我的”', '点“收手机带来的”', '选这个文件'],
		nothing: '没有要交的',
		nothingNote: '这台设备上的都上报好了。',
		noReceiver: '还不知道交给哪台平板',
		noReceiverNote:
			'社区的平板联网打开过一次，这台设备再联网一次，就能交了。内容都还在本机，有网时自动上报。',
		noCertificate: '这台设备还没在中继登记好',
		noCertificateNote: '请联网打开一次。内容都还在本机，有网时自动上报。',
		failed: '没有装成',
		failedNote: '这台设备暂时读写不了。请再装一次；还不行，关掉应用再打开。内容都还在本机。',
		noDesk: '您现在的身份不在社区，没有可交的平板。',
		inApp: '微信、QQ、钉钉里存不了文件，请用浏览器打开。',
		fileName: (stamp: string, part: string) => `连心桥交接-${stamp}${part}.txt`,
		note: '连心桥交接文件：请在社区的平板上打开连心桥，点“我的”里的“收手机带来的”，选这个文件。内容已加密。'
	},

	take: {
		title: '收手机带来的',
		subtitle: '党员的手机没网时，装成文件传过来',
		row: '没网时，把手机里没上报的收进来',
		rowOpen: (n: number) => `有 ${n} 条要社区代录`,
		choose: '选文件',
		chooseSecond: '可以一次选几个',
		taking: '正在收',
		taken: (name: string, n: number) => `收下了${name}的手机带来的 ${n} 条`,
		takenNote: '已经显示出来，有网时自动上报。党员本人也上报，只算一份。',
		takenRefused: (n: number) => `另有 ${n} 条平台没有收下，列在下面，能代录的请代录。`,
		takenPhotos: (n: number) =>
			`还有照片、签字和录音共 ${n} 个在党员的手机上。那台手机没有停用的，有网时自动传来，先别清手机。`,
		problemTitle: (file: string) => `“${file}”没有收`,
		problems: {
			'too-large': '文件太大，不是连心桥的交接文件。',
			'not-a-bundle': '这不是连心桥的交接文件，请重新选。',
			'newer-version': '这个文件是新版本装的，请先联网更新这台设备。',
			damaged: '文件不完整或被改动过，请让党员的手机重新装一次。',
			'other-realm': '这是别的区的文件。',
			'other-desk': '这是交给别的社区的文件。',
			'no-key-here': '装这个文件时，手机还不知道这台设备。请手机联网一次再装，或用社区别的设备收。',
			'not-authentic': '文件里的签名对不上，不能确认是谁写的，一条也没有收。',
			'no-certificate': '这台设备还没联网登记过，请先联网打开一次。',
			own: '这是这台设备自己装的文件，不用收，有网时自动上报。',
			'nothing-new': '这个文件以前收过了，没有新的。',
			'storage-full': '设备存储满了，请先清出一些空间，再选一次。',
			'storage-broken': '这台设备暂时存不了，请关掉再打开，再选一次。'
		},
		nothingTaken: '原来有的没有变。',
		list: '收下的',
		empty: '还没有收过',
		emptyNote: '收下的会列在这里，看得到上报了没有。',
		line: (name: string, n: number) => `${name}的手机，${n} 条`,
		waiting: (n: number) => `还有 ${n} 条等着上报`,
		done: '都到平台了',
		refusals: (n: number) => `${n} 条没有收下`,
		refused: (kind: string, reason: string) => `${kind}没有收下：${reason}`,
		/** Of whoever wrote it, not of whoever reads this. */
		theirReason: {
			'device-revoked': '写它的手机已经停用',
			'duty-ended': '写它的人在这里的岗位已经结束'
		} as Partial<Record<Reason, string>>,
		refusedNote: '请本人在自己的手机上改好重报，或由社区重新登记。',
		registerNote: '那台手机已停用，改不了。请照当时写的，由社区重新登记。',
		adoptNote: (name: string) =>
			`${name}的手机报不上来，可以由社区代录：照当时写的，一字不改，算${name}本人的。`,
		adopt: (kind: string) => `代录这条${kind}`,
		adoptAll: (n: number) => `${n} 条都代录`,
		adopted: (n: number) => `已代录 ${n} 条`,
		isAdopted: '已由社区代录，不用再登记。',
		mediaAlone: (n: number) => `只有照片、签字或录音 ${n} 个，没有写字，代录不了，还留在手机上。`,
		mediaStays: (n: number) => `照片、签字和录音共 ${n} 个留在手机上，没有带来。`,
		said: '当时写的',
		field: '您的岗位不收文件。要交文件，请点“交给社区的平板”。'
	},

	receivers: {
		title: '接收交接文件的设备',
		note: '手机装文件时，会装成这些设备都打得开的。丢了的、不用的请停用。',
		here: '这台设备',
		since: (when: string) => `${when} 起`,
		retire: '停用',
		retireTitle: '不再让这台设备收？',
		retireWords: '以后装的文件，它就打不开了。别的设备不受影响。',
		reason: '设备不用了',
		keep: '留着'
	},

	loss: {
		title: '这台设备的数据',
		banner: '这台设备上的数据少了',
		open: '看怎么办',
		none: '数据都在',
		noneNote: '没有发现少了什么。',
		last: (when: string) => `最后一次用是${when}。`,
		lost: (name: string) => `${name}的数据被浏览器清掉了`,
		lostNobody: '这台设备上原来的数据被清掉了',
		lostNote: '已上报的都在平台上，重新加入就回来；清掉以前没上报的，这台设备上没有了。',
		lostSteps: [
			'请社区再给一份邀请（说原来的设备数据没了，请把它停用）',
			'点“重新加入”，和第一次一样',
			'没上报的，对照纸上或记忆补记；交给过平板的不用补'
		],
		join: '重新加入',
		forget: '知道了，不再提示',
		setBack: (name: string) => `${name}的数据退回到了以前`,
		setBackNote: '可能是手机恢复过备份。那以后已上报的会自动取回；没上报的，这台设备上没有了。',
		setBackSteps: ['连上网，点“取回已上报的”', '看看“走访”里少不少，少的请补记'],
		fetch: '取回已上报的'
	},

	shut: '这台设备暂时存不了，写的先别关。正在重试；一直这样就先抄下来，再重开浏览器。',

	nag: {
		unsent: (n: number, days: number) => `有 ${n} 条 ${days} 天没上报，只存在这台设备上。`,
		apple: (n: number, days: number) =>
			`有 ${n} 条 ${days} 天没上报。苹果手机久不打开会清掉，请尽快联网或交出去。`,
		unsynced: '三天没联网了。苹果手机久不打开会清掉数据，请连一次网。'
	},

	storage: {
		left: (left: string) => `还剩 ${left}`,
		records: (size: string) => `记录 ${size}`,
		app: (size: string) => `应用本身 ${size}`,
		parts: (parts: string) => `其中${parts}`,
		free: '怎么腾地方',
		freeSteps: [
			'先联网，把没上报的报完',
			'清掉手机里不用的照片、视频和别的应用的缓存',
			'不要用浏览器的“清除数据”：会把这里没上报的也清掉'
		]
	},

	install: {
		title: '装到桌面',
		subtitle: '从桌面点开，没网也能用，数据更不容易被清掉',
		row: '装好从桌面点开，没网也能用',
		done: '已经装到桌面了。',
		now: '现在安装',
		coach: '装到桌面，更好找',
		coachNote: '以后从桌面一点就开，没网也能用，记录也更不容易被清掉。',
		how: '怎么装',
		notNow: '先不装',
		which: '您用的是',
		steps: '照着做',
		notThere: '桌面上没出现？',
		copy: '复制网址',
		copied: '已复制，请到浏览器里粘贴打开',
		names: {
			apple: '苹果（iPhone、iPad）',
			huawei: '华为、荣耀',
			xiaomi: '小米、红米',
			oppo: 'OPPO、一加、真我',
			vivo: 'vivo、iQOO',
			android: '其他安卓手机',
			desktop: '电脑',
			inApp: '正在微信、QQ或钉钉里看'
		},
		guides: {
			apple: [
				'用 Safari 打开这个网址',
				'点屏幕下面的“分享”（方框里一个向上的箭头）',
				'往下找，点“添加到主屏幕”',
				'点右上角“添加”'
			],
			huawei: [
				'点浏览器下面或右上角的菜单（四个点）',
				'点“添加至”，再点“桌面”',
				'问允不允许时，点“允许”或“添加”'
			],
			xiaomi: [
				'点浏览器的菜单（三条线或三个点）',
				'点“添加到桌面”或“添加到主屏幕”',
				'问允不允许时，点“允许”'
			],
			oppo: [
				'点浏览器的菜单（三条线或三个点）',
				'点“添加到桌面”或“发送到桌面”',
				'问允不允许时，点“允许”'
			],
			vivo: [
				'点浏览器的菜单（三条线或三个点）',
				'点“添加到桌面”或“添加快捷方式”',
				'问允不允许时，点“允许”'
			],
			android: [
				'点浏览器右上角的菜单（三个点）',
				'点“安装应用”或“添加到主屏幕”',
				'点“安装”或“添加”'
			],
			desktop: ['点地址栏右边的安装图标，或浏览器菜单', '点“安装连心桥”或“应用，安装此站点”'],
			inApp: ['点右上角的“···”', '点“在浏览器打开”', '在浏览器里再打开“我的”，点“装到桌面”']
		},
		missing: {
			apple: ['左右滑一滑主屏幕，看看后面几页', '还没有，就用 Safari 再做一遍：微信里打开的装不上'],
			huawei: [
				'打开手机“设置”，点“应用和服务”，再点“权限管理”',
				'找到您用的浏览器',
				'把“桌面快捷方式”改成“允许”',
				'回来再装一次'
			],
			xiaomi: [
				'打开手机“设置”，点“应用设置”，再点“授权管理”',
				'点“应用权限管理”，找到您用的浏览器',
				'把“桌面快捷方式”改成“允许”',
				'回来再装一次'
			],
			oppo: [
				'打开手机“设置”，点“应用”，再点“应用管理”',
				'找到您用的浏览器，点“权限”',
				'把“桌面快捷方式”改成“允许”',
				'回来再装一次'
			],
			vivo: [
				'打开手机“设置”，点“应用与权限”，再点“权限管理”',
				'点“桌面快捷方式”，找到您用的浏览器',
				'改成“允许”',
				'回来再装一次'
			],
			android: [
				'打开手机“设置”，点“应用”，找到您用的浏览器',
				'点“权限”，允许“桌面快捷方式”',
				'回来再装一次'
			],
			desktop: [],
			inApp: []
		}
	}
} as const;
