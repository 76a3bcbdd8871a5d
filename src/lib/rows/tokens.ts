/** Search tokens: pairs of neighbouring Han characters, whole words of everything else. */

const HAN_RUN = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;
const IS_HAN = /^\p{Script=Han}/u;
/** Tokens kept per row: a long title is found by its beginning. */
const TOKENS_PER_ROW = 24;

/** Each Han character begins a token, so that a search for one or more of them is a prefix search. */
export function tokensOf(words: readonly string[]): string[] {
	const tokens = new Set<string>();
	for (const word of words)
		for (const [run] of word.matchAll(HAN_RUN)) {
			if (!IS_HAN.test(run)) tokens.add(run.toLowerCase());
			else for (const token of pairsOf(run)) tokens.add(token);
			if (tokens.size >= TOKENS_PER_ROW) return [...tokens].slice(0, TOKENS_PER_ROW);
		}
	return [...tokens];
}

/** What a row must have a token for, each: pairs of the asked run, or its one character. */
export function prefixesOf(asked: string): string[] {
	return [...asked.matchAll(HAN_RUN)].flatMap(([run]) => {
		if (!IS_HAN.test(run)) return [run.toLowerCase()];
		const pairs = pairsOf(run);
		return pairs.length > 1 ? pairs.slice(0, -1) : pairs;
	});
}

function pairsOf(run: string): string[] {
	const characters = [...run];
	return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}
