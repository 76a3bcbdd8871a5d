/** A day and a time of that day as people type them. */
import { startOfDay } from '#domain/calendar.ts';
import { MINUTE } from '#domain/spans.ts';

/** 9:30, 09：30 or 930 on a day; null for what is no day or no time. */
export function typedMoment(day: string, time: string): number | null {
	const minutes = minutesOf(time);
	return day === '' || minutes === null ? null : startOfDay(day) + minutes * MINUTE;
}

export function isTime(time: string): boolean {
	return minutesOf(time) !== null;
}

function minutesOf(time: string): number | null {
	const match = /^(\d{1,2})[:\uff1a.]?(\d{2})$/.exec(time.trim());
	if (match === null) return null;
	const [hours, minutes] = [Number(match[1]), Number(match[2])];
	return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}
