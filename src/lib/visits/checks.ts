/** What the parts of a visit must keep to, as sentences beside their fields. */
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { linesOf } from './lines.ts';

export const TEXT_MAX = 1000;
export const NAME_MAX = 40;
export const PLACE_MAX = 60;
export const POLICY_LINES = 10;
export const POLICY_LONGEST = 60;
const CAPTION_MAX = 30;

export function lineErrors(
	field: string,
	text: string,
	most: number,
	longest: number
): readonly FieldError[] {
	const lines = linesOf(text);
	if (lines.length > most) return [{ field, message: m.visit.tooMany(most) }];
	if (lines.some((line) => line.length > longest))
		return [{ field, message: m.visit.lineTooLong(longest) }];
	return [];
}

export function captionErrors(
	photos: readonly { readonly sha256: string; readonly caption: string }[]
): readonly FieldError[] {
	return photos.flatMap(({ sha256, caption }) =>
		caption.trim().length > CAPTION_MAX
			? [{ field: `caption-${sha256}`, message: m.member.textTooLong(CAPTION_MAX) }]
			: []
	);
}
