/** Live queries outside of Svelte. */
import { liveQuery } from 'dexie';
import type { Query } from './queries.ts';

/** Asks again whenever the answer may have changed, in this tab or another; answers what stops it. */
export function watch<T>(
	query: Query<T>,
	onAnswer: (answer: T) => void,
	onError: (error: Error) => void
): () => void {
	const subscription = liveQuery(query).subscribe({
		next: onAnswer,
		error: (cause: unknown) => onError(cause instanceof Error ? cause : new Error(String(cause)))
	});
	return () => subscription.unsubscribe();
}
