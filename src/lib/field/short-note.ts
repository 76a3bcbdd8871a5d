/** A word or two beside a reason, 补充: it may be left out, and is short. */
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

const LONGEST = 200;

export function noteErrors(note: string): readonly FieldError[] {
	const isTooLong = note.trim().length > LONGEST;
	return isTooLong ? [{ field: 'note', message: m.round.postpone.noteTooLong }] : [];
}

/** What an entry says of it: nothing where it is empty. */
export function noteSaid(note: string): { readonly note?: string } {
	const told = note.trim();
	return told === '' ? {} : { note: told };
}
