/** Drafts of schema version 1: over a record that stands, they held its number in the clear. */

/** In a form for somebody new the number was typed, and stays. */
export function fromOlder<F extends { readonly phone: string }>(
	draft: unknown,
	{ isNew }: { readonly isNew: boolean }
): F {
	// Written by the form of these fields alone.
	const fields = draft as F;
	return isNew ? fields : { ...fields, phone: '' };
}
