/** 哪天、几点 of a visit: now by itself, another day where it is noted afterwards, never a day to come. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { answersOf, nextByRule } from '../../../src/routes/visit/new/answers.ts';
import { stepErrors } from '../../../src/routes/visit/new/checking.ts';
import { isArrivalFilled } from '../../../src/routes/visit/new/filled.ts';
import { mendedVisit } from '../../../src/routes/visit/new/mending.ts';
import {
	blankDemand,
	freshVisit,
	type VisitDraft
} from '../../../src/routes/visit/new/visit-draft.ts';
import { visitSaid } from '../../../src/routes/visit/new/visit-said.ts';
import { otherDayWords, whenOf } from '../../../src/routes/visit/new/when.ts';
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

/** The evening of the day it was opened in the morning. */
const EVENING = MORNING + 11 * HOUR;
const at = (moment: string) => Date.parse(`${moment}+08:00`);

function opened(change: Partial<VisitDraft> = {}) {
	const world = foundedWorld();
	world.says(people.secretary, household('door'));
	const home = world.row<HouseholdRow>('door');
	const firstDemand = RecordId.parse('d-1');
	const fresh = freshVisit(home, {
		visit: RecordId.parse('v-1'),
		firstDemand,
		startedAt: EVENING
	});
	const form: VisitDraft = { ...fresh, met: 'self', ...change };
	const says = (now: number) => visitSaid(form, home, { now, draftNo: async () => undefined });
	const who = (now: number) =>
		answersOf(form, home, { now, rules: defaultSettings }).find(({ id }) => id === '1')?.words[0];
	return { world, home, form, says, who };
}

test('it is now, until somebody says otherwise', async () => {
	const { form, home, says, who } = opened();
	expect(whenOf(form)).toEqual({ day: '2026-11-24', startTime: '20:00', endTime: '' });
	expect([isArrivalFilled(form), otherDayWords(form, EVENING)]).toEqual([false, undefined]);
	const now = EVENING + HOUR / 4;
	expect((await says(now))[0]?.body).toMatchObject({ startedAt: EVENING, endedAt: now });
	expect(who(now)).toBe(`${home.head ?? ''}本人，入户，20:00—20:15`);
});

test.each([
	// Noted in the evening: when it ended nobody has said.
	[{ startTime: '9:30' }, at('2026-11-24T09:30'), undefined, '9:30'],
	[
		{ startTime: '930', endTime: '9:50' },
		at('2026-11-24T09:30'),
		at('2026-11-24T09:50'),
		'9:30—9:50'
	],
	[{ day: '2026-11-23', startTime: '9:30' }, at('2026-11-23T09:30'), undefined, '昨天 9:30'],
	[{ day: '2026-11-20' }, at('2026-11-20T20:00'), undefined, '11月20日 20:00'],
	[{ endTime: '20:05' }, EVENING, EVENING + HOUR / 12, '20:00—20:05'],
	[{ endTime: '' }, EVENING, undefined, '20:00']
] as const)('%j is said and shown as it was', async (change, startedAt, endedAt, words) => {
	const { form, home, says, who } = opened(change);
	const now = EVENING + HOUR / 4;
	expect(stepErrors(form, 1, now)).toEqual([]);
	const { body = {} } = (await says(now))[0] ?? {};
	expect({ endedAt: undefined, ...body }).toMatchObject({ startedAt, endedAt });
	expect(who(now)).toBe(`${home.head ?? ''}本人，入户，${words}`);
	expect(isArrivalFilled(form)).toBe(startedAt !== EVENING);
});

test('a day that is not today is said on the first page, and the next visit counts from it', () => {
	const { form, home } = opened({ day: '2026-11-20', startTime: '9:30' });
	expect(otherDayWords(form, EVENING)).toBe('11月20日 9:30');
	const byRule = (day: string) => nextByRule({ ...form, day }, home, defaultSettings);
	expect(byRule('2026-11-20')).not.toBe(byRule('2026-11-24'));
	// Also the day of a draft that was left lying.
	expect(otherDayWords(opened().form, EVENING + DAY)).toBe('昨天 20:00');
});

test.each([
	[{ day: '2026-11-25' }, ['day']],
	[{ day: '' }, ['day']],
	[{ day: '2025-11-20' }, ['day']],
	[{ startTime: '20:30' }, ['startTime']],
	[{ startTime: '九点' }, ['startTime']],
	[{ startTime: '9:30', endTime: '9:00' }, ['endTime']],
	[{ endTime: '25:00' }, ['endTime']],
	[{ day: '2025-11-24', startTime: '9:30' }, []]
] as const)('%j needs mending at %j', (change, fields) => {
	const { form } = opened(change);
	expect(stepErrors(form, 1, EVENING + 60_000).map(({ field }) => field)).toEqual(fields);
});

test('what was asked for was asked on that day, and a refused visit keeps it', async () => {
	const asked = { ...blankDemand(RecordId.parse('d-1')), text: '灯坏了' };
	const told = { day: '2026-11-23', startTime: '9:30', endTime: '9:45', writing: asked };
	const { world, home, says } = opened(told);
	const commit = await says(EVENING);
	for (const { kind, record, body } of commit)
		expect(world.says(people.member, { kind, record, body: { ...body } }).verdict).toBe('accepted');
	const startedAt = at('2026-11-23T09:30');
	expect(world.row<VisitRow>('v-1')).toMatchObject({ startedAt });
	expect(world.row<DemandRow>('d-1')).toMatchObject({ raisedAt: startedAt });

	const items = commit.map(({ kind, record, body }, n) => ({
		...{ entry: idFrom(n + 1), commit: idFrom(1), kind, record, org: COMMUNITY, at: EVENING },
		...{ verdict: 'refused' as const, reason: 'no-such-reference' as const, body: { ...body } },
		row: null
	}));
	const [visit] = items;
	if (visit === undefined) throw new Error('test: a commit without a visit');
	const mended = mendedVisit(visit, items, home);
	expect(whenOf(mended)).toEqual({ day: '2026-11-23', startTime: '9:30', endTime: '9:45' });
	const again = await visitSaid(mended, home, { now: EVENING, draftNo: async () => undefined });
	expect(again.map(({ body }) => body)).toMatchObject([
		{ startedAt, endedAt: at('2026-11-23T09:45'), typed: ['startedAt', 'endedAt'] },
		{ raisedAt: startedAt }
	]);
});

test.each([
	[{}, undefined],
	[{ startTime: '19:30' }, ['startedAt']],
	[{ endTime: '20:10' }, ['endedAt']],
	[{ day: '2026-11-23', endTime: '20:10' }, ['startedAt', 'endedAt']]
])('[E3] what was written of it is told from what the clock says: %j', async (change, typed) => {
	const [visit] = await opened(change).says(EVENING + HOUR / 4);
	expect({ typed: undefined, ...visit?.body }.typed).toEqual(typed);
});

test('[E3] a clock that is off moves what it told of a visit, not what the visitor wrote', async () => {
	const ahead = EVENING + HOUR / 4 - MORNING;
	const told = async (change: Partial<VisitDraft>) => {
		const { world, says } = opened(change);
		world.offset = -ahead;
		const [visit] = await says(EVENING + HOUR / 4);
		if (visit === undefined) throw new Error('nothing was said');
		const { kind, record, body } = visit;
		const said = { kind, record, body: { ...body }, at: EVENING + HOUR / 4 };
		expect(world.says(people.member, said).verdict).toBe('accepted');
		const { startedAt, endedAt, clockOff } = world.row<VisitRow>('v-1');
		expect(clockOff).toBe(true);
		return [startedAt, endedAt];
	};
	const right = EVENING - ahead;
	expect(await told({})).toEqual([right, right + HOUR / 4]);
	const [written, end] = [at('2026-11-24T09:30'), at('2026-11-24T10:10')];
	expect(await told({ startTime: '9:30' })).toEqual([written, undefined]);
	expect(await told({ startTime: '9:30', endTime: '10:10' })).toEqual([written, end]);
	expect(await told({ endTime: '20:10' })).toEqual([right, at('2026-11-24T20:10')]);
});
