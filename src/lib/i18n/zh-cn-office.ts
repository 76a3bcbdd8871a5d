/** Words of the sub-district office's own work: what communities handed up to it. */
export const office = {
	title: '上报诉求',
	counts: (open: number, overdue: number) =>
		overdue > 0 ? `在办 ${open} 件，超期 ${overdue} 件` : `在办 ${open} 件`,
	only: '这里只有办事处能看',
	onlyNote: '社区交办事处办的诉求，由办事处在这里签收和办理。',
	tabs: '上报分类',
	tab: { open: '在办', done: '办过的' },
	community: '社区',
	category: '事项类别',
	all: '全部',
	list: '上报诉求',
	note: (community: string, when: string) => `${community}，${when} 上报`,
	notTaken: '等签收',
	empty: { open: '没有在办的上报诉求', done: '还没有办过的上报诉求' },
	emptyNote: '社区交办事处办的诉求，同步以后自动到这里。',
	emptyHere: '没有这样的诉求',
	emptyHereNote: '换个社区或类别试试。',
	back: '返回上报诉求',
	gone: '这件诉求不在这台设备上',
	goneNote: '可能已经退回社区，或者还没有同步到。',
	act: {
		take: '签收',
		takeSecond: '定责任人',
		handle: '办结',
		handleSecond: '写结果和答复',
		reassign: '换责任人',
		reassignSecond: '办事处的人',
		handBack: '退回社区',
		handBackSecond: '写明原因',
		amend: '更正答复',
		amendSecond: '结果或答复写错了'
	},

	done: {
		take: (title: string) => `已签收：${title}`,
		handle: (title: string) => `已办结：${title}`,
		reassign: (title: string) => `已换责任人：${title}`,
		handBack: (title: string) => `已退回社区：${title}`,
		amend: (title: string) => `已更正答复：${title}`,
		settle: (title: string) => `已定下：${title}`
	},
	tooLate: {
		handle: '已经办结，撤不回了。写错了可以更正答复。',
		handBack: '已经退回社区，撤不回了。要接着办，请社区再上报。'
	},

	assign: {
		title: { take: '签收这件诉求', reassign: '换责任人' },
		assignee: '责任人',
		missing: '请选责任人',
		confirm: { take: '签收', reassign: '换好' }
	},

	handBack: {
		title: '退回社区',
		words: '社区重新办这件，时限不变。退回以后，这件的内容不再留在办事处。'
	}
} as const;
