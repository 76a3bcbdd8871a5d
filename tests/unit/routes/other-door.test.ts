/** It was another door: what is said of the visit and its demands, and what is asked again. */
import { expect, test } from 'vitest';
import type { Row } from '#domain/family.ts';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import type { Me, Utterance } from '#lib/app.ts';
import { mayWithdraw } from '#lib/field/major-change.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import { askedAgain, correctingErrors, correctingFrom } from '#lib/visits/correcting.ts';
import { correctionSaid, voidSaid } from '#lib/visits/going-along.ts';
import {
	correctedBody,
	correctingFrom as form,
	withDoor
} from '../../../src/routes/inbox/correcting.ts';
import {
	accepted,
	demand,
	foundedWorld,
	household,
	idFrom,
	people,
	SUBDISTRICT,
	visit
} from '../../support/tell.ts';

const reason = '记错了门';
const WRONG = { head: '陈桂香', phone: '13900000001', size: 2, groups: ['livingAlone'] };
const RIGHT = { room: '502', head: '李国强', phone: '13900000002', size: 4, groups: ['disabled'] };
const fromWrong = { household: 'wrong', visit: 'v-1', requester: WRONG.head, phone: WRONG.phone };

type World = ReturnType<typeof foundedWorld>;

function told(seen: Record<string, unknown> = {}): World {
	const world = foundedWorld();
	for (const [record, body] of [['wrong', WRONG] as const, ['right', RIGHT] as const]) {
		const door = household(record);
		world.says(people.secretary, { ...door, body: { ...door.body, ...body } });
	}
	const of = { interviewee: WRONG.head, groups: WRONG.groups, size: WRONG.size, ...seen };
	world.says(people.member, visit('v-1', 'wrong', { demands: ['d-1', 'd-2', 'd-3'], ...of }));
	world.says(people.member, demand('d-1', fromWrong));
	world.says(
		people.member,
		demand('d-2', { ...fromWrong, requester: '女儿', phone: '13900000009' })
	);
	world.says(people.member, demand('d-3', fromWrong));
	return world;
}

/** Rows as a device that holds all of them answers. */
function rowsOf(world: World): Pick<RowQueries, 'many'> {
	const many = (family: string, records: readonly RecordId[]) => async () => {
		const held = records.flatMap((record) => world.rows.get(record) ?? []);
		const seen = (row: Row) => ({ row, pending: false, stage: 'folded' });
		return new Map(
			held.filter((row) => row.family === family).map((row) => [row.record, seen(row)])
		);
	};
	return { many } as unknown as Pick<RowQueries, 'many'>;
}

const said = (world: World, body: Record<string, unknown>) =>
	correctionSaid(rowsOf(world), world.row<VisitRow>('v-1'), { body: { reason, ...body } });
const bodies = (utterances: readonly Utterance[]) =>
	utterances.map(({ kind, record, body }) => [kind, record, body]);

test('the demands of a visit go to its right door with it, and take the register of the wrong one along nowhere', async () => {
	const world = told();
	world.says(people.member, { kind: 'demand.withdrawn.v1', record: 'd-3', body: { reason } });
	const household = 'right';
	const utterances = await said(world, { household, interviewee: RIGHT.head });
	expect(bodies(utterances)).toEqual([
		['visit.corrected.v1', 'v-1', { household, interviewee: RIGHT.head, reason }],
		[
			'demand.corrected.v1',
			'd-1',
			{ household, phone: RIGHT.phone, requester: RIGHT.head, reason }
		],
		['demand.corrected.v1', 'd-2', { household, reason }]
	]);
	for (const { kind, record, body } of utterances)
		expect(world.says(people.member, { kind, record, body: { ...body } }).verdict).toBe('accepted');
});

test('a demand that the desk has at another door already, or the office has, stays there', async () => {
	const world = told();
	world.says(people.worker, {
		kind: 'demand.corrected.v1',
		record: 'd-1',
		body: { household: 'right', reason }
	});
	world.says(people.secretary, accepted('d-2'));
	const up = { office: SUBDISTRICT, reason };
	world.says(people.secretary, { kind: 'demand.escalated.v1', record: 'd-2', body: up });
	const along = await said(world, { household: 'right' });
	expect(along.map(({ record }) => record)).toEqual(['v-1', 'd-3']);
});

test.each([{}, { household: 'wrong' }, { changes: '换了电话' }])(
	'a correction of anything else is of the visit alone: %o',
	async (body) => {
		expect(await said(told(), body)).toHaveLength(1);
	}
);

test('[A2] a member who is responsible is told of the right door what they cannot read', async () => {
	const world = told();
	const body = { assignee: people.secondMember, place: '3栋2单元501', requester: WRONG.head };
	world.says(people.secretary, accepted('d-1', body));
	const along = await said(world, { household: 'right' });
	const place = '梧桐里小区 3栋2单元502';
	expect(along.find(({ record }) => record === 'd-1')?.body).toMatchObject({ ofDoor: { place } });
});

test('who was met, the groups and how many live there are asked of the right door', () => {
	const world = told();
	const row = world.row<VisitRow>('v-1');
	const [from, to] = ['wrong', 'right'].map((door) => world.row<HouseholdRow>(door));
	const base = correctingFrom(row);
	const again = { ...base, ...askedAgain(row, base, { from, to }), reason };
	expect(again).toMatchObject({ interviewee: '', relation: '', groups: RIGHT.groups, size: 4 });
	const errors = correctingErrors(row, again, world.now).map(({ field }) => field);
	expect(errors).toEqual(['interviewee']);
	// What the visitor themselves wrote stays, and a short visit told nothing of who lives there.
	const own = { ...base, interviewee: '女儿', groups: [], size: 3 };
	expect(askedAgain(row, own, { from, to })).toEqual({});
	const short = { ...row, groups: undefined, size: undefined };
	expect(askedAgain(short, correctingFrom(short), { from, to })).toEqual({
		interviewee: '',
		relation: ''
	});
});

test('the desk moves a demand alone, and says otherwise of number and name where it wants', () => {
	const world = told();
	const row = world.row<DemandRow>('d-1');
	const right = RecordId.parse('right');
	const doors = new Map(
		['wrong', 'right'].map((door) => [RecordId.parse(door), { row: world.row<HouseholdRow>(door) }])
	);
	const moves = (more: Partial<ReturnType<typeof form>> = {}) => {
		const body = correctedBody(row, { ...form(row), household: right, reason, ...more });
		return withDoor(row, body ?? {}, doors);
	};
	const { head: requester, phone } = RIGHT;
	expect(moves()).toEqual({ household: right, requester, phone, reason });
	const otherwise = { requester: '孙女', phone: '13900000003' };
	expect(moves(otherwise)).toEqual({ household: right, ...otherwise, reason });
	const body = { title: '改题', reason };
	expect(withDoor(row, body, doors)).toEqual(body);
});

const told1 = idFrom(1_000_001);
const changed = (body: Record<string, unknown>) => ({
	kind: 'household.changed.v1',
	record: 'wrong',
	id: told1,
	body: { what: 'illness', note: '住院', visit: 'v-1', ...body }
});
const withdrawal = ['household.change-withdrawn.v1', 'wrong', { told: told1, reason }];

/** With a change told in the visit, or by itself; the right door asks for one, or does not. */
function withChange(tier: string, change: Record<string, unknown> = {}): World {
	const world = told({ demands: [] });
	world.says(people.member, changed(change));
	world.says(people.secretary, {
		kind: 'household.corrected.v1',
		record: 'right',
		body: { tier, reason }
	});
	return world;
}

test('a major change told in the visit leaves the wrong door, and is told of the right one where it asks', async () => {
	const visit = ['visit.corrected.v1', 'v-1', { household: 'right', reason }];
	const anew = ['household.changed.v1', 'right', { what: 'illness', note: '住院', visit: 'v-1' }];
	const moved = async (world: World) => bodies(await said(world, { household: 'right' }));
	expect(await moved(withChange('general'))).toEqual([visit, withdrawal]);
	expect(await moved(withChange('high'))).toEqual([visit, withdrawal, anew]);
	expect(await moved(withChange('high', { visit: undefined }))).toEqual([visit]);
	expect(await moved(withChange('high', { visit: 'v-2' }))).toEqual([visit]);
	const world = withChange('high');
	world.says(people.secretary, {
		kind: 'household.change-withdrawn.v1',
		record: 'wrong',
		body: { told: told1, reason }
	});
	expect(await moved(world)).toEqual([visit]);
});

test('a visit that is void takes the major change back that it told, and no other', async () => {
	const voided = ['visit.voided.v1', 'v-1', { reason }];
	const voids = async (world: World) =>
		bodies(await voidSaid(rowsOf(world), world.row<VisitRow>('v-1'), reason));
	expect(await voids(withChange('general'))).toEqual([voided, withdrawal]);
	expect(await voids(withChange('general', { visit: undefined }))).toEqual([voided]);
});

test('the change that stands may be taken back by who told of it and by the desk', () => {
	const home = withChange('general').row<HouseholdRow>('wrong');
	const me = (person: string, role: string) => ({ person, duty: { role } }) as unknown as Me;
	expect(mayWithdraw(home, me(people.member, 'member'))).toBe(told1);
	expect(mayWithdraw(home, me(people.worker, 'communityWorker'))).toBe(told1);
	expect(mayWithdraw(home, me(people.secondMember, 'member'))).toBeUndefined();
});
