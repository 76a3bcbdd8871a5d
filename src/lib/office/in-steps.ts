/** Long work in short steps: says how far it is, lets the screen breathe, and stops when asked to. */

export interface Watch {
	readonly signal?: AbortSignal;
	/** The share done, from 0 to 1. */
	readonly onProgress?: (share: number) => void;
}

/** Time one step may hold the thread, about a frame. */
const SLICE_MS = 12;

/** Runs what yields the share done; null when it was cancelled on the way. */
export async function runInSteps<T>(
	steps: Generator<number, T>,
	{ signal, onProgress }: Watch = {}
): Promise<T | null> {
	let paused = performance.now();
	for (;;) {
		if (signal?.aborted) return null;
		const { done, value } = steps.next();
		if (done === true) {
			onProgress?.(1);
			return value;
		}
		if (performance.now() - paused < SLICE_MS) continue;
		onProgress?.(value);
		await new Promise((resume) => setTimeout(resume));
		paused = performance.now();
	}
}
