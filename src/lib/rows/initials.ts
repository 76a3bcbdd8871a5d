/**
 * The initials of a Chinese name's pinyin, 陈桂香 is cgx. The table they come from is fetched by those who
 * fold or search with letters, never with the first page.
 */
import type { pinyin } from 'pinyin-pro';

let table: typeof pinyin | null = null;

/** Before rows are made of ledgers, and before a search in Latin letters. */
export async function readyInitials(): Promise<void> {
	if (table !== null) return;
	const fetched = await import('pinyin-pro');
	table = fetched.pinyin;
}

/** Of the whole name and of the name without its surname; nothing while the table is not here. */
export function initialsOf(name: string): readonly string[] {
	if (table === null || !IS_NAME.test(name)) return [];
	const letters = table(name, {
		pattern: 'first',
		toneType: 'none',
		surname: 'head',
		type: 'array'
	});
	const whole = letters.join('').toLowerCase();
	return whole.length > 2 ? [whole, whole.slice(1)] : [whole];
}

const IS_NAME = /^\p{Script=Han}{1,12}$/u;
