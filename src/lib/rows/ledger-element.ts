/** One element of a ledger as the folds of this device take it. */
import type { FactHead, Head } from '#domain/element.ts';
import type { Entry } from '#domain/entry.ts';

export type LedgerElement =
	| {
			readonly is: 'entry';
			readonly head: Head;
			/** Null when the text was erased (A4) or cannot be read: the head alone counts. */
			readonly entry: Entry | null;
	  }
	| { readonly is: 'fact'; readonly head: FactHead };
