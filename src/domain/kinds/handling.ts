/** The desk's own side of a demand (A2): what is thought and tried, read by the desk alone. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { RecordId, type PersonId } from '../ids.ts';
import { deskLedger } from '../ledgers.ts';
import { isDesk, type Actor } from '../people.ts';
import { restricting } from '../restricting.ts';
import { WithReason } from '../shapes.ts';
import { isDemand } from './demand.ts';
import type { May } from './demand-moves.ts';

const Noted = z.strictObject({ demand: RecordId, text: z.string().min(1).max(2000) });
const Corrected = z.strictObject({
	text: z.string().min(1).max(2000),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(1).optional()
});

/** One 办理过程 note. */
export interface HandlingRow extends Row {
	readonly family: 'handling';
	readonly demand: RecordId;
	readonly text: string;
	readonly by: PersonId;
	readonly state: 'noted' | 'voided';
}

export const handling: Family = {
	name: 'handling',
	storage: 'period',
	kinds: {
		'handling.restricted.v1': restricting<HandlingRow>(),
		'handling.noted.v1': kind<HandlingRow, z.infer<typeof Noted>>({
			body: Noted,
			may(actor, said, _row, refs) {
				const about = refs.get(said.body.demand);
				if (!isDemand(about)) return 'no-such-reference';
				if (about.org !== actor.org) return 'other-organisation';
				if (about.restrictedAt !== undefined) return 'illegal-transition';
				return isDesk(actor.role) ? true : 'not-allowed';
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				return {
					...firstRow('handling', said, said.org, stamp),
					family: 'handling',
					demand: said.body.demand,
					text: said.body.text,
					by: stamp.actor.person,
					state: 'noted'
				};
			}
		}),
		'handling.corrected.v1': kind<HandlingRow, z.infer<typeof Corrected>>({
			body: Corrected,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const { text, settles } = said.body;
				return correct(row, { text }, said.rev, stamp, settles);
			}
		}),
		'handling.voided.v1': kind<HandlingRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'voided' };
			}
		})
	},
	reads(entry) {
		const about = RecordId.safeParse(entry.body.demand);
		return about.success ? [about.data] : [];
	},
	audience: (row) => [deskLedger(row.org, row.period)],
	indexes(row) {
		return isHandling(row) ? { state: row.state, on: row.demand, sort: row.createdAt } : {};
	}
};

export function isHandling(row: Row | null | undefined): row is HandlingRow {
	return row?.family === 'handling';
}

/** Whoever noted it, while they work at that desk; and its secretary. */
export function mayChange(
	actor: Pick<Actor, 'person' | 'role' | 'org'>,
	row: HandlingRow | null
): May {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return row.by === actor.person || actor.role === 'communitySecretary' ? true : 'not-allowed';
}
