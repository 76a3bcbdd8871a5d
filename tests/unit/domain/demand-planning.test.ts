/** 换责任人 from a day to come, and 交接: from whom whoever has a demand, or a door, took it over. */
import { expect, test } from 'vitest';
import { dayOf, startOfDay } from '#domain/calendar.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	foundedWorld,
	household,
	MORNING,
	people,
	RELAY_PERSON,
	SUBDISTRICT,
	type World
} from '../../support/tell.ts';

const from = dayOf(MORNING + 2 * DAY);
const told = { place: '3栋2单元501', requester: '陈某', phone: '13800000000', handedBy: '张某' };
const row = (world: World) => world.row<DemandRow>('d-1');
const plans = (world: World, body: Record<string, unknown> = {}) =>
	world.says(people.secretary, {
		kind: 'demand.reassign-planned.v1',
		record: 'd-1',
		body: { assignee: people.secondMember, from, ...told, ...body }
	});
const begins = (world: World) =>
	world.says(RELAY_PERSON, { kind: 'demand.reassign-begun.v1', record: 'd-1', body: {} });
const passed = (world: World) => familyNamed('demand')?.passed?.(row(world), world.now) ?? null;
const reads = (world: World) =>
	world.readers
		.get(row(world).record)
		?.includes(`member/${people.secondMember}/${COMMUNITY}/2026Q4`);

function inHand(): World {
	const world = foundedWorld();
	world.says(people.secretary, demand('d-1'));
	world.says(people.secretary, accepted('d-1', { assignee: people.member }));
	return world;
}

test('[F4] [A1] a demand changes hands on the day that was planned; until then the next one reads nothing of it', () => {
	const world = inHand();
	expect(plans(world).verdict).toBe('accepted');
	expect(row(world)).toMatchObject({ assignee: people.member, nextAssignee: people.secondMember });
	expect([reads(world), passed(world)]).toEqual([false, null]);
	expect(begins(world)).toMatchObject({ verdict: 'noted', reason: 'contradiction' });
	world.later(2 * DAY);
	expect(passed(world)).toEqual({ kind: 'demand.reassign-begun.v1', body: {} });
	expect(begins(world)).toMatchObject({ verdict: 'accepted', actor: { role: 'clock' } });
	expect(row(world)).toMatchObject({
		assignee: people.secondMember,
		assignedPlace: told.place,
		assignedPhone: told.phone,
		handedBy: told.handedBy,
		handedAt: world.now
	});
	expect(row(world).nextAssignee ?? row(world).nextPhone).toBeUndefined();
	expect([reads(world), passed(world)]).toEqual([true, null]);
	expect(begins(world)).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
});

test('what is planned for a day that has come is carried out as it arrives', () => {
	const world = inHand();
	plans(world, { from: dayOf(MORNING) });
	expect(row(world)).toMatchObject({ assignee: people.secondMember, handedBy: told.handedBy });
	expect(passed(world)).toBeNull();
});

test('whoever gives it at once drops the plan, also to the one who has it', () => {
	for (const assignee of [people.worker, people.member]) {
		const world = inHand();
		plans(world);
		const now = { kind: 'demand.reassigned.v1', record: 'd-1', body: { assignee } };
		expect(world.says(people.secretary, now).verdict).toBe('accepted');
		expect(row(world).assignee).toBe(assignee);
		expect(JSON.stringify(row(world))).not.toMatch(/next|501|张某/);
		expect(world.says(people.secretary, now)).toMatchObject({ reason: 'nothing-changed' });
	}
});

test('a plan waits while the office has the demand, and is over once it is answered', () => {
	const world = inHand();
	plans(world);
	const reason = '超出社区权限';
	const body = { office: SUBDISTRICT, reason };
	world.says(people.secretary, { kind: 'demand.escalated.v1', record: 'd-1', body });
	expect(plans(world, { assignee: people.worker })).toMatchObject({ reason: 'illegal-transition' });
	world.later(3 * DAY);
	expect(passed(world)).toBeNull();
	world.says(people.officer, {
		kind: 'demand.handed-back.v1',
		record: 'd-1',
		org: SUBDISTRICT,
		body: { reason }
	});
	expect(passed(world)).not.toBeNull();
	const done = { outcome: 'solved', reply: '换了灯泡' };
	world.says(people.secretary, { kind: 'demand.handled.v1', record: 'd-1', body: done });
	expect(passed(world)).toBeNull();
});

test('[A2] members plan nothing, and nobody but the clock carries a plan out', () => {
	const world = inHand();
	const body = { assignee: people.secondMember, from };
	const said = { kind: 'demand.reassign-planned.v1', record: 'd-1', body };
	expect(world.says(people.member, said)).toMatchObject({ reason: 'not-allowed' });
	plans(world);
	world.later(3 * DAY);
	const begun = { kind: 'demand.reassign-begun.v1', record: 'd-1', body: {} };
	expect(world.says(people.secretary, begun)).toMatchObject({ reason: 'not-allowed' });
});

test('a door says from whom it was taken over, at once or by plan, until it goes on without saying', () => {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	const door = () => world.row<HouseholdRow>('door-1');
	const says = (kind: string, body: Record<string, unknown>) =>
		world.says(people.secretary, { kind, record: 'door-1', body });
	const { handedBy } = told;
	says('household.linked.v1', { member: people.secondMember, from: MORNING, handedBy });
	expect(door()).toMatchObject({ linkedMember: people.secondMember, handedBy });
	says('household.link-planned.v1', { member: people.member, from, handedBy: '李某' });
	expect(door()).toMatchObject({ handedBy, nextHandedBy: '李某' });
	world.later(2 * DAY);
	world.says(RELAY_PERSON, { kind: 'household.link-begun.v1', record: 'door-1', body: {} });
	expect(door()).toMatchObject({ handedBy: '李某', linkedFrom: startOfDay(from) });
	says('household.linked.v1', { member: people.secondMember, from: MORNING });
	expect(door().handedBy ?? door().nextHandedBy).toBeUndefined();
});
