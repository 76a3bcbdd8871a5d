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
