/** What the desk tells of a person, and whether it is a major change of their household. */
import { expect, test } from 'vitest';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { withChange } from '../../../src/routes/residents/told-change.ts';
import { foundedWorld, household, people } from '../../support/tell.ts';

function told(kind: string, body: Record<string, unknown>, tier = 'high') {
	const world = foundedWorld();
	const door = household('door');
	world.says(people.secretary, { ...door, body: { ...door.body, tier } });
	const known = { name: '王芳', health: 'weak', disabilityGrade: '3' };
	world.says(people.secretary, {
		kind: 'resident.registered.v1',
		record: 'r-1',
		body: { household: 'door', ...known }
	});
	const person = world.row<ResidentRow>('r-1');
	const said = [{ kind, record: person.record, body }];
	const commit = withChange(world.row<HouseholdRow>('door'), person, said);
	return commit.slice(1).map((each) => each.body);
}

test.each([
	['health got worse', 'resident.corrected.v1', { health: 'chronic' }, 'illness'],
	['a disability got heavier', 'resident.corrected.v1', { disabilityGrade: '1' }, 'illness'],
	['somebody died', 'resident.left.v1', { why: 'died' }, 'death'],
	['health got better', 'resident.corrected.v1', { health: 'good' }, null],
	['what was not known is told', 'resident.corrected.v1', { disabilityKind: 'sight' }, null],
	['what was told is taken back', 'resident.corrected.v1', { health: null }, null],
	['somebody moved away', 'resident.left.v1', { why: 'movedAway' }, null]
])('%s', (_words, kind, body, what) => {
	expect(told(kind, body)).toEqual(what === null ? [] : [{ what }]);
	expect(told(kind, body, 'key')).toEqual([]);
});
