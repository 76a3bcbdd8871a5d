/** The register as buildings and loads, and what its forms say in one commit. */
import { expect, test } from 'vitest';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { doorsAFloor, estatesOf } from '#lib/homes/buildings.ts';
import { loadsOf } from '#lib/homes/coverage.ts';
import { linkDoors } from '#lib/homes/linking.ts';
import { personMore, yearsOld } from '#lib/homes/person-words.ts';
import { correctedHome, homeErrors, homeFields } from '#lib/homes/home-form.ts';
import { fromOlder } from '#lib/homes/form-parts.ts';
import {
	correctedPerson,
	isMoreFilled,
	personErrors,
	personFields,
	registeredPerson,
	type PersonFields
} from '../../../src/routes/residents/person-form.ts';
import { fillsIn, mergingSaid, nearDoors } from '../../../src/routes/residents/merging.ts';
import { splitErrors, splitSaid } from '../../../src/routes/residents/splitting.ts';
import { RecordId } from '#domain/ids.ts';
import { people } from '../../support/tell.ts';
import { register, takes } from '../../support/told-register.ts';

test('doors stand in walking order under their building and unit, and gaps are counted', () => {
	const { world, doors } = register(['10-1-101', '2-1-102', '2-2-101', '2-1-1001', '2-1-201']);
	takes(world, [
		{ kind: 'household.linked.v1', record: 'door-2-1-102', body: { member: null, from: 0 } }
	]);
	const [estate] = estatesOf(doors());
	expect(estate?.buildings.map(({ building }) => building)).toEqual(['2', '10']);
	const [second] = estate?.buildings ?? [];
	expect(second?.units.map(({ unit, doors: of }) => [unit, of.map(({ row }) => row.room)])).toEqual(
		[
			['1', ['102', '201', '1001']],
			['2', ['101']]
		]
	);
	expect(second?.count).toEqual({ doors: 4, unconfirmed: 0, gaps: 1, left: 0, cared: 0 });
	expect(JSON.stringify(second?.at)).not.toContain('梧桐');
});

test('doors out of the register stand in no building', () => {
	const { world, doors } = register(['2-1-101', '2-1-102']);
	takes(world, [
		{ kind: 'household.merged.v1', record: 'door-2-1-101', body: { into: 'door-2-1-102' } }
	]);
	expect(estatesOf(doors())[0]?.buildings[0]?.count.doors).toBe(1);
});

test('a floor is as wide as its widest, and a house without floors has none', () => {
	expect(doorsAFloor(register(['1-1-101', '1-1-102', '1-1-201']).doors())).toBe(2);
	expect(doorsAFloor(register(['1-1-A']).doors())).toBe(0);
});

test('who left with doors still in hand stands first', () => {
	const { doors } = register(['1-1-101', '1-1-102']);
	const members = [{ person: people.secondMember, name: '乙' }];
	const loads = loadsOf(doors(), members, new Map([[people.member, '甲']]));
	expect(loads.map(({ name, isGone, count }) => [name, isGone, count.doors])).toEqual([
		['甲', true, 2],
		['乙', false, 0]
	]);
});

test('doors are given in commits of at most twenty; what is with the member already is passed over', async () => {
	const codes = Array.from({ length: 45 }, (_, i) => `1-1-${101 + i}`);
	const { world, doors } = register(codes);
	const commits: number[] = [];
	const give = () =>
		linkDoors(
			{
				doors: doors().map(({ row }) => row.record),
				member: people.secondMember,
				from: '2026-11-20',
				today: '2026-11-24'
			},
			{
				all: () => async () => [],
				// The one family that is asked for.
				many: (_family, records) => async () =>
					new Map(records.map((record) => [record, { row: world.row(record) }])) as never
			},
			{
				signal: new AbortController().signal,
				onProgress: () => undefined,
				say: async (said) => {
					commits.push(said.length);
					takes(world, said);
					return { ok: true };
				}
			}
		);
	expect(await give()).toEqual({ is: 'done', said: 45 });
	expect(commits).toEqual([20, 20, 5]);
	expect(doors().every(({ row }) => row.linkedMember === people.secondMember)).toBe(true);
	expect(doors()[0]?.row.linkedFrom).toBe(Date.parse('2026-11-20T00:00:00+08:00'));
	expect(await give()).toEqual({ is: 'done', said: 0 });
});

test('what was merged into a door is given before the door, so that who is stopped is offered it again', async () => {
	const { world } = register(['2-1-101', '2-1-102']);
	const [merged, standing] = ['door-2-1-101', 'door-2-1-102'] as const;
	takes(world, [{ kind: 'household.merged.v1', record: merged, body: { into: standing } }]);
	const given: string[] = [];
	await linkDoors(
		{
			doors: [RecordId.parse(standing)],
			member: people.secondMember,
			from: '2026-11-20',
			today: '2026-11-24'
		},
		{
			all: () => async () => [{ row: world.row(merged), pending: false, stage: 'folded' }] as never,
			many: (_family, records) => async () =>
				new Map(records.map((record) => [record, { row: world.row(record) }])) as never
		},
		{
			signal: new AbortController().signal,
			onProgress: () => undefined,
			say: async (said) => {
				given.push(...said.map(({ record }) => record));
				return { ok: true };
			}
		}
	);
	expect(given).toEqual([merged, standing]);
});

test('one commit merges a door: its people move along, what is empty is filled, its member goes on', () => {
	const { world, row } = register(['3-2-501', '3-2-502']);
	takes(world, [
		{ kind: 'household.linked.v1', record: 'door-3-2-502', body: { member: null, from: 0 } },
		{
			kind: 'household.corrected.v1',
			record: 'door-3-2-501',
			body: { phone: '13800001123', reason: '补' }
		},
		{
			kind: 'resident.registered.v1',
			record: 'person-1',
			body: { household: 'door-3-2-501', name: '某' }
		}
	]);
	const person = world.row<ResidentRow>('person-1');
	const options = { now: world.now, reason: '并户' };
	const said = mergingSaid(row('3-2-501'), row('3-2-502'), [person], options);
	takes(world, said ?? []);
	expect(row('3-2-502')).toMatchObject({ phone: '13800001123', linkedMember: people.member });
	expect(world.row('person-1')).toMatchObject({ household: 'door-3-2-502' });
	expect(row('3-2-501')).toMatchObject({ state: 'merged', mergedInto: 'door-3-2-502' });
	const crowd = Array.from({ length: 20 }, () => person);
	expect(mergingSaid(row('3-2-501'), row('3-2-502'), crowd, options)).toBeNull();
});

test('the year in which a head was born is filled in for no other head', () => {
	const { row } = register(['3-2-501', '3-2-502']);
	const from = { ...row('3-2-501'), headBorn: 1944, size: 2 };
	expect(fillsIn(from, row('3-2-502'))).toEqual(['headBorn', 'size']);
	expect(fillsIn(from, { ...row('3-2-502'), head: '别人' })).toEqual(['size']);
	expect(fillsIn(from, { ...row('3-2-502'), head: undefined })).toEqual([
		'head',
		'headBorn',
		'size'
	]);
});

test('the same room is offered before the same head elsewhere', () => {
	const { row } = register(['3-2-501', '3-2-502', '4-2-501']);
	const other = { ...row('4-2-501'), head: '别人' };
	const near = nearDoors({ ...row('3-2-501'), record: RecordId.parse('new') }, [
		other,
		row('3-2-501'),
		row('3-2-502')
	]);
	expect(near.map(({ record }) => record)).toEqual(['door-3-2-501', 'door-3-2-502']);
});

test('one commit splits a door: the new one stands beside it with the people who go along', () => {
	const { world, row } = register(['3-2-501']);
	takes(world, [
		{
			kind: 'resident.registered.v1',
			record: 'person-1',
			body: { household: 'door-3-2-501', name: '某' }
		}
	]);
	const form = { room: '501-乙', head: '乙户主', people: ['person-1'] };
	expect(splitErrors(row('3-2-501'), form)).toEqual([]);
	expect(splitErrors(row('3-2-501'), { ...form, room: '501' })).toHaveLength(1);
	const fresh = RecordId.parse('door-new');
	takes(world, splitSaid(row('3-2-501'), fresh, form, [RecordId.parse('person-1')]));
	expect(row('3-2-501').splitInto).toEqual(['door-new']);
	expect(world.row('door-new')).toMatchObject({ splitFrom: 'door-3-2-501', head: '乙户主' });
	expect(world.row('person-1')).toMatchObject({ household: 'door-new' });
});

test('a correction says only what differs, and asks why', () => {
	const { row } = register(['3-2-501']);
	const form = homeFields(row('3-2-501'));
	const begun = { base: form, seen: row('3-2-501').n };
	expect(homeErrors(form, { isNew: false }).map(({ field }) => field)).toEqual(['reason']);
	expect(correctedHome(row('3-2-501'), { ...form, reason: '核对' }, begun)).toBeNull();
	const born = { ...form, headBorn: ' 1944 ', reason: '核对' };
	expect(correctedHome(row('3-2-501'), born, begun)).toMatchObject({
		body: { headBorn: 1944, reason: '核对' },
		seen: row('3-2-501').n
	});
	const numbered = { ...row('3-2-501'), phone: '13800001123' };
	const empty = { ...homeFields(numbered), reason: '核对' };
	expect(empty.phone).toBe('');
	expect(correctedHome(numbered, empty, begun)).toBeNull();
	expect(correctedHome(numbered, { ...empty, phone: '13800001123' }, begun)).toBeNull();
	expect(correctedHome(numbered, { ...empty, phone: '13900001124' }, begun)?.body).toMatchObject({
		phone: '13900001124'
	});
	const older = { ...empty, phone: '13800001123', head: '改名' };
	expect(fromOlder(older, 1, { fresh: empty, isNew: false })).toMatchObject({
		phone: '',
		head: '改名'
	});
	expect(fromOlder(older, 1, { fresh: empty, isNew: true })).toEqual(older);
	expect(fromOlder(older, 2, { fresh: empty, isNew: false })).toEqual(older);
	const wrong = { ...form, headBorn: '44', size: '99', phone: '一三八', room: ' ' };
	expect(homeErrors(wrong, { isNew: true }).map(({ field }) => field)).toEqual([
		'room',
		'headBorn',
		'size',
		'phone'
	]);
});

test('what is emptied in a form of 更正 is emptied in the register', () => {
	const { world, row } = register(['3-2-501'], {
		phone: '13800001123',
		headBorn: 1944,
		tenure: 'owned',
		groups: ['veryOld']
	});
	const home = row('3-2-501');
	const begun = { base: homeFields(home), seen: home.n };
	const form = {
		...homeFields(home),
		noPhone: true,
		headBorn: ' ',
		tenure: '' as const,
		groups: [],
		reason: '核对'
	};
	const said = correctedHome(home, form, begun);
	expect(said?.body).toEqual({
		phone: null,
		headBorn: null,
		tenure: null,
		groups: [],
		reason: '核对'
	});
	takes(world, said === null ? [] : [said]);
	const { phone, headBorn, tenure, groups } = row('3-2-501');
	expect([phone, headBorn, tenure, groups]).toEqual([undefined, undefined, undefined, []]);

	const person = { household: home.record, name: '某', sex: 'male', phone: '13800001123' };
	takes(world, [{ kind: 'resident.registered.v1', record: 'person-1', body: person }]);
	const one = world.row<ResidentRow>('person-1');
	const left = { ...personFields(one), sex: '' as const, noPhone: true, reason: '核对' };
	const told = correctedPerson(one, left, { base: personFields(one), seen: one.n });
	expect(told?.body).toEqual({ sex: null, phone: null, reason: '核对' });
	takes(world, told === null ? [] : [told]);
	const { sex, phone: number, name } = world.row<ResidentRow>('person-1');
	expect([sex, number, name]).toEqual([undefined, undefined, '某']);
});

test('what care may need of a person is registered, corrected and emptied, and said in one line', () => {
	const { world } = register(['3-2-501']);
	const door = RecordId.parse('door-3-2-501');
	const form: PersonFields = {
		...personFields(),
		name: '某',
		health: 'chronic',
		disabilityKind: 'limbs',
		disabilityGrade: '2',
		insurance: ['residentMedical'],
		skills: '理发, 修家电',
		consentedOn: '2026-11-20',
		consentedBy: 'family',
		consentScope: ['register', 'photo']
	};
	expect(isMoreFilled(personFields())).toBe(false);
	expect(isMoreFilled(form)).toBe(true);
	takes(world, [registeredPerson(RecordId.parse('person-1'), door, form)]);
	const row = () => world.row<ResidentRow>('person-1');
	expect(row()).toMatchObject({ health: 'chronic', skills: ['理发', '修家电'] });
	expect(personMore(row())).toBe(
		'有慢性病，残疾：肢体二级，参保：居民医保，特长：理发、修家电，同意采集：2026年11月20日、家人、登记这些情况、拍照'
	);

	const base = personFields(row());
	const emptied = { ...base, skills: ' ', insurance: [], consentedOn: '', reason: '本人不愿登记' };
	const said = correctedPerson(row(), emptied, { base, seen: row().n });
	expect(said?.body).toEqual({
		skills: null,
		insurance: null,
		consentedOn: null,
		consentedBy: null,
		consentScope: null,
		reason: '本人不愿登记'
	});
	takes(world, said === null ? [] : [said]);
	const { skills, insurance, consentedOn, consentedBy, consentScope } = row();
	expect(skills ?? insurance ?? consentedOn ?? consentedBy ?? consentScope).toBeUndefined();

	const wrong = { ...form, skills: '一'.repeat(21), consentedOn: '2026-11-25' };
	const errors = personErrors(wrong, { isNew: true, today: '2026-11-24' });
	expect(errors.map(({ field }) => field)).toEqual(['skills', 'consentedOn']);
});

test.each([
	['2012-11-25', 'self', ['consentedBy']],
	['2012-11-24', 'self', []],
	['2015', 'self', ['consentedBy']],
	['2015', 'guardian', []]
] as const)('who is born %s may not agree by %s: %j', (birthDate, consentedBy, fields) => {
	const form = { ...personFields(), name: '某', birthDate, consentedBy };
	const asked = { isNew: true, today: '2026-11-24' };
	const errors = personErrors({ ...form, consentedOn: '2026-11-20' }, asked);
	expect(errors.map(({ field }) => field)).toEqual(fields);
	expect(personErrors(form, asked)).toEqual([]);
});

test.each([
	['1944', 82],
	['1944-12', 82],
	['1944-11-24', 82],
	['1944-11-25', 81]
])('somebody born %s is %i years old', (born, years) => {
	expect(yearsOld(born, Date.parse('2026-11-24T12:00:00+08:00'))).toBe(years);
});
