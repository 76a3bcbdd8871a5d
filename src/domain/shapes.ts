/** Shapes that bodies of many kinds share. */
import { z } from 'zod';
import { dayOf, startOfDay } from './calendar.ts';

export const Phone = z.string().regex(/^[\d -]{5,20}$/);

export function isPhone(text: string): boolean {
	return Phone.safeParse(text).success;
}

/** Epoch milliseconds that a `Date` can hold. */
export const InstantShape = z.int().min(0).max(8.64e15);

/** What the first kinds that name a day take: a kind never changes meaning, so 30 February stays one here. */
export const LooseDayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** `YYYY-MM-DD` of a day that exists. */
export const DayShape = LooseDayShape.refine(isDay);

/** A body that says why, and nothing else. */
export const WithReason = z.strictObject({ reason: z.string().min(1).max(200) });
export type WithReason = z.infer<typeof WithReason>;

/** The body of what needs no words. */
export const Nothing = z.strictObject({});
export type Nothing = z.infer<typeof Nothing>;

export function isDay(text: string): boolean {
	const at = startOfDay(text);
	return !Number.isNaN(at) && dayOf(at) === text;
}
