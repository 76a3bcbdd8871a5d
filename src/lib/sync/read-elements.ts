/** Reads a ledger's elements out of its document's items, strictly, each once (E6, L1). */
import { z } from 'zod';
import {
	ActorShape,
	FactBody,
	FactHead,
	Given,
	GoneHead,
	Head,
	TextItem
} from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import type { Told } from '#domain/fold.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerElement } from '#lib/rows/ledger-element.ts';

// [E5] what a newer relay says may hold more, at any depth, than this version knows
const AnyHead = z.object({
	...Head.shape,
	actor: z.object(ActorShape.shape),
	given: z.object(Given.shape)
});
const [visitFact, demandFact, householdFact] = FactBody.options;
const AnyFactHead = z.object({
	...FactHead.shape,
	fact: z.discriminatedUnion('family', [
		visitFact.strip(),
		demandFact.strip(),
		householdFact.strip()
	])
});
const AnyGoneHead = z.object(GoneHead.shape);
const AnyMark = z.object({ seq: z.int().min(1), receivedAt: z.int(), chain: z.string() });

/**
 * Elements with a seq above `after` and at most `whole`, from items as they stand in the document: a head,
 * then for an entry its text unless that is gone. Of the one after `whole` only the head has arrived.
 */
export function readElements(
	items: readonly unknown[],
	after: number,
	{ whole = Infinity, limit = Infinity }: { whole?: number; limit?: number } = {}
): readonly LedgerElement[] {
	const elements: LedgerElement[] = [];
	for (let at = firstAfter(items, after); at < items.length && elements.length < limit; at++) {
		const item = items[at];
		if (seqOf(item) > whole) break;
		if (isOfKind(item, 'fact')) {
			const head = AnyFactHead.safeParse(item);
			elements.push(head.success ? { is: 'fact', head: head.data } : unknown(item));
			continue;
		}
		if (isOfKind(item, 'left') || isOfKind(item, 'erased')) {
			const head = AnyGoneHead.parse(item);
			elements.push(head.kind === 'left' ? { is: 'left', head } : { is: 'erased', head });
			continue;
		}
		const head = AnyHead.safeParse(item);
		const text = TextItem.safeParse(items[at + 1]);
		const hasText = text.success && text.data[0] === seqOf(item);
		const parsed = hasText ? parseEntry(text.data[1]) : null;
		const entry = parsed?.ok ? parsed.entry : null;
		elements.push(head.success ? { is: 'entry', head: head.data, entry } : unknown(item));
		if (hasText) at += 1;
	}
	return elements;
}

/** [E5] A role, a reason or a fact of a newer relay: kept in the replica, and skipped until this app is newer. */
function unknown(item: unknown): LedgerElement {
	return { is: 'unknown', head: AnyMark.parse(item) };
}

/** [A5] Records that left the ledger at some time. */
export function leftIn(items: readonly unknown[]): readonly RecordId[] {
	const left = items.filter((item) => isOfKind(item, 'left'));
	return [...new Set(left.map((item) => AnyGoneHead.parse(item).record))];
}

/** [A4] A record's elements since it came to the ledger for the last time. */
export function elementsOf(
	items: readonly unknown[],
	record: RecordId,
	whole: number
): readonly Told[] {
	const own = items.filter(
		(item, at) => isAbout(item, record) || (Array.isArray(item) && isAbout(items[at - 1], record))
	);
	let told: Told[] = [];
	for (const element of readElements(own, 0, { whole })) {
		if (element.is === 'left') told = [];
		if (element.is === 'entry') told.push(element);
	}
	return told;
}

function isAbout(item: unknown, record: RecordId): boolean {
	return typeof item === 'object' && item !== null && 'record' in item && item.record === record;
}

/** What sort of head an item is: these have no text of their own. */
export function isOfKind(item: unknown, kind: 'fact' | 'left' | 'erased'): boolean {
	return typeof item === 'object' && item !== null && 'kind' in item && item.kind === kind;
}

/** Where the items above a seq begin: they are in order, so the place is found by halving. */
export function firstAfter(items: readonly unknown[], after: number): number {
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
