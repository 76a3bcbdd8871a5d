/** 撤销合并: what the merge brought along goes back, and what somebody changed since stands. */
import { expect, test } from 'vitest';
import { addDays, dayOf } from '#domain/calendar.ts';
import type { Row } from '#domain/family.ts';
import { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { mergingSaid } from '../../../src/routes/residents/merging.ts';
import { unmergingOf, unmergingSaid, type Told } from '../../../src/routes/residents/unmerging.ts';
import { HOUR, people, type World } from '../../support/tell.ts';
import { register, takes } from '../../support/told-register.ts';

/** A record with its history, as the desk reads it. */
function told<R extends Row>(world: World, record: string): Told<R> {
	const lines = world.history.filter((line) => line.record === record);
	return { row: world.row<R>(record), lines };
}

/** 501 with the member, a number and two people merges into 502, which has the second member and no number. */
function merged() {
	const { world, row } = register(['3-2-501', '3-2-502']);
	const [from, into] = ['door-3-2-501', 'door-3-2-502'] as const;
	const lives = (record: string, household: string) => ({
		kind: 'resident.registered.v1',
		record,
		body: { household, name: record }
	});
	takes(world, [
		{
			kind: 'household.linked.v1',
			record: into,
			body: { member: people.secondMember, from: 0 }
		},
		{ kind: 'household.corrected.v1', record: from, body: { phone: '13800001123', reason: '补' } },
		lives('person-1', from),
		lives('person-2', from),
		lives('person-3', into)
	]);
	world.later(HOUR);
	const moving = ['person-1', 'person-2'].map((record) => world.row<ResidentRow>(record));
	const options = { now: world.now, reason: '并户' };
	takes(world, mergingSaid(row('3-2-501'), row('3-2-502'), moving, options) ?? []);
	world.later(HOUR);
	const unmerging = () =>
		unmergingOf(
			told<HouseholdRow>(world, from),
			told<HouseholdRow>(world, into),
			['person-1', 'person-2', 'person-3'].map((record) => told<ResidentRow>(world, record))
		);
	const parts = () =>
		takes(world, unmergingSaid(unmerging(), { now: world.now, reason: '不是同一户' }));
	const homeOf = (record: string) => world.row<ResidentRow>(record).household;
	const readersOf = (record: string) => world.readers.get(RecordId.parse(record)) ?? [];
	return { world, row, from, into, unmerging, parts, homeOf, readersOf };
}

test('撤销合并 gives each household back its people, its number and its member', () => {
	const { world, row, from, into, unmerging, parts, homeOf, readersOf } = merged();
	expect(row('3-2-501').linkedMember).toBe(people.secondMember);
	expect(unmerging()).toMatchObject({ stands: [], lapses: false });
	parts();
	expect(row('3-2-501')).toMatchObject({ state: 'active', linkedMember: people.member });
	expect(row('3-2-502')).toMatchObject({ linkedMember: people.secondMember });
	expect(row('3-2-502').phone).toBeUndefined();
	expect(['person-1', 'person-2', 'person-3'].map(homeOf)).toEqual([from, from, into]);
	expect(readersOf('person-1').filter((name) => name.includes(people.secondMember))).toEqual([]);
	// Merged once more and parted, it is the last merge that is undone.
	world.later(HOUR);
	const person = world.row<ResidentRow>('person-1');
	const again = { now: world.now, reason: '并户' };
	takes(world, mergingSaid(row('3-2-501'), row('3-2-502'), [person], again) ?? []);
	world.later(HOUR);
	expect(unmerging().people.map(({ record }) => record)).toEqual(['person-1']);
	parts();
	expect(row('3-2-501')).toMatchObject({ state: 'active', linkedMember: people.member });
});

test('撤销合并 leaves a door with nobody again that had nobody before', () => {
	const { world, row } = register(['3-2-501', '3-2-502']);
	takes(world, [
		{ kind: 'household.linked.v1', record: 'door-3-2-502', body: { member: null, from: 0 } }
	]);
	world.later(HOUR);
	const options = { now: world.now, reason: '并户' };
	takes(world, mergingSaid(row('3-2-501'), row('3-2-502'), [], options) ?? []);
	world.later(HOUR);
	const unmerging = unmergingOf(
		told<HouseholdRow>(world, 'door-3-2-501'),
		told<HouseholdRow>(world, 'door-3-2-502'),
		[]
	);
	takes(world, unmergingSaid(unmerging, options));
	expect(row('3-2-501').linkedMember).toBe(people.member);
	expect(row('3-2-502').linkedMember).toBeUndefined();
});

test('what somebody changed since the merge is told and stands', () => {
	const { world, row, from, into, unmerging, parts, homeOf } = merged();
	takes(world, [
		{
			kind: 'household.corrected.v1',
			record: into,
			body: { phone: '13900001124', reason: '换号' }
		},
		{ kind: 'resident.left.v1', record: 'person-2', body: { why: 'died' } },
		{ kind: 'household.linked.v1', record: from, body: { member: people.worker, from: 0 } }
	]);
	const { stands } = unmerging();
	expect(stands).toEqual([
		{ is: 'person', row: world.row('person-2') },
		{ is: 'field', field: 'phone', value: '13900001124' },
		{ is: 'member', side: 'from', member: people.worker }
	]);
	parts();
	expect(row('3-2-501')).toMatchObject({ state: 'active', linkedMember: people.worker });
	expect(row('3-2-502').phone).toBe('13900001124');
	expect([homeOf('person-1'), homeOf('person-2')]).toEqual([from, into]);
});

test('who moved on and what was arranged for the door since the merge stands, and so does a closed household', () => {
	const { world, from, into, unmerging } = merged();
	const moves = (household: string) => ({
		kind: 'resident.moved.v1',
		record: 'person-1',
		body: { household }
	});
	takes(world, [
		moves(from),
		moves(into),
		{ kind: 'resident.voided.v1', record: 'person-2', body: { reason: '重复' } },
		{
			kind: 'household.link-planned.v1',
			record: from,
			body: { member: people.worker, from: addDays(dayOf(world.now), 3) }
		},
		{ kind: 'household.voided.v1', record: into, body: { reason: '登错' } }
	]);
	const { stands, ...rest } = unmerging();
	expect(rest).toMatchObject({ people: [], members: [], fields: new Map() });
	expect(stands.map(({ is }) => is)).toEqual(['person', 'person', 'field', 'member']);
});

test('a lending that ended with the merge is told, since it does not come back', () => {
	const { world, row } = register(['3-2-501', '3-2-502']);
	takes(world, [
		{
			kind: 'household.linked.v1',
			record: 'door-3-2-502',
			body: { member: people.worker, from: 0 }
		},
		{
			kind: 'household.lent.v1',
			record: 'door-3-2-501',
			body: { to: people.secondMember, until: addDays(dayOf(world.now), 5) }
		}
	]);
	world.later(HOUR);
	const options = { now: world.now, reason: '并户' };
	takes(world, mergingSaid(row('3-2-501'), row('3-2-502'), [], options) ?? []);
	expect(
		unmergingOf(
			told<HouseholdRow>(world, 'door-3-2-501'),
			told<HouseholdRow>(world, 'door-3-2-502'),
			[]
		).lapses
	).toBe(true);
});
