/** Search tokens: pairs of neighbouring Han characters, whole words of everything else, codes of doors. */
import { plainNumber } from '#domain/door-parts.ts';
import { innerWords, roomWords } from './door-lexicon.ts';
import { initialsOf } from './initials.ts';

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const IS_HAN = /^\p{Script=Han}/u;
/** 3-2-501: one word, since each of its numbers alone is on many doors. 3- means the whole building. */
const DOOR_CODE = /(?<![\da-z-])\d{1,3}[a-z]?(?:-[\da-z]*){1,2}(?![\da-z-])/giu;
/** Tokens kept per row: a long title is found by its beginning. */
const TOKENS_PER_ROW = 24;

/** Each Han character begins a token, so that a search for one or more of them is a prefix search. */
export function tokensOf(words: readonly string[], names: readonly string[] = []): string[] {
	const tokens = new Set<string>(names.flatMap(initialsOf));
	for (const word of [...names, ...words]) {
		for (const token of [...codesIn(asDoorCode(word)), ...runsIn(word)]) tokens.add(token);
		if (tokens.size >= TOKENS_PER_ROW) return [...tokens].slice(0, TOKENS_PER_ROW);
	}
	return [...tokens];
}

/** What a row must have a token for, each: codes of doors, pairs of the asked run, or its one character. */
export function prefixesOf(asked: string): string[] {
	const plain = asDoorCode(asked.normalize('NFKC'));
	const codes = codesIn(plain);
	const runs = [...plain.replaceAll(DOOR_CODE, ' ').matchAll(RUN)].flatMap(([run]) => {
		if (!IS_HAN.test(run)) return [run.toLowerCase()];
		const pairs = pairsOf(run);
		return pairs.length > 1 ? pairs.slice(0, -1) : pairs;
	});
	return [...codes, ...runs];
}

/** How the index of words holds one: under its family, since nobody looks for doors and people in one list. */
export function wordKey(family: string, word: string): string {
	return `${family}/${word}`;
}

/** Whether an asked word may be the initials of somebody's name. */
export function asksInitials(prefixes: readonly string[]): boolean {
	return prefixes.some((prefix) => /^[a-z]+$/.test(prefix));
}

function codesIn(text: string): string[] {
	return [...text.matchAll(DOOR_CODE)].map(([code]) =>
		code.toLowerCase().split('-').map(plainNumber).join('-')
	);
}

function runsIn(word: string): string[] {
	return [...word.matchAll(RUN)].flatMap(([run]) =>
		IS_HAN.test(run) ? pairsOf(run) : [run.toLowerCase()]
	);
}

const AFTER_NUMBER = new RegExp(`(\\d[a-z]?)\\s*(?:${innerWords.join('|')})\\s*`, 'giu');
const ROOM = new RegExp(`(-\\d+)\\s*(?:${roomWords.join('|')})`, 'gu');

/** 3栋2单元501室 and 3 - 2 - 501 as 3-2-501, 3栋 as 3-. */
export function asDoorCode(text: string): string {
	return text
		.replaceAll(/([\da-z])\s*[-－—–]\s*(?=\d)/giu, '$1-')
		.replaceAll(AFTER_NUMBER, '$1-')
		.replaceAll(ROOM, '$1');
}

function pairsOf(run: string): string[] {
	const characters = [...run];
	return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}
