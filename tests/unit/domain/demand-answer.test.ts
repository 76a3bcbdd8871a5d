/** 更正 of an answer and of a handling note: who may say it, when, and what it changes. */
import { expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { families } from '#domain/kinds/index.ts';
import type { HandlingRow } from '#domain/kinds/handling.ts';
import { settlingBody, disputesOf } from '#lib/ui/versions.ts';
import { amendingFrom, amendingSays, settlingSays } from '#lib/demands/amending.ts';
import { accepted, demand, foundedWorld, people, SUBDISTRICT } from '../../support/tell.ts';

type World = ReturnType<typeof foundedWorld>;
type Person = keyof typeof people;

const reason = '写错了';
const handled = {
	kind: 'demand.handled.v1',
	record: 'd-1',
	body: { outcome: 'partly', reply: '换了灯' }
};
const declined = {
	kind: 'demand.declined.v1',
	record: 'd-1',
	body: { code: 'noSubstance', reply: '请到法院' }
};
const row = (world: World) => world.row<DemandRow>('d-1');

function answered(...told: readonly (readonly [Person, Parameters<World['says']>[1]])[]): World {
	const world = foundedWorld();
	world.says(people.member, demand('d-1'));
	for (const [person, said] of told)
		expect([said.kind, world.says(people[person], said).verdict]).toEqual([said.kind, 'accepted']);
	return world;
}

function amends(world: World, by: Person, body: Record<string, unknown> = { reply: '换了开关' }) {
	const org = by === 'officer' ? { org: SUBDISTRICT } : {};
	const said = { kind: 'demand.answer-corrected.v1', record: 'd-1', body: { reason, ...body } };
	return world.says(people[by], { ...said, ...org });
}

const everybody: readonly Person[] = ['member', 'secondMember', 'worker', 'secretary', 'officer'];
const allowed = (world: () => World, body?: Record<string, unknown>) =>
	everybody.filter((by) => amends(world(), by, body).verdict === 'accepted');

const byDesk = () => answered(['secretary', accepted('d-1')], ['worker', handled]);
const byMember = () =>
	answered(
		[
			'secretary',
			{ ...accepted('d-1'), body: { ...accepted('d-1').body, assignee: people.secondMember } }
		],
		['secondMember', handled]
	);
const byOffice = () => {
	const atOffice = { record: 'd-1', org: SUBDISTRICT };
	const up = { office: SUBDISTRICT, reason };
	return answered(
		['secretary', accepted('d-1')],
		['secretary', { kind: 'demand.escalated.v1', record: 'd-1', body: up }],
		['officer', { ...atOffice, kind: 'demand.taken.v1', body: { assignee: people.officer } }],
		['officer', { ...atOffice, ...handled }]
	);
};

test('an answer is corrected by the desk and by whoever gave it; of the office by the office alone', () => {
	expect(allowed(byDesk)).toEqual(['worker', 'secretary']);
	expect(allowed(byMember)).toEqual(['secondMember', 'worker', 'secretary']);
	expect(allowed(byOffice)).toEqual(['officer']);
	expect(allowed(() => answered(['secretary', declined]))).toEqual(['secretary']);
});

test('[O2] a member speaks no more of their answer once it is void, which they do not read', () => {
	const world = byMember();
	world.says(people.secretary, { kind: 'demand.voided.v1', record: 'd-1', body: { reason } });
	expect(amends(world, 'secondMember')).toMatchObject({ verdict: 'refused' });
	expect(amends(world, 'secretary')).toMatchObject({ verdict: 'noted' });
});

test('a corrected answer changes the outcome in the figures, and no step of the way', () => {
	const world = byDesk();
	const { steps, handledAt } = row(world);
	expect(amends(world, 'secretary', { outcome: 'solved', reply: '全部修好' }).verdict).toBe(
		'accepted'
	);
	expect(row(world)).toMatchObject({ outcome: 'solved', reply: '全部修好', steps, handledAt });
	expect(families.demand.fact?.(row(world))).toMatchObject({ outcome: 'solved' });
});

test('[J3] what has no answer has none to correct, and 不予受理 has no outcome', () => {
	const illegal = { verdict: 'noted', reason: 'illegal-transition' };
	expect(amends(answered(['secretary', accepted('d-1')]), 'secretary')).toMatchObject(illegal);
	const world = answered(['secretary', declined]);
	expect(amends(world, 'secretary', { outcome: 'solved' })).toMatchObject({
		verdict: 'noted',
		reason: 'contradiction'
	});
});

test('[E4] two corrections of one answer that did not see each other are decided by the kind that corrects it', () => {
	const world = byDesk();
	const { n } = row(world);
	for (const [by, reply] of [
		['worker', '换了开关'],
		['secretary', '换了线路']
	] as const)
		world.says(people[by], {
			kind: 'demand.answer-corrected.v1',
			record: 'd-1',
			rev: n,
			body: { reply, reason }
		});
	const disputes = disputesOf(row(world));
	expect(disputes.map(({ field, versions }) => [field, versions.length])).toEqual([['reply', 2]]);
	const said = settlingSays(row(world), settlingBody(disputes, { reply: '1' }, reason));
	expect(said.map(({ kind }) => kind)).toEqual(['demand.answer-corrected.v1']);
	for (const { kind, body } of said)
		world.says(people.secretary, { kind, record: 'd-1', body: { ...body } });
	expect([row(world).reply, row(world).conflicts]).toEqual(['换了开关', undefined]);
});

test('a form of 更正 says only what differs of the answer', () => {
	const demanded = row(byDesk());
	const base = amendingFrom(demanded);
	const begun = { base, seen: demanded.n };
	expect(amendingSays(demanded, { ...base, reason }, begun)).toBeNull();
	const said = amendingSays(demanded, { ...base, outcome: 'solved', reason }, begun);
	expect(said).toMatchObject({ body: { outcome: 'solved', reason }, seen: demanded.n });
});

test('a handling note is corrected and voided by whoever noted it, and by the secretary', () => {
	const noted = () => {
		const world = answered();
		const body = { demand: 'd-1', text: '找物业' };
		world.says(people.worker, { kind: 'handling.noted.v1', record: 'n-1', body });
		return world;
	};
	for (const [kind, body] of [
		['handling.corrected.v1', { text: '找电工', reason }],
		['handling.voided.v1', { reason }]
	] as const)
		expect(
			everybody.filter(
				(by) => noted().says(people[by], { kind, record: 'n-1', body }).verdict === 'accepted'
			)
		).toEqual(['worker', 'secretary']);
	const world = noted();
	const correct = () =>
		world.says(people.worker, {
			kind: 'handling.corrected.v1',
			record: 'n-1',
			body: { text: '找电工', reason }
		});
	correct();
	expect(world.row<HandlingRow>('n-1')).toMatchObject({ text: '找电工', state: 'noted' });
	world.says(people.worker, { kind: 'handling.voided.v1', record: 'n-1', body: { reason } });
	expect(correct()).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
});
