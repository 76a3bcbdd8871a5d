/** A person's name as it is, however a clerk stretched it. */

/** Blanks that only stretch a name of two characters are not part of it; those between Latin words are. */
export function plainName(text: string): string {
	return /^[\p{Script=Han}\s·]+$/u.test(text) ? text.replace(/\s/g, '') : text.replace(/\s+/g, ' ');
}

/** 张三/李四 in one cell: whose the rest of the row is, nobody can tell. */
export function isSeveralNames(text: string): boolean {
	return /\S[、，,;；/|\n\r]+\s*\S/u.test(text);
}
