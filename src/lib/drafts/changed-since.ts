/** What others changed in a record while a form lay open over it, or waited as a draft. */

/** A field that somebody else changed under a form. */
export interface ChangedSince {
	readonly field: string;
	readonly was: unknown;
	readonly is: unknown;
}

/** `begun` is what the form began with, `now` what it would begin with now. */
export function changedSince(begun: object, now: object): readonly ChangedSince[] {
	const before = new Map<string, unknown>(Object.entries(begun));
	return Object.entries(now)
		.map(([field, is]) => ({ field, was: before.get(field), is }))
		.filter(({ was, is }) => JSON.stringify(is) !== JSON.stringify(was));
}

/** Of what a form says, the fields that differ from what it said when it began. */
export function differing(
	said: Readonly<Record<string, unknown>>,
	begun: Readonly<Record<string, unknown>>
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(said).filter(
			([field, value]) => JSON.stringify(value) !== JSON.stringify(begun[field])
		)
	);
}
