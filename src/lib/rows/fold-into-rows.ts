/** Folds a run of a ledger's elements into rows, in one transaction with the ledger's mark (F1, F2). */
import { fold, foldTold, type HistoryLine, type Told } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import { columnsOf } from './columns.ts';
import { readyInitials } from './initials.ts';
import type { LedgerElement } from './ledger-element.ts';
import {
	historyText,
	linesOf,
	type FactRecord,
	type LedgerRecord,
	type RowRecord,
	type RowsDb,
	type StrayRecord
} from './rows-db.ts';

/** What is held of one record while a run is folded. */
export interface HeldRecord {
	readonly row: Row | null;
	readonly lines: readonly HistoryLine[];
	readonly ledgers: readonly LedgerName[];
}

/** Folds what the ledger's mark has not seen; answers the records that moved. */
export async function foldIntoRows(
	db: RowsDb,
	ledger: LedgerName,
	elements: readonly LedgerElement[]
): Promise<readonly RecordId[]> {
	await readyInitials();
	return db.transaction('rw', db.rows, db.strays, db.facts, db.ledgers, async () => {
		const mark = await db.ledgers.get(ledger);
		const fresh = elements.filter((element) => element.head.seq > (mark?.seq ?? 0));
		const last = fresh[fresh.length - 1];
		if (last === undefined) return [];
		if (fresh[0]?.head.seq !== (mark?.seq ?? 0) + 1)
			throw new Error(`fold: ${ledger} has a gap after ${mark?.seq ?? 0}`);
		const records = [...new Set(fresh.flatMap((each) => recordOf(each) ?? []))];
		const held = await readHeld(db, records);
		const { moved, facts } = foldRun(held, ledger, fresh);
		await putMoved(db, moved, held);
		await putFacts(db, facts);
		await db.ledgers.put({ ...markOf(ledger, last), ...toDo(fresh, mark) });
		return moved;
	});
}

/** [A4, A5] What is still to be done after a fold, kept until it is. */
function toDo(
	fresh: readonly LedgerElement[],
	mark: LedgerRecord | undefined
): Pick<LedgerRecord, 'holdsGone' | 'toRefold' | 'refoldAt'> {
	const gone = fresh.flatMap((each) => (each.is === 'left' || each.is === 'erased' ? [each] : []));
	const holdsGone = gone.some(({ head }) => head.texts.length > 0) || mark?.holdsGone === true;
	const erased = gone.filter(({ is }) => is === 'erased').map(({ head }) => head.record);
	const toRefold = [...new Set([...(mark?.toRefold ?? []), ...erased])];
	return {
		...(holdsGone ? { holdsGone } : {}),
		...(toRefold.length > 0 ? { toRefold } : {}),
		...(mark?.refoldAt === undefined ? {} : { refoldAt: mark.refoldAt })
	};
}

/** [A4, R6] Puts what a ledger's elements make of a record in the place of what stood here. */
export async function refoldRecord(
	db: RowsDb,
	ledger: LedgerName,
	record: RecordId,
	told: readonly Told[]
): Promise<void> {
	await db.transaction('rw', db.rows, db.strays, async () => {
		const before = (await readHeld(db, [record])).get(record);
		if (before === undefined || !before.ledgers.includes(ledger)) return;
		const { row, lines } = foldTold(told);
		const isNothing = row === null && lines.length === 0;
		const after = isNothing ? nothingHeld : { row, lines, ledgers: before.ledgers };
		// Lost, and not come back: another ledger may still carry it.
		if (told.length === 0)
			return putMoved(db, [record], new Map([[record, leave(before, ledger)]]));
		await db.strays.delete(record);
		if (row === null) await db.rows.delete(record);
		await putMoved(db, [record], new Map([[record, after]]));
	});
}

/** [R6] The same for facts, each the latest of its pseudonym. */
export async function refoldFacts(
	db: RowsDb,
	ledger: LedgerName,
	records: readonly string[],
	elements: readonly LedgerElement[]
): Promise<void> {
	const { facts } = foldRun(new Map(), ledger, elements);
	const named = new Set(records);
	await db.transaction('rw', db.facts, async () => {
		await db.facts.bulkDelete(records.map((record): [string, string] => [ledger, record]));
		await db.facts.bulkPut(facts.filter(({ record }) => named.has(record)));
	});
}

/**
 * [F1] The pure half: changes `held` in place and names what moved. A record met in a second ledger
 * is only noted as carried by it too.
 */
export function foldRun(
	held: Map<RecordId, HeldRecord>,
	ledger: LedgerName,
	elements: readonly LedgerElement[]
): { readonly moved: readonly RecordId[]; readonly facts: readonly FactRecord[] } {
	const moved = new Set<RecordId>();
	const facts = new Map<string, FactRecord>();
	for (const element of elements) {
		// [A4] what is left of it is folded anew from the whole document
		if (element.is === 'erased' || element.is === 'unknown') continue;
		if (element.is === 'fact') {
			facts.set(element.head.record, factOf(ledger, element));
			continue;
		}
		const { record } = element.head;
		const before = held.get(record) ?? nothingHeld;
		const after = element.is === 'left' ? leave(before, ledger) : foldOne(before, ledger, element);
		// What left before it was folded here moves what waits for it in the outbox.
		if (after === before && element.is !== 'left') continue;
		held.set(record, after);
		moved.add(record);
	}
	return { moved: [...moved], facts: [...facts.values()] };
}

function foldOne(
	before: HeldRecord,
	ledger: LedgerName,
	element: Extract<LedgerElement, { is: 'entry' }>
): HeldRecord {
	const { head, entry } = element;
	// [A5] a record whose text is gone has left, and its whole history may come again
	if (entry === null) return before;
	const ledgers = before.ledgers.includes(ledger)
		? before.ledgers
		: [...before.ledgers, ledger].sort();
	// [L2] what the row or its history already has; a record of unknown kinds has a history alone
	const last = Math.max(before.row?.n ?? 0, before.lines[before.lines.length - 1]?.n ?? 0);
	if (head.n <= last) return ledgers === before.ledgers ? before : { ...before, ledgers };
	const { row, line } = fold(before.row, head, entry);
	return { row, lines: line === null ? before.lines : [...before.lines, line], ledgers };
}

/** [A5] The record is no longer carried by this ledger; where no other here carries it, it is forgotten. */
function leave(before: HeldRecord, ledger: LedgerName): HeldRecord {
	if (!before.ledgers.includes(ledger)) return before;
	return carriedElsewhere(before, ledger) ?? nothingHeld;
}

/** [D2] Forgets a ledger that left the scope, with the rows that no other ledger carries. */
export async function dropLedger(db: RowsDb, ledger: LedgerName): Promise<readonly RecordId[]> {
	return db.transaction('rw', db.rows, db.strays, db.facts, db.ledgers, async () => {
		const carried = await db.rows.where('ledgers').equals(ledger).toArray();
		const strays = await db.strays.where('ledgers').equals(ledger).toArray();
		await db.rows.bulkPut(carried.flatMap((each) => carriedElsewhere(each, ledger) ?? []));
		await db.strays.bulkPut(strays.flatMap((each) => carriedElsewhere(each, ledger) ?? []));
		const gone = [...carried, ...strays].filter((each) => each.ledgers.length === 1);
		await db.rows.bulkDelete(gone.map((each) => each.record));
		await db.strays.bulkDelete(gone.map((each) => each.record));
		await db.facts.where('[ledger+record]').between([ledger, ''], [ledger, '\uffff']).delete();
		await db.ledgers.delete(ledger);
		return carried.map((each) => each.record);
	});
}

/** The records that a ledger carries. */
export async function recordsIn(db: RowsDb, ledger: LedgerName): Promise<readonly RecordId[]> {
	// Keys of the table are the record ids it was written with.
	return (await db.rows.where('ledgers').equals(ledger).primaryKeys()) as RecordId[];
}

const nothingHeld: HeldRecord = { row: null, lines: [], ledgers: [] };

function carriedElsewhere<T extends { readonly ledgers: readonly LedgerName[] }>(
	held: T,
	left: LedgerName
): T | null {
	const ledgers = held.ledgers.filter((name) => name !== left);
	return ledgers.length === 0 ? null : { ...held, ledgers };
}

async function putMoved(
	db: RowsDb,
	moved: readonly RecordId[],
	held: ReadonlyMap<RecordId, HeldRecord>
): Promise<void> {
	const rows: RowRecord[] = [];
	const strays: StrayRecord[] = [];
	const gone = moved.filter((record) => (held.get(record) ?? nothingHeld).ledgers.length === 0);
	for (const record of moved) {
		const { row, lines, ledgers } = held.get(record) ?? nothingHeld;
		if (ledgers.length === 0) continue;
		const history = historyText(lines);
		if (row === null) strays.push({ record, history, ledgers });
		else rows.push({ ...columnsOf(row), history, ledgers });
	}
	await db.rows.bulkPut(rows);
	if (strays.length > 0) await db.strays.bulkPut(strays);
	if (gone.length === 0) return;
	await db.rows.bulkDelete(gone);
	await db.strays.bulkDelete(gone);
}

async function readHeld(
	db: RowsDb,
	records: readonly RecordId[]
): Promise<Map<RecordId, HeldRecord>> {
	const rows = await db.rows.bulkGet(await knownAmong(db, records));
	const strays = (await db.strays.count()) > 0 ? await db.strays.bulkGet([...records]) : [];
	const held = new Map<RecordId, HeldRecord>();
	for (const stray of strays)
		if (stray) held.set(stray.record, { row: null, lines: linesOf(stray), ledgers: stray.ledgers });
	for (const each of rows)
		if (each) held.set(each.record, { row: each.row, lines: linesOf(each), ledgers: each.ledgers });
	return held;
}

/** A first sync meets records that are not here yet: one look at the keys spares a read for each. */
async function knownAmong(db: RowsDb, records: readonly RecordId[]): Promise<RecordId[]> {
	const sorted = [...records].sort();
	const first = sorted[0];
	const last = sorted[sorted.length - 1];
	if (first === undefined || last === undefined) return [];
	const most = 2 * records.length;
	const range = db.rows.where('record').between(first, last, true, true);
	const keys = new Set(await range.limit(most).primaryKeys());
	return keys.size === most ? sorted : sorted.filter((record) => keys.has(record));
}

async function putFacts(db: RowsDb, facts: readonly FactRecord[]): Promise<void> {
	if (facts.length === 0) return;
	const before = await db.facts.bulkGet(facts.map((fact) => [fact.ledger, fact.record]));
	await db.facts.bulkPut(facts.filter((fact, at) => fact.n > (before[at]?.n ?? 0)));
}

function recordOf(element: LedgerElement): RecordId | undefined {
	return element.is === 'fact' || element.is === 'unknown' ? undefined : element.head.record;
}

function factOf(ledger: LedgerName, { head }: Extract<LedgerElement, { is: 'fact' }>): FactRecord {
	const { record, org, n, fact } = head;
	return { ledger, record, org, family: fact.family, n, fact };
}

function markOf(ledger: LedgerName, { head }: LedgerElement): LedgerRecord {
	return { ledger, seq: head.seq, chain: head.chain, at: head.receivedAt };
}
