import { expect, test } from 'vitest';
import { parseEntry } from '#domain/entry.ts';
import { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { kindOf } from '#domain/kinds/index.ts';
import { isPerson, type PersonRow } from '#domain/kinds/person.ts';
import { cardChanges, cardFrom, emptyCard, type CardForm } from '#lib/people/card-form.ts';
import { placesFor, rolesToGive } from '#lib/people/giving.ts';
import { unit } from '../../support/directory-rows.ts';
import {
	askedPerson,
	emptyPerson,
	personErrors,
	personSays
} from '../../../src/routes/people/new/registering.ts';

const NOW = Date.parse('2026-11-24T01:00:00Z');

const asEntry = {
	v: 1,
	realm: 'realm-of-tests',
	id: '01934c5e-0000-7000-8000-000000000001',
	commit: { id: '01934c5e-0000-7000-8000-000000000001', i: 0, of: 1 },
	org: 'c1',
	device: 'device',
	at: NOW,
	rev: 0,
	salt: 'AAAAAAAAAAAAAAAAAAAAAA'
};

const organisations = [
	unit('d', 'd', 'district'),
	unit('s1', 's1', 'subdistrict', 'd'),
	unit('s2', 's2', 'subdistrict', 'd'),
	unit('c1', 'c1', 'community', 's1'),
	{ ...unit('closed', 'closed', 'community', 's1'), state: 'closed' as const },
	unit('c2', 'c2', 'community', 's2')
];

test.each([
	['communitySecretary', ['member', 'volunteer', 'communityWorker']],
	['communityWorker', ['member', 'volunteer']],
	['subdistrictOfficer', ['communityWorker', 'communitySecretary']],
	['admin', ['communityWorker', 'communitySecretary', 'subdistrictOfficer', 'districtOfficer']],
	['member', []]
] as const)('%s registers those below whose cards it sees', (role, given) => {
	expect(rolesToGive({ role })).toEqual(given);
});

test('a place stands at the level of the role, in care and open', () => {
	const at = (org: string) => ({ org: OrgId.parse(org) });
	const codes = (...asked: Parameters<typeof placesFor>) =>
		placesFor(...asked).map(({ org }) => org);
	expect(codes('member', organisations, at('c1'))).toEqual(['c1']);
	expect(codes('communitySecretary', organisations, at('s1'))).toEqual(['c1']);
	expect(codes('communitySecretary', organisations, at('d'))).toEqual(['c1', 'c2']);
	expect(codes('subdistrictOfficer', organisations, at('d'))).toEqual(['s1', 's2']);
	expect(codes('', organisations, at('d'))).toEqual([]);
});

test('what is missing is said at its field', () => {
	const fields = (part: object, place = organisations[3]) =>
		personErrors({ ...emptyPerson(), ...part }, place).map(({ field }) => field);
	expect(fields({})).toEqual(['name', 'role']);
	expect(fields({ name: '甲', role: 'member', phone: 'x' })).toEqual(['phone']);
	expect(fields({ name: '长'.repeat(41), role: 'member' })).toEqual(['name']);
	expect(fields({ name: '甲', role: 'member', skills: '理发、'.repeat(21) })).toEqual([]);
	expect(fields({ name: '甲', role: 'member', skills: '长'.repeat(21) })).toEqual(['skills']);
	const nowhere = { ...emptyPerson(), name: '甲', role: 'member' as const };
	expect(personErrors(nowhere, undefined)).toMatchObject([{ field: 'org' }]);
});

test('a card and a duty are said as their kinds want them, from this morning on', () => {
	const place = organisations[3];
	if (place === undefined) throw new Error('no place');
	const says = personSays(
		{
			...emptyCard(),
			name: ' 赵新 ',
			phone: '１３８00000000',
			skills: '家电维修、理发，理发',
			categories: ['policyAdvice', 'applianceRepair'],
			isLeadingCadre: true
		},
		{
			role: 'member',
			place,
			person: RecordId.parse('p'),
			duty: RecordId.parse('q'),
			now: NOW
		}
	);
	for (const said of says) {
		const parsed = parseEntry(JSON.stringify({ ...asEntry, ...said }));
		expect(parsed.ok && kindOf(said.kind)?.parses(parsed.entry)).toBe(true);
	}
	expect(says).toMatchObject([
		{
			record: 'p',
			body: {
				name: '赵新',
				phone: '13800000000',
				home: 'c1',
				skills: ['家电维修', '理发'],
				categories: ['applianceRepair', 'policyAdvice'],
				isLeadingCadre: true
			}
		},
		{ record: 'q', body: { person: 'p', at: 'c1', from: Date.parse('2026-11-23T16:00:00Z') } }
	]);
});

test('a correction names what differs from the card alone', () => {
	const card = {
		...emptyCard(),
		name: '赵新',
		phone: '13800000000',
		skills: '理发',
		categories: ['other' as const]
	};
	const row = rowOf(card);
	expect(cardChanges(cardFrom(row), cardFrom(row))).toEqual({});
	expect(cardChanges(cardFrom(row), { ...cardFrom(row), phone: '', skills: '理发 写字' })).toEqual({
		phone: '',
		skills: ['理发', '写字']
	});
});

function rowOf(card: CardForm): PersonRow {
	const place = { org: OrgId.parse('c1') };
	const as = {
		role: 'member',
		place,
		person: RecordId.parse('p'),
		duty: RecordId.parse('q')
	} as const;
	const [said] = personSays(card, { ...as, now: NOW });
	const parsed = parseEntry(JSON.stringify({ ...asEntry, ...said }));
	if (!parsed.ok) throw new Error('new-person: not an entry');
	const actor = { person: PersonId.parse('relay'), role: 'setUp', org: place.org } as const;
	const at = { n: 1, device: 'device', receivedAt: NOW, at: NOW, actor, given: {} };
	const row = kindOf(parsed.entry.kind)?.apply(null, parsed.entry, at);
	if (row === undefined || 'noted' in row || !isPerson(row)) throw new Error('new-person: no row');
	return row;
}

test('a link asks for a role and a place, and for no role that one may not give', () => {
	const asked = new URLSearchParams({ role: 'communitySecretary', org: 'c2' });
	const begun = { role: 'communitySecretary', org: 'c2', name: '' };
	expect(askedPerson(asked, rolesToGive({ role: 'subdistrictOfficer' }))).toMatchObject(begun);
	const own = rolesToGive({ role: 'communitySecretary' });
	expect(askedPerson(asked, own)).toMatchObject({ role: '' });
	expect(askedPerson(new URLSearchParams(), own)).toEqual(emptyPerson());
});
