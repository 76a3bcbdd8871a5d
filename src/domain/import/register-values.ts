/** Values of a register's cells: dates of birth, phones, and words with a meaning. */
import { groupWords, nothingWords } from './register-lexicon.ts';
import type { Group } from '../kinds/household.ts';
import type { Sex } from '../kinds/resident.ts';
import { cellText, type Cell } from './sheet.ts';
import { unrounded } from './unrounded.ts';

/** As exact as the cell is: 1944, 1944-03, 1944-03-05; null where it is no date of birth. */
export function parseBirth(cell: Cell | undefined): string | null {
	const text = cellText(cell).normalize('NFKC').trim();
	const digits = /^(\d{4})(\d\d)?(\d\d)?$/.exec(text);
	const parts = digits ?? /^(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?\D*$/u.exec(text);
	if (!parts) return null;
	const [, year = '', month = '', day = ''] = parts;
	const written = [year, month, day].filter(Boolean).map((part) => part.padStart(2, '0'));
	const birth = written.join('-');
	return BIRTH.test(birth) ? birth : null;
}

const BIRTH = /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** GB 11643: what each digit counts, and the last one by the sum. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/**
 * Birth and sex that an identity number tells; the number itself goes no further. Excel keeps fifteen digits of
 * one that is a number, and makes the others 0: sex then is not told, whatever the last digit checks.
 */
export function fromIdNumber(cell: Cell | undefined): {
	readonly birth?: string;
	readonly sex?: Sex;
} {
	const plain = cellText(cell)
		.normalize('NFKC')
		.toUpperCase()
		.replaceAll(/[^\dX*]/gu, '');
	const long = /^\d{6}(\d{8})\d{2}(\d)[\dX]$/.exec(plain);
	if (!long) return {};
	const [, born = '', order = ''] = long;
	const birth = parseBirth(born);
	const isWhole = typeof cell === 'string' && !plain.endsWith('000') && isChecked(plain);
	const sex: Sex = Number(order) % 2 === 1 ? 'male' : 'female';
	return { ...(birth === null ? {} : { birth }), ...(isWhole ? { sex } : {}) };
}

function isChecked(id: string): boolean {
	const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(id[at]), 0);
	return CHECKS[sum % CHECKS.length] === id[WEIGHTS.length];
}

/** The first number of the cell that can be called; null where there is none. */
export function parsePhone(text: string): string | null {
	const plain = (unrounded(text.normalize('NFKC')) ?? '').replace(/^\+?86[- ]?(?=1\d{10})/u, '');
	const numbers = [...plain.matchAll(/\d[\d -]{3,18}\d/gu)].map(([number]) => number.trim());
	return numbers.find(isCallable) ?? null;
}

/** A mobile number that lacks a digit, or has one too many, is nobody's. */
function isCallable(number: string): boolean {
	const digits = number.replaceAll(/\D/gu, '');
	const isMobile = digits.startsWith('1') && digits.length > 8;
	return isMobile ? digits.length === 11 : digits.length >= 5 && digits.length <= 13;
}

/** Rounded by Excel: the number that is left is another. */
export function isPhoneLost(text: string): boolean {
	return /\d(?:\.\d+)?e\+?\d/i.test(text) && unrounded(text) === null;
}

export function meansNothing(text: string): boolean {
	return text === '' || nothingWords.includes(text);
}

/** The meaning of the first word the text begins with; undefined where none is known. */
export function meaningOf<T extends string>(
	text: string,
	words: readonly (readonly [string, T])[]
): T | undefined {
	const plain = text.normalize('NFKC').trim();
	return words.find(([word]) => plain.startsWith(word))?.[1];
}

/** 独居、高龄，残疾三级: each part that is known, and those that are not. */
export function parseGroups(text: string): {
	readonly groups: readonly Group[];
	readonly unknown: readonly string[];
} {
	const { known, unknown } = parseList(text, groupWords);
	return { groups: known, unknown };
}

/** Each part that holds a known word, and those that hold none. */
export function parseList<T extends string>(
	text: string,
	words: readonly (readonly [string, T])[]
): { readonly known: readonly T[]; readonly unknown: readonly string[] } {
	const known = new Set<T>();
	const unknown: string[] = [];
	for (const part of partsOf(text)) {
		const found = words.filter(([word]) => part.includes(word));
		// A word inside a longer one that is meant does not count.
		const isPartOf = (word: string) =>
			found.some(([longer]) => longer !== word && longer.includes(word));
		for (const [word, meaning] of found) if (!isPartOf(word)) known.add(meaning);
		if (found.length === 0) unknown.push(part);
	}
	return { known: [...known], unknown };
}

/** A list as people write it, each part once. */
export function partsOf(text: string): readonly string[] {
	const parts = text
		.normalize('NFKC')
		.split(/[、,;/|\s]+/u)
		.map((part) => part.trim())
		.filter((part) => !meansNothing(part));
	return [...new Set(parts)];
}
