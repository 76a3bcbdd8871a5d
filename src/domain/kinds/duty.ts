/** Duties: one person's role in one organisation, from a day. Officials' stand in the directory (A2). */
import { z } from 'zod';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { OrgId, orgRecord, PersonId } from '../ids.ts';
import { deskLedger, DIRECTORY, memberLedger, STANDING } from '../ledgers.ts';
import { isOfficial, Role, roleLevel, type Actor, type Duty } from '../people.ts';
import { mayInviteRole } from '../invites.ts';
import { WithReason } from '../shapes.ts';
import { isOrganisation } from './organisation.ts';
import { mayKeep } from './person.ts';

export interface DutyRow extends Row {
	readonly family: 'duty';
	readonly person: PersonId;
	/** An official's name as the directory shows it; a member's is in their own card. */
	readonly displayName: string;
	readonly role: Role;
	readonly from: number;
	readonly to?: number | undefined;
	/** 交接: who goes on with what was theirs. */
	readonly successor?: PersonId | undefined;
	/** 作废: it was given by mistake, and covers no day. */
	readonly voidedReason?: string | undefined;
}

const Assigned = z.strictObject({
	person: PersonId,
	displayName: z.string().min(1).max(40),
	role: Role.exclude(['setUp', 'clock']),
	at: OrgId,
	from: z.int()
});
const Ended = z.strictObject({
	to: z.int(),
	reason: z.string().min(1).max(200),
	successor: PersonId.optional()
});

export const duty: Family = {
	name: 'duty',
	storage: 'standing',
	kinds: {
		'duty.assigned.v1': kind<DutyRow, z.infer<typeof Assigned>>({
			body: Assigned,
			may(actor, said, _row, refs) {
				const org = refs.get(orgRecord(said.body.at));
				if (!isOrganisation(org)) return 'no-such-reference';
				if (org.level !== roleLevel[said.body.role]) return 'contradiction';
				return mayAssign(actor, said.body.role, said.body.at, refs);
			},
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				return {
					...firstRow('duty', said, said.body.at, stamp),
					family: 'duty',
					person: said.body.person,
					displayName: said.body.displayName,
					role: said.body.role,
					from: said.body.from
				};
			}
		}),
		'duty.ended.v1': kind<DutyRow, z.infer<typeof Ended>>({
			body: Ended,
			ends: true,
			may(actor, _said, row, refs) {
				if (row === null) return 'no-such-record';
				return mayAssign(actor, row.role, row.org, refs);
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.to !== undefined) return { noted: 'illegal-transition' };
				const { to, successor } = said.body;
				if (to < row.from || successor === row.person) return { noted: 'contradiction' };
				const ended = { ...row, n: stamp.n, updatedAt: stamp.receivedAt, to };
				return successor === undefined ? ended : { ...ended, successor };
			}
		}),
		'duty.voided.v1': kind<DutyRow, WithReason>({
			body: WithReason,
			ends: true,
			may(actor, _said, row, refs) {
				if (row === null) return 'no-such-record';
				return mayAssign(actor, row.role, row.org, refs);
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.voidedReason !== undefined) return { noted: 'illegal-transition' };
				return {
					...row,
					n: stamp.n,
					updatedAt: stamp.receivedAt,
					// What was said under it stays (J4); what still waits on a phone is said under no duty.
					to: row.from,
					successor: undefined,
					voidedReason: said.body.reason
				};
			}
		})
	},
	reads(entry) {
		const at = OrgId.safeParse(entry.body.at);
		return at.success ? [orgRecord(at.data)] : [];
	},
	audience(row) {
		if (!isDuty(row)) return [];
		if (isOfficial(row.role)) return [DIRECTORY];
		return [deskLedger(row.org, STANDING), memberLedger(row.person, row.org, STANDING)];
	},
	indexes(row) {
		return isDuty(row) ? { state: stateOf(row), person: row.person, on: row.org } : {};
	}
};

export function isDuty(row: Row | null | undefined): row is DutyRow {
	return row?.family === 'duty';
}

function stateOf({ to, voidedReason }: DutyRow): 'current' | 'ended' | 'voided' {
	if (voidedReason !== undefined) return 'voided';
	return to === undefined ? 'current' : 'ended';
}

export function dutyOf(row: DutyRow): Duty {
	return {
		person: row.person,
		role: row.role,
		org: row.org,
		from: row.from,
		...(row.to === undefined ? {} : { to: row.to })
	};
}

/** Duties are given from above; a desk gives those of its members and workers. */
function mayAssign(
	actor: Actor,
	role: Role,
	at: OrgId,
	refs: Parameters<typeof mayKeep>[2]
): ReturnType<typeof mayKeep> {
	if (actor.role === 'setUp') return true;
	if (!mayInviteRole(actor.role, role)) return 'not-allowed';
	return mayKeep(actor, at, refs);
}
