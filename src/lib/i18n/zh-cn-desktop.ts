/** Words of the sub-district and district desks. */
export const desktop = {
	board: {
		title: { subdistrictOfficer: '总览', districtOfficer: '全区总览' },
		asOf: (when: string) => `数据截至 ${when}`,
		neverSynced: '还没有收到数据',
		withDevices: (asOf: string, reported: string, all: string) =>
			`${asOf}，${reported}/${all} 台设备已上报`,
		attention: {
			sign: '签收超期',
			resolve: '办结超期',
			escalated: '上报办事处',
			escalatedNote: '没办完',
			escalatedLook: '逐件看',
			carried: '上期结转',
			quiet: '本季没有走访的社区'
		},
		pieces: (n: number) => `${n} 件`,
		communities: (n: number) => `${n} 个`,
		inCommunities: (n: number) => `${n} 个社区`,
		kpi: {
			coverage: {
				name: '走访覆盖',
				unit: '户',
				definition: '本季见到人的户 ÷ 在册户'
			},
			visits: { name: '走访次数', unit: '次', definition: '本季走访，含未遇，不含作废' },
			registered: { name: '受理诉求', unit: '件', definition: '本季登记的诉求，不含作废' },
			inTime: { name: '按期办结', unit: '件', definition: '本季登记并办结的诉求里，按时限办结的' },
			open: { name: '在办', unit: '件', definition: '现在待受理、已受理和上报办事处的，含上期结转' }
		},
		comparedUp: (n: string) => `比上季同期多 ${n}`,
		comparedDown: (n: string) => `比上季同期少 ${n}`,
		comparedSame: '和上季同期一样',
		byCommunity: '各社区情况',
		bySubdistrict: '各街道情况',
		quarter: '季度',
		columns: {
			unit: '单位',
			visits: '走访',
			met: '见到人',
			notHome: '未遇',
			reached: '走到户',
			households: '在册户',
			coverage: '走到户 / 在册户',
			registered: '受理',
			waiting: '待受理',
			accepted: '已受理',
			handled: '已办结',
			declined: '不予受理',
			merged: '已合并',
			inTime: '按期办结',
			open: '在办',
			overdue: '超期'
		},
		groups: { visits: '走访', demands: '诉求（本季登记）', now: '现在' },
		smallNumbers: '不足 10 件只写“几件/几件”，不写百分比，不排名。',
		overdueCount: (n: number) => `${n} 件`,
		empty: '还没有社区的数据。社区上报后，这里自动出现。',
		openUnit: (name: string) => `看${name}各社区`,
		back: '回到全区',
		coverage: {
			title: '按期走访',
			note: (hours: number) =>
				`到今天为止，按走访周期见到人的户 ÷ 在册户；高风险户有重大变化，${hours} 小时内没见到人的不算`,
			tier: (tier: string, days: number) => `${tier}，每 ${days} 天`,
			cases: (met: number, doors: number) => `${met}/${doors}`,
			noDoors: '没有这类户'
		},
		trend: {
			title: '近 12 周',
			note: '每 7 天一段，到今天为止',
			week: '哪几天',
			span: (from: string, to: string) => `${from}至${to}`,
			lines: { visits: '走访', registered: '受理', closed: '办结' },
			lastOf: (line: string, n: number) => `${line} ${n}`
		},
		steps: '诉求办到哪一步',
		stepsNote: '本季登记的诉求现在在哪一步',
		everyone: '街道和区看到的是同一份数字，只有编号、日期和件数，没有居民的个人信息。'
	},
	units: {
		title: '组织体系',
		empty: '还没有收到组织',
		emptyNote: '第一次同步以后，这里自动出现。',
		search: '按名称、代码或负责人找',
		noneFound: '没有找到，换几个字试试',
		counts: (subdistricts: number, communities: number, others: number) =>
			`街道 ${subdistricts} 个，社区 ${communities} 个${others > 0 ? `，部门单位 ${others} 个` : ''}`,
		communities: (n: number) => `${n} 个社区`,
		departments: '部门单位',
		official: (name: string, role: string) => `${name}，${role}`,
		code: (code: string) => `代码 ${code}`,
		noOfficials: '还没有负责人',
		noCommunities: '还没有社区',
		closed: '已撤销'
	}
} as const;
