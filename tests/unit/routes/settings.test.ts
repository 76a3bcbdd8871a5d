// The forms of 设置: what they come to, what they refuse, what they show before anything is said.
import { describe, expect, test } from 'vitest';
import { defaultSettings, SETTINGS_RECORD, type SettingsRow } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { campaignFilled, campaignFrom } from '../../../src/routes/settings/campaign.ts';
import {
	changeErrors,
	changeOf,
	touchedIn,
	decision,
	laterPassages,
	passagesOf,
	pastPassages
} from '../../../src/routes/settings/changing.ts';
import { clocksFilled, clocksFrom } from '../../../src/routes/settings/deadlines.ts';
import { numbersFilled, numbersOf } from '../../../src/routes/settings/numbers.ts';
import { DISTRICT, foundedWorld, people } from '../../support/tell.ts';

const TODAY = '2026-11-24';
const asked = { today: TODAY, fieldId: (field: string) => field };
const dated = { from: '2026-11-25', reason: '区委要求' };

function rowAfter(...said: { from: string; values: object; rev?: number }[]): SettingsRow {
	const world = foundedWorld();
	for (const { rev, ...body } of said)
		world.says(people.district, {
			kind: 'settings.changed.v1',
			record: SETTINGS_RECORD,
			org: DISTRICT,
			body: { ...body, reason: '区委要求' },
			rev
		});
	return world.row(SETTINGS_RECORD);
}

describe('what a form comes to', () => {
	test('only what differs is said', () => {
		const lines = numbersOf('cadence');
		const typed = {
			'cadenceDays.high': '5',
			'cadenceDays.key': '30',
			'cadenceDays.general': '90',
			afterChangeHours: '24'
		};
		const filled = numbersFilled(lines, typed);
		expect(changeOf(null, dated, filled)).toEqual({ cadenceDays: { high: 5 } });
		expect(changeErrors(null, dated, filled, asked)).toEqual([]);
	});

	test('a form opened before another number was changed says back nothing but what was typed in it', () => {
		const lines = numbersOf('cadence');
		const typed = (high: string, key: string) => ({
			'cadenceDays.high': high,
			'cadenceDays.key': key,
			'cadenceDays.general': '90',
			afterChangeHours: '24'
		});
		const begun = numbersFilled(lines, typed('7', '30'));
		expect(touchedIn(numbersFilled(lines, typed('5', '30')), begun)).toEqual({
			ok: true,
			values: { cadenceDays: { high: 5 } }
		});
		expect(touchedIn(numbersFilled(lines, typed('7', '30')), begun)).toMatchObject({ values: {} });
	});

	test('an untouched form comes to nothing and says so', () => {
		const filled = campaignFilled(campaignFrom(defaultSettings));
		expect(changeOf(null, dated, filled)).toEqual({});
		expect(changeErrors(null, dated, filled, asked)).toMatchObject([
			{ message: m.settings.nothing }
		]);
	});

	test('no first contact is an empty number', () => {
		const clocks = clocksFrom(defaultSettings.deadlines.request);
		clocks.contact.n = ' ';
		expect(clocksFilled('request', clocks)).toMatchObject({
			ok: true,
			values: { deadlines: { request: { sign: { unit: 'officeHours', n: 2 } } } }
		});
		expect(JSON.stringify(clocksFilled('request', clocks))).not.toContain('contact');
	});

	test.each(['', '0', '1.5', '-3', '十', '367'])('%j is no number of days', (typed) => {
		const lines = numbersOf('cadence');
		const all = Object.fromEntries(lines.map(({ field }) => [field, '30']));
		expect(numbersFilled(lines, { ...all, 'cadenceDays.high': typed })).toMatchObject({
			ok: false,
			errors: [{ field: 'cadenceDays.high' }]
		});
	});
});

describe('what keeps a change from being said', () => {
	const filled = { ok: true as const, values: { lateDays: 20 } };

	test.each([
		[{ from: '', reason: '区委要求' }, 'from', m.settings.fromMissing],
		[{ from: '2026-11-23', reason: '区委要求' }, 'from', m.settings.fromPast],
		[{ from: TODAY, reason: ' ' }, 'reason', m.settings.reasonMissing],
		[{ from: TODAY, reason: '长'.repeat(201) }, 'reason', m.settings.reasonTooLong]
	])('%j', (form, field, message) => {
		expect(changeErrors(null, form, filled, asked)).toEqual([{ field, message }]);
	});

	test('a contradiction is a sentence at its field', () => {
		const values = { cadenceDays: { high: 40 } };
		expect(changeErrors(null, dated, { ok: true, values }, asked)).toMatchObject([
			{
				field: 'cadenceDays.high',
				message: m.settings.contradictions['cadence-order'](
					m.settings.part(m.settings.sections.cadence, m.settings.cadence.high)
				)
			}
		]);
	});
});

describe('what is shown', () => {
	test('from what to what, as it will be on that day', () => {
		const row = rowAfter({ from: '2026-11-30', values: { lateDays: 20 } });
		const [passage] = passagesOf(row, '2026-12-01', { lateDays: 30 });
		expect(passage).toMatchObject({ from: m.settings.days(20), to: m.settings.days(30) });
		const [early] = passagesOf(row, '2026-11-25', { lateDays: 30 });
		expect(early).toMatchObject({ from: m.settings.days(14) });
	});

	test('a later change of the same thing is told', () => {
		const row = rowAfter({ from: '2026-11-30', values: { lateDays: 20 } });
		expect(laterPassages(row, '2026-11-25', { lateDays: 30 })).toHaveLength(1);
		expect(laterPassages(row, '2026-11-25', { slipDays: 3 })).toHaveLength(0);
		expect(laterPassages(row, '2026-11-30', { lateDays: 30 })).toHaveLength(0);
	});

	test('the history keeps what was before, also after later changes', () => {
		const row = rowAfter(
			{ from: '2026-11-25', values: { lateDays: 20 } },
			{ from: '2026-11-26', values: { lateDays: 30 } }
		);
		const told = row.changes.flatMap((change) => pastPassages(row, change));
		expect(told.map(({ from, to }) => [from, to])).toEqual([
			[m.settings.days(14), m.settings.days(20)],
			[m.settings.days(20), m.settings.days(30)]
		]);
	});

	test('[E4] a decision says one of the two from the day of the one that stands', () => {
		const row = rowAfter({ from: '2026-11-28', values: { lateDays: 20 } });
		const conflict = {
			field: 'lateDays',
			stands: 20,
			standsBy: people.district,
			other: 30,
			otherBy: people.district,
			at: 0
		};
		expect(decision(row, conflict, 'other', TODAY)).toMatchObject({
			from: '2026-11-28',
			values: { lateDays: 30 }
		});
		expect(decision(row, conflict, 'standing', '2026-12-05')).toMatchObject({
			from: '2026-12-05',
			values: { lateDays: 20 }
		});
	});
});
