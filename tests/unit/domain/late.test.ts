/** [J6] What a duty that has ended still covers, and what a desk writes down for a member. */
import { describe, expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { hasPart } from '#domain/people.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	household,
	MORNING,
	people,
	SUBDISTRICT,
	visit,
	type World
} from '../../support/tell.ts';

/** The member's duty ends as the story begins. */
function worldAtTheEnd(): World {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.secretary, {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to: MORNING, reason: '调离' }
	});
	return world;
}

const handedToTheDesk = { verdict: 'refused', reason: 'duty-ended', action: 'hand-to-the-desk' };
const afterTheEnd = { verdict: 'refused', reason: 'duty-ended', action: 'ask-the-desk' };
const inTime = { verdict: 'accepted', actor: { role: 'member' } };
const late = { verdict: 'accepted', actor: { role: 'member', late: true } };

test.each([
	['said and received before the end', -2, -1, inTime],
	['said before, received at the very end', -1, 0, late],
	['said before, received a day later', -1, 1, late],
	['said long before, received on the fourteenth day', -90, 14, late],
	['said at the last moment, received a moment too late', -1 / DAY, 14 + 1 / DAY, handedToTheDesk],
	['said before, received after a month', -1, 30, handedToTheDesk],
	['said at the very end', 0, 1, afterTheEnd],
	['said after the end', 1, 2, afterTheEnd]
])('[J6] %s', (_words, saidOn, receivedOn, expected) => {
	const world = worldAtTheEnd();
	world.now = MORNING + receivedOn * DAY;
	const said = { ...visit('visit-1', 'door-1'), at: MORNING + saidOn * DAY };
	expect(world.says(people.member, said)).toMatchObject(expected);
});

test('[J6] a current duty needs no excuse, and one elsewhere is none', () => {
	const world = worldAtTheEnd();
	const judged = world.says(people.secondMember, visit('visit-1', 'door-1'));
	expect(judged).toMatchObject({ verdict: 'accepted' });
	expect(world.row<VisitRow>('visit-1').late).toBeUndefined();
	expect(world.says(people.stranger, visit('visit-2', 'door-1'))).toMatchObject({
		verdict: 'refused',
		reason: 'no-duty'
	});
});

test('[J6] the row and its history say 迟到', () => {
	const world = worldAtTheEnd().later(DAY);
	world.says(people.member, { ...visit('visit-1', 'door-1'), at: MORNING - DAY });
	expect(world.row<VisitRow>('visit-1').late).toBe(true);
	expect(world.history.at(-1)?.actor.late).toBe(true);
});

test('[J6] the district sets for how long, from a day on', () => {
	const world = worldAtTheEnd();
	world.says(people.district, {
		kind: 'settings.changed.v1',
		record: 'settings',
		org: DISTRICT,
		body: { from: '2026-11-24', values: { lateDays: 3 }, reason: '统一' }
	});
	world.now = MORNING + 3 * DAY;
	const said = { ...visit('visit-1', 'door-1'), at: MORNING - DAY };
	expect(world.says(people.member, said)).toMatchObject(late);
	world.now += 1;
	expect(world.says(people.member, { ...said, record: 'visit-2' })).toMatchObject(handedToTheDesk);
});

test.each([
	['a worker', people.worker, COMMUNITY],
	['an officer', people.officer, SUBDISTRICT]
])('[J6] what %s said in time and came too late nobody can adopt', (_words, person, org) => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.secretary, accepted('d-1'));
	if (person === people.officer)
		world.says(people.secretary, {
			kind: 'demand.escalated.v1',
			record: 'd-1',
			body: { office: SUBDISTRICT, reason: '超出社区权限' }
		});
	const record = `duty-${person}`;
	const by = org === COMMUNITY ? people.secretary : people.district;
	const ended = { kind: 'duty.ended.v1', record, body: { to: MORNING, reason: '调离' } };
	expect(
		world.says(by, { ...ended, ...(by === people.district ? { org: DISTRICT } : {}) })
	).toMatchObject({ verdict: 'accepted' });
	world.now = MORNING + 15 * DAY;
	const body = { outcome: 'solved', reply: '已疏通' };
	const said = { kind: 'demand.handled.v1', record: 'd-1', org, body, at: MORNING - 1 };
	expect(world.says(person, said)).toMatchObject(afterTheEnd);
});

test('[J6] a wrong clock is put right before the duty is looked for', () => {
	const world = worldAtTheEnd().later(DAY);
	world.offset = -365 * DAY;
	const ahead = MORNING - DAY + 365 * DAY;
	expect(world.says(people.member, { ...visit('visit-1', 'door-1'), at: ahead })).toMatchObject(
		late
	);
});

describe('[J6] 代录', () => {
	const onPaper = { ...visit('visit-1', 'door-1', { startedAt: MORNING - DAY }) };

	test.each([
		['a secretary for a member', people.secretary, people.member, 'accepted'],
		['a worker for a member', people.worker, people.member, 'accepted'],
		['a desk for somebody of the desk', people.worker, people.secretary, 'refused'],
		['a desk for itself', people.secretary, people.secretary, 'refused'],
		['a member for another', people.secondMember, people.member, 'refused'],
		['the desk of another community', people.stranger, people.member, 'refused'],
		['an office', people.officer, people.member, 'refused'],
		['a desk for a stranger', people.secretary, people.stranger, 'refused']
	])('%s', (_words, by, whom, verdict) => {
		const world = foundedWorld();
		world.says(people.secretary, household('door-1'));
		expect(world.says(by, { ...onPaper, onBehalfOf: whom }).verdict).toBe(verdict);
	});

	test('is the visit of who walked, signed by who wrote, and both ledgers have it', () => {
		const world = foundedWorld();
		world.says(people.secretary, household('door-1'));
		world.says(people.worker, { ...onPaper, onBehalfOf: people.member });
		world.says(people.worker, {
			...demand('demand-1', { household: 'door-1', visit: 'visit-1', raisedAt: MORNING - DAY }),
			onBehalfOf: people.member
		});
		expect(world.row<VisitRow>('visit-1')).toMatchObject({
			visitor: people.member,
			visitorIsField: true,
			createdBy: people.worker
		});
		expect(world.row<DemandRow>('demand-1')).toMatchObject({
			raisedBy: people.member,
			createdBy: people.worker
		});
		for (const name of [`desk/${COMMUNITY}/2026Q4`, `member/${people.member}/${COMMUNITY}/2026Q4`])
			expect(world.ledgers.get(name)?.map(({ head }) => head.record)).toEqual([
				'visit-1',
				'demand-1'
			]);
		expect(world.history.at(-1)?.actor).toEqual({
			person: people.worker,
			role: 'communityWorker',
			org: COMMUNITY,
			behalfOf: { person: people.member, role: 'member' }
		});
	});

	test('is nothing the member could not have said', () => {
		const world = foundedWorld();
		world.says(people.member, demand('demand-1'));
		expect(
			world.says(people.secretary, { ...accepted('demand-1'), onBehalfOf: people.member })
		).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
	});

	test('needs a duty that the member had then, not now', () => {
		const world = worldAtTheEnd().later(100 * DAY);
		expect(world.says(people.secretary, { ...onPaper, onBehalfOf: people.member }).verdict).toBe(
			'accepted'
		);
		const after = visit('visit-2', 'door-1', { startedAt: MORNING + DAY });
		expect(world.says(people.secretary, { ...after, onBehalfOf: people.member })).toMatchObject({
			verdict: 'refused',
			reason: 'contradiction'
		});
		const ahead = visit('visit-3', 'door-1', { startedAt: world.now + DAY });
		expect(
			world.says(people.secretary, { ...ahead, onBehalfOf: people.secondMember })
		).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
	});

	test('a desk adds to a visit for who was there, and for nobody else', () => {
		const world = foundedWorld();
		world.says(people.secretary, household('door-1'));
		world.says(people.member, onPaper);
		const added = { kind: 'visit.added.v1', record: 'visit-1', body: { note: '后来又去了' } };
		expect(world.says(people.worker, added)).toMatchObject({ reason: 'not-allowed' });
		const forOther = { ...added, onBehalfOf: people.secondMember };
		expect(world.says(people.worker, forOther)).toMatchObject({ reason: 'not-allowed' });
		const forVisitor = { ...added, onBehalfOf: people.member };
		expect(world.says(people.worker, forVisitor).verdict).toBe('accepted');
		expect(world.row<VisitRow>('visit-1')).toMatchObject({
			additions: [{ by: people.member, note: '后来又去了' }]
		});
	});

	test('separation of duties counts who signed and for whom alike', () => {
		const world = foundedWorld();
		world.says(people.secretary, household('door-1'));
		world.says(people.worker, { ...onPaper, onBehalfOf: people.member });
		const reviewed = { kind: 'visit.reviewed.v1', record: 'visit-1', body: {} };
		expect(world.says(people.worker, reviewed)).toMatchObject({ reason: 'not-allowed' });
		expect(world.says(people.member, reviewed)).toMatchObject({ reason: 'not-allowed' });
		expect(world.says(people.secretary, reviewed).verdict).toBe('accepted');
		const actor = world.history.find(({ actor }) => actor.behalfOf)?.actor;
		if (actor === undefined) throw new Error('nothing was written down');
		expect(
			[people.worker, people.member, people.secretary].map((each) => hasPart(actor, each))
		).toEqual([true, true, false]);
	});
});

test('[J6] what was refused for its duty is adopted by the desk, whatever it was', () => {
	const world = worldAtTheEnd().later(30 * DAY);
	const opened = { ...household('door-2'), at: MORNING - DAY };
	expect(world.says(people.member, opened)).toMatchObject(handedToTheDesk);
	const adopts = { entry: world.newId(), at: MORNING - DAY };
	const again = { ...household('door-2'), onBehalfOf: people.member };
	expect(world.says(people.secretary, again)).toMatchObject({ reason: 'contradiction' });
	expect(world.says(people.secretary, { ...again, adopts }).verdict).toBe('accepted');
	expect(world.row<HouseholdRow>('door-2')).toMatchObject({
		linkedMember: people.member,
		createdBy: people.secretary,
		state: 'unconfirmed'
	});
});

test('[J6] [J3] what two devices of a desk say anew counts once, whatever it was', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.member, visit('visit-1', 'door-1'));
	const adopts = { entry: world.newId(), at: world.now };
	const added = {
		kind: 'visit.added.v1',
		record: 'visit-1',
		onBehalfOf: people.member,
		body: { note: '后来又去了' }
	};
	expect(world.says(people.secretary, { ...added, adopts }).verdict).toBe('accepted');
	expect(world.says(people.worker, { ...added, adopts })).toMatchObject({
		verdict: 'noted',
		reason: 'already-exists'
	});
	const other = { entry: world.newId(), at: world.now };
	expect(world.says(people.worker, { ...added, adopts: other }).verdict).toBe('accepted');
	expect(world.row<VisitRow>('visit-1').additions).toHaveLength(2);
	expect(world.history.flatMap(({ changes }) => changes.map(({ field }) => field))).not.toContain(
		'adopted'
	);
});
