/** What was typed, as the one place where two texts differ; never in the middle of a character. */

export interface Difference {
	readonly at: number;
	readonly removed: number;
	readonly inserted: string;
}

/** One step of a change as Yjs tells it. */
export interface Step {
	readonly retain?: number | undefined;
	readonly insert?: unknown;
	readonly delete?: number | undefined;
}

/**
 * Null where nothing differs. The caret stands behind what was typed: of a repeated character it is the one before
 * the caret that is new.
 */
export function differenceOf(
	before: string,
	after: string,
	caret: number = after.length
): Difference | null {
	if (before === after) return null;
	const most = Math.min(before.length, after.length - caret);
	let end = 0;
	const isSameFromEnd = (back: number) =>
		before[before.length - 1 - back] === after[after.length - 1 - back];
	while (end < most && isSameFromEnd(end)) end += 1;
	let start = 0;
	const shorter = Math.min(before.length, after.length) - end;
	while (start < shorter && before[start] === after[start]) start += 1;
	if (splitsCharacter(before, start) || splitsCharacter(after, start)) start -= 1;
	if (splitsCharacter(before, before.length - end) || splitsCharacter(after, after.length - end))
		end -= 1;
	return {
		at: start,
		removed: before.length - end - start,
		inserted: after.slice(start, after.length - end)
	};
}

/** Where a place in a text is after somebody else changed it. */
export function movedBy(place: number, steps: readonly Step[]): number {
	let at = 0;
	let moved = place;
	for (const step of steps) {
		if (at >= moved) break;
		if (step.retain !== undefined) at += step.retain;
		else if (step.delete !== undefined) moved -= Math.min(step.delete, moved - at);
		else if (typeof step.insert === 'string') {
			at += step.insert.length;
			moved += step.insert.length;
		}
	}
	return moved;
}

/** Does a cut here leave half of a character on each side? */
function splitsCharacter(text: string, at: number): boolean {
	const before = text.charCodeAt(at - 1);
	const after = text.charCodeAt(at);
	return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}
