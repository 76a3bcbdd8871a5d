/** One element of a ledger as the folds of this device take it. */
import type { FactHead, GoneHead, Head } from '#domain/element.ts';
import type { Entry } from '#domain/entry.ts';

export type LedgerElement =
	| {
			readonly is: 'entry';
			readonly head: Head;
			/** Null when the text is gone or cannot be read: nothing follows from the head alone. */
			readonly entry: Entry | null;
	  }
	| { readonly is: 'fact'; readonly head: FactHead }
	/** [A5] The record has left this ledger. */
	| { readonly is: 'left'; readonly head: GoneHead }
	/** [A4] Texts of it were erased. */
	| { readonly is: 'erased'; readonly head: GoneHead }
	/** [E5] Said in a way this version cannot read. */
	| { readonly is: 'unknown'; readonly head: Pick<Head, 'seq' | 'receivedAt' | 'chain'> };
