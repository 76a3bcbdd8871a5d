/** Checks that several forms about a demand make when they are handed in. */
import type { FieldError } from '#lib/ui/field.ts';

/** A text that must be there and may not be longer than its kind allows. */
export function required(
	field: string,
	text: string,
	longest: number,
	missing: string,
	tooLong: string
): readonly FieldError[] {
	if (text.trim() === '') return [{ field, message: missing }];
	return upTo(field, text, longest, tooLong);
}

export function upTo(
	field: string,
	text: string,
	longest: number,
	tooLong: string
): readonly FieldError[] {
	return text.length > longest ? [{ field, message: tooLong }] : [];
}
