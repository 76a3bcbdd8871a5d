/** [A4] Carries an order to erase out: texts go from the store and from every ledger; heads and chains stay. */
import type { StatementSync } from 'node:sqlite';
import { Head } from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import type { Erasing, Row } from '#domain/family.ts';
import { foldTold } from '#domain/fold.ts';
import type { RecordId } from '#domain/ids.ts';
import { createDraftEraser } from './draft-store.ts';
import { ledgerNames } from './readers.ts';
import { all, first, type Store } from './store-sqlite.ts';
import type { Appended, WriteElements } from './write-elements.ts';

export interface Erase {
	/** Answers the row that is left of the record; null when nothing is. */
	carryOut(order: Erasing, receivedAt: number, appended: Appended): Row | null;
}

export function createErase(store: Store, elements: WriteElements): Erase {
	const sql = prepareAll(store);
	const eraseDrafts = createDraftEraser(store);
	return {
		carryOut({ record, entries }, receivedAt, appended) {
			const held = first<{ n: number; ledgers: string }>(sql.record, record);
			if (held === null) throw new Error('erase: no such record');
			const ns = JSON.stringify(entries);
			sql.dropTexts.run(record, ns);
			eraseDrafts(record);
			const row = foldStored(store, record);
			sql.saveRow.run(JSON.stringify(row), record);
			for (const ledger of ledgerNames(held.ledgers)) {
				const seqs = all<{ seq: number }>(sql.seqs, record, ns, ledger).map(({ seq }) => seq);
				elements.erased({ record, n: held.n, receivedAt, texts: seqs }, ledger, appended);
			}
			store.mustScrub();
			return row;
		}
	};
}

/** [F1] What the texts that are there make of a record. */
export function foldStored({ db }: Store, record: RecordId): Row | null {
	const told = all<{ head: string; text: string | null }>(db.prepare(HISTORY), record);
	return foldTold(
		told.map(({ head, text }) => {
			const parsed = text === null ? null : parseEntry(text);
			return { head: Head.parse(JSON.parse(head)), entry: parsed?.ok ? parsed.entry : null };
		})
	).row;
}

const HISTORY = `SELECT e.head, t.text, min(e.ledger) FROM element e JOIN entry t ON t.num = e.entry
	WHERE e.record = ? GROUP BY e.n ORDER BY e.n`;

function prepareAll({
	db
}: Store): Record<'record' | 'dropTexts' | 'saveRow' | 'seqs', StatementSync> {
	return {
		record: db.prepare('SELECT n, ledgers FROM record WHERE id = ?'),
		dropTexts: db.prepare(
			`UPDATE entry SET text = NULL, sig = NULL WHERE num IN (SELECT entry FROM element
			WHERE record = ? AND entry IS NOT NULL AND n IN (SELECT value FROM json_each(?)))`
		),
		saveRow: db.prepare('UPDATE record SET row = ? WHERE id = ?'),
		seqs: db.prepare(
			`SELECT seq FROM element WHERE record = ? AND entry IS NOT NULL
			AND n IN (SELECT value FROM json_each(?))
			AND ledger = (SELECT num FROM ledger WHERE name = ?) ORDER BY seq`
		)
	};
}
