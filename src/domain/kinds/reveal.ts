/** 查看记录: who had a masked value of whose record shown, and when. It names the record, never the value. */
import { z } from 'zod';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { RecordId, type PersonId } from '../ids.ts';
import { deskLedger, districtLedger, memberLedger, officeLedger } from '../ledgers.ts';
import { isDesk, isField, isOffice, saidBy } from '../people.ts';
import { isDemand } from './demand.ts';

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
	/** Then the record's organisation is the office, not the community whose resident it is. */
	readonly byOffice?: true | undefined;
}

export const reveal: Family = {
	name: 'reveal',
	storage: 'period',
	kinds: {
		'reveal.recorded.v1': kind<RevealRow, z.infer<typeof Recorded>>({
			body: Recorded,
			may(actor, { body }, _row, refs) {
				const { role, org } = actor;
				if (!isField(role) && !isDesk(role) && !isOffice(role)) return 'not-allowed';
				const seen = refs.get(body.of);
				if (seen === undefined) return 'no-such-reference';
				// An office reads of a community what was handed up to it.
				const holder = isOffice(role) && isDemand(seen) ? seen.office : seen.org;
				return holder === org ? true : 'other-organisation';
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { person, role } = saidBy(stamp.actor);
				return {
					...firstRow('reveal', said, said.org, stamp),
					family: 'reveal',
					state: 'recorded',
					of: said.body.of,
					field: said.body.field,
					by: person,
					byField: isField(role),
					...(isOffice(role) ? { byOffice: true } : {})
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
		const ours = row.byOffice ? officeLedger(org, period) : deskLedger(org, period);
		const own = row.byField ? [memberLedger(by, org, period)] : [];
		return [ours, districtLedger(period), ...own];
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
