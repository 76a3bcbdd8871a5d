/** Two people's values of one field side by side, and the entry that decides between them (E4). */
import type { Conflict, Row } from '#domain/family.ts';
import { groupBy } from '#lib/group-by.ts';

export interface Version {
	readonly value: unknown;
	readonly by: string;
	/** The later received, which stands until somebody decides. */
	readonly stands: boolean;
}

export interface Dispute {
	readonly field: string;
	readonly versions: readonly Version[];
}

/** Each disputed field once, the standing value first, equal values once. */
export function disputesOf(row: Pick<Row, 'conflicts'>): readonly Dispute[] {
	const byField = groupBy(row.conflicts ?? [], ({ field }) => field);
	return [...byField].map(([field, conflicts]) => ({ field, versions: versionsOf(conflicts) }));
}

function versionsOf(conflicts: readonly Conflict[]): readonly Version[] {
	const last = conflicts[conflicts.length - 1];
	if (last === undefined) return [];
	const found: Version[] = [{ value: last.stands, by: last.standsBy, stands: true }];
	for (const { stands, standsBy, other, otherBy } of conflicts)
		for (const version of [
			{ value: other, by: otherBy, stands: false },
			{ value: stands, by: standsBy, stands: false }
		]) {
			if (!found.some(({ value }) => JSON.stringify(value) === JSON.stringify(version.value)))
				found.push(version);
		}
	return found;
}

/** The body of a `….corrected.v1` that decides every dispute; `chosen` holds places in `versions`. */
export function settlingBody(
	disputes: readonly Dispute[],
	chosen: Readonly<Record<string, string | undefined>>,
	reason: string
): Record<string, unknown> {
	const fields = disputes.map(({ field, versions }): [string, unknown] => {
		const version = versions[Number(chosen[field] ?? 0)] ?? versions[0];
		return [field, version?.value ?? null];
	});
	return { ...Object.fromEntries(fields), reason, settles: disputes.map(({ field }) => field) };
}
