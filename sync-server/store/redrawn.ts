/** [R6] When a store was last put back: it takes back what was received before that, and nothing else. */
import type { Reads } from './store.ts';

/** Key in the `meta` of a store. */
const REDRAWN_AT = 'redrawnAt';

export function noteRedrawn(stored: Reads, at: number): Promise<void> {
	return stored.setMeta(REDRAWN_AT, String(at));
}

/** Null where the store is the one that was founded. */
export async function redrawnAt(stored: Reads): Promise<number | null> {
	const at = await stored.meta(REDRAWN_AT);
	return at === null ? null : Number(at);
}
