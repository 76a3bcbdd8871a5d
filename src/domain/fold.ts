/** Folds: a record's elements, in order of `n`, into its row and its history (F1, L2, E5). */
import type { Head, Reason } from './element.ts';
import type { Entry } from './entry.ts';
import { isNoted, stampOf, type Row, type Stamp } from './family.ts';
import type { Instant, RecordId } from './ids.ts';
import { kindOf } from './kinds/index.ts';
import type { Actor } from './people.ts';

/** One field's passage in one entry; values are the row's own. */
export interface Change {
	readonly field: string;
	readonly from: unknown;
	readonly to: unknown;
}

/** A line of a record's history: who, when, from what to what. */
export interface HistoryLine {
	readonly record: RecordId;
	readonly n: number;
	readonly entry: string;
	readonly kind: string;
	readonly actor: Actor;
	readonly at: Instant;
	readonly receivedAt: Instant;
	readonly verdict: 'accepted' | 'noted' | 'pending';
	readonly reason?: Reason | undefined;
	readonly changes: readonly Change[];
}

export interface Folded {
	readonly row: Row | null;
	readonly line: HistoryLine | null;
}

/**
 * [L2] Applies the element with n = row.n + 1 and ignores what the row already has. A noted element
 * moves nothing but `n`; an unknown kind is kept in the ledger and skipped here (E5).
 */
export function fold(row: Row | null, head: Head, entry: Entry): Folded {
	const last = row?.n ?? 0;
	if (head.n <= last) return { row, line: null };
	return step(row, entry, stampOf(head, entry), {
		verdict: head.verdict,
		reason: head.reason
	});
}

/** An entry's element, or what is left of it when the text was erased. */
export interface Told {
	readonly head: Head;
	readonly entry: Entry | null;
}

/** [A4, F1] A record from its first element on, or on from a row: of an erased text the ordinal alone counts. */
export function foldTold(
	told: readonly Told[],
	from: Row | null = null
): {
	readonly row: Row | null;
	readonly lines: readonly HistoryLine[];
} {
	const lines: HistoryLine[] = [];
	const row = told.reduce<Row | null>((before, { head, entry }) => {
		if (entry === null) return before === null ? null : { ...before, n: head.n };
		const folded = fold(before, head, entry);
		if (folded.line) lines.push(folded.line);
		return folded.row;
	}, from);
	return { row, lines };
}

/** [F1] Lays a pending entry of the own outbox over a row, with the device's guess of its stamp. */
export function foldPending(row: Row | null, entry: Entry, actor: Actor): Folded {
	const stamp: Stamp = {
		n: (row?.n ?? 0) + 1,
		device: entry.device,
		receivedAt: entry.at,
		at: entry.at,
		actor: onBehalf(actor, entry),
		given: {}
	};
	return step(row, entry, stamp, { verdict: 'pending' });
}

/** The relay knows under which duty; until it has spoken, the usual one is shown. */
function onBehalf(actor: Actor, { onBehalfOf }: Entry): Actor {
	if (onBehalfOf === undefined) return actor;
	return { ...actor, behalfOf: { person: onBehalfOf, role: 'member' } };
}

function step(
	row: Row | null,
	entry: Entry,
	stamp: Stamp,
	outcome: { verdict: 'accepted' | 'noted' | 'pending'; reason?: Reason | undefined }
): Folded {
	const line: HistoryLine = {
		record: entry.record,
		n: stamp.n,
		entry: entry.id,
		kind: entry.kind,
		actor: stamp.actor,
		at: stamp.at,
		receivedAt: stamp.receivedAt,
		verdict: outcome.verdict,
		...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
		changes: []
	};
	const counted = row === null ? null : { ...row, n: stamp.n };
	const kind = kindOf(entry.kind);
	if (outcome.verdict === 'noted' || kind === undefined || !kind.parses(entry))
		return { row: counted, line };
	const next = kind.apply(row, entry, stamp);
	if (isNoted(next)) return { row: counted, line: { ...line, reason: next.noted } };
	return { row: next, line: { ...line, changes: changesBetween(row, next) } };
}

const BOOKKEEPING = new Set([
	'n',
	'updatedAt',
	'wrote',
	'adopted',
	'conflicts',
	'record',
	'family',
	'period'
]);

/** The fields whose values differ between two rows of one record. */
export function changesBetween(before: Row | null, after: Row): readonly Change[] {
	const old: Readonly<Record<string, unknown>> = before === null ? {} : { ...before };
	const now: Readonly<Record<string, unknown>> = { ...after };
	const fields = new Set([...Object.keys(old), ...Object.keys(now)]);
	return [...fields]
		.filter((field) => !BOOKKEEPING.has(field))
		.filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
		.map((field) => ({ field, from: old[field], to: now[field] }));
}
