/** 体验示范区: told by the relay's own device through the same judge, in an empty store, the same for the same seed. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays, dayOf, lateness, quarterOf } from '#domain/calendar.ts';
import { FactHead } from '#domain/element.ts';
import { figures } from '#domain/figures.ts';
import type { OrgId, PersonId } from '#domain/ids.ts';
import { isDemand, isOpenState, isOverdue, type DemandRow } from '#domain/kinds/demand.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isOrganisation } from '#domain/kinds/organisation.ts';
import { isVisit } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { Enrolled } from '#domain/wire.ts';
import { makeDemo, type DemoOptions, type DemoProgress } from '#relay/demo/make.ts';
import { planDemo } from '#relay/demo/plan.ts';
import { KEY_FILE } from '#relay/keys.ts';
import {
	cookieOf,
	knock,
	makePhone,
	startPeopledRelay,
	type PeopledRelay
} from '../support/joining.ts';
import { found, REALM } from '../support/relay.ts';
import { DAY, HOUR, MORNING } from '../support/tell.ts';

/** A making takes seconds, more on a busy machine. */
const LONG = 240_000;
const NOON = MORNING + 2.5 * HOUR;
const People = z.array(
	z.strictObject({ key: z.string(), name: z.string(), role: z.string(), orgName: z.string() })
);
const Progress = z.strictObject({ stage: z.string(), done: z.int(), total: z.int() });

let relay: PeopledRelay;
const seen: z.infer<typeof Progress>[] = [];

beforeAll(async () => {
	relay = await startPeopledRelay({ at: NOON });
	expect((await knock(relay.url, '/api/demo/progress')).code).toBe('not-found');
	const begun = await Promise.all([1, 2].map(() => knock(relay.url, '/api/demo/start', {})));
	expect(begun.map(({ status }) => status)).toEqual([202, 202]);
	// The relay answers while it tells the story.
	while (seen.at(-1)?.stage !== 'done')
		seen.push(Progress.parse((await knock(relay.url, '/api/demo/progress')).json));
}, LONG);
afterAll(() => relay.end());

const rows = (family: string) => relay.store.rowsOfFamily(family);
const demands = async () => (await rows('demand')).filter(isDemand);
const communities = async () =>
	(await rows('organisation')).filter(isOrganisation).filter(({ level }) => level === 'community');
const countEntries = async () =>
	Number((await relay.store.first<{ n: number }>('SELECT count(*) AS n FROM entry'))?.n);

test('making the demo reports its stages, and the relay answers meanwhile', async () => {
	const stages = [...new Set(seen.map(({ stage }) => stage))];
	const order = ['organisations', 'people', 'households', 'records', 'done'];
	expect(stages).toEqual(order.filter((stage) => stages.includes(stage)));
	expect(stages.at(-1)).toBe('done');
	expect(seen.length).toBeGreaterThan(3);
	expect(seen.every(({ done }, i) => done >= (seen[i - 1]?.done ?? 0))).toBe(true);
	expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
	expect((await knock(relay.url, '/api/realm')).json).toMatchObject({
		name: '兰桥区',
		demo: true,
		foundable: false
	});
});

test('one tap is one of four people, each with what they may read', async () => {
	const people = People.parse((await knock(relay.url, '/api/demo/people')).json);
	expect(people).toEqual([
		{ key: 'member', name: '王素芬', role: 'member', orgName: '梧桐里社区' },
		{ key: 'secretary', name: '郑国华', role: 'communitySecretary', orgName: '梧桐里社区' },
		{ key: 'subdistrict', name: '周敏', role: 'subdistrictOfficer', orgName: '柳浦街道' },
		{ key: 'district', name: '林志远', role: 'districtOfficer', orgName: '兰桥区' }
	]);
	const held = new Map<string, number>();
	for (const { key } of people) {
		const { json } = await knock(relay.url, '/api/demo/become', { key });
		const { secret } = z.object({ secret: z.string() }).parse(json);
		const realm = (await relay.store.meta('realm')) ?? '';
		const answer = await makePhone().enrol(relay.url, { secret }, { realm });
		expect(Enrolled.parse(answer.json).demo).toBe(true);
		const scope = await knock(relay.url, '/api/scope', { held: {} }, { cookie: cookieOf(answer) });
		const { hold } = z.object({ hold: z.record(z.string(), z.unknown()) }).parse(scope.json);
		const facts = Object.keys(hold).filter((ledger) => ledger.startsWith('facts/'));
		held.set(key, new Set(facts.map((ledger) => ledger.split('/')[1])).size);
	}
	expect(Object.fromEntries(held)).toEqual({
		member: 0,
		secretary: 1,
		subdistrict: 3,
		district: 12
	});
	expect((await knock(relay.url, '/api/demo/become', { key: 'admin' })).code).toBe('malformed');
});

test('[R9] the demo is made in an empty store and nowhere else', async () => {
	const before = await countEntries();
	expect((await knock(relay.url, '/api/demo/start', {})).json).toEqual({ started: false });
	await expect(makeDemo(relay, {}, () => undefined)).rejects.toThrow('not empty');
	expect(await countEntries()).toBe(before);
	const real = await startPeopledRelay();
	try {
		await found(real);
		await expect(makeDemo(real, {}, () => undefined)).rejects.toThrow('not empty');
		expect(await real.store.meta('realm')).toBe(REALM);
	} finally {
		await real.end();
	}
});

test('the district has its levels: four sub-districts, twelve communities, two of them deep', async () => {
	const organisations = (await rows('organisation')).filter(isOrganisation);
	const count = (level: string) => organisations.filter((row) => row.level === level).length;
	expect(['district', 'subdistrict', 'community', 'departmentUnit'].map(count)).toEqual([
		1, 4, 12, 6
	]);
	const households = await rows('household');
	const doors = (await communities()).map(
		({ org }) => households.filter((row) => row.org === org).length
	);
	expect(doors.sort((a, b) => b - a)).toEqual([303, 300, ...Array.from({ length: 10 }, () => 24)]);
	expect(await countEntries()).toBeGreaterThan(6_000);
	expect(await countEntries()).toBeLessThan(9_000);
});

test('every inbox has something overdue, something nearly due and something fresh', async () => {
	const all = await demands();
	for (const { org, name } of await communities()) {
		const waiting = all.filter((row) => row.org === org && row.state === 'registered');
		const colours = waiting.map(({ receivedAt, signDueAt = 0 }) =>
			lateness(receivedAt, signDueAt, NOON)
		);
		expect([name, ...new Set(colours)].sort()).toEqual(['inTime', 'overdue', 'soon', name].sort());
		expect(waiting.length).toBeLessThan(9);
	}
});

test('demands stand in every state, most of them handled in time', async () => {
	const all = await demands();
	const share = (is: (row: DemandRow) => boolean) => all.filter(is).length / all.length;
	expect(new Set(all.map(({ state }) => state))).toEqual(
		new Set([
			'registered',
			'accepted',
			'escalatedSub',
			'declined',
			'merged',
			'handled',
			'withdrawn',
			'voided'
		])
	);
	expect(share(({ state }) => state === 'handled')).toBeGreaterThan(0.75);
	const inTime = all.filter(
		({ handledAt, resolveDueAt = 0 }) => (handledAt ?? NOON) <= resolveDueAt
	);
	expect(inTime.length / all.length).toBeGreaterThan(0.7);
	const open = all.filter(({ state }) => state === 'accepted');
	const colours = open.map(({ createdAt, resolveDueAt = 0 }) =>
		lateness(createdAt, resolveDueAt, NOON)
	);
	for (const colour of ['inTime', 'soon', 'overdue'])
		expect(colours.filter((each) => each === colour).length).toBeGreaterThan(5);
	const merged = all.filter(({ state }) => state === 'merged');
	for (const { mergedInto } of merged)
		expect(all.some(({ record }) => record === mergedInto)).toBe(true);
	const visits = (await rows('visit')).filter(isVisit);
	expect(new Set(visits.map(({ outcome }) => outcome))).toEqual(
		new Set(['met', 'notHome', 'declined'])
	);
	expect(visits.filter(({ state }) => state === 'voided').length).toBeGreaterThan(2);
	expect(new Set(visits.map(({ state }) => state))).toEqual(
		new Set(['done', 'reviewed', 'returned', 'voided'])
	);
	expect(new Set(visits.map(({ mode }) => mode))).toEqual(new Set(['home', 'phone', 'courtyard']));
	expect(visits.filter(({ hazards }) => hazards !== undefined).length).toBeGreaterThan(20);
	expect(visits.filter(({ wrote }) => wrote !== undefined).length).toBeGreaterThan(20);
});

test('the office that one tap takes has something fresh, late, handed back and answered; others have theirs', async () => {
	const all = await demands();
	const office = '990101001000';
	const up = all.filter((row) => row.office === office && row.state === 'escalatedSub');
	expect(up.filter(({ takenAt }) => takenAt === undefined).length).toBeGreaterThan(1);
	expect(up.filter(({ resolveDueAt = 0 }) => resolveDueAt < NOON)).toHaveLength(1);
	const answered = all.filter((row) => row.office === office && row.state === 'handled');
	expect(answered.length).toBeGreaterThan(0);
	const handedBack = all.filter(({ handedBackWhy }) => handedBackWhy !== undefined);
	expect(handedBack.map((row) => [row.state, row.office])).toEqual([['accepted', undefined]]);
	expect(new Set(up.map(({ org }) => org)).size).toBeGreaterThan(1);
	expect(all.filter((row) => row.office !== undefined && row.office !== office)).not.toEqual([]);
});

test("the demo member's round has doors overdue, due today and later, and matters of every kind", async () => {
	const member = await personNamed('王素芬');
	const doors = (await rows('household'))
		.filter(isHousehold)
		.filter(({ linkedMember }) => linkedMember === member);
	const visits = (await rows('visit')).filter(isVisit);
	const days = new Map(
		doors.map(({ record, tier, head }) => {
			const met = visits.filter((visit) => visit.household === record && visit.outcome === 'met');
			const last = dayOf(Math.max(0, ...met.map(({ startedAt }) => startedAt)));
			return [head, addDays(last, defaultSettings.cadenceDays[tier])];
		})
	);
	const today = dayOf(NOON);
	expect(doors.length).toBeLessThanOrEqual(60);
	expect(days.get('陈桂香')).toBe(addDays(today, -6));
	expect(days.get('吴德厚')).toBe(today);
	expect(days.get('赵秀珍')).toBe(today);
	expect(days.get('何玉梅')).toBe(addDays(today, 2));
	expect(days.get('孙长林')).toBe(addDays(today, 30));
	const own = (await demands()).filter(({ raisedBy }) => raisedBy === member);
	expect(new Set(own.map(({ state }) => state))).toEqual(
		new Set(['registered', 'accepted', 'declined', 'handled'])
	);
	const chen = doors.find(({ head }) => head === '陈桂香');
	expect(
		own.filter((row) => row.household === chen?.record && row.state === 'registered')
	).toHaveLength(1);
});

test('the demo member is to answer demands of doors that others look after, one of them late', async () => {
	const member = await personNamed('王素芬');
	const given = (await demands()).filter(
		({ assignee, raisedBy }) => assignee === member && raisedBy !== member
	);
	const doors = (await rows('household')).filter(isHousehold);
	const ofOthers = doors.filter((door) => given.some(({ household }) => household === door.record));
	expect(ofOthers.map(({ linkedMember }) => linkedMember)).not.toContain(member);
	expect(given.map(({ state }) => state).sort()).toEqual(['accepted', 'accepted', 'handled']);
	expect(given.filter((row) => isOverdue(row, NOON))).toHaveLength(1);
	expect(given.every((row) => row.assignedPlace !== undefined)).toBe(true);
});

test('[J6] rounds are arranged: a door put off, one lent and one returned, a visit that came late', async () => {
	const member = await personNamed('王素芬');
	const doors = (await rows('household')).filter(isHousehold);
	expect(doors.some((row) => row.linkedMember === member && row.postponedAt !== undefined)).toBe(
		true
	);
	expect(doors.filter(({ lentTo }) => lentTo === member)).toHaveLength(1);
	const endedByClock = await relay.store.all(
		"SELECT DISTINCT record FROM element WHERE head ->> '$.actor.role' = 'clock'"
	);
	expect(endedByClock).toHaveLength(2);
	expect((await rows('visit')).filter(({ late }) => late)).toHaveLength(1);
});

test('[J3] entries without effect, and conflicts, are there to be seen by their authors', async () => {
	const noted = await relay.store.all<{ person: string }>(
		"SELECT head ->> '$.actor.person' AS person FROM element WHERE head ->> '$.verdict' = 'noted'"
	);
	const authors = noted.map(({ person }) => person);
	for (const name of ['王素芬', '郑国华']) expect(authors).toContain(await personNamed(name));
	const contested = [...(await rows('demand')), ...(await rows('household'))].filter(
		({ conflicts }) => conflicts !== undefined
	);
	expect(contested.map(({ family }) => family)).toEqual(['demand', 'household']);
	expect(new Set(contested.map(({ org }) => org))).toEqual(new Set(['990101001001']));
});

test('figures folded from facts are those of the rows', async () => {
	const span = { from: '2026-01-01', to: dayOf(NOON) };
	const all = await demands();
	const visits = (await rows('visit')).filter(isVisit);
	for (const { org } of await communities()) {
		const counted = figures(await factsOf(org), span, NOON);
		const own = all.filter((row) => row.org === org);
		expect(counted.registered).toBe(own.filter(({ state }) => state !== 'voided').length);
		expect(counted.open).toBe(own.filter(({ state }) => isOpenState(state)).length);
		expect(counted.escalated).toBe(own.filter(({ state }) => state === 'escalatedSub').length);
		expect(counted.closedAbove).toBe(
			own.filter(({ state, office }) => state === 'handled' && office !== undefined).length
		);
		expect(counted.visits).toBe(
			visits.filter((row) => row.org === org && row.state !== 'voided').length
		);
	}
});

test('the same seed and moment tell the same story, whatever the hour', async () => {
	const moments = ['2026-11-24T11:30', '2026-11-22T00:10', '2027-01-01T07:00', '2028-02-29T23:59'];
	for (const moment of moments) {
		const until = Date.parse(`${moment}:00+08:00`);
		const plan = planDemo('a', until);
		expect(planDemo('a', until)).toEqual(plan);
		const told = plan.stages.flatMap(({ story }) => story);
		expect(told.every(({ at, receivedAt }) => at <= receivedAt && receivedAt <= until)).toBe(true);
		expect(told.every(({ says }) => says.length > 0 && says.length <= 20)).toBe(true);
		const received = plan.stages.at(-1)?.story.map(({ receivedAt }) => receivedAt) ?? [];
		expect(received).toEqual(received.toSorted((a, b) => a - b));
		expect(new Set(received.map(quarterOf)).size).toBe(2);
		expect(until - (received.at(-1) ?? 0)).toBeLessThan(4 * DAY);
	}
	expect(planDemo('b', NOON)).not.toEqual(planDemo('a', NOON));
});

test(
	'[R9] a story that was broken off is told to its end: the same ledgers, nothing twice',
	async () => {
		const until = Date.parse('2026-11-22T00:10:00+08:00');
		const whole = await startPeopledRelay({ at: until });
		const broken = await startPeopledRelay({ at: until });
		try {
			const options: DemoOptions = { seed: 'twice', until, realm: 'one-realm' };
			// Pseudonyms and tags are made with the keys of the relay: the same for both.
			copyFileSync(join(whole.config.dataDir, KEY_FILE), join(broken.config.dataDir, KEY_FILE));
			const keys = { ...broken, keys: whole.keys };
			await makeDemo(whole, options, () => undefined);
			const stop = ({ done }: DemoProgress) => {
				if (done > 2_000) throw new Error('the power went out');
			};
			await expect(makeDemo(keys, options, stop)).rejects.toThrow('power');
			expect((await knock(broken.url, '/api/realm')).json).toMatchObject({
				realm: null,
				demo: false,
				foundable: true
			});
			await makeDemo(keys, { seed: 'another' }, () => undefined);
			expect(await chains(broken)).toEqual(await chains(whole));
		} finally {
			await Promise.all([whole.end(), broken.end()]);
		}
	},
	LONG
);

/** The last chain of every ledger; those of facts hang on the relay's own key. */
async function chains({ store }: PeopledRelay): Promise<Map<string, string>> {
	const found = await store.all<{ name: string; chain: string }>(
		"SELECT name, chain FROM ledger WHERE name NOT LIKE 'facts/%' ORDER BY name"
	);
	return new Map(found.map(({ name, chain }) => [name, chain]));
}

async function personNamed(name: string): Promise<PersonId> {
	const person = (await rows('person')).find((row) => 'name' in row && row.name === name);
	if (person === undefined) throw new Error(`demo.test: ${name} is not here`);
	// A person's record is named by their id.
	return person.record as unknown as PersonId;
}

async function factsOf(org: OrgId): Promise<{ record: string; fact: FactHead['fact'] }[]> {
	const ledgers = [...(await relay.store.ledgersUnder(`facts/${org}/`)).keys()];
	const elements = ledgers.map((ledger) => relay.store.elements(ledger, 0, 10_000));
	return (await Promise.all(elements)).flat().map(({ head }) => FactHead.parse(JSON.parse(head)));
}
