/** A member who is 责任人: from when until when they read the demand, what of its door, and what they may say. */
import { expect, test } from 'vitest';
import { demand as family, isDemand, type DemandRow } from '#domain/kinds/demand.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	HOUR,
	household,
	people,
	SUBDISTRICT,
	type Said
} from '../../support/tell.ts';

type World = ReturnType<typeof foundedWorld>;
type Person = keyof typeof people;

const reason = '超出社区权限';
const ledgerOf = (who: Person) => `member/${people[who]}/${COMMUNITY}/2026Q4`;
const ofDoor = { place: '梧桐里小区 3栋2单元501', requester: '陈某', phone: '13800000000' };
const row = (world: World) => world.row<DemandRow>('d-1');

/** Registered by a member at a door that neither `secondMember` nor the desk's people look after, and given away. */
function given(to: Person, by: Person = 'secretary', body: Record<string, unknown> = {}): World {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	world.says(people.member, demand('d-1', { household: 'door-1' }));
	world.says(people.member, demand('d-2'));
	says(world, by, accepted('d-1', { assignee: people[to], ...body }));
	return world;
}

function says(world: World, who: Person, said: Omit<Said, 'record'>): void {
	const judged = world.later(HOUR).says(people[who], { record: 'd-1', ...said });
	expect([said.kind, judged.verdict]).toEqual([said.kind, 'accepted']);
}

const reads = (world: World, who: Person) =>
	world.readers.get(row(world).record)?.includes(ledgerOf(who)) ?? false;
const handled = { kind: 'demand.handled.v1', body: { outcome: 'solved', reply: '换了灯泡' } };
const reassigned = (to: Person, more: Record<string, unknown> = {}) => ({
	kind: 'demand.reassigned.v1',
	body: { assignee: people[to], ...more }
});
const up = { kind: 'demand.escalated.v1', body: { office: SUBDISTRICT, reason } };
const back = { kind: 'demand.handed-back.v1', org: SUBDISTRICT, body: { reason } };

test('[A1] whoever is made responsible reads the whole demand from then on, and only then', () => {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	expect(reads(world, 'secondMember')).toBe(false);
	says(world, 'secretary', accepted('d-1', { assignee: people.secondMember }));
	const held = world.ledgers.get(ledgerOf('secondMember')) ?? [];
	expect(held.map(({ head }) => [head.record, head.n])).toEqual([
		['d-1', 1],
		['d-1', 2]
	]);
	expect(reads(world, 'member')).toBe(true);
});

test('[A2] of the door itself they read nothing', () => {
	const world = given('secondMember');
	const held = world.ledgers.get(ledgerOf('secondMember')) ?? [];
	expect(new Set(held.map(({ head }) => head.record))).toEqual(new Set(['d-1']));
	const standing = world.ledgers.get(`member/${people.secondMember}/${COMMUNITY}/standing`) ?? [];
	expect(standing.map(({ head }) => head.record)).not.toContain('door-1');
});

test('[A5] it leaves them with another in their place, and comes back whole', () => {
	const world = given('secondMember');
	says(world, 'worker', reassigned('member'));
	expect(reads(world, 'secondMember')).toBe(false);
	says(world, 'worker', reassigned('secondMember'));
	expect(reads(world, 'secondMember')).toBe(true);
});

test.each<readonly [string, Person, Omit<Said, 'record'>]>([
	['is handed up', 'secretary', up],
	['is merged', 'secretary', { kind: 'demand.merged.v1', body: { into: 'd-2' } }],
	['is made void', 'secretary', { kind: 'demand.voided.v1', body: { reason } }]
])('[A5] it leaves them once it %s, who then say nothing of it', (_how, who, said) => {
	const world = given('secondMember');
	says(world, who, said);
	expect(reads(world, 'secondMember')).toBe(false);
	// [O2] they could read in no ledger what became of it
	expect(world.says(people.secondMember, { ...handled, record: 'd-1' })).toMatchObject({
		verdict: 'refused',
		reason: 'not-allowed'
	});
});

test('[A5] what the office gives back is theirs again; what it answered is not', () => {
	const world = given('secondMember');
	says(world, 'secretary', up);
	says(world, 'officer', back);
	expect(reads(world, 'secondMember')).toBe(true);
	says(world, 'secretary', up);
	says(world, 'officer', {
		kind: 'demand.taken.v1',
		org: SUBDISTRICT,
		body: { assignee: people.officer }
	});
	says(world, 'officer', { ...handled, org: SUBDISTRICT });
	expect(row(world).state).toBe('handled');
	expect(reads(world, 'secondMember')).toBe(false);
});

test('[O2] what they answered they go on reading, and what the desk answered before them', () => {
	for (const who of ['secondMember', 'worker'] as const) {
		const world = given('secondMember');
		says(world, who, handled);
		expect(row(world)).toMatchObject({ state: 'handled', outcome: 'solved', reply: '换了灯泡' });
		expect(reads(world, 'secondMember')).toBe(true);
		expect(world.says(people.secondMember, { ...handled, record: 'd-1' })).toMatchObject({
			verdict: 'noted',
			reason: 'illegal-transition'
		});
	}
});

test('[A2] a member who has it says 办结 and nothing else of it; other members say nothing', () => {
	const world = given('secondMember');
	for (const [who, said] of [
		['secondMember', reassigned('member')],
		['secondMember', up],
		['secondMember', { kind: 'demand.corrected.v1', body: { title: '改题', reason } }],
		['secondMember', { kind: 'demand.voided.v1', body: { reason } }],
		['member', handled]
	] as const)
		expect(world.says(people[who], { ...said, record: 'd-1' })).toMatchObject({
			verdict: 'refused',
			reason: 'not-allowed'
		});
});

test('whoever accepted it for themselves reads it at the desk alone', () => {
	const world = given('secretary');
	expect(world.readers.get(row(world).record)).toEqual([
		`desk/${COMMUNITY}/2026Q4`,
		ledgerOf('member')
	]);
	expect(reads(given('worker'), 'worker')).toBe(true);
});

test('who raised it, looks after its door and is responsible reads it once', () => {
	const world = given('member');
	expect(world.readers.get(row(world).record)).toEqual([
		`desk/${COMMUNITY}/2026Q4`,
		ledgerOf('member')
	]);
});

test('what they are told of the door stands beside the demand’s own words, and goes with them', () => {
	const world = given('secondMember', 'worker', ofDoor);
	expect(row(world)).toMatchObject({
		assignedPlace: ofDoor.place,
		assignedRequester: ofDoor.requester,
		assignedPhone: ofDoor.phone
	});
	expect([row(world).place, row(world).requester, row(world).phone]).toEqual([
		undefined,
		undefined,
		undefined
	]);
	says(world, 'secretary', reassigned('worker'));
	expect(JSON.stringify(row(world))).not.toMatch(/501|陈某|138/);
	says(world, 'secretary', reassigned('secondMember', ofDoor));
	expect(row(world).assignedPlace).toBe(ofDoor.place);
});

test('[A3] the fact of a demand does not know whose it is', () => {
	const facts = (['worker', 'secondMember'] as const).map((to) => {
		const of = row(given(to, 'secretary', to === 'worker' ? {} : ofDoor));
		return isDemand(of) && family.fact?.(of);
	});
	expect(facts[0]).toEqual(facts[1]);
	expect(JSON.stringify(facts)).not.toContain(people.secondMember);
});
