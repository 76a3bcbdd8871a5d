/** Corrections of fields that any entry's author may change later, and the conflicts they make (E4). */
import { z } from 'zod';
import type { Conflict, Row, Stamp } from './family.ts';

/** Fields of a correction that need not be known: what was told of one and is not so is emptied by `null`. */
export function emptiable<S extends z.core.$ZodShape>(
	shape: S
): { [F in keyof S]: z.ZodOptional<z.ZodNullable<S[F]>> } {
	const fields = Object.entries(shape).map(([field, of]) => [field, z.nullable(of).optional()]);
	// Every field of the shape, and no other.
	return Object.fromEntries(fields) as { [F in keyof S]: z.ZodOptional<z.ZodNullable<S[F]>> };
}

/**
 * [E4] Lays corrected fields over a row. A field last written by another device in an entry the author
 * had not folded (`rev` below its ordinal) becomes a conflict: the new value stands, the other is kept.
 * `settles` names fields whose conflict this entry decides; `null` leaves a field empty.
 */
export function correct<R extends Row>(
	row: R,
	fields: Readonly<Record<string, unknown>>,
	rev: number,
	stamp: Stamp,
	settles: readonly string[] = []
): R {
	const before = new Map(Object.entries(row));
	const after = Object.fromEntries(
		Object.entries(fields).map(([field, value]) => [field, value ?? undefined])
	);
	const wrote = { ...row.wrote };
	const voice = voiceOf(stamp);
	const conflicts: Conflict[] = (row.conflicts ?? []).filter(
		(conflict) => !settles.includes(conflict.field)
	);
	for (const [field, value] of Object.entries(after)) {
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
		...after,
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
