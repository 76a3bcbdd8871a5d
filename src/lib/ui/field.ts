/** What the form fields share: options, errors, and an Enter key that leaves the input method alone. */

export interface Option<T extends string> {
	readonly value: T;
	readonly words: string;
	readonly note?: string;
}

/** The codes of a list, each with its words. */
export function optionsOf<T extends string>(
	values: readonly T[],
	words: Readonly<Record<T, string>>
): Option<T>[] {
	return values.map((value) => ({ value, words: words[value] }));
}

export interface FieldError {
	/** The id of the field the message belongs to. */
	readonly field: string;
	readonly message: string;
}

/** Enter that confirms a pinyin candidate must not submit; some engines only say so by code 229. */
export function holdEnterOfInputMethod(event: KeyboardEvent): void {
	if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
}

/** The ids an input is described by, for `aria-describedby`. */
export function describedBy(
	id: string,
	has: { hint: boolean; error: boolean }
): string | undefined {
	const ids = [has.hint ? `${id}-hint` : '', has.error ? `${id}-error` : ''].filter(Boolean);
	return ids.length > 0 ? ids.join(' ') : undefined;
}
