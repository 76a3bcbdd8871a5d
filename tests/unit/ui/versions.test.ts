/** [E4] Two values that did not see each other are shown side by side until the desk decides. */
import { expect, test } from 'vitest';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { disputesOf, settlingBody } from '#lib/ui/versions.ts';
import { demand, foundedWorld, household, people } from '../../support/tell.ts';

function disputed() {
	const world = foundedWorld();
	world.says(people.member, demand('d-1', { phone: '138 0000 1123' }));
	const correct = (person: typeof people.worker, body: Record<string, unknown>) =>
		world.says(person, {
			kind: 'demand.corrected.v1',
			record: 'd-1',
			rev: 1,
			body: { reason: '核对', ...body }
		});
	correct(people.worker, { phone: '139 0000 2204', place: '3栋' });
	correct(people.secretary, { phone: '137 0000 3305' });
	return world;
}

test('[E4] the standing value comes first, the other is not lost', () => {
	const disputes = disputesOf(disputed().row<DemandRow>('d-1'));
	expect(disputes).toEqual([
		{
			field: 'phone',
			versions: [
				{ value: '137 0000 3305', by: people.secretary, stands: true },
				{ value: '139 0000 2204', by: people.worker, stands: false }
			]
		}
	]);
});

test('[E4] deciding by an entry takes the badge away, whichever value is chosen', () => {
	for (const chosen of ['0', '1', undefined]) {
		const world = disputed();
		const disputes = disputesOf(world.row<DemandRow>('d-1'));
		const body = settlingBody(disputes, { phone: chosen }, '打电话问过');
		world.says(people.secretary, { kind: 'demand.corrected.v1', record: 'd-1', body });
		const row = world.row<DemandRow>('d-1');
		expect(row.conflicts).toBeUndefined();
		expect(row.phone).toBe(chosen === '1' ? '139 0000 2204' : '137 0000 3305');
	}
});

test('[E4] three versions of one field are one dispute', () => {
	const world = disputed();
	world.says(people.member, {
		kind: 'demand.corrected.v1',
		record: 'd-1',
		rev: 1,
		device: 'another-phone',
		body: { phone: '136 0000 4406', place: '4栋', reason: '本人说的' }
	});
	const disputes = disputesOf(world.row<DemandRow>('d-1'));
	expect(disputes.map(({ field, versions }) => [field, versions.length])).toEqual([
		['phone', 3],
		['place', 2]
	]);
});

test('[E4] a number that one takes away and another mends are two versions, and either can be chosen', () => {
	for (const [chosen, number] of [
		['0', '13900002204'],
		['1', undefined]
	] as const) {
		const world = foundedWorld();
		const door = household('h-1');
		world.says(people.secretary, { ...door, body: { ...door.body, phone: '13800001123' } });
		const correct = (person: typeof people.worker, body: Record<string, unknown>, rev?: number) =>
			world.says(person, {
				kind: 'household.corrected.v1',
				record: 'h-1',
				...(rev === undefined ? {} : { rev }),
				body: { reason: '核对', ...body }
			});
		correct(people.worker, { phone: null }, 1);
		expect(world.row<HouseholdRow>('h-1').phone).toBeUndefined();
		correct(people.secretary, { phone: '13900002204' }, 1);
		const disputes = disputesOf(world.row<HouseholdRow>('h-1'));
		expect(disputes[0]?.versions.map(({ value }) => value)).toEqual(['13900002204', undefined]);
		const body = settlingBody(disputes, { phone: chosen }, '打电话问过');
		expect(correct(people.secretary, body).verdict).toBe('accepted');
		const row = world.row<HouseholdRow>('h-1');
		expect([row.phone, row.conflicts]).toEqual([number, undefined]);
	}
});
