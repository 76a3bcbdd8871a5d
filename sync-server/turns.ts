/** [R4] Work goes on for so long in one turn of the event loop; then others have theirs. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 8;

/** Asked between two pieces of the work: it waits for the next turn where this one was long enough. */
export type Turn = () => Promise<void>;

export function createTurn(): Turn {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < TURN_MS) return;
		await nextTurn();
		since = performance.now();
	};
}
