/** [R6] What a device that is ahead of a restored store gives back to it. */
import { z } from 'zod';
import { HAND_IN_ENTRIES } from './entry.ts';
import { DAY } from './spans.ts';
import { LedgerMark, Receipt } from './wire.ts';

/** What nobody could take for so long is lost with those who could have: an enrolment, an earlier entry. */
export const GIVEN_BACK_MS = 14 * DAY;
/** Marks of one ledger that a device names, to find where its own and the store's part. */
export const MARKS_NAMED = 48;
/** Ledgers that it names in one request: with all their marks no more values than a request may have. */
export const LEDGERS_NAMED = 100;

export const CommonAsk = z.strictObject({
	held: z.record(z.string(), z.array(LedgerMark).max(MARKS_NAMED))
});

/** Of each ledger the last of the named marks that the store has too; 0 where it has none. */
export const CommonAnswer = z.object({ common: z.record(z.string(), z.int().min(0)) });
export type CommonAnswer = z.infer<typeof CommonAnswer>;

/** An element as it stood in the ledger of another epoch, with the chain that its head was bound to. */
export const OfferedElement = z.strictObject({
	previous: z.string().max(64),
	/** The head's JSON, as the relay wrote it. */
	head: z.string().max(16_384),
	/** Absent where it was erased (A4), which the order alone proves. */
	text: z.string().optional(),
	sig: z.string().optional()
});
export type OfferedElement = z.infer<typeof OfferedElement>;

export const Offer = z.strictObject({
	elements: z.array(OfferedElement).min(1).max(HAND_IN_ENTRIES)
});

/**
 * `taken`: it stands in the ledgers again; `known`: the store has it. `later`: something it follows, its
 * author's device, or its text is not there yet. `untagged`: the relay cannot vouch for it; its text may be handed in anew.
 */
export const Offered = z.enum(['taken', 'known', 'later', 'untagged', 'refused']);
export type Offered = z.infer<typeof Offered>;

export const OfferAnswer = z.object({
	answers: z.array(z.object({ is: Offered, receipt: Receipt.optional() }))
});
export type OfferAnswer = z.infer<typeof OfferAnswer>;
