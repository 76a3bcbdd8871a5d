/** Who walks, and where: an invented roster of forty and a register of sixteen doors. */

export const MEMBER = { name: '石守信', phone: '13800004321' } as const;
export const SECOND_MEMBER = { name: '连念平', phone: '13800004322' } as const;
export const WORKER = { name: '汤一鸣', phone: '13800004323' } as const;

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏'];

/** A title over the table, blanks inside names, roles as communities write them. */
export function rosterLines(): readonly string[] {
	const others = SURNAMES.map((surname, at) => [
		`${surname}\u3000${at % 2 === 0 ? '明' : '芳'}`,
		`138 1000 ${String(1000 + at)}`,
		at % 9 === 0 ? '志愿者' : '中共党员'
	]);
	return [
		'社区党员和志愿者花名册,,',
		'姓名,联系电话,人员类别',
		...[
			[MEMBER.name, MEMBER.phone, '中共党员'],
			[SECOND_MEMBER.name, SECOND_MEMBER.phone, '党员'],
			[WORKER.name, WORKER.phone, '社区工作者'],
			...others
		].map((cells) => cells.join(','))
	];
}

export const ROSTER_SIZE = 3 + SURNAMES.length;

export const ESTATE = '银杏里小区';

/** The doors that one member is given; 502 is missing, as it happens. */
export const doors = {
	known: { room: '501', head: '陈桂香' },
	unlisted: { room: '502', head: '柳如是' },
	lamp: { room: '503', head: '单国强' },
	away: { room: '504', head: '曾小贤' },
	meant: { room: '505', head: '吴德厚' }
} as const;

/** A door of the second building, given to the second member. */
export const paperDoor = { room: '101', head: '孟春生' } as const;

const others = ['黎明辉', '骆秋云', '尹大川', '殷小婉', '柯长松'];
const third = ['祝青山', '温如玉', '辛勤', '管仲平', '耿直', '巫山云'];

/** As a community keeps it: a title, the building written once, one row that cannot be taken. */
export function registerLines(): readonly string[] {
	const { known, lamp, away, meant } = doors;
	return [
		'银杏里小区住户花名册,,,,,',
		'楼栋,单元,门牌,户主,联系电话,家庭人口',
		`3栋,2单元,${known.room},${known.head},13900001123,2`,
		...[lamp, away, meant].map(({ room, head }) => `,,${room},${head},,`),
		`5栋,1单元,${paperDoor.room},${paperDoor.head},,1`,
		...others.map((head, at) => `,,${102 + at},${head},,`),
		...third.map((head, at) => `${at === 0 ? '6栋,1单元' : ','},${101 + at},${head},,`),
		'6栋,1单元,,没写门牌的,,'
	];
}

export const REGISTER_DOORS = 4 + 1 + others.length + third.length;

/** Said of the same lamp: on yesterday's paper, and today at the next door. */
export const lampOnPaper = '三楼的楼道灯不亮';
export const lampAtDoor = '三楼楼道灯不亮，老人下楼看不见';
