/** When a visit was: the moment its form was opened, until the visitor says that it was another. */
import { dayOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/ids.ts';
import type { TypedMoment } from '#domain/kinds/visit.ts';
import { typedMoment } from '#lib/field/typed-moment.ts';
import { spanWords } from '#lib/field/visit-words.ts';
import { m } from '#lib/i18n/index.ts';
import { clock, momentWords, nearDayWords } from '#lib/ui/format.ts';
import type { When } from '#lib/visits/when.ts';
import type { VisitDraft } from './visit-draft.ts';

type Timed = Pick<VisitDraft, 'startedAt' | 'endedAt' | 'day' | 'startTime' | 'endTime'>;

/** As the fields show it; an end that nobody wrote is empty. */
export function whenOf({ startedAt, day, startTime, endTime }: Timed): When {
	return {
		day: day ?? dayOf(startedAt),
		startTime: startTime ?? clock(startedAt),
		endTime: endTime ?? ''
	};
}

/** Another start than the form's own was written, to the minute. */
export function isMoved(form: Timed): boolean {
	const { day, startTime } = whenOf(form);
	const typed = typedMoment(day, startTime);
	return typed !== null && typed !== typedMoment(dayOf(form.startedAt), clock(form.startedAt));
}

export function startOf(form: Timed): Instant {
	const { day, startTime } = whenOf(form);
	return (isMoved(form) ? typedMoment(day, startTime) : null) ?? form.startedAt;
}

/** Absent where nobody knows: a form that is filled in afterwards, or on another day, ends later than its visit. */
export function endOf(form: Timed, now: Instant): Instant | undefined {
	const startedAt = startOf(form);
	if (form.endTime !== undefined) {
		const typed = typedMoment(whenOf(form).day, form.endTime);
		return typed === null ? undefined : Math.max(typed, startedAt);
	}
	const endedAt = form.endedAt ?? now;
	const isKnown = !isMoved(form) && dayOf(endedAt) === dayOf(startedAt) && endedAt >= startedAt;
	return isKnown ? endedAt : undefined;
}

/** Which of its moments a person wrote: a clock that is off says nothing of them (E3). */
export function typedOf(form: Timed): readonly TypedMoment[] {
	const hasEnd = typedMoment(whenOf(form).day, form.endTime ?? '') !== null;
	return [
		...(isMoved(form) ? ['startedAt' as const] : []),
		...(hasEnd ? ['endedAt' as const] : [])
	];
}

/** 9:30—9:45, with its day where that is not today. */
export function whenWords(form: Timed, now: Instant): string {
	const startedAt = startOf(form);
	const span = spanWords({ startedAt, endedAt: endOf(form, now) });
	return isToday(form, now) ? span : m.when.at(nearDayWords(startedAt, now), span);
}

/** 昨天 9:30, where it was another day than today. */
export function otherDayWords(form: Timed, now: Instant): string | undefined {
	return isToday(form, now) ? undefined : momentWords(startOf(form), now);
}

export function isToday(form: Timed, now: Instant): boolean {
	return dayOf(startOf(form)) === dayOf(now);
}
