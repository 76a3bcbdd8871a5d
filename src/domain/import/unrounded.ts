/** Numbers that Excel wrote short. */

/** 1.3812345678E+10 as 13812345678, anything else as it is; null where digits were rounded away: 1.38E+10. */
export function unrounded(text: string): string | null {
	const [, first = '', others = '', places] =
		/^(\d)(?:\.(\d+))?e\+?(\d+)$/i.exec(text.trim()) ?? [];
	if (places === undefined) return text;
	return others.length === Number(places) ? first + others : null;
}
