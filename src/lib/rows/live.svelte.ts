/** The one door between live queries and Svelte's runes. */
import { createSubscriber } from 'svelte/reactivity';
import type { Query } from './queries.ts';
import { watch } from './watch.ts';

export interface Live<T> {
	/** The last answer; the initial value until there is one. */
	readonly current: T;
	readonly ready: boolean;
	readonly error: Error | null;
}

/**
 * Keeps a query's answer current while something on the screen reads it. `query` is evaluated
 * reactively: runes read in it ask anew, and the old answer stays until the new one is there.
 */
export function live<T>(query: () => Query<T>, initial: T): Live<T> {
	let current = initial;
	let ready = false;
	let error: Error | null = null;
	const asked = $derived(query());
	const subscribe = $derived.by(() => {
		const run = asked;
		return createSubscriber((update) =>
			watch(
				run,
				(answer) => {
					current = answer;
					ready = true;
					error = null;
					update();
				},
				(problem) => {
					error = problem;
					update();
				}
			)
		);
	});
	return {
		get current() {
			subscribe();
			return current;
		},
		get ready() {
			subscribe();
			return ready;
		},
		get error() {
			subscribe();
			return error;
		}
	};
}
