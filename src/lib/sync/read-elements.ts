/** Reads a ledger's elements out of its document's items, strictly, each once (E6, L1). */
import { z } from 'zod';
import { FactHead, Head, TextItem } from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import type { LedgerElement } from '#lib/rows/ledger-element.ts';

// [E5] a head from a newer relay may say more than this version knows
const AnyHead = z.object(Head.shape);
const AnyFactHead = z.object(FactHead.shape);

/**
 * Elements with a seq above `after`, from items as they stand in the document: a head, then for an
 * entry its text unless that was erased. A head whose text has not arrived yet ends the run.
 */
export function readElements(
	items: readonly unknown[],
	after: number,
	limit = Infinity
): readonly LedgerElement[] {
	const elements: LedgerElement[] = [];
	for (let at = firstAfter(items, after); at < items.length && elements.length < limit; at++) {
		const item = items[at];
		if (isFact(item)) {
			elements.push({ is: 'fact', head: AnyFactHead.parse(item) });
			continue;
		}
		const head = AnyHead.parse(item);
		if (at + 1 === items.length) break;
		const text = TextItem.safeParse(items[at + 1]);
		const hasText = text.success && text.data[0] === head.seq;
		const parsed = hasText ? parseEntry(text.data[1]) : null;
		elements.push({ is: 'entry', head, entry: parsed?.ok ? parsed.entry : null });
		if (hasText) at += 1;
	}
	return elements;
}

/** The seq of the newest whole element; 0 for none. */
export function lastSeq(items: readonly unknown[]): number {
	for (let at = items.length - 1; at >= 0; at--) {
		const item = items[at];
		if (Array.isArray(item) || isFact(item)) return seqOf(item);
	}
	return 0;
}

function isFact(item: unknown): boolean {
	return typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'fact';
}

/** Items are in order of seq, so the place is found by halving. */
function firstAfter(items: readonly unknown[], after: number): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (seqOf(items[middle]) <= after) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The seq an item carries, head or text; 0 for anything else. */
export function seqOf(item: unknown): number {
	if (Array.isArray(item)) return typeof item[0] === 'number' ? item[0] : 0;
	if (typeof item !== 'object' || item === null || !('seq' in item)) return 0;
	return typeof item.seq === 'number' ? item.seq : 0;
}
