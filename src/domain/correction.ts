/** Corrections of fields that any entry's author may change later, and the conflicts they make (E4). */
import type { Conflict, Row, Stamp } from './family.ts';

/**
 * [E4] Lays corrected fields over a row. A field last written by another device in an entry the author
 * had not folded (`rev` below its ordinal) becomes a conflict: the new value stands, the other is kept.
 * `settles` names fields whose conflict this entry decides.
 */
export function correct<R extends Row>(
	row: R,
	fields: Readonly<Record<string, unknown>>,
	rev: number,
	stamp: Stamp,
	settles: readonly string[] = []
): R {
	const before = new Map(Object.entries(row));
	const wrote = { ...row.wrote };
	const voice = voiceOf(stamp);
	const conflicts: Conflict[] = (row.conflicts ?? []).filter(
		(conflict) => !settles.includes(conflict.field)
	);
	for (const [field, value] of Object.entries(fields)) {
		const last = wrote[field];
		const unseen = last !== undefined && last.device !== voice && last.n > rev;
		if (unseen && JSON.stringify(before.get(field)) !== JSON.stringify(value))
			conflicts.push({
				field,
				stands: value,
				standsBy: stamp.actor.person,
				other: before.get(field),
				otherBy: last.by,
				at: stamp.at
			});
		wrote[field] = { n: stamp.n, device: voice, by: stamp.actor.person };
	}
	return {
		...row,
		...fields,
		n: stamp.n,
		updatedAt: stamp.receivedAt,
		wrote,
		conflicts: conflicts.length === 0 ? undefined : conflicts
	};
}

/** [R9] The relay's own device speaks for many invented persons: each counts as a device of its own. */
export function voiceOf({ device, actor }: Pick<Stamp, 'device' | 'actor'>): string {
	return actor.via === undefined ? device : `${device}/${actor.person}`;
}
