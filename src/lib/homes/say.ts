/** How a form hands over what it says: it answers what went wrong in words, or null. */
import type { Utterance } from '#lib/app.ts';

export type Say = (
	utterances: readonly Utterance[],
	draft?: { readonly key: string; close(): void }
) => Promise<string | null>;
