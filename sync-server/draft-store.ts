/** Shared drafts as stored: pieces of a Yjs document beside the ledgers, and who may open them. */
import type { StatementSync } from 'node:sqlite';
import type { RecordId } from '#domain/ids.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import type { Writers } from './draft-job.ts';
import { ledgerNames } from './readers.ts';
import { all, first, type Store } from './store-sqlite.ts';

const schema = `
-- [R4] \`writers\` names the device that wrote as each Yjs client first
CREATE TABLE IF NOT EXISTS shared_draft (
	record TEXT PRIMARY KEY,
	writers TEXT NOT NULL,
	erased INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- pieces in base64, the later ones upon the earlier; merging puts one in the place of many
CREATE TABLE IF NOT EXISTS shared_piece (
	record TEXT NOT NULL,
	n INTEGER NOT NULL,
	piece TEXT NOT NULL,
	PRIMARY KEY (record, n)
) STRICT, WITHOUT ROWID;
`;

export interface KeptDraft {
	readonly pieces: readonly Uint8Array[];
	/** The ordinal of the last piece. */
	readonly last: number;
	readonly writers: Writers;
}

/** Who may open a draft, and whether it takes more writing. */
export interface Standing {
	readonly ledgers: readonly LedgerName[];
	readonly state: 'open' | 'frozen' | 'erased';
}

export interface Addition {
	/** What the writer of these pieces had read last. */
	readonly last: number;
	readonly pieces: readonly Uint8Array[];
	/** All of it as one piece, in the place of all up to `last`. */
	readonly whole: Uint8Array | null;
	readonly writers: Writers;
}

export interface DraftStore {
	/** Null for a record that is no shared draft. */
	standing(record: RecordId): Promise<Standing | null>;
	read(record: RecordId): Promise<KeptDraft>;
	/** Durable when it resolves, with what stands stored then; null where the draft takes no more writing. */
	add(record: RecordId, addition: Addition): Promise<KeptDraft | null>;
}

export function createDraftStore(store: Store): DraftStore {
	store.db.exec(schema);
	const sql = prepareAll(store);

	function standingOf(record: RecordId): Standing | null {
		const row = store.row(record);
		const found = first<{ ledgers: string }>(sql.ledgers, record);
		const family = row === null ? undefined : familyNamed(row.family);
		if (row === null || found === null || family?.shared === undefined) return null;
		const refs = (family.leansOn?.(row) ?? []).flatMap((other) => store.row(other) ?? []);
		const isErased = first<{ erased: number }>(sql.draft, record)?.erased === 1;
		const state = family.shared(row, new Map(refs.map((ref) => [ref.record, ref])));
		return { ledgers: ledgerNames(found.ledgers), state: isErased ? 'erased' : state };
	}

	function readDraft(record: RecordId): KeptDraft {
		const found = all<{ n: number; piece: string }>(sql.pieces, record);
		const draft = first<{ writers: string }>(sql.draft, record);
		return {
			pieces: found.map(({ piece }) => new Uint8Array(Buffer.from(piece, 'base64'))),
			last: found.at(-1)?.n ?? 0,
			writers: parseWriters(draft?.writers, store.epoch)
		};
	}

	return {
		standing: async (record) => standingOf(record),
		read: async (record) => readDraft(record),
		add: async (record, { last, pieces, whole, writers }) =>
			store.transaction(() => {
				if (standingOf(record)?.state !== 'open') return null;
				let n = first<{ n: number | null }>(sql.newest, record)?.n ?? 0;
				if (whole !== null) sql.merge.run(record, last);
				for (const piece of whole === null ? pieces : [whole])
					sql.add.run(record, ++n, Buffer.from(piece).toString('base64'));
				sql.save.run(record, JSON.stringify({ epoch: store.epoch, of: [...writers] }));
				return readDraft(record);
			})
	};
}

/** [A4] Takes a draft's text away, and that of every draft which is about the record; for ever. */
export function createDraftEraser(store: Store): (record: RecordId) => void {
	store.db.exec(schema);
	const about = store.db.prepare('SELECT record FROM leaning WHERE leans_on = ?');
	const drop = store.db.prepare('DELETE FROM shared_piece WHERE record = ?');
	const mark = store.db.prepare(
		`INSERT INTO shared_draft VALUES (?, '{}', 1)
		ON CONFLICT (record) DO UPDATE SET writers = '{}', erased = 1`
	);
	return (erased) => {
		const leaning = all<{ record: RecordId }>(about, erased).map(({ record }) => record);
		for (const record of [erased, ...leaning]) {
			if (familyNamed(store.row(record)?.family ?? '')?.shared === undefined) continue;
			drop.run(record);
			mark.run(record);
		}
	};
}

/** [R6] A restored store may lack what others hold of a writer: under another epoch any device may bring it. */
function parseWriters(json: string | undefined, epoch: string): Writers {
	// Written by `add` alone.
	const kept = JSON.parse(json ?? '{}') as { epoch?: string; of?: [number, string][] };
	return new Map(kept.epoch === epoch ? kept.of : []);
}

function prepareAll({
	db
}: Store): Record<
	'ledgers' | 'draft' | 'pieces' | 'newest' | 'merge' | 'add' | 'save',
	StatementSync
> {
	return {
		ledgers: db.prepare('SELECT ledgers FROM record WHERE id = ?'),
		draft: db.prepare('SELECT writers, erased FROM shared_draft WHERE record = ?'),
		pieces: db.prepare('SELECT n, piece FROM shared_piece WHERE record = ? ORDER BY n'),
		newest: db.prepare('SELECT max(n) AS n FROM shared_piece WHERE record = ?'),
		merge: db.prepare('DELETE FROM shared_piece WHERE record = ? AND n <= ?'),
		add: db.prepare('INSERT INTO shared_piece VALUES (?, ?, ?)'),
		save: db.prepare(
			`INSERT INTO shared_draft VALUES (?, ?, 0)
			ON CONFLICT (record) DO UPDATE SET writers = excluded.writers`
		)
	};
}
