/** Writes a judged entry where it belongs: its text once, its heads into every ledger of its audience, its fact. */
import type { StatementSync } from 'node:sqlite';
import { FactBody, type Head } from '#domain/element.ts';
import type { Entry, Signed } from '#domain/entry.ts';
import type { Erasing, Refs, Row } from '#domain/family.ts';
import type { Judgement } from '#domain/judge.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { factsLedger } from '#domain/ledgers.ts';
import type { Place, Receipt } from '#domain/wire.ts';
import type { Keys } from './keys.ts';
import { createErase } from './erase.ts';
import { createReaders, ledgerNames, type Readers } from './readers.ts';
import { first, type Store } from './store-sqlite.ts';
import { createWriteElements, type Appended } from './write-elements.ts';

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
	/** [A1] Asks again who reads what leant on records that have other readers now. */
	readonly readers: Pick<Readers, 'isDue' | 'followUp'>;
}

interface RecordState {
	readonly ledgers: string;
	readonly fact: string | null;
	readonly fact_n: number;
}

export function createPlacing(store: Store, keys: Pick<Keys, 'tag' | 'pseudonym'>): Placing {
	const sql = prepareAll(store);
	const elements = createWriteElements(store, keys);
	const readers = createReaders(store, elements);
	const erase = createErase(store, elements);
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
		const held = before === null ? [] : ledgerNames(before.ledgers);
		const told = { upTo: row.n - 1, receivedAt, appended };
		const audience = readers.settle(row, refs, held, told);

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
			const seq = elements.entry(ledger, head, { num, ...signed }, appended);
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
		const order = judged.verdict === 'accepted' ? family.erases?.(row) : null;
		if (order) carryOut(order, receivedAt, appended);
		return receipt;
	}

	/** [A4] What is left of the record may count otherwise. */
	function carryOut(order: Erasing, receivedAt: number, appended: Appended): void {
		const left = erase.carryOut(order, receivedAt, appended);
		const before = first<RecordState>(sql.record, order.record);
		const fact = left === null ? null : factOf(left);
		if (left === null || before === null || fact === null || fact === before.fact) return;
		const n = before.fact_n + 1;
		appendFact(left, fact, n, receivedAt, appended);
		sql.saveFact.run(fact, n, order.record);
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
		const head = {
			n,
			record: keys.pseudonym(row.record),
			kind: 'fact' as const,
			org: row.org,
			receivedAt,
			fact: FactBody.parse(JSON.parse(fact))
		};
		return { ledger, seq: elements.fact(ledger, head, appended) };
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
		draw: (key) => first<{ n: number }>(sql.draw, key)?.n ?? 1,
		readers
	};
}

function prepareAll({
	db
}: Store): Record<
	'lastEntry' | 'record' | 'saveRecord' | 'saveFact' | 'saveEntry' | 'draw',
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
		saveFact: db.prepare('UPDATE record SET fact = ?, fact_n = ? WHERE id = ?'),
		saveEntry: db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
		draw: db.prepare(
			`INSERT INTO counter VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET n = n + 1 RETURNING n`
		)
	};
}
