/** Counts the problems that a screen shows in words by the codes behind them. */
import { m } from '#lib/i18n/index.ts';

const { field: _field, ...sentences } = m.import;
const PLACE = '\u0000';

/** How often each code appears among the sentences; `unknown` where no sentence of the catalogue fits. */
export function countByCode(shown: readonly string[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const words of shown) {
		const code = codeOf(words);
		counts[code] = (counts[code] ?? 0) + 1;
	}
	return counts;
}

function codeOf(words: string): string {
	for (const [code, sentence] of Object.entries(sentences)) {
		const [before = '', after = ''] = sentence(PLACE).split(PLACE);
		if (words.includes(before) && words.endsWith(after)) return code;
	}
	return 'unknown';
}
