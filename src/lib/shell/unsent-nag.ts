/** Whether to remind of what waits: after three days, and on iPhones of syncing at all (they clear idle sites). */
import { isApple } from './install-guide.ts';

const DAY_MS = 86_400_000;
const NAG_DAYS = 3;

export type Nag =
	| { readonly n: number; readonly days: number; readonly isApple: boolean }
	| 'apple-unsynced'
	| null;

export function nagOf(of: {
	readonly waiting: readonly { readonly createdAt: number; readonly stage: string }[];
	readonly lastSuccess: number | null;
	readonly now: number;
	readonly userAgent: string;
}): Nag {
	const { waiting, lastSuccess, now, userAgent } = of;
	const unsent = waiting.filter(({ stage }) => stage !== 'received');
	const oldest = Math.min(now, ...unsent.map(({ createdAt }) => createdAt));
	const days = Math.floor((now - oldest) / DAY_MS);
	if (days >= NAG_DAYS) return { n: unsent.length, days, isApple: isApple(userAgent) };
	const isStale = lastSuccess !== null && now - lastSuccess > NAG_DAYS * DAY_MS;
	return isStale && isApple(userAgent) ? 'apple-unsynced' : null;
}
