/** 查看记录: who had a masked value of whose record shown, and when. It names the record, never the value. */
import { z } from 'zod';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { RecordId, type PersonId } from '../ids.ts';
import { deskLedger, districtLedger, memberLedger } from '../ledgers.ts';
import { isDesk, isField, saidBy } from '../people.ts';

/** What is masked until somebody asks for it. */
export const Masked = z.enum(['phone']);
export type Masked = z.infer<typeof Masked>;

const Recorded = z.strictObject({ of: RecordId, field: Masked });

export interface RevealRow extends Row {
	readonly family: 'reveal';
	readonly state: 'recorded';
	readonly of: RecordId;
	readonly field: Masked;
	readonly by: PersonId;
	readonly byField: boolean;
}

export const reveal: Family = {
	name: 'reveal',
	storage: 'period',
	kinds: {
		'reveal.recorded.v1': kind<RevealRow, z.infer<typeof Recorded>>({
			body: Recorded,
			may(actor, { body }, _row, refs) {
				if (!isField(actor.role) && !isDesk(actor.role)) return 'not-allowed';
				const seen = refs.get(body.of);
				if (seen === undefined) return 'no-such-reference';
				return seen.org === actor.org ? true : 'other-organisation';
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { person, role } = saidBy(stamp.actor);
				return {
					...firstRow('reveal', { ...said, body: {} }, said.org, stamp),
					family: 'reveal',
					state: 'recorded',
					of: said.body.of,
					field: said.body.field,
					by: person,
					byField: isField(role)
				};
			}
		})
	},
	reads(entry) {
		const of = RecordId.safeParse(entry.body.of);
		return of.success ? [of.data] : [];
	},
	audience(row) {
		if (!isReveal(row)) return [];
		const { org, period, by } = row;
		const own = row.byField ? [memberLedger(by, org, period)] : [];
		return [deskLedger(org, period), districtLedger(period), ...own];
	},
	indexes(row) {
		return isReveal(row)
			? { state: row.state, person: row.by, on: row.of, sort: row.createdAt }
			: {};
	}
};

export function isReveal(row: Row | null | undefined): row is RevealRow {
	return row?.family === 'reveal';
}
