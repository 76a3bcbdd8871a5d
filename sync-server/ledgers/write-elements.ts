/** The one writer of ledgers: appends heads in their chain, brings a record's history to a ledger, takes it away. */
import { setImmediate as turn } from 'node:timers/promises';
import type { FactHead, GoneHead, Head } from '#domain/element.ts';
import type { RecordId } from '#domain/ids.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { Keys } from '../keys.ts';
import type { Sql, StoredElement, Tx } from '../store/store.ts';
import { genesis, sealHead } from './chain.ts';
import { clockOf } from './ledger-document.ts';

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

/** A head without place and seal, which alone differ between the ledgers that it comes to. */
export interface Unsealed {
	readonly n: number;
	readonly record: string;
	/** Its JSON between `seq` and `chain`. */
	readonly members: string;
}

export interface WriteElements {
	/** Appends an entry's element; answers its seq. */
	entry(ledger: LedgerName, head: Unsealed, text: StoredText, appended: Appended): Promise<number>;
	/** Appends a fact, which has no text. */
	fact(ledger: LedgerName, head: Unplaced<FactHead>, appended: Appended): Promise<number>;
	/**
	 * [A1] A record comes to a ledger with its whole history, up to and with the ordinal `n`. What of it was
	 * erased before is said there too (A4): a text that is missing is one that was taken away.
	 */
	copyHistory(what: Moving, ledger: LedgerName, appended: Appended): Promise<void>;
	/** [A4] Says in a ledger that texts there were erased. */
	erased(what: Erased, ledger: LedgerName, appended: Appended): Promise<void>;
	/** [A5] A record leaves a ledger: its texts go from there, heads and chain stay whole. */
	leave(what: Moving, ledger: LedgerName, appended: Appended): Promise<void>;
	/** All of the work, or nothing of it where it throws. */
	whole<T>(work: () => Promise<T>): Promise<T>;
	/** Writes where the ledgers end now; to be called before the transaction ends. */
	end(): void;
}

/** A record as it comes to a ledger or leaves it. */
export interface Moving {
	readonly record: RecordId;
	readonly n: number;
	readonly receivedAt: number;
}

export interface Erased extends Moving {
	readonly texts: number[];
}

interface Tail {
	readonly num: number;
	readonly seq: number;
	readonly chain: string;
}

/** Of one transaction, which many entries of the same few ledgers share. */
export function createWriteElements(tx: Tx, keys: Pick<Keys, 'tag'>): WriteElements {
	let tails = new Map<LedgerName, Tail>();

	async function append(
		ledger: LedgerName,
		{ n, record, members }: Unsealed,
		of: StoredText | null,
		appended: Appended
	): Promise<number> {
		const tail = await tailOf(ledger);
		const seq = tail.seq + 1;
		const { chain, json } = sealHead(tail.chain, { seq, members }, keys.tag);
		tx.write(
			'INSERT INTO element (ledger, seq, n, record, entry, head) VALUES (?, ?, ?, ?, ?, ?)',
			tail.num,
			seq,
			n,
			record,
			of?.num ?? null,
			json
		);
		tails.set(ledger, { num: tail.num, seq, chain });
		const list = appended.get(ledger) ?? [];
		list.push({ seq, head: json, text: of?.text ?? null, sig: of?.sig ?? null });
		appended.set(ledger, list);
		return seq;
	}

	async function tailOf(ledger: LedgerName): Promise<Tail> {
		const tail =
			tails.get(ledger) ??
			(await tx.first<Tail>('SELECT num, seq, chain FROM ledger WHERE name = ?', ledger));
		if (tail) return tail;
		const chain = genesis(ledger);
		const made = await tx.first<{ num: number }>(
			`INSERT INTO ledger (num, name, seq, chain, clock)
			SELECT coalesce(max(num), 0) + 1, ?, 0, ?, 0 FROM ledger RETURNING num`,
			ledger,
			chain
		);
		if (made === null) throw new Error('write-elements: no ledger was made');
		return { num: made.num, seq: 0, chain };
	}

	return {
		entry: append,
		fact: (ledger, head, appended) => append(ledger, unsealed(head), null, appended),
		async copyHistory({ record, n, receivedAt }, ledger, appended) {
			const texts: number[] = [];
			for await (const earlier of historyOf(tx, record, n))
				for (const { head, num, text, sig } of earlier) {
					// A stored head is one that `sealHead` wrote.
					const { seq: _seq, chain: _chain, tag: _tag, ...kept } = JSON.parse(head) as Head;
					const seq = await append(ledger, unsealed(kept), { num, text, sig }, appended);
					if (text === null) texts.push(seq);
				}
			if (texts.length === 0) return;
			const head = unsealed({ n, record, kind: 'erased', receivedAt, texts });
			await append(ledger, head, null, appended);
		},
		async erased({ record, n, receivedAt, texts }, ledger, appended) {
			const head = unsealed({ n, record, kind: 'erased', receivedAt, texts });
			await append(ledger, head, null, appended);
		},
		async leave({ record, n, receivedAt }, ledger, appended) {
			const { num } = await tailOf(ledger);
			const texts = (await textsIn(tx, record, ledger)).map(({ seq }) => seq);
			for (const seq of texts)
				tx.write('UPDATE element SET entry = NULL WHERE ledger = ? AND seq = ?', num, seq);
			const head = unsealed({ n, record, kind: 'left', receivedAt, texts });
			await append(ledger, head, null, appended);
		},
		async whole(work) {
			const before = new Map(tails);
			try {
				return await tx.whole(work);
			} catch (cause) {
				tails = before;
				throw cause;
			}
		},
		end() {
			for (const [ledger, { num, seq, chain }] of tails)
				tx.write(
					'UPDATE ledger SET seq = ?, chain = ?, clock = ? WHERE num = ?',
					seq,
					chain,
					clockOf(ledger, seq),
					num
				);
			tails.clear();
		}
	};
}

export function unsealed(head: Unplaced<Head> | Unplaced<FactHead> | Unplaced<GoneHead>): Unsealed {
	return { n: head.n, record: head.record, members: JSON.stringify(head).slice(1, -1) };
}

/** Where the texts of a record stand in a ledger, in order. Found by the record: a ledger is long. */
export async function textsIn(
	sql: Sql,
	record: RecordId,
	ledger: LedgerName
): Promise<readonly { readonly seq: number; readonly n: number }[]> {
	const everywhere = await sql.all<{ name: LedgerName; seq: number; n: number }>(
		`SELECT l.name, e.seq, e.n FROM element e JOIN ledger l ON l.num = e.ledger
		WHERE e.record = ? AND e.entry IS NOT NULL ORDER BY e.seq`,
		record
	);
	return everywhere.filter(({ name }) => name === ledger);
}

/** Elements read in one go; between two of them others have their turn. */
const PAGE = 500;

/** A record's elements in order of their ordinals, each from one of the ledgers that hold it, a page at a time. */
export async function* historyOf(
	sql: Sql,
	record: RecordId,
	upTo: number
): AsyncGenerator<readonly (StoredText & { readonly n: number; readonly head: string })[]> {
	let after = 0;
	for (;;) {
		const page = await sql.all<StoredText & { readonly n: number; readonly head: string }>(
			`SELECT e.n, e.head, t.num, t.text, t.sig FROM element e JOIN entry t ON t.num = e.entry
			WHERE e.record = ? AND e.n > ? AND e.n <= ? AND NOT EXISTS (
				SELECT 1 FROM element o WHERE o.record = e.record AND o.n = e.n
				AND o.entry IS NOT NULL AND o.ledger < e.ledger)
			ORDER BY e.n LIMIT ${PAGE}`,
			...[record, after, upTo]
		);
		const last = page.at(-1);
		if (last === undefined) return;
		yield page;
		if (page.length < PAGE) return;
		after = last.n;
		await turn();
	}
}

/** [A4] Were texts erased? */
export function erasesAnything(appended: Appended): boolean {
	for (const elements of appended.values())
		if (elements.some(({ head, text }) => text === null && head.includes('"kind":"erased"')))
			return true;
	return false;
}
