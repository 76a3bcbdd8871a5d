/** Weeks in a row count as spans of their days do. */
import { expect, test } from 'vitest';
import type { FactBody } from '#domain/element.ts';
import { figures } from '#domain/figures.ts';
import { weeksUntil } from '#domain/trend.ts';

const TODAY = '2026-11-24';
const NOON = Date.parse('2026-11-20T04:00:00Z');

function visit(record: string, date: string, state: 'done' | 'voided' = 'done') {
	const fact: FactBody = {
		family: 'visit',
		state,
		date,
		outcome: 'met',
		mode: 'home',
		demands: 0
	};
	return { record, fact };
}

function demand(record: string, date: string, handledAt?: number) {
	const fact: FactBody = {
		family: 'demand',
		state: handledAt === undefined ? 'accepted' : 'handled',
		date,
		type: 'help',
		urgency: 'normal',
		channel: 'visit',
		...(handledAt === undefined ? {} : { handledAt })
	};
	return { record, fact };
}

const facts = [
	visit('today', TODAY),
	visit('first day of the week', '2026-11-18'),
	visit('last day of the week before', '2026-11-17'),
	visit('too long ago', '2026-11-10'),
	visit('voided', TODAY, 'voided'),
	visit('tomorrow', '2026-11-25'),
	demand('open', '2026-11-19'),
	demand('closed in a later week', '2026-11-12', NOON),
	visit('corrected', '2026-11-11'),
	visit('corrected', '2026-11-23')
];

test('each week has what happened on its seven days, the oldest first', () => {
	expect(weeksUntil(TODAY, facts, 2)).toEqual([
		{ from: '2026-11-11', to: '2026-11-17', visits: 1, registered: 1, closed: 0 },
		{ from: '2026-11-18', to: TODAY, visits: 3, registered: 1, closed: 1 }
	]);
});

test('a week counts what the figures of its span count', () => {
	for (const week of weeksUntil(TODAY, facts, 3)) {
		const { visits, registered, closed } = figures(facts, week, NOON);
		expect(week).toMatchObject({ visits, registered, closed });
	}
});

test('nothing at all is twelve weeks of nothing', () => {
	const weeks = weeksUntil(TODAY, []);
	expect(weeks).toHaveLength(12);
	expect(weeks.every(({ visits, registered, closed }) => visits + registered + closed === 0)).toBe(
		true
	);
});
