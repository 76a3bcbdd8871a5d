/** The first invitations, kept by this tab alone until they are handed over: joining in another tab redraws this page. */
import type { Founded } from '#lib/device/door.ts';

const KEY = 'lxq-founded';

export function keepFounded(founded: Founded): void {
	sessionStorage.setItem(KEY, JSON.stringify(founded));
}

export function readFounded(): Founded | null {
	const kept = sessionStorage.getItem(KEY);
	// Only `keepFounded` writes under this key.
	return kept === null ? null : (JSON.parse(kept) as Founded);
}

export function forgetFounded(): void {
	sessionStorage.removeItem(KEY);
}
