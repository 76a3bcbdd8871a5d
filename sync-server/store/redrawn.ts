/** [R6] When a store was last put back: it takes back what was received before that, and nothing else. */
import type { Reads, Sql } from './store.ts';

/** Key in the `meta` of a store. */
const REDRAWN_AT = 'redrawnAt';

/** [O5] Invitations that it knows as open may have been used or taken back meanwhile: all of them are void. */
export async function noteRedrawn(stored: Sql & Reads, at: number): Promise<void> {
	await stored.setMeta(REDRAWN_AT, String(at));
	const revoke =
		'UPDATE invitation SET revoked_at = ? WHERE used_at IS NULL AND revoked_at IS NULL';
	await stored.run(revoke, at);
}

/** Null where the store is the one that was founded. */
export async function redrawnAt(stored: Reads): Promise<number | null> {
	const at = await stored.meta(REDRAWN_AT);
	return at === null ? null : Number(at);
}
