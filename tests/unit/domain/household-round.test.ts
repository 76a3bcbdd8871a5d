/** Postponing a visit and lending a door: who may, what comes of it, who reads it. */
import { expect, test } from 'vitest';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { PersonId } from '#domain/ids.ts';
import {
	COMMUNITY,
	DAY,
	foundedWorld,
	household,
	people,
	RELAY_PERSON,
	type Said,
	type World
} from '../../support/tell.ts';

const TODAY = '2026-11-24';

function worldWithDoor(): World {
	const world = foundedWorld();
	world.says(people.secretary, household('door-1'));
	return world;
}

const postponed = (until: string): Said => ({
	kind: 'household.postponed.v1',
	record: 'door-1',
	body: { until, why: 'away' }
});
const lent = (to: PersonId = people.secondMember, until = '2026-11-30'): Said => ({
	kind: 'household.lent.v1',
	record: 'door-1',
	body: { to, until }
});
const ended: Said = { kind: 'household.lending-ended.v1', record: 'door-1', body: {} };

/** Who reads the door by a ledger of their own. */
function readers(world: World): readonly string[] {
	const row = world.row<HouseholdRow>('door-1');
	return familyNamed('household')?.audience(row, world.rows) ?? [];
}
const ownLedger = (person: PersonId) => `member/${person}/${COMMUNITY}/standing`;

const roles = {
	owner: people.member,
	substitute: people.secondMember,
	worker: people.worker,
	secretary: people.secretary,
	stranger: people.stranger,
	officer: people.officer
} as const;
const kinds = { postpone: postponed('2026-11-27'), lend: lent(), end: ended } as const;

test.each<[keyof typeof kinds, keyof typeof roles, boolean]>([
	['postpone', 'owner', true],
	['postpone', 'substitute', true],
	['postpone', 'worker', true],
	['postpone', 'secretary', true],
	['postpone', 'stranger', false],
	['postpone', 'officer', false],
	['lend', 'owner', false],
	['lend', 'substitute', false],
	['lend', 'worker', true],
	['lend', 'secretary', true],
	['lend', 'stranger', false],
	['lend', 'officer', false],
	['end', 'owner', false],
	['end', 'substitute', true],
	['end', 'worker', true],
	['end', 'secretary', true],
	['end', 'stranger', false],
	['end', 'officer', false]
])('%s by %s while the door is lent: %s', (what, who, allowed) => {
	const world = worldWithDoor();
	world.says(people.secretary, lent(people.secondMember, '2026-11-29'));
	expect(world.says(roles[who], kinds[what]).verdict).toBe(allowed ? 'accepted' : 'refused');
});

test.each([
	['yesterday', '2026-11-23', false],
	['today, to undo it', TODAY, true],
	['in 92 days', '2027-02-24', true],
	['in 93 days', '2027-02-25', false]
])('a visit is postponed to %s: %s → %s', (_words, until, counts) => {
	const world = worldWithDoor();
	const judged = world.says(people.member, postponed(until));
	expect(judged.verdict).toBe(counts ? 'accepted' : 'noted');
	expect(world.row<HouseholdRow>('door-1').nextDueOn).toBe(counts ? until : undefined);
});

test('who stands in reads the door meanwhile, and the owner keeps it', () => {
	const world = worldWithDoor();
	world.says(people.secretary, lent());
	expect(readers(world)).toContain(ownLedger(people.member));
	expect(readers(world)).toContain(ownLedger(people.secondMember));
	world.says(people.secretary, ended);
	expect(readers(world)).toContain(ownLedger(people.member));
	expect(readers(world)).not.toContain(ownLedger(people.secondMember));
});

test.each([
	['to who holds it', lent(people.member), 'contradiction'],
	['until a day that is over', lent(people.secondMember, '2026-11-23'), 'contradiction']
])('a door lent %s is noted', (_words, said, reason) => {
	expect(worldWithDoor().says(people.secretary, said)).toMatchObject({ verdict: 'noted', reason });
});

test('a door is lent to somebody the district knows', () => {
	const judged = worldWithDoor().says(people.secretary, lent(PersonId.parse('p-nobody')));
	expect(judged).toMatchObject({ verdict: 'refused', reason: 'no-such-reference' });
});

test('a door that gets another member is lent no more', () => {
	const world = worldWithDoor();
	world.says(people.secretary, lent());
	world.says(people.secretary, {
		kind: 'household.linked.v1',
		record: 'door-1',
		body: { member: null, from: world.now }
	});
	expect(world.row<HouseholdRow>('door-1').lentTo).toBeUndefined();
});

test('[F4] the clock ends a lending once its last day has passed, once', () => {
	const world = worldWithDoor();
	world.says(people.secretary, lent(people.secondMember, TODAY));
	const household = familyNamed('household');
	const passed = () => household?.passed?.(world.row('door-1'), world.now);
	expect(passed()).toBeNull();
	expect(world.says(RELAY_PERSON, ended)).toMatchObject({
		verdict: 'noted',
		reason: 'contradiction'
	});
	world.later(DAY);
	expect(passed()).toEqual({ kind: ended.kind, body: {} });
	expect(world.says(RELAY_PERSON, ended)).toMatchObject({
		verdict: 'accepted',
		actor: { role: 'clock' }
	});
	expect(passed()).toBeNull();
	expect(world.says(RELAY_PERSON, ended)).toMatchObject({
		verdict: 'noted',
		reason: 'illegal-transition'
	});
});
