import { expect, test } from 'vitest';
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { Role } from '#domain/people.ts';
import type { ListedInvitation } from '#lib/device/door.ts';
import { chosen, peopleInCare } from '../../../src/routes/invitations/in-care.ts';
import { countAt, searched, unitTree } from '../../../src/routes/units/unit-tree.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');
const base = {
	period: 'standing',
	n: 1,
	createdBy: PersonId.parse('relay'),
	createdAt: 0,
	receivedAt: 0,
	updatedAt: 0
} as const;

function unit(
	code: string,
	name: string,
	level: OrganisationRow['level'],
	parent?: string
): OrganisationRow {
	const org = OrgId.parse(code);
	const above = parent === undefined ? {} : { parent: OrgId.parse(parent) };
	return {
		...base,
		family: 'organisation',
		record: RecordId.parse(code),
		org,
		name,
		level,
		state: 'active',
		...above
	};
}

function duty(
	person: string,
	role: Role,
	org: string,
	times: { from: number; to?: number } = { from: 0 }
): DutyRow {
	return {
		...base,
		family: 'duty',
		record: RecordId.parse(`${person}-${org}`),
		person: PersonId.parse(person),
		displayName: `${person}名`,
		role,
		org: OrgId.parse(org),
		...times
	};
}

const organisations = [
	unit('c1', '河滨社区', 'community', 's1'),
	unit('d', '某区', 'district'),
	unit('s1', '桥东街道', 'subdistrict', 'd'),
	unit('s2', '桥西街道', 'subdistrict', 'd'),
	unit('c2', '古渡社区', 'community', 's2'),
	unit('x', '水务局', 'departmentUnit', 'd')
];
const duties = [
	duty('wang', 'communitySecretary', 'c1'),
	duty('zheng', 'subdistrictOfficer', 's1'),
	duty('zhou', 'admin', 'd'),
	duty('li', 'member', 'c1'),
	duty('old', 'communityWorker', 'c1', { from: 0, to: NOW - 1 }),
	duty('gu', 'communitySecretary', 'c2')
];

function invitation(person: string, state: ListedInvitation['state'], at = 1): ListedInvitation {
	return {
		id: `${person}-${at}`,
		person: PersonId.parse(person),
		name: `${person}名`,
		role: 'member',
		orgName: '河滨社区',
		state,
		createdAt: at,
		expiresAt: NOW,
		usedAt: state === 'used' ? at : null
	};
}

function inCareOf(role: Role, org: string, invitations: readonly ListedInvitation[] | null = null) {
	return peopleInCare({
		duties,
		organisations,
		invitations,
		own: [{ role, org: OrgId.parse(org) }],
		now: NOW
	});
}

test.each([
	['admin', 'd', ['zhou', 'zheng', 'gu', 'wang', 'li']],
	['subdistrictOfficer', 's1', ['wang', 'li']],
	['communitySecretary', 'c1', ['li']],
	['communityWorker', 'c1', ['li']],
	['communitySecretary', 'c2', []],
	['member', 'c1', []]
] as const)('%s of %s invites those below, while their duty lasts', (role, org, expected) => {
	expect(inCareOf(role, org).map(({ person }) => person)).toEqual(expected);
});

test('a person of two duties is invited only by who is above both', () => {
	const both = [...duties, duty('li', 'communitySecretary', 'c2')];
	const own = [{ role: 'communitySecretary' as const, org: OrgId.parse('c1') }];
	const found = peopleInCare({ duties: both, organisations, invitations: null, own, now: NOW });
	expect(found).toEqual([]);
});

test('people known to the relay alone are listed too, with the invitation that tells most', () => {
	const found = inCareOf('subdistrictOfficer', 's1', [
		invitation('sun', 'open'),
		invitation('li', 'used', 1),
		invitation('li', 'expired', 2),
		invitation('wang', 'expired', 1),
		invitation('wang', 'open', 2)
	]);
	expect(found.map(({ person, invitation: told }) => [person, told?.state])).toEqual([
		['wang', 'open'],
		['li', 'used'],
		['sun', 'open']
	]);
	expect(chosen(found, '', 'joined').map(({ person }) => person)).toEqual(['li']);
	expect(chosen(found, '', 'waiting').map(({ person }) => person)).toEqual(['wang', 'sun']);
	expect(chosen(found, ' WANG', 'all').map(({ person }) => person)).toEqual(['wang']);
	expect(chosen(found, '河滨', 'all')).toHaveLength(3);
});

test('the tree holds every unit once, officials by name, members not', () => {
	const tree = unitTree({ organisations, duties, now: NOW });
	expect(tree).toMatchObject([
		{
			org: 'd',
			officials: [{ name: 'zhou名', role: 'admin' }],
			children: [
				{ org: 's1', children: [{ org: 'c1', officials: [{ name: 'wang名' }], children: [] }] },
				{ org: 's2', children: [{ org: 'c2' }] },
				{ org: 'x', children: [] }
			]
		}
	]);
	expect(countAt(tree, 'community')).toBe(2);
	expect(countAt(tree, 'departmentUnit')).toBe(1);
});

test('a unit whose parent is not held stands at the top, none is lost', () => {
	const held = organisations.filter(({ org }) => org !== 's1');
	const tree = unitTree({ organisations: held, duties: [], now: NOW });
	expect(tree.map(({ org }) => org)).toEqual(['c1', 'd']);
});

test('a search keeps the way up and all below', () => {
	const tree = unitTree({ organisations, duties, now: NOW });
	expect(searched(tree, 'gu')).toMatchObject([{ org: 'd', children: [{ org: 's2' }] }]);
	expect(searched(tree, '桥东')).toMatchObject([
		{ org: 'd', children: [{ org: 's1', children: [{ org: 'c1' }] }] }
	]);
	expect(searched(tree, 'nothing')).toEqual([]);
});
