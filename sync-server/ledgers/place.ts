/** Writes a judged entry where it belongs: its text once, its heads into every ledger of its audience, its fact. */
import type { FactBody } from '#domain/element.ts';
import type { Entry, Signed } from '#domain/entry.ts';
import type { Erasing, Refs, Row } from '#domain/family.ts';
import type { Judgement } from '#domain/judge.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { factsLedger } from '#domain/ledgers.ts';
import type { Place, Receipt } from '#domain/wire.ts';
import type { Draft } from '../judging/directory.ts';
import { carryOut } from '../judging/erase.ts';
import type { Keys } from '../keys.ts';
import type { StoredRecord, Tx } from '../store/store.ts';
import { createReaders, type Readers } from './readers.ts';
import {
	createWriteElements,
	unsealed,
	type Appended,
	type WriteElements
} from './write-elements.ts';

export type Effective = Extract<Judgement, { row: Row }>;

export interface ToPlace {
	readonly entry: Pick<Entry, 'id' | 'kind' | 'record' | 'device'>;
	/** Null where it was erased before it came back (A4, R6). */
	readonly signed: Signed | { readonly text: null; readonly sig: null };
	readonly hash: string;
	readonly judged: Effective;
	readonly receivedAt: number;
	readonly refs: Refs;
	/** What there was of the record. */
	readonly before: StoredRecord | null;
}

/** Of one transaction. */
export interface Placing {
	/** `people` learns what it must know by heart. */
	place(item: ToPlace, people: Draft, appended: Appended): Promise<Receipt>;
	/** [E2] Remembers a refusal, so that the same text gets the same answer. */
	remember(entry: Entry, hash: string, receivedAt: number, receipt: Receipt): Promise<void>;
	/** The next official number of a community, class and quarter (编号). */
	draw(key: string): Promise<number>;
	/** [R6] A number that was drawn before comes back: the next is a later one. */
	drawnUpTo(key: string, n: number): void;
	readonly whole: WriteElements['whole'];
	readonly end: WriteElements['end'];
	/** [A1] Asks again who reads what leant on records that have other readers now. */
	readonly followUp: Readers['followUp'];
}

const SAVE_ENTRY = `INSERT INTO entry (num, id, hash, text, sig, device, received_at, receipt)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

export function createPlacing(tx: Tx, keys: Pick<Keys, 'tag' | 'pseudonym'>): Placing {
	const elements = createWriteElements(tx, keys);
	const readers = createReaders(tx, elements);
	let lastEntry: number | null = null;

	async function nextEntry(): Promise<number> {
		lastEntry ??=
			(await tx.first<{ last: number | null }>('SELECT max(num) AS last FROM entry'))?.last ?? 0;
		lastEntry += 1;
		return lastEntry;
	}

	async function place(item: ToPlace, people: Draft, appended: Appended): Promise<Receipt> {
		const { entry, signed, hash, judged, receivedAt, refs, before } = item;
		const { row } = judged;
		const family = familyNamed(row.family);
		if (!family) throw new Error(`place: a row of no family (${row.family})`);
		const told = { upTo: row.n - 1, receivedAt, appended };
		const audience = await readers.settle(row, refs, before?.ledgers ?? [], told);

		const num = await nextEntry();
		const head = unsealed({
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
		});
		const places: Place[] = [];
		for (const ledger of audience) {
			const seq = await elements.entry(ledger, head, { num, ...signed }, appended);
			places.push({ ledger, seq });
			const { record, n } = row;
			if (signed.text === null)
				await elements.erased({ record, n, receivedAt, texts: [seq] }, ledger, appended);
		}
		const fact = judged.verdict === 'accepted' ? factOf(row) : null;
		const isNewFact = fact !== null && fact.json !== before?.fact;
		const factN = (before?.factN ?? 0) + (isNewFact ? 1 : 0);
		if (isNewFact) places.push(await appendFact(row, fact.body, factN, receivedAt, appended));

		tx.write(
			`INSERT INTO record (id, family, org, subject, n, period, row, ledgers, fact, fact_n)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
			org = excluded.org, subject = excluded.subject, n = excluded.n, row = excluded.row,
			ledgers = excluded.ledgers, fact = excluded.fact, fact_n = excluded.fact_n`,
			row.record,
			row.family,
			row.org,
			family.indexes(row).person ?? null,
			row.n,
			row.period,
			JSON.stringify(row),
			JSON.stringify(audience),
			fact?.json ?? before?.fact ?? null,
			factN
		);
		const { no } = judged.given;
		if (no !== undefined) {
			const number = 'INSERT INTO official_number VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
			tx.write(number, row.family, row.org, no);
		}
		people.put(row);
		const receipt: Receipt = {
			id: entry.id,
			verdict: judged.verdict,
			...(judged.verdict === 'noted' ? { reason: judged.reason } : {}),
			given: judged.given,
			receivedAt,
			places
		};
		const { text, sig } = signed;
		const json = JSON.stringify(receipt);
		tx.write(SAVE_ENTRY, num, entry.id, hash, text, sig, entry.device, receivedAt, json);
		const isOrder = judged.verdict === 'accepted' && signed.text !== null;
		const order = isOrder ? family.erases?.(row) : null;
		if (order) await erase(order, people, receivedAt, appended);
		return receipt;
	}

	/** [A4] What is left of the record may count otherwise. */
	async function erase(
		order: Erasing,
		people: Draft,
		receivedAt: number,
		appended: Appended
	): Promise<void> {
		const left = await carryOut(tx, elements, order, { receivedAt, appended });
		if (left === null) return people.drop(order.record);
		people.put(left);
		const before = await tx.record(order.record);
		const fact = factOf(left);
		if (before === null || fact === null || fact.json === before.fact) return;
		const n = before.factN + 1;
		await appendFact(left, fact.body, n, receivedAt, appended);
		tx.write('UPDATE record SET fact = ?, fact_n = ? WHERE id = ?', fact.json, n, order.record);
	}

	/** [A3] The fact goes where desk, office and district read it, under a pseudonym. */
	async function appendFact(
		row: Row,
		fact: FactBody,
		n: number,
		receivedAt: number,
		appended: Appended
	): Promise<Place> {
		const ledger = factsLedger(row.org, row.period);
		const head = {
			n,
			record: keys.pseudonym(row.record),
			kind: 'fact' as const,
			org: row.org,
			receivedAt,
			fact
		};
		return { ledger, seq: await elements.fact(ledger, head, appended) };
	}

	function factOf(row: Row): { readonly body: FactBody; readonly json: string } | null {
		const fact = familyNamed(row.family)?.fact?.(row);
		if (fact === undefined) return null;
		const household = 'household' in fact ? fact.household : undefined;
		const body = household === undefined ? fact : { ...fact, household: keys.pseudonym(household) };
		return { body, json: JSON.stringify(body) };
	}

	return {
		place,
		async remember({ id, device }, hash, receivedAt, receipt) {
			const num = await nextEntry();
			tx.write(SAVE_ENTRY, num, id, hash, null, null, device, receivedAt, JSON.stringify(receipt));
		},
		async draw(key) {
			const drawn = await tx.first<{ n: number }>(
				`INSERT INTO counter VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET n = counter.n + 1
				RETURNING n`,
				key
			);
			return drawn?.n ?? 1;
		},
		drawnUpTo(key, n) {
			tx.write(
				`INSERT INTO counter VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET
				n = CASE WHEN counter.n < excluded.n THEN excluded.n ELSE counter.n END`,
				key,
				n
			);
		},
		whole: elements.whole,
		end: elements.end,
		followUp: readers.followUp
	};
}
