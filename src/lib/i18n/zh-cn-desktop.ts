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
		closed: '已撤销',
		add: '新建单位',
		look: '查看',
		lookAt: (name: string) => `查看${name}`,
		/** Between two sentences of one note. */
		sentenceGap: '',
		new: {
			title: '新建单位',
			titleOf: (level: string) => `新建${level}`,
			notYours: '单位由区里新建，社区也可以由本街道新建。',
			subtitle: '建立本区时漏了的、后来新设的，在这里补上。没网也能建。',
			submit: '建立',
			level: '层级',
			parent: '上级单位',
			choose: '请选择',
			name: '名称',
			nameHint: '写全称，例如：石榴社区',
			code: '统计用区划代码',
			codeHint: '12 位数字；没有就空着，系统自己编一个',
			need: {
				level: '请选层级',
				parent: '请选上级单位',
				name: '请写名称',
				shorterName: (n: number) => `请把名称写短，不超过 ${n} 个字`,
				sameName: (parent: string, name: string) =>
					`${parent}已经有“${name}”。请核对，不要重复建立`,
				code: '代码是 12 位数字，请核对；没有就空着',
				codeTaken: (name: string) => `这个代码已经是“${name}”的，请核对`,
				codeElsewhere: (parent: string, digits: string) =>
					`${parent}下面的代码都以 ${digits} 开头，请核对`
			}
		},
		unit: {
			facts: '单位',
			code: '代码',
			officials: '负责人',
			gone: '没有找到这个单位',
			goneNote: '可能还没有同步到这台设备。',
			added: (name: string) => `已建立 ${name}`,
			renamed: (name: string) => `已改名为 ${name}`,
			next: '下一步：登记负责人，再发邀请',
			nextNote: (role: string) => `还没有${role}，这里的事没人接。`,
			register: (role: string) => `登记${role}`,
			mend: '更正、改名和撤销',
			rename: '改名',
			renameTitle: (name: string) => `给${name}改名`,
			renameNote: '只改名称，资料和数字都不动。旧名称留在历史里。',
			renameSubmit: '改名',
			describe: '更正资料',
			describeTitle: (name: string) => `${name}的资料`,
			describeNote: '都可以不填。不知道的空着，以后再补。本区的人都看得到。',
			described: '资料已更正',
			close: '撤销',
			closeTitle: (name: string) => `撤销${name}`,
			closeNote:
				'撤销以后不能恢复，也不能再给这里安排身份。以前的记录、台账和数字都留着，随时能查。',
			closeMembers: '这里党员和志愿者的身份，请先让社区书记结束。',
			closeDoors: (n: number) => `在册 ${n} 户的资料留在原处，不会自己转到别的社区。`,
			blocked: (name: string) => `${name}现在还不能撤销`,
			stillHere: (names: string) => `还有在任的：${names}。请先到“人员与邀请”结束他们的身份。`,
			stillBelow: (names: string) => `下面还有：${names}。请先撤销下面的。`,
			stillOpen: (n: number) => `还有 ${n} 件诉求没有办结。请先办完。`,
			closedFor: (reason: string) => `原因：${reason}`
		}
	}
} as const;
