/** Words of 运行情况: how the relay is, for the administrator, who is no engineer. */
export const operations = {
	title: '运行情况',
	lead: '这台服务器现在怎么样。每半分钟自动更新。',
	offlineTitle: '现在连不上服务器',
	offline: '要有网才能看。连上以后再试。',
	notYours: '运行情况由区里看',
	notYoursNote: '只有区委组织部和系统管理员能看。',
	allWell: '一切正常',
	lookAt: (n: number) => `有 ${n} 件事要您看一下`,
	serverSince: (moment: string, version: string) => `${moment}启动，版本 ${version}`,

	backup: {
		title: '备份',
		last: (moment: string) => `上次备份：${moment}`,
		size: (size: string) => `大小 ${size}`,
		never: '还没有备份过',
		neverNote: '服务器坏了，没有备份就找不回来。现在就备份一次，再请技术人员设好每晚自动备份。',
		late: (days: number) => `已经 ${days} 天没有备份`,
		lateNote: '两天没有备份就要查。先点“立即备份”，再看每晚的自动备份是不是停了。',
		gone: '备份放在别的盘上，这里看不到它的大小。',
		sizeOn: (size: string, machine: string) => `大小 ${size}，存在服务器“${machine}”上`,
		elsewhere: (machine: string) =>
			`存在服务器“${machine}”上，这里拿不到。要取文件，请技术人员到那台服务器的备份文件夹里拿。`,
		now: '立即备份',
		running: '正在备份，可以离开这一页，不影响大家使用。',
		done: '备份好了',
		failed: '备份没有做成',
		failedNote: '多半是磁盘满了，或者备份的文件夹不能写。请技术人员看服务器的日志。',
		download: '下载备份',
		downloadNote:
			'下载的文件里有全区居民的信息和服务器的钥匙，等于全套纸质台账。只能存在加密的盘里，不要用微信、QQ 传。',
		onlyAdmin: '下载备份只能由系统管理员做。'
	},
	replaced: {
		title: '恢复备份时换下来的旧数据',
		lies: (folder: string, day: string) => `服务器数据文件夹里的 ${folder}，${day}以后自动删除。`,
		note: '里面可能有恢复以后要求删除的内容。确认恢复无误、不再需要它，可以请技术人员提前删掉。'
	},
	disk: {
		title: '磁盘',
		free: (size: string) => `还剩 ${size}`,
		share: (percent: string) => `还空 ${percent}`,
		full: '磁盘快满了',
		fullNote: '不到一成空着。满了就收不进新记录，请尽快清理或者换大盘。',
		holds: (store: string, photos: string) => `台账 ${store}，照片、签名和录音 ${photos}`
	},
	devices: {
		title: '设备',
		online: '现在在线',
		unit: '台',
		onlineNote: '正连着服务器的手机、平板和电脑。走访时没有网，不在线是正常的。',
		lastDay: '一天内联系过',
		lastDayNote: (all: string) => `在用的一共 ${all} 台`,
		see: '看设备名单'
	},
	fault: {
		title: '最近一次故障',
		none: '没有故障',
		at: (moment: string, words: string) => `${moment}：${words}`,
		codes: {
			'unclean-stop':
				'服务器没有正常停止，可能是断电。重新启动后已经自己接上，已回执的记录没有丢。',
			'request-failed': '有一次请求没有办成，设备会自动再试。',
			'draft-not-written': '有一份一起写的稿子没有存下，写的人可以再试。',
			'entry-not-judged': '有一条记录处理不了，请把服务器日志交给技术人员。',
			'clock-failed': '到期提醒没有按时记下，服务器会自动再试。',
			'photos-not-swept': '没有用的照片和录音没有清掉，会自动再试。',
			'backup-failed': '备份没有做成，多半是文件夹不能写。请技术人员查看。',
			'backup-no-room':
				'备份没有做：放备份的磁盘放不下了。请腾出空间，或者换一块大的磁盘，再点“立即备份”。',
			'store-restored':
				'台账是从备份恢复的，或者少了最后一段。各台设备一连上就会把缺的交回来，请让大家都联一次网。',
			'mark-not-kept': '磁盘有一次没有写成，请技术人员检查磁盘。',
			'news-not-heard': '别的服务器存下的内容没有读进来，会自动再试。请把服务器日志交给技术人员。',
			'store-away':
				'有一阵连不上数据库，新记录存不进来。连上后设备会自动再交；总连不上请技术人员看数据库。',
			'disk-full': '磁盘满了，新记录存不进来。腾出空间后设备会自动再交。'
		}
	},
	size: {
		kb: (n: string) => `${n} KB`,
		mb: (n: string) => `${n} MB`,
		gb: (n: string) => `${n} GB`
	}
} as const;
