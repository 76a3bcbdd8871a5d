/** 按期走访: which doors count as met in time, by tier. */
import { expect, test } from 'vitest';
import { startOfDay } from '#domain/calendar.ts';
import { coverageOf, sumCoverage } from '#domain/coverage.ts';
import type { FactBody } from '#domain/element.ts';
import { defaultSettings } from '#domain/settings.ts';
import { HOUR } from '../../support/tell.ts';

const TODAY = '2026-11-24';
/** Noon of it. */
const NOW = startOfDay(TODAY) + 12 * HOUR;

function door(
	record: string,
	tier: string,
	more: { state?: 'gone'; into?: string; changedAt?: number } = {}
) {
	const fact: FactBody = {
		family: 'household',
		state: more.state ?? 'active',
		tier,
		...(more.changedAt === undefined ? {} : { changedAt: more.changedAt }),
		...(more.into === undefined ? {} : { household: more.into })
	};
	return { record, fact };
}

function visit(household: string, date: string, more: Partial<FactBody> = {}) {
	const fact = {
		family: 'visit' as const,
		state: 'done' as const,
		date,
		outcome: 'met' as const,
		mode: 'home',
		demands: 0,
		household,
		...more
	};
	// The parts laid over it are those of a visit.
	return { record: `visit of ${household} on ${date}`, fact: fact as FactBody };
}

test('a door counts as met while the days of its tier have not passed', () => {
	const facts = [
		door('weekly in time', 'high'),
		visit('weekly in time', '2026-11-17'),
		door('weekly too late', 'high'),
		visit('weekly too late', '2026-11-16'),
		door('monthly', 'key'),
		visit('monthly', '2026-10-25'),
		door('never', 'general')
	];
	expect(coverageOf(facts, defaultSettings, NOW)).toEqual({
		high: { met: 1, doors: 2 },
		key: { met: 1, doors: 1 },
		general: { met: 0, doors: 1 }
	});
});

test('未遇, a refusal, 作废, a day to come and a door that is gone count nothing', () => {
	const facts = [
		...['away', 'refused', 'voided', 'tomorrow'].map((record) => door(record, 'general')),
		visit('away', TODAY, { outcome: 'notHome' }),
		visit('refused', TODAY, { outcome: 'declined' }),
		visit('voided', TODAY, { state: 'voided' }),
		visit('tomorrow', '2026-11-25'),
		door('gone', 'high', { state: 'gone' }),
		visit('gone', TODAY)
	];
	const { high, general } = coverageOf(facts, defaultSettings, NOW);
	expect(general).toEqual({ met: 0, doors: 4 });
	expect(high).toEqual({ met: 0, doors: 0 });
});

test('a visit to a door that was merged counts for the one it was merged into', () => {
	const facts = [
		door('kept', 'key'),
		door('merged', 'key', { state: 'gone', into: 'kept' }),
		visit('merged', TODAY)
	];
	expect(coverageOf(facts, defaultSettings, NOW).key).toEqual({ met: 1, doors: 1 });
});

test('the latest fact of a record counts: a tier that was changed, a visit that was corrected', () => {
	const facts = [
		door('door', 'general'),
		visit('door', TODAY),
		door('door', 'high'),
		visit('door', TODAY, { outcome: 'notHome' })
	];
	expect(coverageOf(facts, defaultSettings, NOW)).toMatchObject({
		high: { met: 0, doors: 1 },
		general: { met: 0, doors: 0 }
	});
});

test('communities add up', () => {
	const one = coverageOf([door('a', 'high'), visit('a', TODAY)], defaultSettings, NOW);
	expect(sumCoverage([one, one]).high).toEqual({ met: 2, doors: 2 });
	expect(sumCoverage([]).general).toEqual({ met: 0, doors: 0 });
});
