/** Which of what the relay did not take the desk has said anew, and which it may still say. */
import { isOpen } from '#lib/bundle/adopt.ts';
import type { RefusedCommit } from '#lib/bundle/bundles.ts';

export function isAdopted({ adoption }: RefusedCommit): boolean {
	return adoption?.isDone === true;
}

export function isToAdopt({ adoption }: RefusedCommit): boolean {
	return adoption !== null && isOpen(adoption);
}

/** It told nothing but by photos and signatures. */
export function isOfMediaAlone({ adoption }: RefusedCommit): boolean {
	return adoption?.says.length === 0;
}
