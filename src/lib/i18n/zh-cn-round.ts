/** Words of the round: what is due, putting off, standing in, the paper, and what a desk writes down for others. */
import type { MajorChange } from '#domain/kinds/household-changing.ts';
import type { PostponeReason } from '#domain/kinds/household-round.ts';

export const round = {
	postponeReason: {
		away: '家人外出',
		askedLater: '住户约了改天',
		ill: '走访人身体不适',
		weather: '天气不好',
		other: '别的原因'
	} satisfies Readonly<Record<PostponeReason, string>>,

	day: {
		in: (n: number) => ['今天', '明天', '后天'][n] ?? `${n} 天后`,
		week: '一周后',
		other: '另选一天',
		which: '哪一天',
		missing: '请选哪天再来',
		past: '请写今天或以后的日期',
		tooFar: (n: number) => `最多往后推 ${n} 天`
	},

	postpone: {
		open: '改天再去',
		title: '改天再去这户',
		words: (name: string) => `${name}家今天先不走，到那天会再提醒您。`,
		why: '为什么改天',
		whyMissing: '请选一个原因',
		note: '再说几句',
		noteTooLong: '请写短一些，最多 200 字',
		until: '改到哪天',
		confirm: '存好',
		told: (day: string, why: string) => `${day}改的期：${why}`
	},

	change: {
		what: {
			illness: '生病住院或病情加重',
			death: '家里有人去世',
			accident: '出了事故或受了灾',
			danger: '有严重安全隐患',
			livelihood: '失业或断了收入',
			leftAlone: '没人照顾了',
			conflict: '家庭矛盾激化',
			other: '别的大事',
			tierRaised: '升为高风险户'
		} satisfies Readonly<Record<MajorChange | 'tierRaised', string>>,
		title: '重大变化',
		ask: '家里有没有重大变化',
		askHint: (hours: number) => `有的话，${hours} 小时内要再来见到人`,
		none: '没有',
		told: (what: string, when: string) => `${what}（${when}知道的）`,
		withNote: (what: string, note: string) => `${what}：${note}`,
		by: (moment: string) => `${moment}前要见到人`,
		late: (moment: string) => `${moment}前没见到人，尽快去`,
		isDue: '有重大变化',
		isLate: '超过时限',
		next: (hours: number) => `有重大变化，${hours} 小时内`,
		open: '报告重大变化',
		words: (name: string, hours: number) =>
			`${name}家是高风险户。存好以后，${hours} 小时内要有人上门见到人。`,
		withdraw: '撤回这个变化',
		withdrawWords: '记错了才撤回。撤回以后，不再催着上门；历史里看得到。',
		which: '什么变化',
		missing: '请选是什么变化',
		confirm: '存好'
	},

	slip: {
		title: '留言条',
		note: '可以抄在纸上，也可以打印出来塞在门缝里。上面不写住户的情况。',
		hello: '您好！',
		came: (community: string, name: string, day: string) =>
			`我是${community}的志愿者${name}，${day}来看望您，您不在家。`,
		again: (day: string) => `${day}我再来。`,
		call: (phone: string) => `有事请打社区电话 ${phone}。`,
		noPhone: '有事请到社区办公室找我们。',
		copy: '复制文字',
		copied: '已复制',
		copyFailed: '这个浏览器不让复制，请照着抄。',
		print: '打印'
	},

	lent: {
		mine: (day: string) => `请人代班到 ${day}`,
		theirs: (day: string) => `替人代班到 ${day}`
	},

	sheet: {
		open: '打印今天的走访单',
		title: '走访单',
		head: (community: string) => `${community}入户走访单`,
		who: (name: string) => `走访人：${name}`,
		day: (day: string) => `日期：${day}`,
		count: (n: number) => `共 ${n} 户`,
		note: '回来后交社区代录。这张纸上有住址，请收好，不要给别人看。',
		columns: {
			no: '序号',
			door: '门牌、户主',
			last: '上次走访、没办完的事',
			met: '几点、见到谁',
			home: '家里几口人',
			situation: '家里情况、困难',
			demand: '诉求、建议、安全隐患',
			signature: '下次走访、签字'
		},
		// Joined, so that no line ends between the box and its word.
		box: (words: string) => `□\u2060${words}`,
		round: ['同行的人和职务：', '走访目的：', '宣传的政策：'],
		blanks: {
			from: '从　　　时　　　分',
			to: '到　　　时　　　分',
			who: '姓名：　　　　　和户主：',
			size: '　　　口人',
			groups: '人群：',
			allWell: '都好',
			solved: '当场办好的：',
			consent: '同意登记',
			next: '下次　　月　　日',
			signature: '签字：'
		},
		never: '没走过',
		openCount: (n: number) => `没办完 ${n} 件`,
		changed: '有重大变化',
		print: '打印',
		empty: '今天没有要走的户',
		emptyNote: '没有要打印的。',
		all: '连还没到期的也印上',
		nobody: '这位党员现在没有包联的户',
		signs: ['走访人签字：', '社区收单人：', '代录日期：']
	},

	rounds: {
		open: '走访安排：代班、打印、代录',
		title: '走访安排',
		subtitle: '谁包几户，谁替谁，纸上的走访在这里代录。',
		list: '党员和志愿者',
		doors: (n: number) => `包 ${n} 户`,
		noDoors: '没有包联的户',
		lentOut: (n: number) => `${n} 户请人代班`,
		standsIn: (n: number) => `替人走 ${n} 户`,
		empty: '社区还没有党员或志愿者',
		emptyNote: '先在人员里加人，再分户。',
		adopt: '收一份党员交来的代录',
		phone: '留言条上的社区电话',
		phoneHint: '住户不在家时，留言条上写这个号码。',
		phoneWrong: '请写数字的电话号码',
		phoneSave: '存好电话',
		phoneSaved: '已存好',
		back: '返回走访安排'
	},

	person: {
		gone: '没有这位党员',
		goneNote: '可能已经不在这个社区，或者还没有同步到。',
		print: '打印走访单',
		record: '代录一次走访',
		lend: '请人代班',
		due: (n: number) => `今天要走 ${n} 户`,
		list: '包联的户',
		subtitle: (total: number, due: string) => `包 ${total} 户，${due}`,
		lending: '正在代班',
		lendingOf: (name: string, n: number, day: string) => `${name}替走 ${n} 户，到 ${day}`,
		end: '现在就结束',
		endTitle: '结束代班？',
		endWords: (name: string) => `这些户回到原来的人手上，${name}的手机上不再有。`
	},

	lend: {
		title: '请人代班',
		words: '代班的人能看到、能走访这些户，到日子自动还回来。包联的人不变。',
		to: '请谁代班',
		pick: '请选一个人',
		toMissing: '请选谁来代班',
		until: '代到哪天（含当天）',
		untilMissing: '请选代到哪天',
		untilPast: '请写今天或以后的日期',
		which: '代哪些户',
		whole: (n: number) => `全部 ${n} 户`,
		some: '只代几户',
		doors: '哪几户',
		doorsMissing: '请选要代的户',
		confirm: '就这样定'
	},

	record: {
		title: (name: string) => `代录：${name}的走访`,
		subtitle: '照纸上写的记。记录上会写明由您代录，两个人都算经手。',
		doorMissing: '请选是哪一户',
		dayMissing: '请写哪天走访的',
		dayFuture: '还没到这一天',
		timeHint: '24 小时制，例如 9:30',
		timeWrong: '请写几点，例如 9:30',
		outcome: '结果',
		outcomeMissing: '请选结果',
		interviewee: '见到谁',
		intervieweeMissing: '请写见到了谁',
		allWell: '家里都好，没有要记的',
		changes: '家里情况',
		demands: '诉求',
		demandsNote: '一件事写一格，空着的不算。',
		demand: (n: number) => `第 ${n} 件`,
		demandTooLong: '请写短一些，最多 10000 字',
		another: '再加一件',
		next: '下次走访',
		nextPast: '下次走访要在这次之后',
		tooLong: (n: number) => `请写短一些，最多 ${n} 字`,
		by: (clerk: string) => `由${clerk}代录`,
		written: '社区代录',
		submit: '代录，存好',
		saved: '已代录',
		savedNotes: ['已存本机，有网时自动交办。', '党员的手机上也会有这一条。'],
		door: '住户',
		who: '走访人',
		again: '再代录一次',
		toPerson: '回到这位党员'
	},

	handOver: {
		open: '交社区代录',
		title: '交社区代录',
		words:
			'您的岗位结束得久了，这条直接报不上去。把下面的文字发给社区的人，由他替您录进去，还记在您名下。',
		careful: '文字是加密的，只有社区的设备读得出来。',
		text: '要发的文字',
		copy: '复制文字',
		copied: '已复制，去发给社区的人吧',
		copyFailed: '这个浏览器不让复制，请按住文字自己复制。',
		share: '发给社区的人',
		done: '社区收到了，不用再留',
		head: (name: string, n: number) => `【连心桥 交社区代录】${name}，${n} 条`,
		tail: '社区的人：把整段文字贴进“走访安排—收一份党员交来的代录”。'
	},

	adopt: {
		title: '收党员交来的代录',
		subtitle: '把党员发来的整段文字贴在这里，看一遍，再代录。',
		text: '党员发来的文字',
		read: '看一看',
		unreadable: '这段文字读不出来，请让党员重新复制整段发来。',
		otherCommunity: '这是别的社区的记录，不能在这里代录。',
		from: (name: string) => `${name}交来的`,
		saidAt: (when: string) => `${when}写的`,
		submit: '代录，存好',
		saved: '已代录',
		toRounds: '回到走访安排'
	}
} as const;
