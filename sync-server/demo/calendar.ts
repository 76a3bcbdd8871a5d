/** Believable moments for the demo district: office hours backwards and forwards, and when members walk. */
import {
	addDays,
	addOfficeMinutes,
	dayOf,
	defaultOfficeHours,
	isWorkingDay,
	startOfDay,
	type Day
} from '#domain/calendar.ts';
import { builtInHolidays } from '#domain/holidays.ts';
import { MINUTE } from '#domain/spans.ts';
import type { Chance } from './random.ts';

/** Spans of the default office hours, in minutes after midnight. */
const spans = defaultOfficeHours.map(([opens, closes]) => [minutesOf(opens), minutesOf(closes)]);

/** The moment from which so many office minutes have passed until another. */
export function officeMinutesBefore(until: number, minutes: number): number {
	let left = minutes;
	for (let day = dayOf(until); ; day = addDays(day, -1)) {
		if (!isWorkingDay(day, builtInHolidays)) continue;
		const midnight = startOfDay(day);
		for (const [opens = 0, closes = 0] of spans.toReversed()) {
			const end = Math.min(until, midnight + closes * MINUTE);
			const open = (end - midnight) / MINUTE - opens;
			if (open <= 0) continue;
			if (left <= open) return end - left * MINUTE;
			left -= open;
		}
	}
}

export function officeMinutesAfter(from: number, minutes: number): number {
	return addOfficeMinutes(from, minutes, defaultOfficeHours, builtInHolidays).at;
}

/** The first office moment at or after another, with some minutes' delay. */
export function nextOffice(from: number, chance: Chance, most = 40): number {
	return officeMinutesAfter(from, chance.int(1, most)) + chance.int(0, 59) * 1000;
}

/** A moment on a day when a member may be at a door: mornings, afternoons, and evenings of working days. */
export function walkingMoment(day: Day, chance: Chance): number {
	const midnight = startOfDay(day);
	const hour = chance.next();
	let minutes: number;
	if (hour < 0.4) minutes = chance.int(9 * 60, 11 * 60 + 20);
	else if (hour < 0.8) minutes = chance.int(14 * 60 + 40, 17 * 60 + 30);
	else minutes = chance.int(18 * 60 + 40, 20 * 60);
	return midnight + minutes * MINUTE + chance.int(0, 59) * 1000;
}

/** A moment in office hours on the working day nearest before a day. */
export function deskMoment(day: Day, chance: Chance): number {
	let on = day;
	while (!isWorkingDay(on, builtInHolidays)) on = addDays(on, -1);
	const [opens = 0, closes = 0] = chance.pick(spans);
	return startOfDay(on) + chance.int(opens, closes - 5) * MINUTE + chance.int(0, 59) * 1000;
}

function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}
