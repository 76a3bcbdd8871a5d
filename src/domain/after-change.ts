/** The visit that a major change asks for: one rule for a member's round and for the boards. */
import type { Instant } from './ids.ts';
import { HOUR } from './spans.ts';

interface Door {
	readonly tier: string;
	/** The last major change. */
	readonly changedAt?: Instant | undefined;
}

/** Until when a door must be visited for what changed in it; null once somebody was met after it. */
export function visitBy(door: Door, lastMet: Instant | undefined, hours: number): Instant | null {
	const { tier, changedAt } = door;
	if (tier !== 'high' || changedAt === undefined) return null;
	return lastMet !== undefined && lastMet > changedAt ? null : changedAt + hours * HOUR;
}
