/** Arranging rounds at the desk: standing in, writing down paper, adopting what came too late, notes at doors. */
import { describe, expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { maskedName } from '#lib/field/masked-name.ts';
import { postponingErrors } from '#lib/field/postponing.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { attentionGroups } from '../../../src/routes/attention/attention-groups.ts';
import {
	lendingErrors,
	lent,
	standsOf,
	type Lending
} from '../../../src/routes/rounds/[person]/lending.ts';
import {
	emptyDemand,
	emptyRecording,
	isMeeting,
	migratedRecording,
	recordingErrors,
	recordingSays,
	type Recording
} from '../../../src/routes/rounds/[person]/record/recording.ts';
import { memberLine, membersOf } from '../../../src/routes/rounds/members.ts';
import { slipLines } from '../../../src/routes/visit/saved/slip.ts';
import {
	COMMUNITY,
	DAY,
	foundedWorld,
	HOUR,
	household,
	idFrom,
	MORNING,
	people
} from '../../support/tell.ts';

const today = '2026-11-24';
const doors = Array.from({ length: 45 }, (_, at) => ({ record: RecordId.parse(`door-${at}`) }));

describe('代班', () => {
	const form: Lending = { to: people.secondMember, until: today, which: 'whole', doors: [] };

	test('a whole round is said in commits of at most twenty', () => {
		expect(lent(form, doors).map((commit) => commit.length)).toEqual([20, 20, 5]);
	});

	test('some doors are those that were ticked', () => {
		const some: Lending = { ...form, which: 'some', doors: [RecordId.parse('door-7')] };
		expect(lent(some, doors).flat()).toEqual([
			{
				kind: 'household.lent.v1',
				record: 'door-7',
				body: { to: people.secondMember, until: today }
			}
		]);
	});

	test.each<[Partial<Lending>, string[]]>([
		[{}, []],
		[{ to: '' }, ['to']],
		[{ until: '' }, ['until']],
		[{ until: '2026-11-23' }, ['until']],
		[{ which: 'some' }, ['doors']]
	])('%j needs mending at %j', (change, fields) => {
		const errors = lendingErrors({ ...form, ...change }, today);
		expect(errors.map(({ field }) => field)).toEqual(fields);
	});

	test('a member is shown with what they hold, lent out and walk for others', () => {
		const world = foundedWorld();
		for (const door of ['a', 'b']) world.says(people.secretary, household(door));
		world.says(people.secretary, {
			kind: 'household.lent.v1',
			record: 'b',
			body: { to: people.secondMember, until: today }
		});
		const homes = ['a', 'b'].map((door) => world.row<HouseholdRow>(door));
		const duties = [...Object.values(people)].map((each) => world.row<DutyRow>(`duty-${each}`));
		expect(membersOf(duties, homes, MORNING).map(memberLine)).toEqual([
			'包 2 户，1 户请人代班',
			'没有包联的户，替人走 1 户'
		]);
		expect(standsOf(homes)).toMatchObject([
			{ to: people.secondMember, until: today, doors: [{ record: 'b' }] }
		]);
	});
});

describe('代录 from paper', () => {
	const filled: Recording = {
		...emptyRecording(RecordId.parse('door-1'), today),
		startTime: '8:30',
		outcome: 'met',
		interviewee: '某户主'
	};
	const now = MORNING + HOUR;

	test.each<[Partial<Recording>, string[]]>([
		[{}, []],
		[{ household: '' }, ['household']],
		[{ day: '' }, ['day']],
		[{ day: '2026-11-25' }, ['day']],
		[{ startTime: '' }, ['startTime']],
		[{ startTime: '25:00' }, ['startTime']],
		[{ startTime: '11:30' }, ['startTime']],
		[{ startTime: '08：30' }, []],
		[{ startTime: '830' }, []],
		[{ outcome: undefined }, ['outcome']],
		[{ interviewee: ' ' }, ['interviewee']],
		[{ outcome: 'notHome', interviewee: '' }, []],
		[{ nextDueOn: '2026-11-20' }, ['nextDueOn']],
		[{ endTime: '8:00' }, ['endTime']],
		[{ day: '2025-11-20' }, ['day']],
		[{ mode: 'courtyard', household: '', outcome: undefined, interviewee: '' }, ['place']],
		[{ mode: 'talk', household: '', outcome: undefined, place: '活动室' }, []],
		[{ note: '长'.repeat(1001), hardships: '长'.repeat(1001) }, ['hardships', 'note']],
		[{ hazards: [{ kind: 'fire', text: '' }] }, ['hazard-text-0']],
		[{ companions: [{ name: '', post: '网格员' }] }, ['companion-0']],
		[{ policyTold: '长'.repeat(61) }, ['policyTold']]
	])('%j needs mending at %j', (change, fields) => {
		const errors = recordingErrors({ ...filled, ...change }, now);
		expect(errors.map(({ field }) => field)).toEqual(fields);
	});

	/** What the clerk says is taken by the judge; answers the bodies. */
	async function says(form: Partial<Recording>): Promise<readonly Record<string, unknown>[]> {
		const world = foundedWorld();
		world.says(people.secretary, household('door-1'));
		let next = 0;
		const whole = { ...filled, ...form };
		const said = await recordingSays(whole, {
			visitor: people.member,
			home: isMeeting(whole) ? null : world.row<HouseholdRow>('door-1'),
			newRecord: () => RecordId.parse(`made-${(next += 1)}`),
			draftNo: async () => `P1-000${next}`
		});
		const bodies = said.map(({ kind, record, body, onBehalfOf }) => {
			expect(onBehalfOf).toBe(people.member);
			const spoken = { kind, record, body: { ...body }, onBehalfOf: people.member };
			expect(world.says(people.worker, spoken).verdict).toBe('accepted');
			return { ...body };
		});
		expect(world.row('made-1')).toMatchObject({ visitor: people.member });
		return bodies;
	}

	test('one commit says visit and demands for who walked, and the judge takes it', async () => {
		const bodies = await says({
			demands: [
				{ text: '水管爆了', type: 'help', urgency: 'urgent' },
				{ ...emptyDemand(), text: ' ' }
			]
		});
		const startedAt = MORNING - HOUR / 2;
		expect(bodies).toMatchObject([
			{ household: 'door-1', mode: 'home', startedAt, demands: ['made-2'] },
			{ household: 'door-1', visit: 'made-1', raisedAt: startedAt, urgency: 'urgent' }
		]);
	});

	test('all that stands on the paper is said', async () => {
		const [body] = await says({
			mode: 'home',
			endTime: '8:50',
			relation: 'child',
			signedOnPaper: true,
			consent: true,
			groups: ['livingAlone'],
			size: 2,
			residence: 'apart',
			purpose: ['condolence'],
			companions: [{ name: ' 赵静 ', post: '' }],
			changes: '住院了',
			hardships: '药费高',
			suggestions: '加个长椅',
			solvedOnSpot: '换了灯泡',
			note: '下午去的',
			hazards: [{ kind: 'fire', text: '纸箱' }],
			policyTold: '医保',
			nextDueOn: '2026-12-01'
		});
		expect(body).toMatchObject({
			endedAt: MORNING - HOUR / 6,
			typed: ['startedAt', 'endedAt'],
			relation: 'child',
			signedOnPaper: true,
			consent: true,
			groups: ['livingAlone'],
			size: 2,
			residence: 'apart',
			purpose: ['condolence'],
			companions: [{ name: '赵静' }],
			changes: '住院了',
			hardships: '药费高',
			suggestions: '加个长椅',
			solvedOnSpot: '换了灯泡',
			note: '下午去的',
			hazards: [{ kind: 'fire', text: '纸箱' }],
			policyTold: ['医保'],
			nextDueOn: '2026-12-01'
		});
	});

	test('what the paper does not say of who lives there is not said', async () => {
		const [body] = await says({});
		for (const field of ['groups', 'size', 'residence']) expect(body).not.toHaveProperty(field);
	});

	test('a draft from before all of it was asked keeps what was written', () => {
		const older = {
			time: '9:30',
			note: '下午去的',
			demands: [{ text: '灯坏了', type: 'complaint' }]
		};
		expect(migratedRecording(older, filled.household)).toEqual({
			...emptyRecording(filled.household, ''),
			startTime: '9:30',
			note: '下午去的',
			demands: [{ text: '灯坏了', type: 'complaint', urgency: 'normal' }]
		});
	});

	test('a call is nothing to sign, nobody who was met tells nothing', async () => {
		const [called] = await says({ mode: 'phone', signedOnPaper: true });
		expect(called).toMatchObject({ mode: 'phone', outcome: 'met' });
		expect(called).not.toHaveProperty('signedOnPaper');
		const away = { changes: '邻居说住院了', hardships: '药费高', signedOnPaper: true };
		const [missed] = await says({ ...away, outcome: 'notHome' });
		expect(missed).toMatchObject({ changes: '邻居说住院了' });
		for (const field of ['hardships', 'signedOnPaper', 'interviewee'])
			expect(missed).not.toHaveProperty(field);
	});

	test('院落会 is at no door, and what was asked for there has its place', async () => {
		const meeting = { place: ' 3栋凉亭 ', attendance: 14, nextDueOn: '2026-12-01' };
		const bodies = await says({
			...meeting,
			mode: 'courtyard',
			relation: 'child',
			outcome: undefined,
			interviewee: '',
			demands: [{ ...emptyDemand(), text: '凉亭里的灯不亮' }]
		});
		expect(bodies).toMatchObject([
			{ mode: 'courtyard', outcome: 'met', place: '3栋凉亭', attendance: 14 },
			{ place: '3栋凉亭', visit: 'made-1' }
		]);
		for (const field of ['household', 'nextDueOn', 'relation', 'interviewee'])
			expect(bodies[0]).not.toHaveProperty(field);
	});

	test.each<[Partial<Recording>, boolean]>([
		[{}, true],
		[{ relation: 'child', signedOnPaper: true }, true],
		[{ changes: '住院了' }, false],
		[{ hardships: '药费高' }, false],
		[{ note: '下午去的' }, false],
		[{ hazards: [{ kind: 'fire', text: '纸箱' }] }, false],
		[{ demands: [{ ...emptyDemand(), text: '灯坏了' }] }, false]
	])('家里都好 was ticked, and %j: said %s', async (form, isSaid) => {
		const [body] = await says({ ...form, allWell: true });
		expect(body?.allWell).toBe(isSaid ? true : undefined);
	});
});

describe('[J6] 交社区代录', () => {
	const refused: AttentionItem = {
		entry: idFrom(7),
		commit: idFrom(6),
		kind: 'visit.recorded.v1',
		record: RecordId.parse('visit-1'),
		org: COMMUNITY,
		at: MORNING,
		verdict: 'refused',
		reason: 'duty-ended',
		action: 'hand-to-the-desk',
		body: { household: 'door-1', outcome: 'met', changes: '老人搬去女儿家，下周回来' },
		row: null
	};

	test('it is offered instead of mending, also to who has no duty any more', () => {
		for (const role of ['member', undefined] as const)
			expect(attentionGroups([refused], role)).toMatchObject([
				{ action: 'hand-to-the-desk', mend: undefined }
			]);
		const other = { ...refused, reason: 'contradiction' as const, action: undefined };
		expect(attentionGroups([other], 'member')[0]?.mend).toBeDefined();
	});
});

test.each([
	[{ why: undefined, until: '2026-11-27', note: '' }, ['why']],
	[{ why: 'away' as const, until: '', note: '' }, ['until']],
	[{ why: 'away' as const, until: '2026-11-23', note: '' }, ['until']],
	[{ why: 'away' as const, until: '2027-02-25', note: '' }, ['until']],
	[{ why: 'away' as const, until: '2027-02-24', note: '长'.repeat(201) }, ['note']],
	[{ why: 'away' as const, until: today, note: '' }, []]
])('putting off %j needs mending at %j', (form, fields) => {
	expect(postponingErrors(form, today).map(({ field }) => field)).toEqual(fields);
});

test('a note at the door names who came and when again, and nobody who lives there', () => {
	const from = { name: '某党员', community: '梧桐里社区', phone: '0571-0000000' };
	expect(slipLines({ startedAt: MORNING, nextDueOn: '2026-11-27' }, from).join('')).toBe(
		'您好！我是梧桐里社区的志愿者某党员，11月24日来看望您，您不在家。11月27日我再来。有事请打社区电话 0571-0000000。'
	);
	expect(
		slipLines({ startedAt: MORNING + DAY }, { ...from, phone: undefined }).join('')
	).not.toContain('再来');
});

test.each([
	['陈桂香', '陈＊＊'],
	['欧阳', '欧＊'],
	['', '']
])('%s stands on paper as %s', (name, masked) => {
	expect(maskedName(name)).toBe(masked);
});
