import { expect, test } from 'vitest';
import { encode } from 'uqr';
import type { OrganisationUnit } from '#domain/import/organisation-tree.ts';
import { qrSymbol } from '#lib/shell/qr.ts';
import {
	checkStep,
	emptyFounding,
	foundBody,
	furthestStep,
	type Founding
} from '../../../src/routes/setup/founding.ts';

const units: readonly OrganisationUnit[] = [
	{ code: 'd', name: '某区', level: 'district', parent: null },
	{ code: 's1', name: '一街', level: 'subdistrict', parent: 'd' },
	{ code: 's2', name: '二街', level: 'subdistrict', parent: 'd' },
	{ code: 'c1', name: '一社区', level: 'community', parent: 's1' },
	{ code: 'c2', name: '二社区', level: 'community', parent: 's2' }
];

function founding(changes: Partial<Founding> = {}): Founding {
	const named = (name: string) => ({ name, phone: '' });
	return {
		name: ' 某区 ',
		secret: ' abc ',
		subdistrict: 's1',
		community: 'c1',
		units,
		people: {
			admin: named('管'),
			districtOfficer: named('区'),
			subdistrictOfficer: named('街'),
			communitySecretary: { name: '书 ', phone: '１３８ 0000 0000' },
			member: named('党')
		},
		...changes
	};
}

test('what is complete may be founded, and the relay is told where each person stands', () => {
	const complete = founding();
	expect(furthestStep(complete)).toBe(4);
	expect(foundBody(complete)).toEqual({
		secret: 'abc',
		name: '某区',
		units,
		people: [
			{ name: '管', role: 'admin', org: 'd' },
			{ name: '区', role: 'districtOfficer', org: 'd' },
			{ name: '街', role: 'subdistrictOfficer', org: 's1' },
			{ name: '书', role: 'communitySecretary', org: 'c1', phone: '138 0000 0000' },
			{ name: '党', role: 'member', org: 'c1' }
		]
	});
});

test.each([
	['the secret', founding({ secret: ' ' }), 1, ['secret']],
	['the name', founding({ name: '' }), 1, ['name']],
	['a name that fits', founding({ name: '长'.repeat(41) }), 1, ['name']],
	['the list', founding({ units: null }), 2, ['file']],
	['a good row', founding({ units: [] }), 2, ['file']],
	['the sub-district', founding({ subdistrict: '' }), 3, ['subdistrict', 'community']],
	['a community of that sub-district', founding({ community: 'c2' }), 3, ['community']],
	['a unit of the list read last', founding({ subdistrict: 's9' }), 3, ['subdistrict', 'community']]
] as const)('without %s the form stays at its step and says so', (_what, given, step, fields) => {
	expect(furthestStep(given)).toBe(step);
	expect(checkStep(step, given).map(({ field }) => field)).toEqual(fields);
});

test('every person of a level is asked for, with a phone that is one', () => {
	const people = { ...emptyFounding().people, member: { name: '党', phone: 'x' } };
	expect(checkStep(3, founding({ people })).map(({ field }) => field)).toEqual([
		'admin-name',
		'districtOfficer-name',
		'subdistrictOfficer-name',
		'communitySecretary-name',
		'member-phone'
	]);
});

test('a list without communities founds the levels it has', () => {
	const upper = units.filter(({ level }) => level !== 'community');
	const given = founding({ units: upper });
	expect(furthestStep(given)).toBe(4);
	expect(foundBody(given)).toMatchObject({ people: { length: 3 } });
});

test('a QR symbol is drawn module for module', () => {
	const link = 'https://example.org/join#abcdefghijklmnopqrstuv.realm.fingerprint';
	const { size, path } = qrSymbol(link);
	const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
		drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
	}
	expect(drawn).toEqual(encode(link, { ecc: 'M', border: 4 }).data);
});
