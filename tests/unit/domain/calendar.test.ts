// Days and clocks of Asia/Shanghai: the shipped holiday table, office hours, due moments, colours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addDays,
	addOfficeMinutes,
	addWorkingDays,
	dayOf,
	defaultOfficeHours,
	dueAt,
	endOfDay,
	isCovered,
	isWorkingDay,
	lateness,
	quarterEnd,
	quarterOf,
	quarterStart,
	startOfDay,
	weekday,
	type Clock
} from '#domain/calendar.ts';
import { builtInHolidays } from '#domain/holidays.ts';

const table = builtInHolidays;
const hours = defaultOfficeHours;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);
const text = (moment: number): string => {
	const wall = new Date(moment + 8 * 3_600_000).toISOString();
	return `${wall.slice(0, 10)} ${wall.slice(11, 16)}`;
};

const moments = fc.integer({ min: at('2025-01-02 00:00'), max: at('2026-11-30 00:00') });
const days = moments.map(dayOf);

describe('days and quarters', () => {
	test('a day begins at midnight in Shanghai, not in London', () => {
		expect(dayOf(at('2026-11-24 00:00'))).toBe('2026-11-24');
		expect(dayOf(at('2026-11-24 00:00') - 1)).toBe('2026-11-23');
		expect(startOfDay('2026-11-24')).toBe(Date.UTC(2026, 10, 23, 16));
		expect(endOfDay('2026-11-24') + 1).toBe(startOfDay('2026-11-25'));
	});

	test('days carry over months, years and leap days', () => {
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
	});

	test.each([
		['2026-11-23', 1],
		['2026-11-28', 6],
		['2026-11-29', 7]
	])('%s is weekday %i', (day, expected) => {
		expect(weekday(day)).toBe(expected);
	});

	test.each([
		['2026-01-01 00:00', '2026Q1', '2026-01-01', '2026-03-31'],
		['2026-06-30 23:59', '2026Q2', '2026-04-01', '2026-06-30'],
		['2026-07-01 00:00', '2026Q3', '2026-07-01', '2026-09-30'],
		['2026-12-31 23:59', '2026Q4', '2026-10-01', '2026-12-31']
	])('%s lies in %s', (moment, quarter, first, last) => {
		expect(quarterOf(at(moment))).toBe(quarter);
		expect([quarterStart(quarter), quarterEnd(quarter)]).toEqual([first, last]);
	});

	test('every day lies within its own quarter, and clocks far off still have a day', () => {
		fc.assert(
			fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (moment) => {
				const day = dayOf(moment);
				expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
				expect(quarterStart(quarterOf(moment)) <= day).toBe(true);
				expect(day <= quarterEnd(quarterOf(moment))).toBe(true);
			})
		);
		expect([dayOf(-8.64e15), dayOf(8.64e15)]).toEqual(['0001-01-01', '9999-12-31']);
	});

	test('adding days and taking them off again changes nothing', () => {
		fc.assert(
			fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
				expect(addDays(addDays(day, n), -n)).toBe(day);
				expect(((weekday(addDays(day, n)) - weekday(day) - n) % 7) + 0).toBe(0);
			})
		);
	});
});

describe('the shipped holiday table', () => {
	test('every day off is listed once, and make-up working days are weekends', () => {
		expect(new Set([...table.off, ...table.work]).size).toBe(table.off.length + table.work.length);
		expect(table.work.filter((day) => weekday(day) < 6)).toEqual([]);
		expect([...table.off, ...table.work].filter((day) => !isCovered(day, table))).toEqual([]);
	});

	test.each([
		['2025-01-26', true],
		['2025-01-28', false],
		['2025-02-04', false],
		['2025-02-05', true],
		['2025-05-31', false],
		['2025-10-08', false],
		['2025-10-11', true],
		['2026-01-04', true],
		['2026-02-16', false],
		['2026-02-24', true],
		['2026-06-19', false],
		['2026-09-20', true],
		['2026-09-25', false],
		['2026-10-08', true],
		['2026-11-28', false],
		['2026-11-30', true]
	])('%s is a working day: %s', (day, expected) => {
		expect(isWorkingDay(day, table)).toBe(expected);
	});

	test('2026 has 248 working days and 2025 has 248', () => {
		const count = (year: number): number =>
			Array.from({ length: 365 }, (_, n) => addDays(`${year}-01-01`, n)).filter((day) =>
				isWorkingDay(day, table)
			).length;
		expect([count(2025), count(2026)]).toEqual([248, 248]);
	});
});

describe('working days', () => {
	test('the first of October to the first day of work after it', () => {
		expect(addWorkingDays('2026-09-30', 1, table)).toEqual({ at: '2026-10-08', covered: true });
		expect(addWorkingDays('2026-09-30', 3, table)).toEqual({ at: '2026-10-10', covered: true });
	});

	test('a year without a table is counted Monday to Friday and said so', () => {
		expect(addWorkingDays('2026-12-31', 1, table)).toEqual({ at: '2027-01-01', covered: false });
		expect(addWorkingDays('2026-12-30', 1, table)).toEqual({ at: '2026-12-31', covered: true });
	});

	test('counting on is adding, the result is a working day, later starts never end earlier', () => {
		const n = fc.integer({ min: 1, max: 60 });
		fc.assert(
			fc.property(days, days, n, n, (one, other, a, b) => {
				const [first, second] = [one, other].sort();
				const step = addWorkingDays(one, a, table).at;
				expect(addWorkingDays(step, b, table).at).toBe(addWorkingDays(one, a + b, table).at);
				expect(isWorkingDay(step, table)).toBe(true);
				expect(step > one).toBe(true);
				const ends = [first ?? one, second ?? one].map((day) => addWorkingDays(day, a, table).at);
				expect(ends).toEqual([...ends].sort());
			})
		);
	});
});

describe('office minutes', () => {
	test.each([
		['within the morning', '2026-11-24 09:00', 120, '2026-11-24 11:00'],
		['until the very end of the morning', '2026-11-24 08:30', 210, '2026-11-24 12:00'],
		['over noon', '2026-11-24 11:00', 120, '2026-11-24 15:30'],
		['from noon', '2026-11-24 13:00', 60, '2026-11-24 15:30'],
		['over night', '2026-11-24 17:00', 120, '2026-11-25 09:30'],
		['over the weekend', '2026-11-27 17:30', 60, '2026-11-30 09:00'],
		['over the National Day', '2026-09-30 17:30', 60, '2026-10-08 09:00'],
		['on a Sunday that is worked', '2026-09-20 09:00', 60, '2026-09-20 10:00'],
		['before opening', '2026-11-24 06:00', 30, '2026-11-24 09:00']
	])('%s', (_, from, minutes, expected) => {
		const reached = addOfficeMinutes(at(from), minutes, hours, table);
		expect([text(reached.at), reached.covered]).toEqual([expected, true]);
	});

	test('a year without a table is said so', () => {
		const reached = addOfficeMinutes(at('2026-12-31 17:30'), 60, hours, table);
		expect([text(reached.at), reached.covered]).toEqual(['2027-01-01 09:00', false]);
	});

	test('minutes add up, and a later start never ends earlier', () => {
		const minutes = fc.integer({ min: 0, max: 6000 });
		fc.assert(
			fc.property(moments, moments, minutes, minutes, (one, other, a, b) => {
				const reach = (from: number, n: number): number =>
					addOfficeMinutes(from, n, hours, table).at;
				expect(reach(reach(one, a), b)).toBe(reach(one, a + b));
				expect(reach(one, a) - one >= a * 60_000).toBe(true);
				expect(reach(Math.min(one, other), a + 1) <= reach(Math.max(one, other), a + 1)).toBe(true);
			})
		);
	});

	test('hours that never open count as the default, and the end of time is reached', () => {
		const closed = [['18:00', '08:00']] as const;
		expect(text(addOfficeMinutes(at('2026-11-24 09:00'), 60, closed, table).at)).toBe(
			'2026-11-24 10:00'
		);
		expect(addOfficeMinutes(8.64e15, 60, hours, table)).toEqual({ at: 8.64e15, covered: false });
		expect(addWorkingDays('9999-12-30', 9, table).at).toBe('9999-12-31');
	});
});

describe('due moments', () => {
	const friday = at('2026-11-27 16:00');
	test.each<[Clock, string]>([
		[{ unit: 'minutes', n: 10 }, '2026-11-27 16:10'],
		[{ unit: 'hours', n: 24 }, '2026-11-28 16:00'],
		[{ unit: 'officeHours', n: 4 }, '2026-11-30 10:30'],
		[{ unit: 'days', n: 1 }, '2026-11-28 23:59'],
		[{ unit: 'days', n: 5 }, '2026-12-02 23:59'],
		[{ unit: 'workingDays', n: 1 }, '2026-11-30 23:59'],
		[{ unit: 'workingDays', n: 5 }, '2026-12-04 23:59']
	])('%o', (clock, expected) => {
		expect(text(dueAt(friday, clock, hours, table).at)).toBe(expected);
	});

	test('only clocks that ask the table can be uncovered', () => {
		const eve = at('2026-12-31 17:59');
		const covered = (unit: Clock['unit']): boolean =>
			dueAt(eve, { unit, n: 3 }, hours, table).covered;
		expect(covered('minutes') && covered('hours') && covered('days')).toBe(true);
		expect(covered('officeHours') || covered('workingDays')).toBe(false);
	});

	test('more is later, and a later start is never due earlier', () => {
		const units = ['minutes', 'officeHours', 'hours', 'days', 'workingDays'] as const;
		const clocks = fc.record({
			unit: fc.constantFrom(...units),
			n: fc.integer({ min: 1, max: 100 })
		});
		fc.assert(
			fc.property(moments, moments, clocks, (one, other, clock) => {
				const due = (from: number, n: number): number =>
					dueAt(from, { unit: clock.unit, n }, hours, table).at;
				expect(due(one, clock.n) > one).toBe(true);
				expect(due(one, clock.n + 1) > due(one, clock.n)).toBe(true);
				expect(due(Math.min(one, other), clock.n) <= due(Math.max(one, other), clock.n)).toBe(true);
			})
		);
	});
});

describe('lateness', () => {
	test('[F4] green, amber from three quarters of the time, red after the due moment', () => {
		const seen = [0, 749, 750, 1000, 1001].map((now) => lateness(0, 1000, now));
		expect(seen).toEqual(['inTime', 'inTime', 'soon', 'soon', 'overdue']);
		expect(lateness(0, 1000, 600, 0.5)).toBe('soon');
	});

	test('it only ever gets worse', () => {
		const order = ['inTime', 'soon', 'overdue'];
		const any = fc.integer({ min: 0, max: 1e6 });
		fc.assert(
			fc.property(any, any, any, any, (from, length, one, other) => {
				const [early, late] = [Math.min(one, other), Math.max(one, other)].map((now) =>
					order.indexOf(lateness(from, from + length, from + now))
				);
				expect((early ?? 9) <= (late ?? -1)).toBe(true);
			})
		);
	});
});
