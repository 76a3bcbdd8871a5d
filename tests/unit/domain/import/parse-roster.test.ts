/** Rosters as communities keep them: dirty, and taken row by row. */
import { expect, test } from 'vitest';
import { parseRoster } from '#domain/import/parse-roster.ts';
import type { Sheet, SheetRow } from '#domain/import/sheet.ts';

function sheet(rows: readonly SheetRow[], merges: Sheet['merges'] = []): Sheet {
	return { name: '花名册', rows, merges };
}

test('a table with title rows, merged branches, stretched names and numbers for phones is read', () => {
	const list = parseRoster(
		sheet(
			[
				['梧桐里社区党员志愿者花名册'],
				['填报单位：梧桐里社区', null, null, null, '2026年11月'],
				[
					'序号',
					'姓 名',
					'联系电话（手机）',
					'所在党支部',
					'人员类别',
					'职业',
					'特长',
					'服务意向',
					'可服务时间',
					'是否领导干部'
				],
				[
					1,
					'王  芬',
					13800001001,
					'第一党支部',
					'中共党员',
					'退休教师',
					'书法、合唱',
					'政策咨询，家电维修',
					'周末',
					'否'
				],
				[2, '李晓', '138 0000 1002', null, '预备党员', null, null, null, null, '√'],
				[3, '赵敏 ', "'+86-13800001003", null, '志愿者', null, '理发', '3.信息咨询', null, null],
				[],
				[
					'序号',
					'姓 名',
					'联系电话（手机）',
					'所在党支部',
					'人员类别',
					'职业',
					'特长',
					'服务意向',
					'可服务时间',
					'是否领导干部'
				],
				[4, 'Anna  Li', '021-55550001', '第二党支部', null, null, null, '其他', null, '/'],
				['合计', '4 人'],
				['填表人：某某', null, '审核人：']
			],
			[
				{ top: 0, left: 0, bottom: 0, right: 9 },
				{ top: 3, left: 3, bottom: 5, right: 3 }
			]
		)
	);
	expect(list.problems).toEqual([]);
	expect(list.notes).toEqual([{ row: 5, code: 'probationary-member', value: '预备党员' }]);
	expect(list.rowsIn).toBe(4);
	expect(list.people).toEqual([
		{
			row: 4,
			name: '王芬',
			phone: '13800001001',
			branch: '第一党支部',
			place: '',
			role: 'member',
			occupation: '退休教师',
			skills: ['书法', '合唱'],
			categories: ['applianceRepair', 'policyAdvice'],
			availability: '周末',
			isLeadingCadre: false
		},
		expect.objectContaining({ row: 5, name: '李晓', branch: '第一党支部', isLeadingCadre: true }),
		expect.objectContaining({
			row: 6,
			name: '赵敏',
			phone: '13800001003',
			role: 'volunteer',
			categories: ['information']
		}),
		expect.objectContaining({
			row: 9,
			name: 'Anna Li',
			phone: '02155550001',
			branch: '第二党支部',
			role: null,
			categories: ['other']
		})
	]);
});

test('what cannot be taken is named by row, and the good rows are kept', () => {
	const list = parseRoster(
		sheet([
			['姓名', '手机', '身份', '特长'],
			['', '13800001001', '党员', ''],
			['甲', '1.38E+10', '党员', ''],
			['乙', '1380000', '党员', ''],
			['丙', '138000010', '党员', ''],
			['丁', '13800001004', '理事长', ''],
			['戊', '13800001005', '党员', '长'.repeat(21)],
			['己', '13800001006', '党员', ''],
			['己', '13800001006', '党员', ''],
			['庚', '13800001006', '党员', ''],
			['辛', '', '党员', ''],
			['辛', '', '党员', ''],
			['壬、癸', '', '党员', '']
		])
	);
	expect(list.people.map(({ name }) => name)).toEqual(['乙', '己', '辛']);
	expect(list.problems).toEqual([
		{ row: 2, code: 'blank-person', value: '' },
		{ row: 3, code: 'phone-lost', value: '1.38E+10' },
		{ row: 5, code: 'bad-phone', value: '138000010' },
		{ row: 6, code: 'unknown-role', value: '理事长' },
		{ row: 7, code: 'too-long', value: 'skills' },
		{ row: 9, code: 'duplicate-person', value: '己' },
		{ row: 10, code: 'phone-of-another', value: '己' },
		{ row: 12, code: 'duplicate-person', value: '辛' },
		{ row: 13, code: 'several-names', value: '壬、癸' }
	]);
});

test('a phone that Excel wrote short is taken where no digit is lost', () => {
	const { people, problems } = parseRoster(
		sheet([
			['姓名', '手机'],
			['甲', '1.3812345678E+10'],
			['乙', '1.381234568E+10']
		])
	);
	expect(people.map(({ phone }) => phone)).toEqual(['13812345678']);
	expect(problems).toEqual([{ row: 3, code: 'phone-lost', value: '1.381234568E+10' }]);
});

test('a row that begins like a signature is still somebody, and a signature is nobody', () => {
	const { people, problems, rowsIn } = parseRoster(
		sheet([
			['党支部', '姓名', '手机'],
			['注册会计师协会党支部', '甲', '13800001001'],
			['审核中心党支部', '乙', '13800001002'],
			['合计划转支部', '丙', '13800001003'],
			['负责人', '丁', '13800001004'],
			['小计', null, '4人'],
			['注：以上均为在职党员'],
			['备注', '本表一式两份'],
			['负责人：', '某某'],
			['填表人 某某', null, '审核：某某'],
			['审核：某某'],
			['第 1 页，共 3 页']
		])
	);
	expect(people.map(({ name, branch }) => [name, branch])).toEqual([
		['甲', '注册会计师协会党支部'],
		['乙', '审核中心党支部'],
		['丙', '合计划转支部'],
		['丁', '负责人']
	]);
	expect([problems, rowsIn]).toEqual([[], 4]);
});

test('who stands in one row with a phone and in another without is one person, with the phone', () => {
	const { people, problems } = parseRoster(
		sheet([
			['姓名', '手机'],
			['李四', ''],
			['李四', '13800001001'],
			['王五', '13800001002'],
			['王五', ''],
			['赵六', '13800001003'],
			['赵六', '13800001004']
		])
	);
	expect(people.map(({ name, phone }) => [name, phone])).toEqual([
		['李四', '13800001001'],
		['王五', '13800001002'],
		['赵六', '13800001003'],
		['赵六', '13800001004']
	]);
	expect(problems).toEqual([
		{ row: 2, code: 'duplicate-person', value: '李四' },
		{ row: 5, code: 'duplicate-person', value: '王五' }
	]);
});

test('what is guessed is said: an unknown wish is 其他, an unknown answer is no', () => {
	const list = parseRoster(
		sheet([
			['姓名', '服务意向', '领导干部'],
			['甲', '养花、法律', '副处级']
		])
	);
	expect(list.people).toMatchObject([
		{ name: '甲', categories: ['legalAid', 'other'], isLeadingCadre: false }
	]);
	expect(list.notes).toEqual([
		{ row: 2, code: 'unknown-category', value: '养花' },
		{ row: 2, code: 'unknown-answer', value: '副处级' }
	]);
});

test('岗位 says the role, and 政治面貌 only where nothing else does', () => {
	const list = parseRoster(
		sheet([
			['姓名', '政治面貌', '岗位', '职务'],
			['甲', '中共党员', '网格员', '组长'],
			['乙', '群众', '党建办（兼）', ''],
			['丙', '中共党员', '', ''],
			['丁', '中共党员', '窗口', '科员'],
			['戊', '中共预备党员', '', ''],
			['己', '侨胞', '', ''],
			['庚', '中共预备党员', '网格员', '']
		])
	);
	expect(list.people.map(({ name, role, occupation }) => [name, role, occupation])).toEqual([
		['甲', 'communityWorker', '组长'],
		['乙', 'subdistrictOfficer', ''],
		['丙', 'member', ''],
		['丁', 'member', '科员'],
		['戊', 'member', ''],
		['庚', 'communityWorker', '']
	]);
	expect(list.problems).toEqual([{ row: 7, code: 'unknown-role', value: '侨胞' }]);
	expect(list.notes).toEqual([
		{ row: 5, code: 'role-by-politics', value: '窗口' },
		{ row: 6, code: 'probationary-member', value: '中共预备党员' }
	]);
});

test('职务 names a role where no column is made for it, and is what somebody does otherwise', () => {
	const list = parseRoster(
		sheet([
			['姓名', '政治面貌', '职务'],
			['甲', '中共党员', '社区书记'],
			['乙', '中共党员', '车间主任']
		])
	);
	expect(list.problems).toEqual([]);
	expect(list.people.map(({ role, occupation }) => [role, occupation])).toEqual([
		['communitySecretary', '社区书记'],
		['member', '车间主任']
	]);
});

test('a table without names, or without a header, is refused as a whole', () => {
	expect(
		parseRoster(
			sheet([
				['编号', '手机', '身份'],
				[1, '13800001001', '党员']
			])
		)
	).toMatchObject({
		people: [],
		problems: [{ row: 0, code: 'missing-column', value: 'personName' }]
	});
	expect(
		parseRoster(
			sheet([
				['甲', '乙'],
				['丙', '丁']
			])
		).problems
	).toEqual([{ row: 0, code: 'no-header', value: '花名册' }]);
});
