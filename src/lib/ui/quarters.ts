/** Quarters to choose from, their days, and what they are called. */
import {
	addDays,
	quarterEnd,
	quarterOf,
	quarterStart,
	startOfDay,
	type Quarter
} from '#domain/calendar.ts';
import type { Span } from '#domain/figures.ts';
import { m } from '#lib/i18n/index.ts';
import type { Option } from './field.ts';

/** This quarter and those before it, newest first. */
export function recentQuarters(now: number, count = 4): readonly Quarter[] {
	const quarters = [quarterOf(now)];
	while (quarters.length < count) {
		const start = quarterStart(quarters[quarters.length - 1] ?? quarterOf(now));
		quarters.push(quarterOf(startOfDay(addDays(start, -1))));
	}
	return quarters;
}

export function spanOf(quarter: Quarter): Span {
	return { from: quarterStart(quarter), to: quarterEnd(quarter) };
}

/** 2026年第四季度 */
export function quarterWords(quarter: Quarter): string {
	return m.when.quarter(Number(quarter.slice(0, 4)), Number(quarter.slice(5)));
}

export function quarterOptions(now: number, count = 4): readonly Option<Quarter>[] {
	return recentQuarters(now, count).map((value) => ({ value, words: quarterWords(value) }));
}
