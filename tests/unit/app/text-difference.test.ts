/** What was typed into a shared text, and where a caret stays while others type. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf, movedBy, type Difference } from '#lib/drafts/text-difference.ts';

function carriedOut(text: string, { at, removed, inserted }: Difference): string {
	return text.slice(0, at) + inserted + text.slice(at + removed);
}

/** Few characters, so that much repeats; some of two halves. */
const character = fc.constantFrom('a', '社', '\u{20BB7}', '\u{20BB8}', '😀', '😁', '\n');
const text = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));

describe('what was typed', () => {
	test('leads from the one text to the other, in whole characters', () => {
		fc.assert(
			fc.property(text, text, fc.nat(30), (before, after, caret) => {
				const difference = differenceOf(before, after, Math.min(caret, after.length));
				expect(difference === null ? before : carriedOut(before, difference)).toBe(after);
				if (difference === null) return;
				const removed = before.slice(difference.at, difference.at + difference.removed);
				for (const part of [removed, difference.inserted]) expect(part.isWellFormed()).toBe(true);
			}),
			{ numRuns: 5_000 }
		);
	});

	test('of a repeated character it is the one before the caret', () => {
		expect(differenceOf('好好好', '好好好好', 2)).toEqual({ at: 1, removed: 0, inserted: '好' });
		expect(differenceOf('好好好', '好好', 1)).toEqual({ at: 1, removed: 1, inserted: '' });
	});
});

describe('a caret', () => {
	const table = [
		['before what others add', 2, [{ retain: 4 }, { insert: '您好' }], 2],
		['behind what others add', 4, [{ retain: 1 }, { insert: '您好' }], 6],
		['where others add', 4, [{ retain: 4 }, { insert: '您好' }], 4],
		['behind what others take away', 5, [{ retain: 1 }, { delete: 2 }], 3],
		['in what others take away', 3, [{ retain: 1 }, { delete: 6 }], 1],
		['at the beginning', 0, [{ insert: '您好' }], 0],
		['behind a picture, which the text does not show', 2, [{ insert: {} }, { retain: 2 }], 2]
	] as const;
	test.each(table)('%s', (_where, place, steps, moved) => {
		expect(movedBy(place, steps)).toBe(moved);
	});
});
