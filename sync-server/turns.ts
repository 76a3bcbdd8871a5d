/** [R4] Work goes on for so long, or for so many, in one turn of the event loop; then others have theirs. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 8;
/** What is done for others than those who wait for a receipt, which takes several turns. */
const GATE_MS = 4;

/** Asked between two pieces of the work: it waits for the next turn where this one was long enough. */
export type Turn = () => Promise<void>;

export function createTurn(turnMs = TURN_MS): Turn {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < turnMs) return;
		await nextTurn();
		since = performance.now();
	};
}

/** A table in the order of its ids, page by page, however long it is; others have their turn meanwhile. */
export async function* inPages<T extends { readonly id: string }>(
	read: (after: string) => Promise<readonly T[]>
): AsyncGenerator<T> {
	const turn = createTurn(GATE_MS);
	let page = await read('');
	for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
		for (const each of page) {
			await turn();
			yield each;
		}
		page = await read(last.id);
	}
}

/** Work of many, in the order in which it came. */
export type Gate = <T>(work: (turn: Turn) => Promise<T>) => Promise<T>;

/** Lets through so many at once, and all of them together work in one turn no longer than one alone. */
export function createGate(atOnce: number): Gate {
	const waiting: (() => void)[] = [];
	const turn = createTurn(GATE_MS);
	let inside = 0;
	return async (work) => {
		if (inside === atOnce) await new Promise<void>((enter) => waiting.push(enter));
		else inside += 1;
		try {
			await turn();
			return await work(turn);
		} finally {
			const next = waiting.shift();
			if (next) next();
			else inside -= 1;
		}
	};
}

/** So many in one turn; who joins or leaves meanwhile is taken as they are listed then. */
export async function inTurnsOf<T>(
	most: number,
	all: Iterable<T>,
	work: (each: T) => void
): Promise<void> {
	let done = 0;
	for (const each of all) {
		if (done === most) {
			await nextTurn();
			done = 0;
		}
		work(each);
		done += 1;
	}
}

/** The same again and again, with a pause between two rounds; answers what ends it. */
export function inRoundsOf<T>(
	most: number,
	all: Iterable<T>,
	work: (each: T) => void,
	pauseMs: number
): () => void {
	let isOver = false;
	let timer = setTimeout(begin, pauseMs);

	function begin(): void {
		void inTurnsOf(most, all, work).then(() => {
			if (!isOver) timer = setTimeout(begin, pauseMs);
		});
	}

	return () => {
		isOver = true;
		clearTimeout(timer);
	};
}
