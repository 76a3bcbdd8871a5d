/**
 * How long to wait before asking a relay again, so that many devices never come back together (R4).
 *
 * A request is refused with a header that says when to come back: nothing is asked before, and from then
 * on devices come one by one. A browser hides the headers of a refused WebSocket: there the wait is any
 * moment up to a bound that doubles.
 */

import type { Refusal } from '#lib/device/relay.ts';
import type { Alarm } from './alarm.ts';

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
/** Devices that were sent away together come back within at least this. */
const LEAST_SPREAD_MS = 20_000;

/** Full jitter: any moment within the doubled wait. `random` is in [0, 1). */
export function backOff(failures: number, random: () => number, first = FIRST_MS): number {
	const ceiling = Math.min(LONGEST_MS, first * 2 ** Math.min(failures, 10));
	return Math.round(ceiling * random());
}

/** On top of the seconds that the relay asked for: as long again, and never all at once. */
export function spreadAfter(seconds: number, random: () => number): number {
	return Math.round(Math.max(LEAST_SPREAD_MS, seconds * 1000) * random());
}

/** Rests after a refusal: at most until something happens, and never shorter than the relay asked for. */
export async function restAfter(
	{ retryAfter }: Refusal,
	bell: Alarm,
	{ failures, random, signal }: Resting
): Promise<void> {
	if (retryAfter === undefined) return bell.wait(backOff(failures, random));
	await bell.hold(retryAfter * 1000);
	// From here on a person's wish goes first.
	if (!signal.aborted) await bell.sleep(spreadAfter(retryAfter, random));
}

export interface Resting {
	readonly failures: number;
	readonly random: () => number;
	readonly signal: AbortSignal;
}
