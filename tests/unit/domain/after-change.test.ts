/** 重大变化: what counts as one, and that a member's round and the boards call the same doors late. */
import { expect, test } from 'vitest';
import { visitBy } from '#domain/after-change.ts';
import { coverageOf } from '#domain/coverage.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { familyNamed, kindOf } from '#domain/kinds/index.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { dueList } from '#lib/field/due-list.ts';
import {
	DAY,
	foundedWorld,
	household,
	HOUR,
	idFrom,
	MORNING,
	people,
	visit,
	type Said
} from '../../support/tell.ts';

const changed = (body: Record<string, unknown> = { what: 'illness' }): Said => ({
	kind: 'household.changed.v1',
	record: 'door',
	body
});
const corrected = (body: Record<string, unknown>): Said => ({
	kind: 'household.corrected.v1',
	record: 'door',
	body: { ...body, reason: '核实' }
});

function worldWith(tier: string) {
	const world = foundedWorld();
	const door = household('door');
	world.says(people.secretary, { ...door, body: { ...door.body, tier } });
	return { world, row: () => world.row<HouseholdRow>('door') };
}

test('a door that is put into the highest tier has changed, and no other correction is a change', () => {
	const { world, row } = worldWith('key');
	world.says(people.secretary, corrected({ head: '改名', tier: 'general' }));
	expect(row().changedAt).toBeUndefined();
	world.says(people.secretary, { ...corrected({ tier: 'high' }), at: MORNING - 2 * HOUR });
	expect(row()).toMatchObject({ changedAt: MORNING - 2 * HOUR, changedWhat: 'tierRaised' });
	world.says(people.secretary, { ...corrected({ tier: 'high', size: 3 }), at: MORNING - HOUR });
	expect(row().changedAt).toBe(MORNING - 2 * HOUR);
});

test('the latest change stands, whenever it arrives', () => {
	const { world, row } = worldWith('high');
	const late = { ...changed({ what: 'death', note: '老伴走了' }), at: MORNING };
	const early = { ...changed(), at: MORNING - HOUR };
	expect(world.says(people.secretary, late)).toMatchObject({ verdict: 'accepted' });
	expect(world.says(people.secondMember, early)).toMatchObject({ verdict: 'accepted' });
	expect(row()).toMatchObject({
		changedAt: MORNING,
		changedWhat: 'death',
		changedNote: '老伴走了'
	});
});

test('[A3] only the moment leaves the community, and only of a door of the highest tier', () => {
	const fact = familyNamed('household')?.fact;
	for (const tier of ['high', 'key', 'general']) {
		const { world, row } = worldWith(tier);
		world.says(people.member, { ...changed({ what: 'illness', note: '王桂芳住院' }), at: MORNING });
		const told = { family: 'household', state: 'active', tier };
		expect(fact?.(row())).toEqual(tier === 'high' ? { ...told, changedAt: MORNING } : told);
	}
});

const met = { outcome: 'met' };
const away = { outcome: 'notHome', interviewee: undefined };
test.each([
	['nobody came', [], true],
	['somebody was met two hours after it', [[22, met]], false],
	['somebody was met two hours before it', [[26, met]], true],
	['nobody was at home', [[3, away]], true],
	[
		'nobody was at home, and then somebody',
		[
			[5, away],
			[2, met]
		],
		false
	]
] as const)('25 hours after a change the round and the board agree: %s', (_words, past, isLate) => {
	const { world, row } = worldWith('high');
	const visits = [[2 * 24, met] as const, ...past].map(([hoursAgo, body], at) => {
		const record = `v-${at}`;
		const startedAt = MORNING - hoursAgo * HOUR;
		world.says(people.member, visit(record, 'door', { startedAt, ...body }));
		return world.row<VisitRow>(record);
	});
	world.says(people.secretary, { ...changed(), at: MORNING - DAY - 1 });

	const seen = <R>(each: R) => ({ row: each, pending: false, stage: 'folded' as const });
	const [line] = dueList({
		households: [seen(row())],
		visits: visits.map(seen),
		demands: [],
		rules: defaultSettings,
		whose: people.member,
		now: MORNING
	});
	const facts = [row(), ...visits].flatMap((each) => {
		const fact = familyNamed(each.family)?.fact?.(each);
		return fact === undefined ? [] : [{ record: each.record, fact }];
	});
	const { high } = coverageOf(facts, defaultSettings, MORNING);
	expect(high).toEqual({ met: isLate ? 0 : 1, doors: 1 });
	expect(line?.by !== null && (line?.by ?? MORNING) < MORNING).toBe(isLate);
});

const ids = ['one', 'two', 'three'].map((_, at) => idFrom(1_000_000 + at));
const withdrawn = (told: string | undefined): Said => ({
	kind: 'household.change-withdrawn.v1',
	record: 'door',
	body: { told, reason: '点错了' }
});

test('a change that was told by mistake is taken back: nobody is due there, and why is kept', () => {
	const { world, row } = worldWith('high');
	const [told] = ids;
	world.says(people.member, { ...changed({ what: 'illness', note: '住院' }), id: told });
	expect(world.says(people.member, withdrawn(told)).verdict).toBe('accepted');
	expect(row()).toMatchObject({ changeWithdrawnWhy: '点错了' });
	expect(row().changedAt ?? row().changedWhat ?? row().changedNote).toBeUndefined();
	expect(JSON.stringify(row())).not.toContain('住院');
	expect(visitBy(row(), undefined, 24)).toBeNull();
	expect(familyNamed('household')?.fact?.(row())).not.toHaveProperty('changedAt');
	expect(world.says(people.worker, withdrawn(told))).toMatchObject({ reason: 'nothing-changed' });
});

test('what was told before and still stands asks for its visit again, in whichever order they came', () => {
	const { world, row } = worldWith('key');
	const [early, late, wrong] = ids;
	world.says(people.secretary, { ...corrected({ tier: 'high' }), at: MORNING - 4 * HOUR });
	world.says(people.secretary, { ...changed(), id: wrong, at: MORNING });
	world.says(people.member, { ...changed({ what: 'death' }), id: late, at: MORNING - HOUR });
	world.says(people.member, { ...changed({ what: 'other' }), id: early, at: MORNING - 2 * HOUR });
	world.says(people.secretary, withdrawn(wrong));
	expect(row()).toMatchObject({ changedAt: MORNING - HOUR, changedWhat: 'death' });
	world.says(people.member, withdrawn(early));
	expect(row()).toMatchObject({ changedAt: MORNING - HOUR, changedWhat: 'death' });
	world.says(people.member, withdrawn(late));
	expect(row()).toMatchObject({ changedAt: MORNING - 4 * HOUR, changedWhat: 'tierRaised' });
	// That the door is of the highest tier is corrected, not taken back.
	const raised = row().toldChanges?.[0]?.entry;
	expect(world.says(people.secretary, withdrawn(raised))).toMatchObject({
		verdict: 'noted',
		reason: 'contradiction'
	});
});

test('who told of it and the desk take it back, and nobody else; what was never told is not taken back', () => {
	const { world } = worldWith('high');
	const [told, never] = ids;
	world.says(people.secondMember, { ...changed(), id: told });
	for (const who of [people.member, people.stranger, people.officer])
		expect(world.says(who, withdrawn(told)).verdict).toBe('refused');
	expect(world.says(people.worker, withdrawn(never))).toMatchObject({ reason: 'contradiction' });
	expect(world.says(people.secondMember, withdrawn(told)).verdict).toBe('accepted');
});

test('a row of before, which names no entry, is taken back all the same, by the desk', () => {
	const { row } = worldWith('high');
	const { toldChanges: _none, ...before } = row();
	const kind = kindOf('household.change-withdrawn.v1');
	const { world } = worldWith('high');
	const entry = world.entry(people.worker, withdrawn(ids[0]));
	const old = { ...before, changedAt: MORNING, changedWhat: 'illness' as const };
	const stamp = {
		n: 2,
		device: entry.device,
		receivedAt: MORNING,
		at: MORNING,
		actor: { person: people.worker, role: 'communityWorker' as const, org: entry.org },
		given: {}
	};
	expect(kind?.may(stamp.actor, entry, old, new Map())).toBe(true);
	expect(kind?.apply(old, entry, stamp)).toMatchObject({ changedAt: undefined });
});
