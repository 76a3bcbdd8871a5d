/** Which of what the relay did not take the desk has said anew, and which it may still say. */
import type { RefusedCommit } from '#lib/bundle/bundles.ts';

export function isAdopted({ adoption }: RefusedCommit): boolean {
	return adoption?.isDone === true;
}

export function isToAdopt({ adoption }: RefusedCommit): boolean {
	return adoption?.isDone === false;
}
