/**
 * When photos are swept: at the start, every few hours, and after something was erased; never two sweeps at once. In
 * turn with them those are learned of that a restored store does not know.
 */
import { HOUR } from '#domain/spans.ts';
import type { MediaStore } from './store.ts';

const SWEEP_MS = 6 * HOUR;

export interface MediaSweeper {
	/** Sweeps now and from time to time, and walks the files each time. */
	start(): void;
	/** [A4] What was erased may have been a photo's last name. */
	soon(): void;
	/** [R6] What came back to a restored store may name photos that lie there still. */
	knowAgain(): void;
	/** Resolves once the sweep that is under way has stopped. */
	close(): Promise<void>;
}

export function createMediaSweeper(
	media: Pick<MediaStore, 'sweep' | 'knowAgain' | 'dropStrays'>,
	onBroken: (cause: unknown) => void
): MediaSweeper {
	let isOpen = true;
	let last: Promise<unknown> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	const goesOn = () => isOpen;

	function inTurn(work: () => Promise<unknown>): void {
		last = last.then(() => (isOpen ? work() : undefined)).catch(onBroken);
	}

	/** One that has not begun yet sees all that was said until it does. */
	function once(work: () => Promise<unknown>): () => void {
		let isWaiting = false;
		return () => {
			if (isWaiting) return;
			isWaiting = true;
			inTurn(() => {
				isWaiting = false;
				return work();
			});
		};
	}

	const soon = once(() => media.sweep(goesOn));
	const knowAgain = once(() => media.knowAgain(goesOn));

	function sweepAll(): void {
		knowAgain();
		soon();
		inTurn(() => media.dropStrays(goesOn));
	}

	return {
		start() {
			sweepAll();
			timer = setInterval(sweepAll, SWEEP_MS).unref();
		},
		soon,
		knowAgain,
		async close() {
			isOpen = false;
			clearInterval(timer);
			await last;
		}
	};
}
