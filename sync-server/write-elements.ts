/** The one writer of ledgers: appends heads in their chain, brings a record's history to a ledger, takes it away. */
import type { StatementSync } from 'node:sqlite';
import type { FactHead, GoneHead, Head } from '#domain/element.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import { genesis, sealHead } from './chain.ts';
import type { Keys } from './keys.ts';
import { itemsPerElement } from './ledger-document.ts';
import { all, first, type Store, type StoredElement } from './store-sqlite.ts';

/** What one transaction appended, by ledger, in order of seq. */
export type Appended = Map<LedgerName, StoredElement[]>;

/** An entry's text as stored, by its number. */
export interface StoredText {
	readonly num: number;
	/** Null where it was erased (A4). */
	readonly text: string | null;
	readonly sig: string | null;
}

type Unplaced<H> = Omit<H, 'seq' | 'chain' | 'tag'>;

export interface WriteElements {
	/** Appends an entry's element; answers its seq. */
	entry(ledger: LedgerName, head: Unplaced<Head>, text: StoredText, appended: Appended): number;
	/** Appends a fact, which has no text. */
	fact(ledger: LedgerName, head: Unplaced<FactHead>, appended: Appended): number;
	/** [A1] A record comes to a ledger with its whole history, up to and with the ordinal `upTo`. */
	copyHistory(record: RecordId, upTo: number, ledger: LedgerName, appended: Appended): void;
	/** [A4] Says in a ledger that texts there were erased. */
	erased(what: Erased, ledger: LedgerName, appended: Appended): void;
	/** [A5] A record leaves a ledger: its texts go from there, heads and chain stay whole. */
	leave(what: Leaving, ledger: LedgerName, appended: Appended): void;
}

export interface Leaving {
	readonly record: RecordId;
	readonly n: number;
	readonly receivedAt: number;
}

export interface Erased extends Leaving {
	readonly texts: number[];
}

interface Tail {
	readonly num: number;
	readonly seq: number;
	readonly chain: string;
}

export function createWriteElements(store: Store, keys: Pick<Keys, 'tag'>): WriteElements {
	const sql = prepareAll(store);

	function append(
		ledger: LedgerName,
		head: Unplaced<Head> | Unplaced<FactHead> | Unplaced<GoneHead>,
		of: StoredText | null,
		appended: Appended
	): number {
		const tail = tailOf(ledger);
		const seq = tail.seq + 1;
		const { chain, json } = sealHead(tail.chain, { seq, ...head }, keys.tag);
		sql.saveElement.run(tail.num, seq, head.n, head.record, of?.num ?? null, json);
		sql.saveTail.run(seq, chain, seq * itemsPerElement(ledger), tail.num);
		const list = appended.get(ledger) ?? [];
		list.push({ seq, head: json, text: of?.text ?? null, sig: of?.sig ?? null });
		appended.set(ledger, list);
		return seq;
	}

	function tailOf(ledger: LedgerName): Tail {
		const tail = first<Tail>(sql.tail, ledger);
		if (tail) return tail;
		const chain = genesis(ledger);
		const { lastInsertRowid } = sql.makeLedger.run(ledger, chain);
		return { num: Number(lastInsertRowid), seq: 0, chain };
	}

	return {
		entry: append,
		fact: (ledger, head, appended) => append(ledger, head, null, appended),
		copyHistory(record, upTo, ledger, appended) {
			const earlier = all<StoredText & { head: string }>(sql.history, record, upTo);
			for (const { head, ...text } of earlier) {
				// A stored head is one that `sealHead` wrote.
				const { seq: _seq, chain: _chain, tag: _tag, ...kept } = JSON.parse(head) as Head;
				append(ledger, kept, text, appended);
			}
		},
		erased({ record, n, receivedAt, texts }, ledger, appended) {
			append(ledger, { n, record, kind: 'erased', receivedAt, texts }, null, appended);
		},
		leave({ record, n, receivedAt }, ledger, appended) {
			const { num } = tailOf(ledger);
			const texts = all<{ seq: number }>(sql.texts, record, num).map(({ seq }) => seq);
			sql.dropTexts.run(record, num);
			append(ledger, { n, record, kind: 'left', receivedAt, texts }, null, appended);
		}
	};
}

function prepareAll({
	db
}: Store): Record<
	'saveElement' | 'tail' | 'saveTail' | 'makeLedger' | 'history' | 'texts' | 'dropTexts',
	StatementSync
> {
	return {
		saveElement: db.prepare('INSERT INTO element VALUES (?, ?, ?, ?, ?, ?)'),
		tail: db.prepare('SELECT num, seq, chain FROM ledger WHERE name = ?'),
		saveTail: db.prepare('UPDATE ledger SET seq = ?, chain = ?, clock = ? WHERE num = ?'),
		makeLedger: db.prepare('INSERT INTO ledger (name, seq, chain, clock) VALUES (?, 0, ?, 0)'),
		history: db.prepare(
			`SELECT e.head, t.num, t.text, t.sig, min(e.ledger) FROM element e
			JOIN entry t ON t.num = e.entry
			WHERE e.record = ? AND e.n <= ? GROUP BY e.n ORDER BY e.n`
		),
		texts: db.prepare(
			`SELECT seq FROM element
			WHERE record = ? AND ledger = ? AND entry IS NOT NULL ORDER BY seq`
		),
		dropTexts: db.prepare('UPDATE element SET entry = NULL WHERE record = ? AND ledger = ?')
	};
}
