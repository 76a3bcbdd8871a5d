// District settings: from which day, by whom, what contradicts what, and two officers at once.
import { describe, expect, test } from 'vitest';
import { fold } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import { contradictions, type ContradictionCode } from '#domain/contradictions.ts';
import type { Judgement } from '#domain/judge.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import {
	defaultSettings,
	SETTINGS_RECORD,
	settingsAt,
	type Settings,
	type SettingsPatch,
	type SettingsRow
} from '#domain/settings.ts';
import {
	COMMUNITY,
	DAY,
	demand,
	DISTRICT,
	foundedWorld,
	MORNING,
	people,
	SUBDISTRICT,
	type Said,
	type World
} from '../../support/tell.ts';
import { PersonId, type OrgId } from '#domain/ids.ts';

const SECOND = PersonId.parse('p-district-2');
const hours = (n: number) => ({ unit: 'hours' as const, n });
const days = (n: number) => ({ unit: 'days' as const, n });

function changed(values: SettingsPatch, from = '2026-11-24', more: Partial<Said> = {}): Said {
	return {
		kind: 'settings.changed.v1',
		record: SETTINGS_RECORD,
		org: DISTRICT,
		body: { from, values, reason: '区委要求' },
		...more
	};
}

function revoked(change: string, more: Partial<Said> = {}): Said {
	return {
		kind: 'settings.revoked.v1',
		record: SETTINGS_RECORD,
		org: DISTRICT,
		body: { change, reason: '改主意了' },
		...more
	};
}

const row = (world: World) => world.row<SettingsRow>(SETTINGS_RECORD);

function withSecondOfficer(): World {
	const world = foundedWorld();
	world.says(PersonId.parse('relay'), {
		kind: 'duty.assigned.v1',
		record: 'duty-second',
		org: DISTRICT,
		body: {
			person: SECOND,
			displayName: '某',
			role: 'districtOfficer',
			at: DISTRICT,
			from: MORNING - DAY
		}
	});
	return world;
}

describe('from which day', () => {
	test('[J7] a change touches what is judged from the beginning of its day, and nothing before', () => {
		const world = foundedWorld();
		const deadlines = { request: { sign: hours(1), resolve: days(1) } };
		world.says(people.district, changed({ deadlines }, '2026-11-26'));
		// 2026-11-25 23:59:59.999 in Shanghai, then one millisecond more.
		world.now = Date.UTC(2026, 10, 25, 16) - 1;
		world.says(people.member, demand('before'));
		world.later(1).says(people.member, demand('after'));
		const [before, after] = ['before', 'after'].map((each) => world.row<DemandRow>(each));
		expect(after?.signDueAt).toBe(world.now + 3_600_000);
		expect(before?.signDueAt).not.toBe(world.now - 1 + 3_600_000);
	});

	test.each<[string, readonly [string, number][], string, number]>([
		['nothing said', [], '2026-12-01', 14],
		['before its day', [['2026-12-02', 20]], '2026-12-01', 14],
		['on its day', [['2026-12-02', 20]], '2026-12-02', 20],
		[
			'the later day, though said first',
			[
				['2026-12-10', 30],
				['2026-12-02', 20]
			],
			'2026-12-11',
			30
		],
		[
			'the earlier day until then',
			[
				['2026-12-10', 30],
				['2026-12-02', 20]
			],
			'2026-12-09',
			20
		],
		[
			'of one day the later received',
			[
				['2026-12-02', 30],
				['2026-12-02', 20]
			],
			'2026-12-02',
			20
		]
	])('%s', (_, said, day, expected) => {
		const world = foundedWorld();
		for (const [from, lateDays] of said) world.says(people.district, changed({ lateDays }, from));
		expect(settingsAt(said.length === 0 ? null : row(world), day).lateDays).toBe(expected);
	});

	test('a line of a table leaves the other lines alone', () => {
		const world = foundedWorld();
		world.says(people.district, changed({ cadenceDays: { high: 5 } }));
		world.says(people.district, changed({ cadenceDays: { key: 20 } }));
		expect(settingsAt(row(world), '2026-11-24').cadenceDays).toEqual({
			high: 5,
			key: 20,
			general: 90
		});
	});

	test('[J7] a fold reads no settings: folded anew after every change, rows are what they were', () => {
		const world = foundedWorld();
		world.says(people.member, demand('d-1'));
		const before = world.row<DemandRow>('d-1');
		const deadlines = { request: { sign: hours(1), resolve: days(1) } };
		world.says(people.district, changed({ deadlines, officeHours: [['00:00', '24:00']] }));
		world.later(30 * DAY);
		const elements = world.ledgers.get(`desk/${COMMUNITY}/2026Q4`) ?? [];
		const own = elements.filter(({ entry }) => entry.record === before.record);
		const anew = own.reduce<Row | null>(
			(folded, { head, entry }) => fold(folded, head, entry).row,
			null
		);
		expect(own).toHaveLength(1);
		expect(anew).toEqual(before);
	});
});

describe('taking back', () => {
	test('[F5] a change is taken back before its day, and its day passes without it', () => {
		const world = foundedWorld();
		const said = world.entry(people.district, changed({ lateDays: 20 }, '2026-11-26'));
		world.hears(people.district, said);
		expect(world.says(people.district, revoked(said.id)).verdict).toBe('accepted');
		expect(settingsAt(row(world), '2026-11-26').lateDays).toBe(14);
		expect(row(world).changes[0]?.revoked?.by).toBe(people.district);
		expect(world.says(people.district, revoked(said.id))).toMatchObject({
			verdict: 'noted',
			reason: 'nothing-changed'
		});
	});

	test('a change whose day has begun is not taken back', () => {
		const world = foundedWorld();
		const said = world.entry(people.district, changed({ lateDays: 20 }, '2026-11-26'));
		world.hears(people.district, said);
		world.later(2 * DAY);
		expect(world.says(people.district, revoked(said.id))).toMatchObject({
			verdict: 'noted',
			reason: 'illegal-transition'
		});
		expect(settingsAt(row(world), '2026-11-26').lateDays).toBe(20);
	});
});

describe('two officers who did not see each other', () => {
	test('[E4] the later received stands, the other is kept and named', () => {
		const world = withSecondOfficer();
		world.says(people.district, changed({ lateDays: 10 }));
		world.says(people.district, changed({ lateDays: 20, slipDays: 3 }, '2026-11-26', { rev: 1 }));
		world.says(SECOND, changed({ lateDays: 30 }, '2026-11-25', { rev: 1 }));
		expect(row(world).conflicts).toMatchObject([
			{ field: 'lateDays', stands: 30, standsBy: SECOND, other: 20, otherBy: people.district }
		]);
		// Also on the later day of the one it had not seen, whose other fields take effect.
		expect(settingsAt(row(world), '2026-11-27')).toMatchObject({ lateDays: 30, slipDays: 3 });
	});

	test('[E4] one who has seen both decides', () => {
		const world = withSecondOfficer();
		world.says(people.district, changed({ lateDays: 10 }));
		world.says(people.district, changed({ lateDays: 20 }, '2026-11-25', { rev: 1 }));
		world.says(SECOND, changed({ lateDays: 30 }, '2026-11-25', { rev: 1 }));
		world.says(people.district, changed({ lateDays: 20 }, '2026-11-25'));
		expect(row(world).conflicts).toBeUndefined();
		expect(settingsAt(row(world), '2026-11-25').lateDays).toBe(20);
	});

	test('[E4] different lines of one table are no conflict', () => {
		const world = withSecondOfficer();
		world.says(people.district, changed({ lateDays: 10 }));
		world.says(people.district, changed({ cadenceDays: { high: 5 } }, '2026-11-25', { rev: 1 }));
		world.says(SECOND, changed({ cadenceDays: { key: 20 } }, '2026-11-25', { rev: 1 }));
		expect(row(world).conflicts).toBeUndefined();
	});

	test('taking back the change that stood brings the other into force', () => {
		const world = withSecondOfficer();
		world.says(people.district, changed({ lateDays: 10 }));
		world.says(people.district, changed({ lateDays: 20 }, '2026-11-28', { rev: 1 }));
		const standing = world.entry(SECOND, changed({ lateDays: 30 }, '2026-11-26', { rev: 1 }));
		world.hears(SECOND, standing);
		world.says(SECOND, revoked(standing.id));
		expect(row(world).conflicts).toBeUndefined();
		expect(settingsAt(row(world), '2026-11-28').lateDays).toBe(20);
	});
});

describe('who may', () => {
	const said: readonly [string, Said][] = [
		['changed', changed({ lateDays: 20 }, '2026-11-30')],
		['revoked', revoked('00000000-0001-7000-8000-000000000001')]
	];
	const roles: readonly [PersonId, OrgId | undefined, boolean][] = [
		[people.district, DISTRICT, true],
		[people.officer, SUBDISTRICT, false],
		[people.officer, DISTRICT, false],
		[people.secretary, undefined, false],
		[people.worker, undefined, false],
		[people.member, undefined, false]
	];
	test.each(
		said.flatMap(([kind, each]) =>
			roles.map(([person, org, may]) => [person, kind, may, { ...each, org }] as const)
		)
	)('%s says %s: %s', (person, kind, may, each) => {
		const world = foundedWorld();
		const first = world.entry(people.district, changed({ slipDays: 5 }, '2026-11-30'));
		world.hears(people.district, first);
		const body = kind === 'revoked' ? { ...each.body, change: first.id } : each.body;
		const judged: Judgement = world.says(person, { ...each, body });
		expect(judged.verdict).toBe(may ? 'accepted' : 'refused');
	});

	test('an officer says why; the founding needs no reason', () => {
		const world = foundedWorld();
		const body = { from: '2026-11-24', values: { lateDays: 20 } };
		expect(world.says(people.district, { ...changed({}), body })).toMatchObject({
			verdict: 'refused',
			reason: 'malformed'
		});
		expect(
			world.says(PersonId.parse('relay'), { ...changed({}), body: { ...body, from: '2020-01-01' } })
		).toMatchObject({ verdict: 'accepted' });
	});
});

describe('what contradicts itself', () => {
	const { deadlines, categories, phases } = defaultSettings;
	const notice = (...each: { day: string; name: string; off: boolean }[]) => ({ days: each });
	const off = (day: string) => ({ day, name: '元旦', off: true });
	const work = (day: string) => ({ day, name: '元旦', off: false });
	const table: readonly [ContradictionCode, string, Partial<Settings>][] = [
		[
			'sign-after-resolve',
			'deadlines.consult',
			{ deadlines: { ...deadlines, consult: { sign: days(3), resolve: days(2) } } }
		],
		[
			'sign-after-resolve',
			'deadlines.emergency',
			{
				deadlines: {
					...deadlines,
					emergency: { sign: { unit: 'officeHours', n: 5 }, resolve: hours(6) }
				}
			}
		],
		[
			'contact-after-resolve',
			'deadlines.request',
			{
				deadlines: {
					...deadlines,
					request: { sign: hours(1), contact: { unit: 'workingDays', n: 6 }, resolve: days(5) }
				}
			}
		],
		['hours-no-time', 'officeHours', { officeHours: [['08:30', '12:75']] }],
		['hours-backwards', 'officeHours', { officeHours: [['12:00', '08:30']] }],
		[
			'hours-overlap',
			'officeHours',
			{
				officeHours: [
					['08:30', '12:00'],
					['11:30', '18:00']
				]
			}
		],
		[
			'phase-backwards',
			'phases.publicity',
			{ phases: { ...phases, publicity: { from: '2026-03-02', to: '2026-03-01' } } }
		],
		[
			'phase-order',
			'phases.acceptance',
			{
				phases: {
					...phases,
					publicity: { from: '2026-03-01' },
					acceptance: { from: '2026-02-01' }
				}
			}
		],
		[
			'day-twice',
			'holidays.2027',
			{ holidays: { 2027: notice(off('2027-01-01'), off('2027-01-01')) } }
		],
		[
			'day-off-and-work',
			'holidays.2027',
			{ holidays: { 2026: notice(work('2026-12-31')), 2027: notice(off('2026-12-31')) } }
		],
		['day-other-year', 'holidays.2027', { holidays: { 2027: notice(off('2028-02-01')) } }],
		['cadence-order', 'cadenceDays.high', { cadenceDays: { high: 31, key: 30, general: 90 } }],
		['cadence-order', 'cadenceDays.key', { cadenceDays: { high: 7, key: 100, general: 90 } }],
		['amber-share', 'amberShare', { amberShare: 1 }],
		['amber-share', 'amberShare', { amberShare: 0 }],
		['category-codes', 'categories', { categories: categories.slice(1) }],
		[
			'category-names',
			'categories',
			{ categories: categories.map((each, i) => (i < 2 ? { ...each, name: '邻里' } : each)) }
		],
		[
			'category-other',
			'categories',
			{ categories: categories.map((each) => ({ ...each, used: each.code !== 'other' })) }
		]
	];

	test.each(table)('%s in %s', (code, field, patch) => {
		expect(contradictions({ ...defaultSettings, ...patch })).toEqual([
			expect.objectContaining({ code, field })
		]);
	});

	test('the shipped settings contradict nothing', () => {
		expect(contradictions(defaultSettings)).toEqual([]);
	});

	test('the relay refuses what the form would: the same list', () => {
		for (const [code, , values] of table.filter(([code]) => code !== 'hours-no-time')) {
			const world = foundedWorld();
			expect(world.says(people.district, changed(values)), code).toMatchObject({
				verdict: 'refused',
				reason: 'contradiction'
			});
		}
	});

	test('a change that only an upcoming one contradicts is refused, and so is taking that away', () => {
		const world = foundedWorld();
		const longer = { cadenceDays: { key: 60, general: 120 } };
		const first = world.entry(people.district, changed(longer, '2026-12-01'));
		world.hears(people.district, first);
		world.says(people.district, changed({ cadenceDays: { key: 100 } }, '2026-12-10'));
		expect(world.says(people.district, revoked(first.id))).toMatchObject({
			verdict: 'refused',
			reason: 'contradiction'
		});
		expect(
			world.says(people.district, changed({ cadenceDays: { high: 61 } }, '2026-11-25'))
		).toMatchObject({ verdict: 'refused', reason: 'contradiction' });
	});
});
