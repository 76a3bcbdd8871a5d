/** What the forms of a household and of a person share: the number that stays masked, and older drafts. */
import { differing } from '#lib/drafts/changed-since.ts';

export interface PhoneFields {
	/** A number that is typed; what is registered stays masked where it stands. */
	phone: string;
	/** The number that stands is wrong, and none takes its place. */
	noPhone: boolean;
}

type Said = Readonly<Record<string, unknown>>;

/** The body of a first entry: what is empty is not said. */
export function filledBody(said: Said): Record<string, unknown> {
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

/** The body of a correction, without its reason: only what differs, `null` for what was emptied; null for nothing. */
export function correctedBody(
	said: Said,
	begun: Said,
	{ phone, noPhone }: PhoneFields,
	registered: string | undefined
): Record<string, unknown> | null {
	const typed = phone.trim();
	const isSaid = typed !== '' || noPhone;
	const number = isSaid ? { phone: typed || null } : {};
	const body = differing({ ...said, ...number }, { ...begun, phone: registered ?? null });
	return Object.keys(body).length === 0 ? null : body;
}

/**
 * A draft of an older schema version, laid over what the form begins with now. Those of version 1 held the
 * number of a record that stands in the clear; in a form for somebody new it was typed, and stays.
 */
export function fromOlder<F extends PhoneFields>(
	draft: unknown,
	schemaVersion: number,
	{ fresh, isNew }: { readonly fresh: F; readonly isNew: boolean }
): F {
	// Written by an older form of these fields alone.
	const fields = { ...fresh, ...(draft as Partial<F>) };
	return isNew || schemaVersion > 1 ? fields : { ...fields, phone: '' };
}
