/** How a form hands over what it says; the page stores it and moves on. */
import type { Utterance } from '#lib/app.ts';

/** Answers what went wrong in words, or null. `draft` is closed once what it held is stored. */
export type Say = (
	utterances: readonly Utterance[],
	draft?: { readonly key: string; close(): void }
) => Promise<string | null>;
