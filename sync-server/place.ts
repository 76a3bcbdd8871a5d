/** Writes a judged entry where it belongs: its text once, its heads into every ledger of its audience, its fact. */
import type { StatementSync } from 'node:sqlite';
import { FactBody, type Head } from '#domain/element.ts';
import type { Entry, Signed } from '#domain/entry.ts';
import type { Refs, Row } from '#domain/family.ts';
import type { Judgement } from '#domain/judge.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { factsLedger, type LedgerName } from '#domain/ledgers.ts';
import type { Place, Receipt } from '#domain/wire.ts';
import { genesis, sealHead, type Unsealed } from './chain.ts';
import type { Keys } from './keys.ts';
import { all, first, type Store, type StoredElement } from './store-sqlite.ts';

/** What one transaction appended, by ledger, in order of seq. */
export type Appended = Map<LedgerName, StoredElement[]>;

export type Effective = Extract<Judgement, { row: Row }>;

export interface ToPlace {
	readonly entry: Entry;
	readonly signed: Signed;
	readonly hash: string;
	readonly judged: Effective;
	readonly receivedAt: number;
	readonly refs: Refs;
}

export interface Placing {
	/** Starts a transaction's numbering; call it first inside each. */
	begin(): void;
	place(item: ToPlace, appended: Appended): Receipt;
	/** [E2] Remembers a refusal, so that the same text gets the same answer. */
	remember(entry: Entry, hash: string, receivedAt: number, receipt: Receipt): void;
	/** The next official number of a community, class and quarter (编号). */
	draw(key: string): number;
}

interface RecordState {
	readonly ledgers: string;
	readonly fact: string | null;
	readonly fact_n: number;
}

interface Tail {
	readonly num: number;
	readonly seq: number;
	readonly chain: string;
	readonly clock: number;
}

export function createPlacing(store: Store, keys: Pick<Keys, 'tag' | 'pseudonym'>): Placing {
	const sql = prepareAll(store);
	let nextEntry = 1;

	function begin(): void {
		nextEntry = (first<{ last: number | null }>(sql.lastEntry)?.last ?? 0) + 1;
	}

	function place(item: ToPlace, appended: Appended): Receipt {
		const { entry, signed, hash, judged, receivedAt, refs } = item;
		const { row } = judged;
		const family = familyNamed(row.family);
		if (!family) throw new Error(`place: a row of no family (${row.family})`);
		const before = first<RecordState>(sql.record, row.record);
		const held = before === null ? [] : parseNames(before.ledgers);
		const audience = family.audience(row, refs);
		if (audience.length === 0) throw new Error('place: a record without an audience');

		const num = nextEntry++;
		const head: Omit<Head, 'seq' | 'chain' | 'tag'> = {
			n: row.n,
			id: entry.id,
			kind: entry.kind,
			record: entry.record,
			device: entry.device,
			receivedAt,
			verdict: judged.verdict,
			...(judged.verdict === 'noted' ? { reason: judged.reason } : {}),
			actor: judged.actor,
			given: judged.given,
			textHash: hash
		};
		const places: Place[] = [];
		for (const ledger of audience) {
			// [A1] a record comes to a ledger with its whole history
			if (before !== null && !held.includes(ledger)) copyEarlier(row, ledger, appended);
			const seq = append(ledger, num, signed, head, appended);
			places.push({ ledger, seq });
		}
		const fact = judged.verdict === 'accepted' ? factOf(row) : null;
		const isNewFact = fact !== null && fact !== before?.fact;
		const factN = (before?.fact_n ?? 0) + (isNewFact ? 1 : 0);
		if (isNewFact) places.push(appendFact(row, fact, factN, receivedAt, appended));

		sql.saveRecord.run(
			row.record,
			row.family,
			row.org,
			family.indexes(row).person ?? null,
			row.n,
			row.period,
			JSON.stringify(row),
			JSON.stringify(audience),
			fact ?? before?.fact ?? null,
			factN
		);
		const receipt: Receipt = {
			id: entry.id,
			verdict: judged.verdict,
			...(judged.verdict === 'noted' ? { reason: judged.reason } : {}),
			given: judged.given,
			receivedAt,
			places
		};
		sql.saveEntry.run(
			num,
			entry.id,
			hash,
			signed.text,
			signed.sig,
			entry.device,
			receivedAt,
			JSON.stringify(receipt)
		);
		return receipt;
	}

	function append(
		ledger: LedgerName,
		entry: number,
		signed: Signed,
		head: Omit<Head, 'seq' | 'chain' | 'tag'>,
		appended: Appended
	): number {
		const tail = tailOf(ledger);
		const seq = tail.seq + 1;
		write(ledger, tail, { seq, ...head }, { num: entry, ...signed }, appended);
		return seq;
	}

	/** [A3] The fact goes where desk, office and district read it, under a pseudonym. */
	function appendFact(
		row: Row,
		fact: string,
		n: number,
		receivedAt: number,
		appended: Appended
	): Place {
		const ledger = factsLedger(row.org, row.period);
		const tail = tailOf(ledger);
		const seq = tail.seq + 1;
		const head = {
			seq,
			n,
			record: keys.pseudonym(row.record),
			kind: 'fact' as const,
			org: row.org,
			receivedAt,
			fact: FactBody.parse(JSON.parse(fact))
		};
		write(ledger, tail, head, null, appended);
		return { ledger, seq };
	}

	function write(
		ledger: LedgerName,
		tail: Tail,
		head: Unsealed,
		of: { num: number; text: string; sig: string } | null,
		appended: Appended
	): void {
		const { chain, json } = sealHead(tail.chain, head, keys.tag);
		sql.saveElement.run(tail.num, head.seq, head.n, head.record, of?.num ?? null, json);
		sql.saveTail.run(head.seq, chain, tail.clock + (of === null ? 1 : 2), tail.num);
		const list = appended.get(ledger) ?? [];
		list.push({ seq: head.seq, head: json, text: of?.text ?? null, sig: of?.sig ?? null });
		appended.set(ledger, list);
	}

	function copyEarlier(row: Row, ledger: LedgerName, appended: Appended): void {
		const { num } = tailOf(ledger);
		const there = first<{ n: number | null }>(sql.lastThere, row.record, num)?.n ?? 0;
		const missing = all<{ head: string; num: number; text: string; sig: string }>(
			sql.earlier,
			row.record,
			there,
			row.n
		);
		for (const { head, num: entry, text, sig } of missing) {
			// A stored head is one that `sealHead` wrote.
			const { seq: _seq, chain: _chain, tag: _tag, ...kept } = JSON.parse(head) as Head;
			append(ledger, entry, { text, sig }, kept, appended);
		}
	}

	function tailOf(ledger: LedgerName): Tail {
		const tail = first<Tail>(sql.tail, ledger);
		if (tail) return tail;
		const chain = genesis(ledger);
		const { lastInsertRowid } = sql.makeLedger.run(ledger, chain);
		return { num: Number(lastInsertRowid), seq: 0, chain, clock: 0 };
	}

	function factOf(row: Row): string | null {
		const fact = familyNamed(row.family)?.fact?.(row);
		if (fact === undefined) return null;
		if (!('household' in fact) || fact.household === undefined) return JSON.stringify(fact);
		return JSON.stringify({ ...fact, household: keys.pseudonym(fact.household) });
	}

	return {
		begin,
		place,
		remember(entry, hash, receivedAt, receipt) {
			sql.saveEntry.run(
				nextEntry++,
				entry.id,
				hash,
				null,
				null,
				entry.device,
				receivedAt,
				JSON.stringify(receipt)
			);
		},
		draw: (key) => first<{ n: number }>(sql.draw, key)?.n ?? 1
	};
}

function parseNames(json: string): readonly LedgerName[] {
	// Written by `place` alone.
	return JSON.parse(json) as LedgerName[];
}

function prepareAll({
	db
}: Store): Record<
	| 'lastEntry'
	| 'record'
	| 'saveRecord'
	| 'saveEntry'
	| 'saveElement'
	| 'tail'
	| 'saveTail'
	| 'makeLedger'
	| 'lastThere'
	| 'earlier'
	| 'draw',
	StatementSync
> {
	return {
		lastEntry: db.prepare('SELECT max(num) AS last FROM entry'),
		record: db.prepare('SELECT ledgers, fact, fact_n FROM record WHERE id = ?'),
		saveRecord: db.prepare(
			`INSERT INTO record (id, family, org, subject, n, period, row, ledgers, fact, fact_n)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
			org = excluded.org, subject = excluded.subject, n = excluded.n, row = excluded.row,
			ledgers = excluded.ledgers, fact = excluded.fact, fact_n = excluded.fact_n`
		),
		saveEntry: db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
		saveElement: db.prepare('INSERT INTO element VALUES (?, ?, ?, ?, ?, ?)'),
		tail: db.prepare('SELECT num, seq, chain, clock FROM ledger WHERE name = ?'),
		saveTail: db.prepare('UPDATE ledger SET seq = ?, chain = ?, clock = ? WHERE num = ?'),
		makeLedger: db.prepare('INSERT INTO ledger (name, seq, chain, clock) VALUES (?, 0, ?, 0)'),
		lastThere: db.prepare('SELECT max(n) AS n FROM element WHERE record = ? AND ledger = ?'),
		earlier: db.prepare(
			`SELECT e.head, t.num, t.text, t.sig, min(e.ledger) FROM element e
			JOIN entry t ON t.num = e.entry
			WHERE e.record = ? AND e.n > ? AND e.n < ? GROUP BY e.n ORDER BY e.n`
		),
		draw: db.prepare(
			`INSERT INTO counter VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET n = n + 1 RETURNING n`
		)
	};
}
