/** A title from what was written: its first sentence, short enough for a list. */

const TITLE_MAX = 30;
/** Where a sentence ends, in Chinese and in Latin signs. */
const SENTENCE_END = /[\u3002\uff01\uff1f\uff1b\n!?;]/u;

export function titleOf(text: string): string {
	const trimmed = text.trim();
	const [sentence = ''] = trimmed.split(SENTENCE_END, 1);
	const title = sentence.trim() === '' ? trimmed : sentence.trim();
	const letters = [...title];
	return letters.length <= TITLE_MAX ? title : `${letters.slice(0, TITLE_MAX - 1).join('')}…`;
}
