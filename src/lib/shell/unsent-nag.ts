/** Whether to remind of what waits: after three days, and on iPhones of syncing at all (they clear idle sites). */
import { DAY } from '#domain/spans.ts';
import { isApple, type Claims } from './install-guide.ts';

const NAG_DAYS = 3;

export type Nag =
	| { readonly n: number; readonly days: number; readonly isApple: boolean }
	| 'apple-unsynced'
	| null;

export function nagOf(of: {
	/** Entries that the relay has not answered, and when the oldest of them was said. */
	readonly waiting: number;
	readonly waitingSince: number | null;
	readonly lastSuccess: number | null;
	readonly now: number;
	readonly browser: Claims;
}): Nag {
	const { waiting, waitingSince, lastSuccess, now, browser } = of;
	const days = Math.floor((now - (waitingSince ?? now)) / DAY);
	if (days >= NAG_DAYS) return { n: waiting, days, isApple: isApple(browser) };
	const isStale = lastSuccess !== null && now - lastSuccess > NAG_DAYS * DAY;
	return isStale && isApple(browser) ? 'apple-unsynced' : null;
}
