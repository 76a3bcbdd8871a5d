/** [A4] Carries an order to erase out: texts go from the store and from every ledger; heads and chains stay. */
import { Head } from '#domain/element.ts';
import { parseEntry } from '#domain/entry.ts';
import type { Erasing, Row } from '#domain/family.ts';
import { foldTold } from '#domain/fold.ts';
import type { RecordId } from '#domain/ids.ts';
import { eraseDrafts } from '../drafts/store.ts';
import {
	historyOf,
	textsIn,
	type Appended,
	type WriteElements
} from '../ledgers/write-elements.ts';
import { ledgerNames, type Sql, type Tx } from '../store/store.ts';

/** Answers the row that is left of the record; null when nothing is. */
export async function carryOut(
	tx: Tx,
	elements: WriteElements,
	{ record, entries }: Erasing,
	told: { readonly receivedAt: number; readonly appended: Appended }
): Promise<Row | null> {
	const held = await tx.first<{ n: number; ledgers: string }>(
		'SELECT n, ledgers FROM record WHERE id = ?',
		record
	);
	// [R6] it is still to come back
	if (held === null) return null;
	const isAmong = (n: number) => entries === 'all' || entries.includes(n);
	// A statement takes so many values and no more, a record any number of entries.
	const [among, values] =
		entries === 'all' ? ['n <= ?', [held.n]] : [`n IN (${entries.map(() => '?').join()})`, entries];
	tx.write(
		`UPDATE entry SET text = NULL, sig = NULL WHERE num IN (SELECT entry FROM element
		WHERE record = ? AND entry IS NOT NULL AND ${among})`,
		record,
		...values
	);
	await eraseDrafts(tx, record);
	const row = await foldStored(tx, record);
	tx.write('UPDATE record SET row = ? WHERE id = ?', JSON.stringify(row), record);
	for (const ledger of ledgerNames(held.ledgers)) {
		const there = (await textsIn(tx, record, ledger)).filter(({ n }) => isAmong(n));
		const texts = there.map(({ seq }) => seq);
		const what = { record, n: held.n, receivedAt: told.receivedAt, texts };
		await elements.erased(what, ledger, told.appended);
	}
	// [A1] What is left of it may have other readers.
	tx.write('INSERT INTO due_readers VALUES (?) ON CONFLICT DO NOTHING', record);
	// What was deleted in this transaction must not stay in the store's logs either.
	await tx.setMeta('scrub', '1');
	return row;
}

/** [F1] What the texts that are there make of a record. */
export async function foldStored(sql: Sql, record: RecordId): Promise<Row | null> {
	let row: Row | null = null;
	for await (const page of historyOf(sql, record, Number.MAX_SAFE_INTEGER)) {
		const told = page.map(({ head, text }) => {
			const parsed = text === null ? null : parseEntry(text);
			return { head: Head.parse(JSON.parse(head)), entry: parsed?.ok ? parsed.entry : null };
		});
		({ row } = foldTold(told, row));
	}
	return row;
}
