/** The round of today: which door is due, in which order, and what is known before knocking. */
import { expect, test } from 'vitest';
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { dueList, isDue, nextDoor, soonest, type DueLine } from '#lib/field/due-list.ts';
import { dueStatus, householdNote } from '#lib/field/household-words.ts';
import type { Seen } from '#lib/rows/queries.ts';
import {
	DAY,
	demand,
	foundedWorld,
	household,
	HOUR,
	MORNING,
	people,
	visit
} from '../../support/tell.ts';

const today = dayOf(MORNING);

interface Door {
	readonly building?: string;
	readonly unit?: string;
	readonly room?: string;
	readonly tier?: string;
}

interface Past {
	readonly daysAgo: number;
	readonly body?: Record<string, unknown>;
}

/** Doors with the visits that lie behind them, told to a relay and folded. */
function round(doors: Readonly<Record<string, Door>>, past: Readonly<Record<string, Past[]>> = {}) {
	const world = foundedWorld();
	for (const [name, door] of Object.entries(doors)) {
		const said = household(name);
		world.says(people.secretary, { ...said, body: { ...said.body, ...door } });
	}
	const visits: Seen<VisitRow>[] = [];
	for (const [name, all] of Object.entries(past))
		for (const [at, { daysAgo, body }] of all.entries()) {
			const record = `v-${name}-${at}`;
			const startedAt = MORNING - daysAgo * DAY;
			world.says(people.member, visit(record, name, { startedAt, ...body }));
			visits.push(folded(world.row<VisitRow>(record)));
		}
	const households = Object.keys(doors).map((name) => folded(world.row<HouseholdRow>(name)));
	return {
		world,
		households,
		visits,
		demands: [],
		rules: defaultSettings,
		whose: people.member,
		now: MORNING
	};
}

function folded<R>(row: R): Seen<R> {
	return { row, pending: false, stage: 'folded' };
}

function doorsOf(lines: readonly DueLine[]): readonly string[] {
	return lines.map((line) => `${line.household.record}:${line.group}`);
}

test('a door is due as many days after its last visit as its tier says', () => {
	const lines = dueList(
		round(
			{ high: { tier: 'high' }, key: { tier: 'key' }, plain: { tier: 'general' } },
			{ high: [{ daysAgo: 8 }], key: [{ daysAgo: 30 }], plain: [{ daysAgo: 30 }] }
		)
	);
	const due = new Map(lines.map((line) => [`${line.household.record}`, line]));
	expect(due.get('high')).toMatchObject({ group: 'overdue', dueOn: addDays(today, -1) });
	expect(due.get('key')).toMatchObject({ group: 'today', dueOn: today });
	expect(due.get('plain')).toMatchObject({ group: 'later', dueOn: addDays(today, 60) });
	expect(lines.map((line) => dueStatus(line, MORNING).words)).toEqual([
		'超期 1 天',
		'今天到期',
		'还有 60 天'
	]);
});

test('overdue comes before today, later and done, and each goes from door to door', () => {
	const lines = dueList(
		round(
			{
				a10: { building: '10', room: '101', tier: 'high' },
				a2: { building: '2', room: '301', tier: 'high' },
				fresh: { building: '1', room: '102' },
				later: { building: '1', room: '101', tier: 'general' },
				done: { building: '1', room: '100', tier: 'high' }
			},
			{
				a10: [{ daysAgo: 9 }],
				a2: [{ daysAgo: 20 }],
				later: [{ daysAgo: 3 }],
				done: [{ daysAgo: 0 }]
			}
		)
	);
	expect(doorsOf(lines)).toEqual([
		'a2:overdue',
		'a10:overdue',
		'fresh:today',
		'later:later',
		'done:done'
	]);
	expect(nextDoor(lines)?.household.record).toBe('a2');
	expect(lines.filter(isDue)).toHaveLength(3);
	expect(soonest(lines)?.household.record).toBe('later');
});

test('a day agreed at the door comes before the cadence', () => {
	const nextDueOn = addDays(today, 3);
	const [line] = dueList(
		round({ door: { tier: 'high' } }, { door: [{ daysAgo: 40, body: { nextDueOn } }] })
	);
	expect(line).toMatchObject({ group: 'later', dueOn: nextDueOn });
});

test('nobody at home counts as done today only, and moves the visit only to a named day', () => {
	const away = { outcome: 'notHome' };
	const at = (daysAgo: number, body: Record<string, unknown> = away) =>
		dueList(round({ door: { tier: 'high' } }, { door: [{ daysAgo: 10 }, { daysAgo, body }] }))[0];
	expect(at(0)).toMatchObject({ group: 'done' });
	expect(at(1)).toMatchObject({ group: 'overdue', dueOn: addDays(today, -3) });
	expect(at(1, { ...away, nextDueOn: addDays(today, 2) })).toMatchObject({
		group: 'later',
		dueOn: addDays(today, 2)
	});
});

test('a door never visited is due today and says so', () => {
	const [line] = dueList(round({ door: {} }));
	expect(line?.group).toBe('today');
	expect(line && dueStatus(line, MORNING).words).toBe('还没走访过');
});

/** Days since a door of each tier was entered; the world of the tests was told of it then. */
function neverMet(daysAgo: number, linkedDaysAgo?: number, past: Past[] = []) {
	const told = round(
		{ high: { tier: 'high' }, key: { tier: 'key' }, plain: { tier: 'general' } },
		{ high: past }
	);
	const households = told.households.map((seen) => ({
		...seen,
		row: {
			...seen.row,
			createdAt: MORNING - daysAgo * DAY,
			...(linkedDaysAgo === undefined ? {} : { linkedFrom: MORNING - linkedDaysAgo * DAY })
		}
	}));
	const lines = dueList({ ...told, households });
	return Object.fromEntries(lines.map((line) => [`${line.household.record}`, line]));
}

test.each([
	['a day after the import', [1], { high: 'today', key: 'today', plain: 'today' }],
	['on the last day of its week', [7], { high: 'today', key: 'today', plain: 'today' }],
	['a week later', [8], { high: 'overdue', key: 'today', plain: 'today' }],
	['a month later', [31], { high: 'overdue', key: 'overdue', plain: 'today' }],
	['a quarter later', [91], { high: 'overdue', key: 'overdue', plain: 'overdue' }],
	['given to another since', [91, 20], { high: 'overdue', key: 'today', plain: 'today' }],
	[
		'given from a day before it was entered',
		[1, 91],
		{ high: 'today', key: 'today', plain: 'today' }
	]
] as const)('a door never met, %s', (_when, [entered, linked], groups) => {
	const lines = neverMet(entered, linked);
	for (const [record, group] of Object.entries(groups))
		expect([record, lines[record]?.group]).toEqual([record, group]);
});

test('a door never met that is late says both, and nobody at home does not begin its days anew', () => {
	const late = neverMet(9).high;
	expect(late?.dueOn).toBe(addDays(today, -2));
	expect(late && dueStatus(late, MORNING)).toEqual({
		is: 'overdue',
		words: '还没走访过，超期 2 天'
	});
	const tried = neverMet(9, undefined, [{ daysAgo: 3, body: { outcome: 'notHome' } }]);
	expect(tried.high).toMatchObject({ group: 'overdue', dueOn: addDays(today, -2) });
});

test('who moved out is not on the round, a voided visit did not happen', () => {
	const told = round(
		{ gone: {}, door: { tier: 'high' } },
		{ door: [{ daysAgo: 9 }, { daysAgo: 1 }] }
	);
	told.world.says(people.secretary, {
		kind: 'household.moved-out.v1',
		record: 'gone',
		body: { reason: '搬走了' }
	});
	told.world.says(people.member, {
		kind: 'visit.voided.v1',
		record: 'v-door-1',
		body: { reason: '记错了户' }
	});
	const lines = dueList({
		...told,
		households: ['gone', 'door'].map((name) => folded(told.world.row<HouseholdRow>(name))),
		visits: ['v-door-0', 'v-door-1'].map((name) => folded(told.world.row<VisitRow>(name)))
	});
	expect(doorsOf(lines)).toEqual(['door:overdue']);
});

test('what is not done yet is known before knocking', () => {
	const told = round({ door: {} });
	told.world.says(people.member, demand('open', { household: 'door' }));
	told.world.says(people.member, demand('over', { household: 'door' }));
	told.world.says(people.member, {
		kind: 'demand.withdrawn.v1',
		record: 'over',
		body: { reason: '不用办了' }
	});
	const demands = ['open', 'over'].map((name) => folded(told.world.row<DemandRow>(name)));
	const [line] = dueList({ ...told, demands });
	expect(line?.known.open.map((row) => row.record)).toEqual(['open']);
});

test('the day changes at midnight in Shanghai, not where the phone thinks it is', () => {
	const midnight = startOfDay(today);
	const told = round({ door: { tier: 'high' } });
	const said = visit('v', 'door', { startedAt: midnight - HOUR });
	told.world.says(people.member, said);
	const visits = [folded(told.world.row<VisitRow>('v'))];
	expect(dueList({ ...told, visits, now: midnight - 1 })[0]?.group).toBe('done');
	expect(dueList({ ...told, visits, now: midnight })[0]?.group).toBe('later');
});

test('age and group stand beside the name as far as they are known', () => {
	const base = { state: 'active' as const, groups: [] };
	expect(householdNote({ ...base, headBorn: 1944, groups: ['livingAlone'] }, MORNING)).toBe(
		'82岁·独居'
	);
	expect(householdNote({ ...base, headBorn: 1944 }, MORNING)).toBe('82岁');
	expect(householdNote({ ...base, groups: ['lowIncome'] }, MORNING)).toBe('低保');
	expect(householdNote(base, MORNING)).toBeUndefined();
});

const postponedTo = (until: string, at = MORNING) => ({
	kind: 'household.postponed.v1',
	record: 'door',
	at,
	body: { until, why: 'away' }
});

test.each([
	['put off to a later day', { putOffDaysAgo: 1, to: 2 }, 'later', 2],
	['put off until today', { putOffDaysAgo: 3, to: 0 }, 'today', 0],
	['put off to a day that has passed', { putOffDaysAgo: 4, to: -1 }, 'overdue', -1],
	['put off before somebody knocked', { putOffDaysAgo: 10, to: 20 }, 'overdue', -2]
])('a visit %s', (_words, { putOffDaysAgo, to }, group, days) => {
	const told = round({ door: { tier: 'high' } }, { door: [{ daysAgo: 9 }] });
	const at = MORNING - putOffDaysAgo * DAY;
	told.world.says(people.member, postponedTo(addDays(today, to), at));
	const households = [folded(told.world.row<HouseholdRow>('door'))];
	const [line] = dueList({ ...told, households });
	expect(line).toMatchObject({ group, dueOn: addDays(today, days) });
});

test('a lent door is due for who stands in, and quiet for its owner until the day has passed', () => {
	const told = round({ door: { tier: 'high' } }, { door: [{ daysAgo: 9 }] });
	const until = addDays(today, 1);
	told.world.says(people.secretary, {
		kind: 'household.lent.v1',
		record: 'door',
		body: { to: people.secondMember, until }
	});
	const households = [folded(told.world.row<HouseholdRow>('door'))];
	const groupFor = (whose: typeof people.member, now: number) =>
		dueList({ ...told, households, whose, now })[0]?.group;
	expect(groupFor(people.member, MORNING)).toBe('lent');
	expect(groupFor(people.secondMember, MORNING)).toBe('overdue');
	expect(groupFor(people.member, MORNING + 2 * DAY)).toBe('overdue');
});

const AWAY = { outcome: 'notHome', interviewee: undefined };
const changed = (record: string, at: number) => ({
	kind: 'household.changed.v1',
	record,
	at,
	body: { what: 'illness' }
});

/** A door of the highest tier, met three days ago, where something changed so many hours ago. */
function afterChange(hoursAgo: number, past: Past[] = [], tier = 'high') {
	const told = round(
		{ door: { tier, building: '9' }, late: { tier: 'high', building: '1' } },
		{ door: [{ daysAgo: 3 }, ...past], late: [{ daysAgo: 20 }] }
	);
	told.world.says(people.member, changed('door', MORNING - hoursAgo * HOUR));
	const households = ['door', 'late'].map((name) => folded(told.world.row<HouseholdRow>(name)));
	return { ...told, households };
}

test.each([
	['is due at once', 2, 'today', '有重大变化'],
	['is late once its hours have passed', 25, 'overdue', '超过时限']
])('a door where something of weight changed %s, before all others', (_, hours, group, words) => {
	const [line] = dueList(afterChange(hours));
	if (line === undefined) throw new Error('test: no line');
	expect(doorsOf([line])).toEqual([`door:${group}`]);
	expect(line.by).toBe(MORNING - hours * HOUR + 24 * HOUR);
	expect(dueStatus(line, MORNING).words).toBe(words);
});

test('a shorter time that the district set counts from the change', () => {
	const told = afterChange(5);
	const rules = { ...defaultSettings, afterChangeHours: 4 };
	expect(doorsOf(dueList({ ...told, rules }))[0]).toBe('door:overdue');
});

test.each([
	['somebody was met after it', afterChange(30, [{ daysAgo: 1 }]), 'later'],
	['nobody was met since', afterChange(30, [{ daysAgo: 1, body: AWAY }]), 'overdue'],
	['the door is of another tier', afterChange(30, [], 'key'), 'later']
])('after a major change, %s', (_words, told, group) => {
	const line = dueList(told).find(({ household }) => household.record === 'door');
	expect(line?.group).toBe(group);
});

test('whoever was there before the change was told has not been there for it', () => {
	const before = afterChange(0.5, [{ daysAgo: 0, body: { startedAt: MORNING - 3 * HOUR } }]);
	const early = before.visits.map((seen) => ({
		...seen,
		row: { ...seen.row, createdAt: seen.row.startedAt }
	}));
	expect(doorsOf(dueList({ ...before, visits: early }))[0]).toBe('door:today');
	const told = afterChange(0, [{ daysAgo: 0, body: { startedAt: MORNING - HOUR / 2 } }]);
	const line = dueList(told).find(({ household }) => household.record === 'door');
	expect(line).toMatchObject({ group: 'done', by: MORNING + 24 * HOUR });
	expect(doorsOf(dueList({ ...told, now: MORNING + 23 * HOUR }))[0]).toBe('door:today');
});

test('a visit put off after the change waits for its day', () => {
	const told = afterChange(5);
	told.world.says(people.member, postponedTo(addDays(today, 2), MORNING));
	const households = [folded(told.world.row<HouseholdRow>('door'))];
	expect(dueList({ ...told, households })[0]).toMatchObject({ group: 'later', by: null });
});
