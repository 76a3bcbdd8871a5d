/** [R7] How much the next page may hold: what a broken link takes along with it is a few seconds' worth. */

/** Bytes; the relay gives no more in one answer. */
const MOST = 1_500_000;
const LEAST = 12_000;
const PAGE_MS = 3_000;
/** Quicker than this says nothing of the link. */
const QUICK_MS = PAGE_MS / 4;
/** A link that broke is trusted again little by little. */
const BROKEN_MS = 5 * 60_000;

export interface PagePace {
	/** Bytes to ask for next. */
	size(): number;
	/** The link broke a while ago: what comes over it comes in pages. */
	isBrittle(): boolean;
	/** A full page of so many bytes came, after so long. */
	came(size: number, ms: number): void;
	/** The link broke under what was on its way. */
	broke(): void;
}

export function pagePace(now: () => number): PagePace {
	let size = MOST;
	let brokeAt = -Infinity;
	const isBrittle = () => now() - brokeAt < BROKEN_MS;
	const set = (wished: number) => {
		size = Math.round(Math.min(MOST, Math.max(LEAST, wished)));
	};
	return {
		size: () => size,
		isBrittle,
		came(asked, ms) {
			if (ms >= QUICK_MS) set((asked * PAGE_MS) / ms);
			else set(Math.max(size, asked * (isBrittle() ? 1.03 : 2)));
		},
		broke() {
			set(Math.min(size, 4 * LEAST) / 4);
			brokeAt = now();
		}
	};
}
