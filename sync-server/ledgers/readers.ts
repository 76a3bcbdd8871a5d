/**
 * [A1, A5] Which ledgers a record lives in: asked when an entry is placed, and again when a record it leans on
 * got other readers. That second asking is a job in the store, so that a crash between the two forgets nothing.
 */
import type { Refs, Row } from '#domain/family.ts';
import { orgRecord, type RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { keptLedger, type LedgerName } from '#domain/ledgers.ts';
import type { Sql, Tx } from '../store/store.ts';
import type { Appended, WriteElements } from './write-elements.ts';

/** Records asked again in one transaction. */
const BATCH = 64;

export interface Readers {
	/** Brings a record to the ledgers it has come to and away from those it has left; answers where it lives. */
	settle(
		row: Row,
		refs: Refs,
		held: readonly LedgerName[],
		told: Told
	): Promise<readonly LedgerName[]>;
	/** Asks some of what is due again. Must run inside a transaction of its own. */
	followUp(receivedAt: number, appended: Appended): Promise<void>;
}

export interface Told {
	/** The last ordinal whose element is to be copied to a ledger the record comes to. */
	readonly upTo: number;
	readonly receivedAt: number;
	readonly appended: Appended;
}

/** Does something wait to be asked again? */
export async function isReadersDue(sql: Sql): Promise<boolean> {
	return (await sql.first('SELECT 1 AS due FROM due_readers LIMIT 1')) !== null;
}

export function createReaders(tx: Tx, elements: WriteElements): Readers {
	async function audienceOf(row: Row, refs: Refs): Promise<readonly LedgerName[]> {
		const family = familyNamed(row.family);
		if (!family) throw new Error(`readers: a row of no family (${row.family})`);
		const known = new Map(refs);
		for (const record of family.leansOn?.(row) ?? []) {
			const found = known.has(record) ? null : await tx.row(record);
			if (found !== null) known.set(record, found);
		}
		const isKept = row.restrictedAt !== undefined;
		const audience = isKept ? [keptLedger(row.org, row.period)] : family.audience(row, known);
		if (audience.length === 0) throw new Error('readers: a record without an audience');
		return audience;
	}

	async function settle(
		row: Row,
		refs: Refs,
		held: readonly LedgerName[],
		{ upTo, receivedAt, appended }: Told
	): Promise<readonly LedgerName[]> {
		const audience = await audienceOf(row, refs);
		const { record, n } = row;
		const came = upTo > 0 ? audience.filter((ledger) => !held.includes(ledger)) : [];
		for (const ledger of came)
			await elements.copyHistory({ record, n: upTo, receivedAt }, ledger, appended);
		for (const ledger of held)
			if (!audience.includes(ledger))
				await elements.leave({ record, n, receivedAt }, ledger, appended);
		await keepLeanings(row, { isNew: held.length === 0 });
		// Also one that is new here: what leans on it may have come back before it (R6).
		if (held.join() !== audience.join())
			tx.write(
				`INSERT INTO due_readers SELECT record FROM leaning WHERE leans_on = ?
				ON CONFLICT DO NOTHING`,
				record
			);
		return audience;
	}

	async function keepLeanings(row: Row, { isNew }: { isNew: boolean }): Promise<void> {
		const { record } = row;
		const leansOn = familyNamed(row.family)?.leansOn?.(row);
		if (leansOn === undefined) return;
		if (!isNew) {
			const before = await tx.all<{ leans_on: string }>(
				'SELECT leans_on FROM leaning WHERE record = ? ORDER BY leans_on',
				record
			);
			if (before.map((each) => each.leans_on).join() === [...leansOn].sort().join()) return;
			tx.write('DELETE FROM leaning WHERE record = ?', record);
		}
		for (const other of new Set(leansOn))
			tx.write('INSERT INTO leaning (record, leans_on) VALUES (?, ?)', record, other);
	}

	async function followUp(receivedAt: number, appended: Appended): Promise<void> {
		const due = await tx.all<{ record: RecordId }>(
			'SELECT record FROM due_readers ORDER BY record LIMIT ?',
			BATCH
		);
		for (const { record } of due) {
			const stored = await tx.record(record);
			tx.write('DELETE FROM due_readers WHERE record = ?', record);
			const row = stored?.row ?? null;
			// Of an erased record nothing is left to be read (A4).
			if (row === null || stored === null) continue;
			const home = await tx.row(orgRecord(row.org));
			const refs = new Map(home === null ? [] : [[home.record, home]]);
			const told = { upTo: row.n, receivedAt, appended };
			const audience = await settle(row, refs, stored.ledgers, told);
			tx.write('UPDATE record SET ledgers = ? WHERE id = ?', JSON.stringify(audience), record);
		}
	}

	return { settle, followUp };
}
