/** The roster: who is listed to whom, who may be invited, how they are found. */
import { expect, test } from 'vitest';
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import type { Role } from '#domain/people.ts';
import type { ListedInvitation } from '#lib/device/door.ts';
import {
	found,
	hasJoined,
	invitable,
	rosterOf,
	samePhone,
	type RosterSources
} from '#lib/people/roster.ts';
import { duty, standing, unit } from '../../support/directory-rows.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');
function card(person: string, org: string, more: Partial<PersonRow> = {}): PersonRow {
	return {
		...standing,
		family: 'person',
		record: RecordId.parse(person),
		person: PersonId.parse(person),
		org: OrgId.parse(org),
		name: `${person}名`,
		skills: [],
		categories: [],
		isLeadingCadre: false,
		state: 'active',
		...more
	};
}

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

const organisations = [
	unit('c1', '河滨社区', 'community', 's1'),
	unit('d', '某区', 'district'),
	unit('s1', '桥东街道', 'subdistrict', 'd'),
	unit('s2', '桥西街道', 'subdistrict', 'd'),
	unit('c2', '古渡社区', 'community', 's2')
];
const duties = [
	duty('wang', 'communitySecretary', 'c1'),
	duty('zheng', 'subdistrictOfficer', 's1'),
	duty('zhou', 'admin', 'd'),
	duty('li', 'member', 'c1'),
	duty('old', 'communityWorker', 'c1', { from: 0, to: NOW - 1 }),
	duty('gu', 'communitySecretary', 'c2')
];

function seenBy(role: Role, org: string, more: Partial<RosterSources> = {}): RosterSources {
	const own = [{ role, org: OrgId.parse(org) }];
	return { cards: [], duties, organisations, invitations: null, own, now: NOW, ...more };
}

const names = (people: readonly { person: PersonId }[]) => people.map(({ person }) => person);

test.each([
	['admin', 'd', ['zhou', 'zheng', 'gu', 'wang', 'li']],
	['subdistrictOfficer', 's1', ['wang', 'li']],
	['communitySecretary', 'c1', ['li']],
	['communityWorker', 'c1', ['li']],
	['communitySecretary', 'c2', []],
	['member', 'c1', []]
] as const)('%s of %s invites those below, while their duty lasts', (role, org, expected) => {
	expect(names(invitable(seenBy(role, org)))).toEqual(expected);
});

test('a person of two duties is invited only by who is above both', () => {
	const both = [...duties, duty('li', 'communitySecretary', 'c2')];
	expect(invitable(seenBy('communitySecretary', 'c1', { duties: both }))).toEqual([]);
});

test('who is suspended or has left is in the roster, and is not invited', () => {
	const cards = [
		card('li', 'c1', { state: 'suspended' }),
		card('sun', 'c1', { state: 'left' }),
		card('wang', 'c1')
	];
	const sources = seenBy('communitySecretary', 'c1', { cards });
	expect(rosterOf(sources).map(({ person, state }) => [person, state])).toEqual([
		['wang', 'active'],
		['li', 'suspended'],
		['sun', 'left']
	]);
	expect(invitable(sources)).toEqual([]);
});

test('people known to the relay alone are invited too, with the invitation that tells most', () => {
	const told = [
		invitation('sun', 'open'),
		invitation('li', 'used', 1),
		invitation('li', 'expired', 2),
		invitation('wang', 'expired', 1),
		invitation('wang', 'open', 2)
	];
	const sources = seenBy('subdistrictOfficer', 's1', { invitations: told });
	const people = invitable(sources);
	expect(people.map(({ person, invitation: last }) => [person, last?.state])).toEqual([
		['wang', 'open'],
		['li', 'used'],
		['sun', 'open']
	]);
	expect(names(people.filter(hasJoined))).toEqual(['li']);
	expect(names(rosterOf(sources))).not.toContain('sun');
});

test('people are found by name, organisation, phone, branch, occupation or skill', () => {
	const cards = [
		card('li', 'c1', { phone: '138 0000 1123', skills: ['家电维修'], branch: '河滨第二党支部' }),
		card('wang', 'c1', { occupation: '退休教师' })
	];
	const people = rosterOf(seenBy('communitySecretary', 'c1', { cards }));
	const findsOnly = (words: string) => names(found(people, words));
	expect(findsOnly(' LI')).toEqual(['li']);
	expect(findsOnly('1123')).toEqual(['li']);
	expect(findsOnly('０００１')).toEqual(['li']);
	expect(findsOnly('家电')).toEqual(['li']);
	expect(findsOnly('第二')).toEqual(['li']);
	expect(findsOnly('教师')).toEqual(['wang']);
	expect(findsOnly('河滨')).toHaveLength(2);
	expect(findsOnly('')).toHaveLength(2);
});

test('two in the roster with one phone are shown as likely the same', () => {
	const phone = '13800001123';
	const cards = [
		card('li', 'c1', { phone }),
		card('lee', 'c1', { phone: '138-0000-1123' }),
		card('gone', 'c1', { phone, state: 'left' }),
		card('one', 'c1'),
		card('two', 'c1')
	];
	const people = rosterOf(seenBy('communitySecretary', 'c1', { cards }));
	expect(names(samePhone(people)).toSorted()).toEqual(['lee', 'li']);
});
