/**
 * [A1, A5] Which ledgers a record lives in: asked when an entry is placed, and again when a record it leans on
 * got other readers. That second asking is a job in the store, so that a crash between the two forgets nothing.
 */
import type { StatementSync } from 'node:sqlite';
import type { Refs, Row } from '#domain/family.ts';
import { orgRecord, type RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import { all, first, type Store } from './store-sqlite.ts';
import type { Appended, WriteElements } from './write-elements.ts';

const schema = `
-- who leans on whom, as the record's newest row says
CREATE TABLE IF NOT EXISTS leaning (
	record TEXT NOT NULL,
	leans_on TEXT NOT NULL,
	PRIMARY KEY (leans_on, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leaning_of_record ON leaning (record);
-- records whose readers are to be asked again
CREATE TABLE IF NOT EXISTS due_readers (record TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** Records asked again in one transaction. */
const BATCH = 64;

export interface Readers {
	/** Brings a record to the ledgers it has come to and away from those it has left; answers where it lives. */
	settle(row: Row, refs: Refs, held: readonly LedgerName[], told: Told): readonly LedgerName[];
	/** Something waits to be asked again. */
	isDue(): boolean;
	/** Asks some of it again. Must run inside a transaction of its own. */
	followUp(receivedAt: number, appended: Appended): void;
}

export interface Told {
	/** The last ordinal whose element is to be copied to a ledger the record comes to. */
	readonly upTo: number;
	readonly receivedAt: number;
	readonly appended: Appended;
}

export function createReaders(store: Store, elements: WriteElements): Readers {
	store.db.exec(schema);
	const sql = prepareAll(store);
	let mayBeDue = first(sql.due, 1) !== null;

	function audienceOf(row: Row, refs: Refs): readonly LedgerName[] {
		const family = familyNamed(row.family);
		if (!family) throw new Error(`readers: a row of no family (${row.family})`);
		const known = new Map(refs);
		for (const record of family.leansOn?.(row) ?? []) {
			const found = known.has(record) ? null : store.row(record);
			if (found !== null) known.set(record, found);
		}
		const audience = family.audience(row, known);
		if (audience.length === 0) throw new Error('readers: a record without an audience');
		return audience;
	}

	function settle(
		row: Row,
		refs: Refs,
		held: readonly LedgerName[],
		{ upTo, receivedAt, appended }: Told
	): readonly LedgerName[] {
		const audience = audienceOf(row, refs);
		const { record, n } = row;
		if (upTo > 0)
			for (const ledger of audience)
				if (!held.includes(ledger)) elements.copyHistory(record, upTo, ledger, appended);
		for (const ledger of held)
			if (!audience.includes(ledger)) elements.leave({ record, n, receivedAt }, ledger, appended);
		keepLeanings(row);
		const isOther = held.length > 0 && held.join() !== audience.join();
		if (isOther) mayBeDue = Number(sql.makeDue.run(record).changes) > 0 || mayBeDue;
		return audience;
	}

	function keepLeanings(row: Row): void {
		const leansOn = familyNamed(row.family)?.leansOn?.(row);
		if (leansOn === undefined) return;
		const before = all<{ leans_on: string }>(sql.leanings, row.record).map((each) => each.leans_on);
		if (before.join() === [...leansOn].sort().join()) return;
		sql.dropLeanings.run(row.record);
		for (const other of new Set(leansOn)) sql.lean.run(row.record, other);
	}

	function followUp(receivedAt: number, appended: Appended): void {
		const due = all<{ record: RecordId }>(sql.due, BATCH);
		for (const { record } of due) {
			const row = store.row(record);
			const stored = first<{ ledgers: string }>(sql.ledgers, record);
			sql.done.run(record);
			// Of an erased record nothing is left to be read (A4).
			if (row === null || stored === null) continue;
			const home = store.row(orgRecord(row.org));
			const refs = new Map(home === null ? [] : [[home.record, home]]);
			const told = { upTo: row.n, receivedAt, appended };
			const audience = settle(row, refs, ledgerNames(stored.ledgers), told);
			sql.saveLedgers.run(JSON.stringify(audience), record);
		}
		mayBeDue = due.length === BATCH || first(sql.due, 1) !== null;
	}

	return { settle, followUp, isDue: () => mayBeDue };
}

/** The ledgers of a record as stored. */
export function ledgerNames(json: string): readonly LedgerName[] {
	// Written from an audience alone.
	return JSON.parse(json) as LedgerName[];
}

function prepareAll({
	db
}: Store): Record<
	'leanings' | 'dropLeanings' | 'lean' | 'makeDue' | 'due' | 'done' | 'ledgers' | 'saveLedgers',
	StatementSync
> {
	return {
		leanings: db.prepare('SELECT leans_on FROM leaning WHERE record = ? ORDER BY leans_on'),
		dropLeanings: db.prepare('DELETE FROM leaning WHERE record = ?'),
		lean: db.prepare('INSERT INTO leaning (record, leans_on) VALUES (?, ?)'),
		makeDue: db.prepare(
			'INSERT OR IGNORE INTO due_readers SELECT record FROM leaning WHERE leans_on = ?'
		),
		due: db.prepare('SELECT record FROM due_readers ORDER BY record LIMIT ?'),
		done: db.prepare('DELETE FROM due_readers WHERE record = ?'),
		ledgers: db.prepare('SELECT ledgers FROM record WHERE id = ?'),
		saveLedgers: db.prepare('UPDATE record SET ledgers = ? WHERE id = ?')
	};
}
