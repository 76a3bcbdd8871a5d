/**
 * A shared draft: a text that the readers of one record write together before it is said. Only its opening is
 * an entry; what is written in it is a Yjs document beside the ledgers, which what is then said freezes.
 */
import { z } from 'zod';
import { firstRow, kind, type Family, type Refs, type Row } from '../family.ts';
import { RecordId } from '../ids.ts';
import { deskLedger } from '../ledgers.ts';
import { isDesk } from '../people.ts';
import { isDemand, isOpenState } from './demand.ts';

const Opened = z.strictObject({
	/** The demand whose reply it becomes. */
	of: RecordId
});

export interface DraftRow extends Row {
	readonly family: 'draft';
	readonly state: 'opened';
	readonly of: RecordId;
}

export const draft: Family = {
	name: 'draft',
	storage: 'period',
	kinds: {
		'draft.opened.v1': kind<DraftRow, z.infer<typeof Opened>>({
			body: Opened,
			may(actor, said, _row, refs) {
				if (said.record !== nameOfReply(said.body.of)) return 'contradiction';
				const about = refs.get(said.body.of);
				if (!isDemand(about)) return 'no-such-reference';
				if (about.org !== actor.org) return 'other-organisation';
				return isDesk(actor.role) ? true : 'not-allowed';
			},
			apply(row, said, stamp) {
				// Two who open it without knowing of each other write the same draft.
				if (row !== null) return { ...row, n: stamp.n, updatedAt: stamp.receivedAt };
				return {
					...firstRow('draft', said, said.org, stamp),
					family: 'draft',
					state: 'opened',
					of: said.body.of
				};
			}
		})
	},
	reads(entry) {
		const about = RecordId.safeParse(entry.body.of);
		return about.success ? [about.data] : [];
	},
	// [A4] what is erased of the demand goes from its draft too
	leansOn: (row) => (isDraft(row) ? [row.of] : []),
	audience: (row) => [deskLedger(row.org, row.period)],
	shared: (row, refs) => (isDraft(row) && awaitsReply(row.of, refs) ? 'open' : 'frozen'),
	indexes: (row) => (isDraft(row) ? { state: row.state, on: row.of, sort: row.createdAt } : {})
};

/** The one draft of a demand's reply: whoever opens it names the same record. */
export function replyDraft(demand: RecordId): RecordId {
	return RecordId.parse(nameOfReply(demand));
}

/** Longer than any record's where the demand's is as long as may be: such a reply has no draft. */
function nameOfReply(demand: RecordId): string {
	return `reply-${demand}`;
}

export function isDraft(row: Row | null | undefined): row is DraftRow {
	return row?.family === 'draft';
}

function awaitsReply(record: RecordId, refs: Refs): boolean {
	const about = refs.get(record);
	// What the office has may come back: what was begun here is then gone on with.
	return isDemand(about) && isOpenState(about.state);
}
