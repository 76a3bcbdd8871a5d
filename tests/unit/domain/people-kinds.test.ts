/** Who may keep whose card and give which duty: every role, allowed and denied. */
import { describe, expect, test } from 'vitest';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import { orgRecord, type OrgId, type PersonId } from '#domain/ids.ts';
import type { Role } from '#domain/people.ts';
import { rosterOf } from '#lib/people/roster.ts';
import {
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	MORNING,
	OTHER_COMMUNITY,
	people,
	RELAY_PERSON,
	SUBDISTRICT
} from '../../support/tell.ts';

const OTHER_SUBDISTRICT = '990102000000';

/** Where each speaks from. */
const seats: Record<string, readonly [PersonId, OrgId]> = {
	member: [people.member, COMMUNITY],
	worker: [people.worker, COMMUNITY],
	secretary: [people.secretary, COMMUNITY],
	stranger: [people.stranger, OTHER_COMMUNITY],
	officer: [people.officer, SUBDISTRICT],
	district: [people.district, DISTRICT]
};

function wideWorld() {
	const world = foundedWorld();
	world.says(RELAY_PERSON, {
		kind: 'organisation.created.v1',
		record: OTHER_SUBDISTRICT,
		org: DISTRICT,
		body: { name: '桥西街道', level: 'subdistrict', parent: DISTRICT }
	});
	return world;
}

describe('a card is registered, corrected and moved on by its own level and those above', () => {
	const table: readonly (readonly [string, string, boolean])[] = [
		['member', COMMUNITY, false],
		['worker', COMMUNITY, true],
		['worker', OTHER_COMMUNITY, false],
		['worker', SUBDISTRICT, false],
		['secretary', COMMUNITY, true],
		['secretary', OTHER_COMMUNITY, false],
		['secretary', SUBDISTRICT, false],
		['stranger', COMMUNITY, false],
		['officer', COMMUNITY, true],
		['officer', SUBDISTRICT, true],
		['officer', OTHER_SUBDISTRICT, false],
		['officer', DISTRICT, false],
		['district', COMMUNITY, true],
		['district', SUBDISTRICT, true],
		['district', DISTRICT, true]
	];
	test.each(table)('%s, a card of %s: %s', (seat, home, isAllowed) => {
		const world = wideWorld();
		const [person, org] = seats[seat] ?? [people.member, COMMUNITY];
		const expected = isAllowed ? 'accepted' : 'refused';
		const card = { kind: 'person.registered.v1', record: 'new', org, body: { name: '某人', home } };
		expect(world.says(person, card).verdict).toBe(expected);
		world.says(RELAY_PERSON, { ...card, record: 'known', org: DISTRICT });
		const reason = '登记有误';
		for (const [kind, body] of [
			['person.corrected.v1', { phone: '13800000000', reason }],
			['person.changed.v1', { state: 'suspended', reason }]
		] as const)
			expect(world.says(person, { kind, record: 'known', org, body }).verdict).toBe(expected);
	});
});

test('an organisation whose record is longer than any code is refused', () => {
	const said = {
		kind: 'organisation.created.v1',
		record: '9'.repeat(41),
		org: DISTRICT,
		body: { name: '新社区', level: 'community', parent: SUBDISTRICT }
	};
	expect(wideWorld().says(RELAY_PERSON, said)).toMatchObject({
		verdict: 'refused',
		reason: 'contradiction'
	});
});

test('an organisation that is closed says why', () => {
	const world = wideWorld();
	const closed = {
		kind: 'organisation.closed.v1',
		record: OTHER_COMMUNITY,
		org: SUBDISTRICT,
		body: { reason: '并入河滨社区' }
	};
	expect(world.says(people.officer, closed)).toMatchObject({ verdict: 'accepted' });
	expect(world.rows.get(orgRecord(OTHER_COMMUNITY))).toMatchObject({
		state: 'closed',
		closedReason: '并入河滨社区'
	});
});

describe('a duty is given and ended from above, and by a desk for its members and workers', () => {
	const table: readonly (readonly [string, Role, string, boolean])[] = [
		['member', 'member', COMMUNITY, false],
		['worker', 'member', COMMUNITY, true],
		['worker', 'volunteer', COMMUNITY, true],
		['worker', 'communityWorker', COMMUNITY, false],
		['secretary', 'communityWorker', COMMUNITY, true],
		['secretary', 'communitySecretary', COMMUNITY, false],
		['secretary', 'member', OTHER_COMMUNITY, false],
		['stranger', 'member', COMMUNITY, false],
		['officer', 'communitySecretary', COMMUNITY, true],
		['officer', 'member', COMMUNITY, true],
		['officer', 'subdistrictOfficer', SUBDISTRICT, false],
		['officer', 'districtOfficer', DISTRICT, false],
		['district', 'subdistrictOfficer', OTHER_SUBDISTRICT, true],
		['district', 'communitySecretary', OTHER_COMMUNITY, true],
		['district', 'admin', DISTRICT, true]
	];
	test.each(table)('%s, %s at %s: %s', (seat, role, at, isAllowed) => {
		const world = wideWorld();
		const [person, org] = seats[seat] ?? [people.member, COMMUNITY];
		const expected = isAllowed ? 'accepted' : 'refused';
		const body = { person: 'p-new', displayName: '某人', role, at, from: MORNING };
		const given = { kind: 'duty.assigned.v1', record: 'duty-new', org, body };
		expect(world.says(person, given).verdict).toBe(expected);
		world.says(RELAY_PERSON, { ...given, record: 'duty-known', org: DISTRICT });
		const ended = {
			kind: 'duty.ended.v1',
			record: 'duty-known',
			org,
			body: { to: MORNING + DAY, reason: '换届' }
		};
		expect(world.says(person, ended).verdict).toBe(expected);
	});

	test('a duty stands at the level of its role', () => {
		const world = wideWorld();
		const body = { person: 'p-new', displayName: '某人', role: 'member', at: SUBDISTRICT, from: 0 };
		expect(
			world.says(people.district, {
				kind: 'duty.assigned.v1',
				record: 'duty-new',
				org: DISTRICT,
				body
			})
		).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
	});
});

test('a card holds what the roster asks for, and a correction changes what it names alone', () => {
	const world = foundedWorld();
	world.says(people.secretary, {
		kind: 'person.registered.v1',
		record: 'p-new',
		body: {
			name: '沈阿公',
			home: COMMUNITY,
			phone: '13800001234',
			branch: '梧桐里第一党支部',
			occupation: '退休电工',
			skills: ['家电维修'],
			categories: ['applianceRepair', 'povertyRelief'],
			availability: '周末',
			isLeadingCadre: true
		}
	});
	world.says(people.worker, {
		kind: 'person.corrected.v1',
		record: 'p-new',
		body: { phone: '', categories: ['other'], reason: '本人来改' }
	});
	expect(world.row<PersonRow>('p-new')).toMatchObject({
		name: '沈阿公',
		phone: '',
		branch: '梧桐里第一党支部',
		occupation: '退休电工',
		skills: ['家电维修'],
		categories: ['other'],
		availability: '周末',
		isLeadingCadre: true,
		state: 'active'
	});
});

test('a card that says no more than a name has nothing else', () => {
	expect(foundedWorld().row<PersonRow>(people.member)).toMatchObject({
		skills: [],
		categories: [],
		isLeadingCadre: false
	});
});

test('a duty handed over names who goes on; it ends once, not before it began, and not to oneself', () => {
	const world = foundedWorld();
	const record = `duty-${people.member}`;
	const end = (body: Record<string, unknown>) =>
		world.says(people.secretary, {
			kind: 'duty.ended.v1',
			record,
			body: { reason: '调离', ...body }
		});
	const contradiction = { verdict: 'noted', reason: 'contradiction' };
	expect(end({ to: MORNING - 366 * DAY })).toMatchObject(contradiction);
	expect(end({ to: MORNING, successor: people.member })).toMatchObject(contradiction);
	expect(end({ to: MORNING, successor: people.secondMember }).verdict).toBe('accepted');
	expect(world.row<DutyRow>(record)).toMatchObject({
		to: MORNING,
		successor: people.secondMember
	});
	expect(end({ to: MORNING })).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
});

test('[J6] a duty given by mistake was never held: what its phone still says is not heard, what was said stays', () => {
	const world = foundedWorld();
	const record = `duty-${people.member}`;
	world.says(people.member, demand('d-1'));
	const voided = { kind: 'duty.voided.v1', record, body: { reason: '给错了人' } };
	expect(world.says(people.secondMember, voided)).toMatchObject({ reason: 'not-allowed' });
	expect(world.says(people.secretary, voided).verdict).toBe('accepted');
	const row = world.row<DutyRow>(record);
	expect(row).toMatchObject({ to: row.from, voidedReason: '给错了人' });
	expect(world.says(people.member, demand('d-2'))).toMatchObject({
		verdict: 'refused',
		reason: 'duty-ended',
		action: 'ask-the-desk'
	});
	expect(world.row('d-1')).toMatchObject({ raisedBy: people.member });
	const illegal = { verdict: 'noted', reason: 'illegal-transition' };
	expect(world.says(people.secretary, voided)).toMatchObject(illegal);
	const body = { to: MORNING, reason: '调离' };
	expect(world.says(people.secretary, { kind: 'duty.ended.v1', record, body })).toMatchObject(
		illegal
	);
});

test('a duty that was handed over by mistake is voided all the same, and is handed to nobody', () => {
	const world = foundedWorld();
	const record = `duty-${people.member}`;
	const handed = { to: MORNING, reason: '调离', successor: people.secondMember };
	world.says(people.secretary, { kind: 'duty.ended.v1', record, body: handed });
	world.says(people.secretary, { kind: 'duty.voided.v1', record, body: { reason: '给错了' } });
	expect(world.row<DutyRow>(record).successor).toBeUndefined();
});

test('a card made by mistake is neither corrected nor taken back, and stands in no roster', () => {
	const world = foundedWorld();
	const registered = { name: '沈阿公', home: COMMUNITY };
	world.says(people.secretary, {
		kind: 'person.registered.v1',
		record: 'p-new',
		body: registered
	});
	const say = (kind: string, body: Record<string, unknown>) =>
		world.says(people.secretary, {
			kind,
			record: 'p-new',
			body: { reason: '登记了两次', ...body }
		});
	expect(say('person.voided.v1', {}).verdict).toBe('accepted');
	const card = world.row<PersonRow>('p-new');
	expect(card.state).toBe('voided');
	for (const [kind, body] of [
		['person.corrected.v1', { name: '沈阿婆' }],
		['person.changed.v1', { state: 'active' }],
		['person.voided.v1', {}]
	] as const)
		expect(say(kind, body)).toMatchObject({ verdict: 'noted', reason: 'illegal-transition' });
	const sources = { duties: [], organisations: [], invitations: null, own: [], now: world.now };
	expect(rosterOf({ ...sources, cards: [card] })).toEqual([]);
	expect(rosterOf({ ...sources, cards: [{ ...card, state: 'left' }] })).toHaveLength(1);
});
