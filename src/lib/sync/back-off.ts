/** Waiting longer after each failure, never all devices at once. */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Full jitter: anything between nothing and the doubled wait. `random` is in [0, 1). */
export function backOff(failures: number, random: () => number, longest = LONGEST_MS): number {
	const ceiling = Math.min(longest, FIRST_MS * 2 ** Math.min(failures, 10));
	return Math.round(ceiling * (0.2 + 0.8 * random()));
}
