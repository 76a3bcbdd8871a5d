/** 换责任人: who may say that another answers for a demand, when, and what it changes. */
import { expect, test } from 'vitest';
import type { Judgement } from '#domain/judge.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import {
	accepted,
	demand,
	foundedWorld,
	HOUR,
	OTHER_COMMUNITY,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

type World = ReturnType<typeof foundedWorld>;
type Person = keyof typeof people;
type Draft = Parameters<World['says']>[1];

const reason = '超出社区权限';
const atOffice = { record: 'd-1', org: SUBDISTRICT };
const up: Draft = {
	kind: 'demand.escalated.v1',
	record: 'd-1',
	body: { office: SUBDISTRICT, reason }
};
const take: Draft = { ...atOffice, kind: 'demand.taken.v1', body: { assignee: people.officer } };
const back: Draft = { ...atOffice, kind: 'demand.handed-back.v1', body: { reason } };

function worldAfter(...told: readonly (readonly [Person, Draft])[]): World {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	world.says(people.member, demand('d-2'));
	for (const [person, said] of told)
		expect([said.kind, world.later(HOUR).says(people[person], said).verdict]).toEqual([
			said.kind,
			'accepted'
		]);
	return world;
}

function gives(world: World, by: Person, to: Person, at: Partial<Draft> = {}): Judgement {
	const body = { assignee: people[to] };
	return world.says(people[by], { kind: 'demand.reassigned.v1', record: 'd-1', body, ...at });
}

const acceptedNow = ['secretary', accepted('d-1')] as const;
const row = (world: World) => world.row<DemandRow>('d-1');
const illegal = { verdict: 'noted', reason: 'illegal-transition' };

test('the desk gives what it accepted to another, and nothing else of the demand changes', () => {
	for (const by of ['secretary', 'worker'] as const) {
		const world = worldAfter(acceptedNow);
		const before = row(world);
		expect(gives(world.later(HOUR), by, 'secondMember').verdict).toBe('accepted');
		const after = row(world);
		expect(after.assignee).toBe(people.secondMember);
		expect(after).toEqual({
			...before,
			assignee: people.secondMember,
			n: after.n,
			updatedAt: world.now
		});
	}
});

test('who is responsible already is not given it again', () => {
	const world = worldAfter(acceptedNow);
	expect(gives(world, 'secretary', 'worker')).toMatchObject({
		verdict: 'noted',
		reason: 'nothing-changed'
	});
});

test('[A2] neither members, also those who have it, nor other organisations give it on', () => {
	const world = worldAfter(['secretary', accepted('d-1', { assignee: people.member })]);
	for (const by of ['member', 'secondMember'] as const)
		expect(gives(world, by, 'worker')).toMatchObject({ verdict: 'refused', reason: 'not-allowed' });
	for (const [by, org] of [
		['stranger', OTHER_COMMUNITY],
		['officer', SUBDISTRICT]
	] as const)
		expect(gives(world, by, 'worker', { org })).toMatchObject({
			verdict: 'refused',
			reason: 'other-organisation'
		});
	expect(row(world).assignee).toBe(people.member);
});

test.each([
	['before it is accepted', []],
	['once it is answered', [acceptedNow, ['worker', handled()]]],
	['once it is merged', [acceptedNow, ['secretary', merged()]]],
	['once it is made void', [acceptedNow, ['secretary', voided()]]]
] as const)('%s nobody else can be made responsible', (_when, told) => {
	expect(gives(worldAfter(...told), 'secretary', 'secondMember')).toMatchObject(illegal);
});

test('while the office has it the desk does not say who answers there, nor for itself', () => {
	for (const told of [[], [['officer', take]]] as const) {
		const world = worldAfter(acceptedNow, ['secretary', up], ...told);
		const before = row(world);
		expect(gives(world, 'secretary', 'secondMember')).toMatchObject(illegal);
		const { assignee, officeAssignee } = row(world);
		expect([assignee, officeAssignee]).toEqual([before.assignee, before.officeAssignee]);
	}
});

test('what is handed back can be given to another, and the office’s own never was the community’s', () => {
	const world = worldAfter(acceptedNow, ['secretary', up], ['officer', take]);
	expect(gives(world, 'officer', 'district', { org: SUBDISTRICT }).verdict).toBe('accepted');
	expect(row(world)).toMatchObject({ assignee: people.worker, officeAssignee: people.district });
	world.says(people.officer, back);
	expect(gives(world, 'worker', 'secondMember').verdict).toBe('accepted');
	expect(row(world).assignee).toBe(people.secondMember);
});

function handled(): Draft {
	const body = { outcome: 'solved', reply: '换了灯泡' };
	return { kind: 'demand.handled.v1', record: 'd-1', body };
}

function merged(): Draft {
	return { kind: 'demand.merged.v1', record: 'd-1', body: { into: 'd-2' } };
}

function voided(): Draft {
	return { kind: 'demand.voided.v1', record: 'd-1', body: { reason } };
}
