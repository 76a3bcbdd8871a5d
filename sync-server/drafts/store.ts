/** Shared drafts as stored: pieces of a Yjs document beside the ledgers, and who may open them. */
import type { Row } from '#domain/family.ts';
import type { RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { Sql, Store, Stored, Tx } from '../store/store.ts';
import type { Writers } from './job.ts';

export interface KeptDraft {
	/** Numbered one after the other, up to `last`. */
	readonly pieces: readonly Uint8Array[];
	/** The ordinal of the last piece; what is merged into one counts on. */
	readonly last: number;
	readonly writers: Writers;
}

/** Who may open a draft, and whether it takes more writing. */
export interface Standing {
	readonly ledgers: readonly LedgerName[];
	readonly state: 'open' | 'frozen' | 'erased';
}

export interface Addition {
	/** The ordinal of the last piece that these were tried on. */
	readonly last: number;
	readonly pieces: readonly Uint8Array[];
	/** All of it as one piece, which takes the place of every other. */
	readonly isWhole: boolean;
	readonly writers: Writers;
}

/** `behind`: another relay wrote meanwhile, so nothing was stored. `closed`: it takes no more writing. */
export type Added = 'stored' | 'behind' | 'closed';

export interface DraftStore {
	/** Null for a record that is no shared draft. */
	standing(record: RecordId): Promise<Standing | null>;
	read(record: RecordId): Promise<KeptDraft>;
	/** Durable when it resolves. */
	add(record: RecordId, addition: Addition): Promise<Added>;
}

export function createDraftStore(store: Store): DraftStore {
	return {
		standing: (record) => standingOf(store, record),
		read: (record) => readDraft(store, record, store.epoch),
		add: (record, { last, pieces, isWhole, writers }) =>
			store.transaction(async (tx) => {
				if ((await standingOf(tx, record))?.state !== 'open') return 'closed';
				const newest = await tx.first<{ n: number | null }>(
					'SELECT max(n) AS n FROM shared_piece WHERE record = ?',
					record
				);
				if ((newest?.n ?? 0) !== last) return 'behind';
				if (isWhole) tx.write('DELETE FROM shared_piece WHERE record = ?', record);
				for (const [i, piece] of pieces.entries())
					tx.write(
						'INSERT INTO shared_piece VALUES (?, ?, ?)',
						...[record, last + 1 + i, Buffer.from(piece).toString('base64')]
					);
				tx.write(
					`INSERT INTO shared_draft (record, writers, erased) VALUES (?, ?, 0)
					ON CONFLICT (record) DO UPDATE SET writers = excluded.writers`,
					record,
					JSON.stringify({ epoch: store.epoch, of: [...writers] })
				);
				return 'stored';
			})
	};
}

async function standingOf(stored: Stored, record: RecordId): Promise<Standing | null> {
	const found = await stored.record(record);
	const row = found?.row ?? null;
	const family = row === null ? undefined : familyNamed(row.family);
	if (row === null || found === null || family?.shared === undefined) return null;
	const refs = new Map<RecordId, Row>();
	for (const other of family.leansOn?.(row) ?? []) {
		const ref = await stored.row(other);
		if (ref !== null) refs.set(ref.record, ref);
	}
	const draft = await stored.first<{ erased: number }>(
		'SELECT erased FROM shared_draft WHERE record = ?',
		record
	);
	const state = draft?.erased === 1 ? 'erased' : family.shared(row, refs);
	return { ledgers: found.ledgers, state };
}

async function readDraft(sql: Sql, record: RecordId, epoch: string): Promise<KeptDraft> {
	const found = await sql.all<{ n: number; piece: string }>(
		'SELECT n, piece FROM shared_piece WHERE record = ? ORDER BY n',
		record
	);
	return {
		pieces: found.map(({ piece }) => new Uint8Array(Buffer.from(piece, 'base64'))),
		last: found.at(-1)?.n ?? 0,
		writers: await readWriters(sql, record, epoch)
	};
}

/** [R6] A restored store may lack what others hold of a writer: under another epoch any device may bring it. */
async function readWriters(sql: Sql, record: RecordId, epoch: string): Promise<Writers> {
	const draft = await sql.first<{ writers: string }>(
		'SELECT writers FROM shared_draft WHERE record = ?',
		record
	);
	// Written by `add` alone.
	const kept = JSON.parse(draft?.writers ?? '{}') as { epoch?: string; of?: [number, string][] };
	return new Map(kept.epoch === epoch ? kept.of : []);
}

/** [A4] Takes a draft's text away, and that of every draft which is about the record; for ever. */
export async function eraseDrafts(tx: Tx, erased: RecordId): Promise<void> {
	const leaning = await tx.all<{ record: RecordId }>(
		'SELECT record FROM leaning WHERE leans_on = ?',
		erased
	);
	for (const record of [erased, ...leaning.map((each) => each.record)]) {
		const row = await tx.row(record);
		if (familyNamed(row?.family ?? '')?.shared === undefined) continue;
		tx.write('DELETE FROM shared_piece WHERE record = ?', record);
		tx.write(
			`INSERT INTO shared_draft (record, writers, erased) VALUES (?, '{}', 1)
			ON CONFLICT (record) DO UPDATE SET writers = '{}', erased = 1`,
			record
		);
	}
}
