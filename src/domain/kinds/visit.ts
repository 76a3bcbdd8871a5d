/** 民情走访台账: one visit to one door. */
import { z } from 'zod';
import { dayOf } from '../calendar.ts';
import { correct } from '../correction.ts';
import { doorReaders } from '../door-readers.ts';
import { firstRow, kind, type Family, type Refs, type Row } from '../family.ts';
import { RecordId, type PersonId } from '../ids.ts';
import { deskLedger, memberLedger, type LedgerName } from '../ledgers.ts';
import { isDesk, isField, saidBy, type Actor } from '../people.ts';
import { Group } from './household.ts';

export const VisitMode = z.enum(['home', 'phone', 'courtyard']);
export type VisitMode = z.infer<typeof VisitMode>;
export const VisitOutcome = z.enum(['met', 'notHome', 'declined']);
export type VisitOutcome = z.infer<typeof VisitOutcome>;

const DayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const fields = {
	outcome: VisitOutcome,
	mode: VisitMode,
	startedAt: z.int().min(0).max(8.64e15),
	endedAt: z.int().min(0).max(8.64e15).optional(),
	/** Whom the visitor met; absent when 未遇 or 拒绝登记. */
	interviewee: z.string().max(40).optional(),
	/** 家里都好: nothing to report, said in one tap. */
	allWell: z.boolean().optional(),
	groups: z.array(Group).max(13).optional(),
	size: z.int().min(0).max(30).optional(),
	changes: z.string().max(1000).optional(),
	hardships: z.string().max(1000).optional(),
	suggestions: z.string().max(1000).optional(),
	/** 安全隐患 seen at the door: power, gas, fire, blocked stairs, safety. */
	hazards: z.string().max(1000).optional(),
	solvedOnSpot: z.string().max(1000).optional(),
	nextDueOn: DayShape.optional()
};

const Recorded = z.strictObject({
	...fields,
	household: RecordId,
	/** 临时编号, made on the phone. */
	draftNo: z.string().max(20).optional(),
	/** The demands raised in this visit, each a record of its own. */
	demands: z.array(RecordId).max(19)
});
const Corrected = z.strictObject({
	...z.strictObject(fields).partial().shape,
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});
const Voided = z.strictObject({ reason: z.string().min(1).max(200) });

export interface VisitRow extends Row {
	readonly family: 'visit';
	readonly state: 'done' | 'voided';
	readonly visitor: PersonId;
	readonly visitorIsField: boolean;
	readonly household: RecordId;
	readonly outcome: VisitOutcome;
	readonly mode: VisitMode;
	readonly startedAt: number;
	readonly endedAt?: number | undefined;
	readonly interviewee?: string | undefined;
	readonly allWell?: boolean | undefined;
	readonly groups?: readonly Group[] | undefined;
	readonly size?: number | undefined;
	readonly changes?: string | undefined;
	readonly hardships?: string | undefined;
	readonly suggestions?: string | undefined;
	readonly hazards?: string | undefined;
	readonly solvedOnSpot?: string | undefined;
	readonly nextDueOn?: string | undefined;
	readonly draftNo?: string | undefined;
	readonly demands: readonly RecordId[];
	readonly voidedReason?: string | undefined;
}

export const visit: Family = {
	name: 'visit',
	storage: 'period',
	kinds: {
		'visit.recorded.v1': kind<VisitRow, z.infer<typeof Recorded>>({
			body: Recorded,
			numbered: 'ZF',
			may: (actor, said, _row, refs) => mayVisit(actor, said.body.household, refs),
			happenedAt: (said) => said.body.startedAt,
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { household, demands, ...rest } = said.body;
				const { person, role } = saidBy(stamp.actor);
				return {
					...firstRow('visit', { ...said, body: {} }, said.org, stamp),
					family: 'visit',
					state: 'done',
					visitor: person,
					visitorIsField: isField(role),
					household,
					demands,
					...rest,
					startedAt: rest.startedAt + (stamp.given.offset ?? 0)
				};
			}
		}),
		'visit.corrected.v1': kind<VisitRow, z.infer<typeof Corrected>>({
			body: Corrected,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ...changed } = said.body;
				return correct(row, changed, said.rev, stamp, settles);
			}
		}),
		'visit.voided.v1': kind<VisitRow, z.infer<typeof Voided>>({
			body: Voided,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return {
					...row,
					n: stamp.n,
					updatedAt: stamp.receivedAt,
					state: 'voided',
					voidedReason: said.body.reason
				};
			}
		})
	},
	reads(entry) {
		const door = RecordId.safeParse(entry.body.household);
		return door.success ? [door.data] : [];
	},
	leansOn: (row) => (isVisit(row) && row.household !== undefined ? [row.household] : []),
	audience(row, refs) {
		if (!isVisit(row)) return [];
		const ledgers: LedgerName[] = [deskLedger(row.org, row.period)];
		if (row.visitorIsField)
			for (const member of doorReaders({ ...row, by: row.visitor }, refs))
				ledgers.push(memberLedger(member, row.org, row.period));
		return ledgers;
	},
	fact(row) {
		if (!isVisit(row)) throw new Error('visit: a fact of another family');
		return {
			family: 'visit',
			state: row.state,
			date: dayOf(row.startedAt),
			outcome: row.outcome,
			mode: row.mode,
			demands: row.demands.length,
			household: row.household
		};
	},
	indexes(row) {
		if (!isVisit(row)) return {};
		return { state: row.state, person: row.visitor, on: row.household, sort: row.startedAt };
	}
};

export function isVisit(row: Row | null | undefined): row is VisitRow {
	return row?.family === 'visit';
}

function mayVisit(
	actor: Actor,
	door: RecordId,
	refs: Refs
): true | 'no-such-reference' | 'other-organisation' | 'not-allowed' {
	const home = refs.get(door);
	if (home === undefined || home.family !== 'household') return 'no-such-reference';
	if (home.org !== actor.org) return 'other-organisation';
	return isField(actor.role) || isDesk(actor.role) ? true : 'not-allowed';
}

function mayChange(
	actor: Actor,
	row: VisitRow | null
): true | 'no-such-record' | 'other-organisation' | 'not-allowed' {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return row.visitor === actor.person || isDesk(actor.role) ? true : 'not-allowed';
}
