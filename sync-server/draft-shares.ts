/** [R4] What each device may take of the one thread in which all shared drafts are worked on. */
import { MINUTE } from '#domain/spans.ts';

export interface DraftShares {
	/** Milliseconds for which nothing of it is worked on, since its share of this minute is used up. */
	waitOf(device: string): number;
	/** It broke the thread lately, and writes in no draft. */
	isBarred(device: string): boolean;
	spend(device: string, ms: number): void;
	bar(device: string): void;
}

/** Everybody's minute begins at the same moment. */
export function createDraftShares(msPerMinute: number, now: () => number): DraftShares {
	const spent = new Map<string, number>();
	const barred = new Map<string, number>();
	let since = now();

	function turn(): void {
		const moment = now();
		if (moment - since < MINUTE) return;
		since = moment;
		spent.clear();
		for (const [device, until] of barred) if (until <= moment) barred.delete(device);
	}

	return {
		waitOf(device) {
			turn();
			return (spent.get(device) ?? 0) > msPerMinute ? since + MINUTE - now() : 0;
		},
		isBarred: (device) => now() < (barred.get(device) ?? 0),
		spend(device, ms) {
			turn();
			spent.set(device, (spent.get(device) ?? 0) + ms);
		},
		bar: (device) => void barred.set(device, now() + MINUTE)
	};
}
