/** A demand that turns out to be about another door: who may say so, who reads it then, and what is told of it. */
import { expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { OrgId, PersonId } from '#domain/ids.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	foundedWorld,
	household,
	OTHER_COMMUNITY,
	people,
	SUBDISTRICT,
	type Said
} from '../../support/tell.ts';

type Who = keyof typeof people;
type World = ReturnType<typeof foundedWorld>;

const reason = '记错了门';
const ofDoor = { place: '梧桐里小区 3栋2单元502', requester: '李某', phone: '13900000000' };
const toldOfFormer = { place: '梧桐里小区 3栋2单元501', requester: '陈某' };

/** `member` looks after the wrong door, `secondMember` after the right one. */
function told(by: Who = 'worker'): World {
	const world = foundedWorld();
	world.says(people.secretary, household('wrong'));
	world.says(people.secretary, household('right', people.secondMember));
	world.says(people[by], demand('d-1', { household: 'wrong' }));
	return world;
}

const moved = (body: Record<string, unknown> = {}): Said => ({
	kind: 'demand.corrected.v1',
	record: 'd-1',
	body: { household: 'right', reason, ...body }
});
const row = (world: World) => world.row<DemandRow>('d-1');
const readBy = (world: World, person: PersonId) =>
	world.readers.get(row(world).record)?.includes(`member/${person}/${COMMUNITY}/2026Q4`);

test('[A1] whoever looks after the right door gets the whole demand, [A5] whoever has the wrong one loses it', () => {
	const world = told();
	expect([people.member, people.secondMember].map((who) => readBy(world, who))).toEqual([
		true,
		false
	]);
	expect(world.says(people.worker, moved())).toMatchObject({ verdict: 'accepted' });
	expect(row(world)).toMatchObject({ household: 'right' });
	expect([people.member, people.secondMember].map((who) => readBy(world, who))).toEqual([
		false,
		true
	]);
	const held = world.ledgers.get(`member/${people.secondMember}/${COMMUNITY}/2026Q4`) ?? [];
	expect(held.map(({ head }) => [head.record, head.n])).toEqual([
		['d-1', 1],
		['d-1', 2]
	]);
	// From now on it goes with the right door.
	world.says(people.secretary, {
		kind: 'household.linked.v1',
		record: 'right',
		body: { member: people.member, from: world.now }
	});
	expect(readBy(world, people.member)).toBe(true);
});

test('[A1] who brought it goes on reading what they told', () => {
	const world = told('member');
	world.says(people.member, moved());
	expect([people.member, people.secondMember].every((who) => readBy(world, who))).toBe(true);
});

test.each<readonly [Who, boolean]>([
	['member', true],
	['secondMember', false],
	['worker', true],
	['secretary', true],
	['stranger', false],
	['officer', false],
	['district', false]
])('another door, said by the %s of what a member brought: %s', (who, isAllowed) => {
	const org: Partial<Record<Who, OrgId>> = { stranger: OTHER_COMMUNITY, officer: SUBDISTRICT };
	const said = { ...moved(), ...(org[who] === undefined ? {} : { org: org[who] }) };
	expect(told('member').says(people[who], said).verdict).toBe(isAllowed ? 'accepted' : 'refused');
});

test('only a door of the own community is another door', () => {
	const world = told();
	const abroad = { ...household('abroad'), org: OTHER_COMMUNITY };
	expect(world.says(people.stranger, abroad).verdict).toBe('accepted');
	for (const [door, why] of [
		['nowhere', 'no-such-reference'],
		['d-1', 'no-such-reference'],
		['abroad', 'other-organisation']
	] as const)
		expect(world.says(people.worker, moved({ household: door }))).toMatchObject({
			verdict: 'refused',
			reason: why
		});
});

test('[A2] what a responsible member was told of the wrong door gives way to the right one, or to nothing', () => {
	for (const [said, expected] of [
		[{ ofDoor }, ofDoor],
		[{}, {}]
	] as const) {
		const world = told();
		const assignee = people.secondMember;
		world.says(people.secretary, accepted('d-1', { assignee, ...toldOfFormer }));
		world.says(people.secretary, {
			kind: 'demand.reassign-planned.v1',
			record: 'd-1',
			body: { assignee: people.member, from: '2026-11-30', ...toldOfFormer }
		});
		world.says(people.worker, moved(said));
		const { place, requester, phone }: Partial<typeof ofDoor> = expected;
		expect(row(world)).toMatchObject({
			assignedPlace: place,
			assignedRequester: requester,
			assignedPhone: phone,
			nextPlace: place,
			nextRequester: requester,
			nextPhone: phone
		});
	}
});

test('another correction leaves what was told of the door as it was', () => {
	const world = told();
	world.says(people.secretary, accepted('d-1', { assignee: people.member, ...toldOfFormer }));
	world.says(people.worker, moved({ household: 'wrong', title: '改题', ofDoor }));
	expect(row(world)).toMatchObject({ title: '改题', assignedPlace: toldOfFormer.place });
	expect(row(world).nextPlace).toBeUndefined();
});

test('[J3] what the office has stays at its door until it comes back', () => {
	const world = told();
	world.says(people.secretary, accepted('d-1'));
	const up = { kind: 'demand.escalated.v1', record: 'd-1', body: { office: SUBDISTRICT, reason } };
	world.says(people.secretary, up);
	expect(world.says(people.worker, moved())).toMatchObject({
		verdict: 'noted',
		reason: 'illegal-transition'
	});
	expect(row(world)).toMatchObject({ household: 'wrong' });
});

test('[E4] two doors that did not see each other are left to the desk', () => {
	const world = told('member');
	world.says(people.secretary, household('third', people.secondMember));
	world.says(people.member, moved());
	world.later(DAY).says(people.worker, { ...moved({ household: 'third' }), rev: 1 });
	expect(row(world)).toMatchObject({
		household: 'third',
		conflicts: [{ field: 'household', stands: 'third', other: 'right' }]
	});
	world.says(people.secretary, moved({ settles: ['household'] }));
	expect(row(world)).toMatchObject({ household: 'right' });
	expect(row(world).conflicts).toBeUndefined();
});
