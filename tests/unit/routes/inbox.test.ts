/** The secretary's queue: what is offered is what the judge takes, and what a form says is what is judged. */
import { describe, expect, test } from 'vitest';
import { endOfDay } from '#domain/calendar.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { isDuty } from '#domain/kinds/duty.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isPerson } from '#domain/kinds/person.ts';
import { defaultSettings } from '#domain/settings.ts';
import { nextAfter } from '#lib/demands/next-after.ts';
import { demandFacts } from '#lib/demands/facts.ts';
import { guessCategory } from '#lib/office/category-lexicon.ts';
import { membersAmong } from '#lib/homes/members.ts';
import { awayAmong } from '#lib/people/away.ts';
import {
	acceptedBody,
	acceptingFrom,
	assignees,
	ruledDue
} from '../../../src/routes/inbox/accepting.ts';
import {
	correctedBody,
	correctingFrom,
	correctingFromOlder
} from '../../../src/routes/inbox/correcting.ts';
import { likelySame, sharedWord, similarity } from '../../../src/routes/inbox/likely-same.ts';
import {
	escalatedBody,
	escalatingErrors,
	escalatingFrom
} from '../../../src/routes/inbox/escalating.ts';
import { toldTo, whoAsks } from '#lib/demands/of-door.ts';
import { kindOfOffer, offersFor, type Offer } from '../../../src/routes/inbox/offers.ts';
import { demandHref, itemStatuses, tabNamed, tabOf } from '../../../src/routes/inbox/queue.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	HOUR,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

const bodies: Readonly<Record<Offer, (world: World) => Record<string, unknown>>> = {
	accept: () => accepted('d-1').body,
	handle: () => ({ outcome: 'solved', reply: '换了灯泡' }),
	escalate: () => ({ office: SUBDISTRICT, reason: '超出社区权限' }),
	merge: () => ({ into: 'd-2' }),
	reassign: () => ({ assignee: people.secondMember }),
	decline: () => ({ code: 'noSubstance', reply: '请到法院' }),
	note: () => ({ demand: 'd-1', text: '联系了物业' }),
	correct: () => ({ title: '三栋楼道灯不亮', reason: '写错了楼号' }),
	amend: () => ({ reply: '换了灯泡和开关', reason: '漏写' }),
	unmerge: () => ({ reason: '不是一件事' }),
	withdraw: () => ({ reason: '居民说不用了' }),
	void: () => ({ reason: '重复登记' })
};

type World = ReturnType<typeof foundedWorld>;

/** How a demand comes into each state. */
const roads: Readonly<Record<DemandRow['state'], readonly Offer[]>> = {
	registered: [],
	accepted: ['accept'],
	escalatedSub: ['accept', 'escalate'],
	handled: ['accept', 'handle'],
	declined: ['decline'],
	merged: ['merge'],
	withdrawn: ['withdraw'],
	voided: ['void']
};

function worldAt(state: DemandRow['state']): World {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.member, demand('d-2', { title: '另一件' }));
	for (const offer of roads[state]) says(world, people.secretary, offer);
	expect(world.row<DemandRow>('d-1').state).toBe(state);
	return world;
}

function says(world: World, person: (typeof people)['secretary'], offer: Offer): string {
	const record = offer === 'note' ? 'h-1' : 'd-1';
	return world.says(person, { kind: kindOfOffer[offer], record, body: bodies[offer](world) })
		.verdict;
}

const desk = [
	['communitySecretary', people.secretary],
	['communityWorker', people.worker]
] as const;

test.each(
	Object.keys(roads).flatMap((state) => desk.map(([role, person]) => ({ state, role, person })))
)('what is offered on $state to $role is what the judge takes', ({ state, role, person }) => {
	// The keys of `roads` are the states of a demand.
	const known = state as DemandRow['state'];
	const offered = offersFor(worldAt(known).row<DemandRow>('d-1'), { role, org: COMMUNITY });
	for (const offer of offered) expect(says(worldAt(known), person, offer), offer).toBe('accepted');
	const others = (Object.keys(bodies) as Offer[]).filter(
		(offer) => !offered.includes(offer) && offer !== 'note'
	);
	const taken = others.filter((offer) => says(worldAt(known), person, offer) === 'accepted');
	// Offered to nobody although allowed: ending what has ended already.
	expect(taken.filter((offer) => offer !== 'void')).toEqual([]);
});

test('nothing is offered to members, to other communities, and of what is restricted', () => {
	const row = worldAt('registered').row<DemandRow>('d-1');
	expect(offersFor(row, { role: 'member', org: COMMUNITY })).toEqual([]);
	expect(offersFor(row, { role: 'communitySecretary', org: '990101002000' })).toEqual([]);
	const restricted = { ...row, restrictedAt: 1 };
	expect(offersFor(restricted, { role: 'communitySecretary', org: COMMUNITY })).toEqual([]);
});

test('the accept form is filled in before anybody touches it', () => {
	const row = worldAt('registered').row<DemandRow>('d-1');
	expect(acceptingFrom(row, people.worker)).toEqual({
		category: 'lighting',
		type: 'help',
		urgency: 'normal',
		assignee: people.worker,
		due: 'rule',
		dueDay: ''
	});
	expect(guessCategory('小区里跳广场舞太吵')).toBe('noise');
	expect(guessCategory('想问问')).toBe('other');
});

test('the time limit that the form shows is the one the judge gives', () => {
	for (const category of ['lighting', 'utilities'] as const) {
		const world = worldAt('registered');
		const form = { ...acceptingFrom(world.row('d-1'), people.worker), category };
		const due = ruledDue(world.row<DemandRow>('d-1'), form, defaultSettings);
		world.later(HOUR).says(people.secretary, {
			kind: 'demand.accepted.v1',
			record: 'd-1',
			body: acceptedBody(form)
		});
		expect(world.row<DemandRow>('d-1').resolveDueAt, category).toBe(due.at);
	}
});

describe('what goes up', () => {
	const office = SUBDISTRICT;
	const reason = '超出社区权限';
	const home = '梧桐里小区 3栋2单元301';
	const world = foundedWorld();
	world.says(people.secretary, {
		kind: 'household.registered.v1',
		record: 'h-1',
		body: {
			estate: '梧桐里小区',
			building: '3',
			unit: '2',
			room: '301',
			head: '陈某',
			phone: '13800001234'
		}
	});
	const door = world.row<HouseholdRow>('h-1');
	const atDoor = (more: Partial<DemandRow> = {}) => {
		world.says(people.member, demand('d-of-door', { household: 'h-1' }));
		return { ...world.row<DemandRow>('d-of-door'), ...more };
	};
	const bodyOf = (row: DemandRow, of: HouseholdRow | undefined) =>
		escalatedBody(row, of, escalatingFrom(row, of), office);

	test('says why in words', () => {
		const row = atDoor({ household: undefined, place: '南门' });
		const form = { ...escalatingFrom(row, undefined), why: 'departments' as const };
		expect(escalatedBody(row, undefined, { ...form, more: ' 要城管来办 ' }, office)).toEqual({
			office,
			reason: '要有关部门来办，要城管来办'
		});
	});

	test('names the door even where the demand says where at it, and who lives there', () => {
		const ofDoor = { requester: '陈某', phone: '13800001234' };
		const all = (place: string) => ({ office, reason, place, ...ofDoor });
		expect(bodyOf(atDoor(), door)).toEqual(all(home));
		expect(bodyOf(atDoor({ place: '' }), door)).toEqual(all(home));
		expect(bodyOf(atDoor({ place: '电梯口' }), door)).toEqual(all(`${home}，电梯口`));
	});

	test('names nobody of the door where the demand names its requester and number', () => {
		const row = atDoor({ requester: '邻居', phone: '13900005678' });
		expect(bodyOf(row, door)).toEqual({ office, reason, place: home });
		expect(whoAsks(row, door).map(({ words }) => words)).toEqual(['邻居', '139****5678']);
		expect(whoAsks(atDoor(), door).map(({ words }) => words)).toEqual(['陈某', '138****1234']);
	});

	test('and what a member who is made responsible is told is the same; the desk is told nothing', () => {
		const all = { place: `${home}，电梯口`, requester: '陈某', phone: '13800001234' };
		const row = atDoor({ place: '电梯口' });
		expect(toldTo('member', row, door)).toEqual(all);
		expect(toldTo('volunteer', row, door)).toEqual(all);
		expect(toldTo('communityWorker', row, door)).toEqual({});
		expect(toldTo(undefined, row, door)).toEqual({});
		expect(toldTo('member', atDoor({ household: undefined, place: '南门' }), undefined)).toEqual(
			{}
		);
		expect(toldTo('member', atDoor({ place: '某'.repeat(195) }), door).place).toBe(home);
		const body = acceptedBody({ ...acceptingFrom(row, people.worker), ofDoor: all });
		expect(body).toMatchObject(all);
		expect(acceptedBody(acceptingFrom(row, people.worker))).not.toHaveProperty('place');
	});

	test('never goes without a place', () => {
		const fields = (row: DemandRow, place: string) =>
			escalatingErrors(row, { ...escalatingFrom(row, undefined), place }).map(({ field }) => field);
		expect(fields(atDoor({ place: '电梯口' }), ' ')).toEqual(['place']);
		expect(fields(atDoor({ household: undefined, place: '' }), '')).toEqual(['place']);
		expect(fields(atDoor({ household: undefined, place: '南门' }), '')).toEqual([]);
		expect(fields(atDoor(), '某'.repeat(201))).toEqual(['place']);
	});

	test('is read by the office as it went up, and once by the desk', () => {
		const row = atDoor({
			place: '电梯口',
			escalatedPlace: `${home}，电梯口`,
			escalatedRequester: '陈某'
		});
		const knowing = { names: new Map(), now: world.now, categories: defaultSettings.categories };
		const words = (of: HouseholdRow | undefined) =>
			demandFacts(row, of, knowing)
				.slice(0, 2)
				.map((fact) => fact.words);
		expect(words(undefined)).toEqual(['陈某', `${home}，电梯口`]);
		expect(words(door)).toEqual(words(undefined));
	});
});

test('a day set by the desk ends at midnight in Shanghai', () => {
	const form = acceptingFrom(worldAt('registered').row('d-1'), people.worker);
	const body = acceptedBody({ ...form, due: 'other', dueDay: '2026-12-01' });
	expect(body.resolveDueAt).toBe(endOfDay('2026-12-01'));
	expect(acceptedBody(form)).not.toHaveProperty('resolveDueAt');
});

test('a demand can be given to the desk first and then to members, each once', () => {
	const world = foundedWorld();
	const duties = [...world.rows.values()].filter(isDuty).filter(({ org }) => org === COMMUNITY);
	const found = assignees([...duties, ...duties], [], world.now);
	expect(found.map(({ role }) => role)).toEqual([
		'communitySecretary',
		'communityWorker',
		'member',
		'member'
	]);
});

test('who is 暂停 or has left is offered neither a demand nor a door', () => {
	const world = foundedWorld();
	const change = (record: string, state: string) =>
		world.says(people.secretary, {
			kind: 'person.changed.v1',
			record,
			body: { state, reason: '住院' }
		});
	change(people.member, 'suspended');
	change(people.worker, 'left');
	const rows = [...world.rows.values()];
	const duties = rows.filter(isDuty).filter(({ org }) => org === COMMUNITY);
	const found = assignees(duties, [...awayAmong(rows.filter(isPerson))], world.now);
	expect(found.map(({ person }) => person)).toEqual([people.secretary, people.secondMember]);
	const away = awayAmong(rows.filter(isPerson));
	const members = membersAmong(duties, { names: new Map(), away, now: world.now });
	expect(members.map(({ person }) => person)).toEqual([people.secondMember]);
});

test('a correction says only what was changed, and what was not stays as written', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1', { description: '\r\n\t\t灯坏了\t一周 ' }));
	const row = world.row<DemandRow>('d-1');
	const form = { ...correctingFrom(row), title: '三栋灯不亮', reason: '写错' };
	expect(correctedBody(row, form)).toEqual({ title: '三栋灯不亮', reason: '写错' });
	expect(correctedBody(row, { ...correctingFrom(row), reason: '看看' })).toBeNull();
});

test('a form of 更正 begins without the number; empty leaves it, another takes its place, and it can be taken out', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1', { phone: '13800001123' }));
	const row = world.row<DemandRow>('d-1');
	const form = { ...correctingFrom(row), reason: '核对' };
	expect(JSON.stringify(form)).not.toContain('13800001123');
	expect(correctedBody(row, form)).toBeNull();
	expect(correctedBody(row, { ...form, phone: '13800001123' })).toBeNull();
	expect(correctedBody(row, { ...form, phone: '13900001124' })).toMatchObject({
		phone: '13900001124'
	});
	expect(correctedBody(row, { ...form, noPhone: true })).toMatchObject({ phone: '' });
	expect(correctedBody(row, { ...form, noPhone: true, phone: '139' })).toMatchObject({
		phone: '139'
	});
	const later = { ...row, title: '另一台写的', n: row.n + 1 };
	expect(correctedBody(later, { ...form, place: '三栋' }, form)).toEqual({
		place: '三栋',
		reason: '核对'
	});
});

test('a draft of 更正 from before numbers were masked keeps what was typed, and no number that stands', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1', { phone: '13800001123' }));
	const row = world.row<DemandRow>('d-1');
	const { noPhone: _later, ...older } = { ...correctingFrom(row), title: '三栋灯不亮' };
	const stood = correctingFromOlder(row, { ...older, phone: '13800001123' });
	expect(stood).toMatchObject({ title: '三栋灯不亮', phone: '', noPhone: false });
	expect(correctingFromOlder(row, { ...older, phone: '139' })).toMatchObject({ phone: '139' });
	// Emptied on purpose: that was how a number was taken out.
	expect(correctingFromOlder(row, { ...older, phone: '' })).toMatchObject({ noPhone: true });
});

test('the next item is the one after, else the one before, else none', () => {
	expect(nextAfter(['a', 'b', 'c'], 'b')).toBe('c');
	expect(nextAfter(['a', 'b', 'c'], 'c')).toBe('b');
	expect(nextAfter(['a'], 'a')).toBeUndefined();
	expect(nextAfter(['a', 'b'], 'gone')).toBe('a');
});

test('tabs and addresses bring a reload back to the same demand', () => {
	expect(tabNamed('open')).toBe('open');
	expect(tabNamed('nonsense')).toBe('new');
	expect(tabOf('merged')).toBe('other');
	expect(demandHref('open', 'd-1')).toBe('/inbox?tab=open&record=d-1');
});

test('an item says how late it is and that it waits on this device', () => {
	const world = worldAt('registered');
	const row = world.row<DemandRow>('d-1');
	const late = (row.signDueAt ?? 0) + 25 * HOUR;
	const statuses = itemStatuses({ row, pending: true }, { now: late, amberShare: 0.75 });
	expect(statuses.map(({ is }) => is)).toEqual(['overdue', 'onDevice']);
	expect(statuses[0]?.words).toBe('签收超期 1 天');
	expect(
		itemStatuses(
			{ row: worldAt('handled').row('d-1'), pending: false },
			{ now: late, amberShare: 0.75 }
		)
	).toEqual([{ is: 'done', words: '已办结' }]);
});

test('an item that the office handed back says so until it is answered', () => {
	const world = worldAt('escalatedSub');
	const back = { kind: 'demand.handed-back.v1', record: 'd-1', body: { reason: '先问物业' } };
	const tags = () => {
		const seen = { row: world.row<DemandRow>('d-1'), pending: false };
		return itemStatuses(seen, { now: world.now, amberShare: 0.75 }).map(({ words }) => words);
	};
	expect(tags()).not.toContain('办事处退回');
	world.says(people.officer, { ...back, org: SUBDISTRICT });
	expect(tags()).toContain('办事处退回');
	says(world, people.secretary, 'handle');
	expect(tags()).toEqual(['已办结']);
});

test('likely the same: same stairs and near words, with plain reasons', () => {
	const world = foundedWorld();
	const door = (record: string, room: string) =>
		world.says(people.secretary, {
			kind: 'household.registered.v1',
			record,
			body: { estate: '梧桐里小区', building: '3', unit: '2', room }
		});
	door('h-301', '301');
	door('h-501', '501');
	world.says(people.member, demand('d-1', { title: '3栋楼道灯不亮', household: 'h-301' }));
	world.says(people.member, demand('d-2', { title: '3栋2单元楼道灯报修', household: 'h-501' }));
	world.says(people.member, demand('d-3', { title: '咨询高龄津贴怎么领', household: 'h-301' }));
	world.says(people.member, demand('d-4', { title: '咨询高龄津贴怎样领' }));
	const doors = new Map(['h-301', 'h-501'].map((id) => [id, world.row<HouseholdRow>(id)] as const));
	const rows = ['d-1', 'd-2', 'd-3', 'd-4'].map((id) => world.row<DemandRow>(id));
	const about = (id: string) => likelySame(world.row(id), rows, doors);
	expect(about('d-1').map(({ row }) => row.record)).toEqual(['d-2']);
	expect(about('d-1')[0]?.reasons).toEqual(['同一楼栋、同一单元', '都说到“楼道灯”']);
	expect(about('d-4')[0]?.reasons).toEqual(['标题差不多']);
	world.says(people.secretary, {
		kind: 'household.registered.v1',
		record: 'h-9',
		body: { estate: '梧桐里小区', building: '9', unit: '2', room: '301' }
	});
	const elsewhere = { ...rows[0], record: 'd-9', household: 'h-9' } as DemandRow;
	const all = new Map([...doors, ['h-9', world.row<HouseholdRow>('h-9')]]);
	expect(likelySame(world.row('d-1'), [elsewhere], all)).toEqual([]);
	expect(similarity('路灯', '路灯')).toBe(1);
	expect(sharedWord('水', '电')).toBeUndefined();
});
