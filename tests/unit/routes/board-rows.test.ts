/** The board's lines: what each unit counts, and what it is compared with. */
import { expect, test } from 'vitest';
import type { FactBody } from '#domain/element.ts';
import { OrgId } from '#domain/ids.ts';
import { defaultSettings } from '#domain/settings.ts';
import { isOrganisation } from '#domain/kinds/organisation.ts';
import {
	boardOf,
	coverageUnder,
	recentQuarters,
	sameStretchOf,
	spanOf
} from '../../../src/routes/board/board-rows.ts';
import {
	COMMUNITY,
	DISTRICT,
	foundedWorld,
	HOUR,
	MORNING,
	OTHER_COMMUNITY,
	SUBDISTRICT
} from '../../support/tell.ts';

const organisations = [...foundedWorld().rows.values()].filter(isOrganisation);
const span = spanOf('2026Q4');
const NOON = MORNING + 3 * HOUR;

function visitFact(date: string, household: string): FactBody {
	return {
		family: 'visit',
		state: 'done',
		date,
		outcome: 'met',
		mode: 'home',
		demands: 0,
		household
	};
}

const facts = [
	{ record: 'a', org: COMMUNITY, fact: visitFact('2026-11-20', 'door-1') },
	{ record: 'b', org: COMMUNITY, fact: visitFact('2026-11-21', 'door-1') },
	{ record: 'c', org: OTHER_COMMUNITY, fact: visitFact('2026-09-30', 'door-2') }
];

test('a district counts its sub-districts by the facts of their communities', () => {
	const district = boardOf(organisations, facts, DISTRICT, span, MORNING);
	const office = boardOf(organisations, facts, SUBDISTRICT, span, MORNING);
	expect(district.rows.map(({ org }) => org)).toEqual([SUBDISTRICT]);
	expect(office.rows.map(({ org }) => org)).toEqual([COMMUNITY, OTHER_COMMUNITY]);
	expect(district.total).toEqual(office.total);
	expect(office.total).toMatchObject({ visits: 2, householdsReached: 1 });
	expect(office.quiet).toEqual(['书院社区']);
});

test('a community that is closed is not called quiet', () => {
	const closed = organisations.map((unit) =>
		unit.org === OTHER_COMMUNITY ? { ...unit, state: 'closed' as const } : unit
	);
	expect(boardOf(closed, facts, SUBDISTRICT, span, MORNING).quiet).toEqual([]);
});

test('a district covers what its communities cover', () => {
	const door = { family: 'household', state: 'active', tier: 'key' } as const;
	const doors = [
		...facts,
		{ record: 'door-1', org: COMMUNITY, fact: door },
		{ record: 'door-2', org: OTHER_COMMUNITY, fact: door }
	];
	const at = (org: OrgId) => coverageUnder(organisations, doors, org, defaultSettings, NOON);
	expect(at(DISTRICT).map(({ coverage }) => coverage.key)).toEqual([{ met: 1, doors: 2 }]);
	expect(at(SUBDISTRICT).map(({ org, coverage }) => [org, coverage.key])).toEqual([
		[COMMUNITY, { met: 1, doors: 1 }],
		[OTHER_COMMUNITY, { met: 0, doors: 1 }]
	]);
});

test('a unit without units under it has no lines', () => {
	const nowhere = OrgId.parse('990199999000');
	expect(boardOf(organisations, facts, nowhere, span, MORNING).rows).toEqual([]);
});

test('a running quarter is compared with as many days of the one before', () => {
	expect(recentQuarters(MORNING)).toEqual(['2026Q4', '2026Q3', '2026Q2', '2026Q1']);
	expect(sameStretchOf('2026Q3', '2026Q4', MORNING)).toEqual({
		from: '2026-07-01',
		to: '2026-08-24'
	});
	expect(sameStretchOf('2026Q2', '2026Q3', MORNING)).toEqual({
		from: '2026-04-01',
		to: '2026-06-30'
	});
});
