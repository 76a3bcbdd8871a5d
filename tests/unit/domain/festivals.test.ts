// The three themed days of a year, as the design's table and the almanac name them.
import { expect, test } from 'vitest';
import { weekday } from '#domain/calendar.ts';
import { disabilityDay, doubleNinth, themeDays } from '#domain/festivals.ts';

test.each([
	[2026, '2026-05-17', '2026-07-01', '2026-10-18'],
	[2027, '2027-05-16', '2027-07-01', '2027-10-08'],
	[2028, '2028-05-21', '2028-07-01', '2028-10-26']
])('the themes of %i', (year, disability, july, ninth) => {
	expect(themeDays(year)).toEqual([
		{ theme: 'disabilityDay', day: disability },
		{ theme: 'julyFirst', day: july },
		{ theme: 'doubleNinth', day: ninth }
	]);
});

test('全国助残日 is a Sunday between the 15th and the 21st of May', () => {
	for (let year = 2000; year <= 2100; year += 1) {
		const day = disabilityDay(year);
		expect(weekday(day)).toBe(7);
		expect(day >= `${year}-05-15` && day <= `${year}-05-21`).toBe(true);
	}
});

test('重阳 is known from 2020 to 2050, and a year outside is not guessed', () => {
	for (let year = 2020; year <= 2050; year += 1)
		expect(doubleNinth(year)).toMatch(new RegExp(`^${year}-10-\\d{2}$`));
	expect(doubleNinth(2019)).toBeNull();
	expect(doubleNinth(2051)).toBeNull();
	expect(themeDays(2051).map(({ theme }) => theme)).toEqual(['disabilityDay', 'julyFirst']);
});
