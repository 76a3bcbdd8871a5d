/** 哪天、几点 of a visit as people type them, and what must be mended of it. */
import { addDays, dayOf } from '#domain/calendar.ts';
import { isTime, typedMoment } from '#lib/field/typed-moment.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface When {
	/** `YYYY-MM-DD` */
	day: string;
	/** 9:30 */
	startTime: string;
	endTime: string;
}

/** The relay takes a visit of any day: an older one than this is a slip of the pen. */
const OLDEST = 366;

/** A whole day and a time that has been, an end that is not before the start. */
export function whenErrors({ day, startTime, endTime }: When, now: number): readonly FieldError[] {
	const words = m.round.record;
	const started = typedMoment(day, startTime);
	const ended = typedMoment(day, endTime);
	const checks: readonly (readonly [string, boolean, string])[] = [
		['day', day === '', words.dayMissing],
		['day', day > dayOf(now), words.dayFuture],
		['startTime', !isTime(startTime), words.timeWrong],
		['startTime', day === dayOf(now) && (started ?? 0) > now, words.dayFuture],
		['endTime', endTime.trim() !== '' && !isTime(endTime), words.timeWrong],
		['endTime', day === dayOf(now) && (ended ?? 0) > now, words.dayFuture],
		['endTime', (ended ?? Infinity) < (started ?? 0), m.visit.correct.endsBefore]
	];
	return checks.flatMap(([field, isWrong, message]) => (isWrong ? [{ field, message }] : []));
}

/** Of a visit that is written down for the first time. */
export function firstWhenErrors(when: When, now: number): readonly FieldError[] {
	const isTooOld = when.day !== '' && when.day < addDays(dayOf(now), -OLDEST);
	const tooOld = { field: 'day', message: m.visit.when.tooOld };
	return [...(isTooOld ? [tooOld] : []), ...whenErrors(when, now)];
}
