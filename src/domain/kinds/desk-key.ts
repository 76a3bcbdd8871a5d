/** Keys that bundles are sealed to (O5): each device of a desk says the public half of its own. */
import { z } from 'zod';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import type { PersonId } from '../ids.ts';
import { boardLedger, STANDING } from '../ledgers.ts';
import { isDesk, type Actor } from '../people.ts';
import { WithReason } from '../shapes.ts';
import { PublicKey } from '../wire.ts';

export interface DeskKeyRow extends Row {
	readonly family: 'desk-key';
	readonly state: 'current' | 'retired';
	/** The person whose device it is. */
	readonly by: PersonId;
	/** ECDH P-256; the private half never leaves the device. */
	readonly publicKey: PublicKey;
}

const Published = z.strictObject({ publicKey: PublicKey });

export const deskKey: Family = {
	name: 'desk-key',
	storage: 'standing',
	kinds: {
		'desk-key.published.v1': kind<DeskKeyRow, z.infer<typeof Published>>({
			body: Published,
			may: (actor) => (isDesk(actor.role) ? true : 'not-allowed'),
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				return {
					...firstRow('desk-key', said, said.org, stamp),
					family: 'desk-key',
					state: 'current',
					by: stamp.actor.person,
					publicKey: said.body.publicKey
				};
			}
		}),
		'desk-key.retired.v1': kind<DeskKeyRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayRetire(actor, row),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'retired') return { noted: 'illegal-transition' };
				return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, state: 'retired' };
			}
		})
	},
	reads: () => [],
	// Whoever may hand something to the desk reads whom to seal it for.
	audience: (row) => [boardLedger(row.org, STANDING)],
	indexes(row) {
		return isDeskKey(row) ? { state: row.state, person: row.by, sort: row.receivedAt } : {};
	}
};

export function isDeskKey(row: Row | null | undefined): row is DeskKeyRow {
	return row?.family === 'desk-key';
}

/** A lost tablet's key is retired by whoever works at the same desk. */
function mayRetire(
	actor: Actor,
	row: DeskKeyRow | null
): true | 'no-such-record' | 'other-organisation' | 'not-allowed' {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return isDesk(actor.role) ? true : 'not-allowed';
}
