/** Words of the round: what is due, putting off, standing in, the paper, and what a desk writes down for others. */
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
		words: (name: string) => `${name}家今天先不走，到那天会再提醒你。`,
		why: '为什么改天',
		whyMissing: '请选一个原因',
		note: '再说几句',
		noteTooLong: '请写短一些，最多 200 字',
		until: '改到哪天',
		confirm: '存好',
		told: (day: string, why: string) => `${day}改的期：${why}`,
		back: '还是今天去'
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
			door: '门牌',
			head: '户主',
			last: '上次走访',
			open: '没办完的事',
			met: '见到谁',
			situation: '家里情况',
			demand: '有什么诉求',
			signature: '签字'
		},
		never: '没走过',
		openCount: (n: number) => `${n} 件`,
		none: '无',
		print: '打印',
		empty: '今天没有要走的户',
		emptyNote: '没有要打印的。',
		all: '连还没到期的也印上',
		nobody: '这位党员现在没有包联的户',
		signs: ['走访人签字：', '社区收单人：', '代录日期：']
	}
} as const;
