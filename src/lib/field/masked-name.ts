/** A name on paper that may be lost: the family name, and a star for every other letter. */
export function maskedName(name: string): string {
	const [first = '', ...rest] = [...name.trim()];
	return `${first}${'＊'.repeat(rest.length)}`;
}
