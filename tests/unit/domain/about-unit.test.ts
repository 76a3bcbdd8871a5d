/** What a unit is known by: brought along by the founding list, corrected above and at its own desk, read by everybody. */
import { expect, test } from 'vitest';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import {
	COMMUNITY,
	DISTRICT,
	foundedWorld,
	people,
	RELAY_PERSON,
	SUBDISTRICT,
	type World
} from '../../support/tell.ts';

const row = (world: World) => world.row<OrganisationRow>(COMMUNITY);
const tells = (
	world: World,
	who: keyof typeof people,
	body: Record<string, unknown>,
	more: Record<string, unknown> = {}
) =>
	world.says(people[who], {
		kind: 'organisation.described.v1',
		record: COMMUNITY,
		body,
		...more
	});

test('its own desk and those above say it; a member and another community do not', () => {
	const world = foundedWorld();
	expect(tells(world, 'secretary', { secretary: '张某' }).verdict).toBe('accepted');
	expect(tells(world, 'officer', { firstResponsible: '李某' }, { org: SUBDISTRICT }).verdict).toBe(
		'accepted'
	);
	for (const who of ['member', 'stranger'] as const)
		expect(tells(world, who, { secretary: '赵某' })).toMatchObject({ verdict: 'refused' });
	expect(row(world)).toMatchObject({ secretary: '张某', firstResponsible: '李某' });
	expect(world.readers.get(row(world).record)).toEqual([
		'directory',
		`board/${COMMUNITY}/standing`
	]);
});

test('what is not so any more is emptied, what is said again changes nothing, and an empty word says nothing', () => {
	const world = foundedWorld();
	tells(world, 'secretary', { centreName: '梧桐党员之家', centreHours: '每天' });
	tells(world, 'secretary', { centreHours: null });
	expect(row(world)).toMatchObject({ centreName: '梧桐党员之家' });
	expect(row(world).centreHours).toBeUndefined();
	expect(tells(world, 'secretary', { centreHours: null })).toMatchObject({
		reason: 'nothing-changed'
	});
	for (const body of [{}, { centreName: '' }])
		expect(tells(world, 'secretary', body)).toMatchObject({ reason: 'malformed' });
});

test('[E4] two who did not see each other leave the field to be decided', () => {
	const world = foundedWorld();
	const rev = row(world).n;
	tells(world, 'secretary', { officeAddress: '梧桐路 1 号' }, { rev });
	tells(world, 'officer', { officeAddress: '梧桐路 3 号' }, { rev, org: SUBDISTRICT });
	expect(row(world).conflicts).toMatchObject([{ field: 'officeAddress', other: '梧桐路 1 号' }]);
	const settles = ['officeAddress'];
	tells(world, 'secretary', { officeAddress: '梧桐路 1 号', settles, reason: '核对过' });
	expect(row(world)).toMatchObject({ officeAddress: '梧桐路 1 号' });
	expect(row(world).conflicts).toBeUndefined();
});

test('a founding brings it along', () => {
	const world = foundedWorld();
	const body = {
		name: '新社区',
		level: 'community',
		parent: SUBDISTRICT,
		about: { secretary: '张某' }
	};
	world.says(RELAY_PERSON, {
		kind: 'organisation.created.v1',
		record: '990101009000',
		org: DISTRICT,
		body
	});
	expect(world.row<OrganisationRow>('990101009000')).toMatchObject({
		name: '新社区',
		secretary: '张某'
	});
});
