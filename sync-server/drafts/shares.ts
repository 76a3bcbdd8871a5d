/** [R4] What each person may take, with whichever devices, of the one thread in which all shared drafts are worked on. */
import { MINUTE } from '#domain/spans.ts';

export interface DraftShares {
	/** Milliseconds for which nothing of theirs is worked on, since their share of this minute is used up. */
	waitOf(person: string): number;
	/** They broke the thread lately, and write in no draft. */
	isBarred(person: string): boolean;
	spend(person: string, ms: number): void;
	bar(person: string): void;
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
		for (const [person, until] of barred) if (until <= moment) barred.delete(person);
	}

	return {
		waitOf(person) {
			turn();
			return (spent.get(person) ?? 0) > msPerMinute ? since + MINUTE - now() : 0;
		},
		isBarred: (person) => now() < (barred.get(person) ?? 0),
		spend(person, ms) {
			turn();
			spent.set(person, (spent.get(person) ?? 0) + ms);
		},
		bar: (person) => void barred.set(person, now() + MINUTE)
	};
}
