/** What this device need not hold any more goes: once in a while, and soon after something left its scope (D2). */
import { sweepShared } from '#lib/drafts/shared-store.ts';
import { sweepMedia } from '#lib/media/sweep.ts';
import { forgetBegun, forgetLeft } from '#lib/outbox/forget-left.ts';
import type { Stores } from '#lib/outbox/overlay.ts';

export interface Sweeping {
	/** Call when all that is held is here: what is looked for by its record would seem to be gone. */
	whenDue(): Promise<void>;
	/** Something has left: it is due at the next occasion. */
	soon(): void;
	/** A ledger has left: its photos go at once, the rest when the sweep is due next. */
	left(): Promise<void>;
	/** Nobody has a duty here: what was begun goes. */
	ended(): Promise<void>;
	/** Nothing that others told is held any more. */
	all(): Promise<void>;
}

/** Photos whose records left this device go within this. */
const SWEEP_MS = 10 * 60_000;

export function sweeping(stores: Stores, now: () => number): Sweeping {
	let sweptAt = -Infinity;

	async function all(): Promise<void> {
		await forgetLeft(stores, now());
		await sweepMedia(stores, now());
		await sweepShared(stores);
	}

	return {
		all,
		async whenDue() {
			if (performance.now() - sweptAt <= SWEEP_MS) return;
			sweptAt = performance.now();
			await all();
		},
		soon() {
			sweptAt = -Infinity;
		},
		async left() {
			sweptAt = -Infinity;
			await sweepMedia(stores, now());
		},
		ended: () => forgetBegun(stores, now())
	};
}
