/** 群众诉求台账: what a resident asks for, and where it stands. */
import { z } from 'zod';
import { dayOf } from '../calendar.ts';
import { correct } from '../correction.ts';
import { doorReaders } from '../door-readers.ts';
import { firstRow, kind, type Family, type Refs, type Row } from '../family.ts';
import type { PersonId } from '../ids.ts';
import { RecordId, type Instant } from '../ids.ts';
import { deskLedger, memberLedger, officeLedger } from '../ledgers.ts';
import { isDesk, isField, isOffice, saidBy, type Actor } from '../people.ts';
import { Category, DemandType, Urgency } from '../settings.ts';
import { restricting } from '../restricting.ts';
import { InstantShape, WithReason } from '../shapes.ts';
import { answerKinds, Outcome } from './demand-answer.ts';
import { assigningKinds, toldAnew, type AssigningFields } from './demand-assigning.ts';
import { clocksOf, registrationClocks } from './demand-clocks.ts';
import { assignedReader, mayCorrect, mayDecide, mayHandle, moved } from './demand-moves.ts';
import {
	isInHandOf,
	mayAtOffice,
	OfDoor,
	officeKinds,
	type OfficeFields
} from './demand-office.ts';
import { demandPlanningKinds, reassignmentPassed } from './demand-planning.ts';

export const Channel = z.enum([
	'visit',
	'walkIn',
	'phone',
	'wechat',
	'box',
	'patrol',
	'hotline',
	'petition',
	'assigned',
	'import'
]);
export type Channel = z.infer<typeof Channel>;
export const DeclineCode = z.enum(['judicial', 'secret', 'noSubstance', 'alreadyAccepted']);
export type DeclineCode = z.infer<typeof DeclineCode>;

const words = {
	title: z.string().min(1).max(200),
	description: z.string().max(10_000),
	type: DemandType,
	category: Category,
	urgency: Urgency,
	place: z.string().max(200),
	requester: z.string().max(60),
	phone: z.string().max(40)
};

const Registered = z.strictObject({
	title: words.title,
	description: words.description,
	type: DemandType,
	urgency: Urgency,
	channel: Channel,
	category: Category.optional(),
	place: words.place.optional(),
	household: RecordId.optional(),
	visit: RecordId.optional(),
	requester: words.requester.optional(),
	phone: words.phone.optional(),
	draftNo: z.string().max(20).optional(),
	/** The number an outside order or an imported sheet carries. */
	sourceNo: z.string().max(60).optional(),
	/** When the resident raised it, where that is not when it was written down. */
	raisedAt: InstantShape.optional(),
	/** One import's rows share it, so that one undo finds them. */
	importId: z.string().max(64).optional()
});
const Declined = z.strictObject({ code: DeclineCode, reply: z.string().min(1).max(1000) });
const Merged = z.strictObject({ into: RecordId });
const Handled = z.strictObject({
	outcome: Outcome,
	/** What was told to the resident. */
	reply: z.string().min(1).max(2000)
});
export const DemandCorrected = z.strictObject({
	...z.strictObject(words).partial().shape,
	/** It is about another door. */
	household: RecordId.optional(),
	/** What whoever answers for it and reads no register is told of that door. */
	ofDoor: OfDoor.optional(),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});

export type DemandState =
	| 'registered'
	| 'accepted'
	| 'escalatedSub'
	| 'declined'
	| 'merged'
	| 'handled'
	| 'withdrawn'
	| 'voided';

/** One passed step of the track, for the parcel view: a state it came to, or what the office did meanwhile. */
export interface DemandStep {
	readonly state: DemandState | 'taken' | 'handedBack';
	readonly at: number;
	readonly by: PersonId;
}

export interface DemandRow extends Row, AssigningFields, OfficeFields {
	readonly family: 'demand';
	readonly state: DemandState;
	readonly title: string;
	readonly description: string;
	readonly type: DemandType;
	readonly urgency: Urgency;
	readonly channel: Channel;
	readonly category?: Category | undefined;
	readonly place?: string | undefined;
	readonly household?: RecordId | undefined;
	readonly visit?: RecordId | undefined;
	readonly requester?: string | undefined;
	readonly phone?: string | undefined;
	readonly draftNo?: string | undefined;
	readonly sourceNo?: string | undefined;
	readonly raisedAt?: number | undefined;
	readonly importId?: string | undefined;
	readonly raisedBy: PersonId;
	readonly raiserIsField: boolean;
	readonly signDueAt?: number | undefined;
	readonly contactDueAt?: number | undefined;
	readonly resolveDueAt?: number | undefined;
	/** False: 节假日表未更新 when the due moments were fixed. */
	readonly covered?: boolean | undefined;
	readonly acceptedAt?: number | undefined;
	readonly handledAt?: number | undefined;
	readonly outcome?: Outcome | undefined;
	readonly reply?: string | undefined;
	readonly declineCode?: DeclineCode | undefined;
	readonly mergedInto?: RecordId | undefined;
	readonly closedReason?: string | undefined;
	readonly steps: readonly DemandStep[];
}

export const demand: Family = {
	name: 'demand',
	storage: 'period',
	kinds: {
		'demand.restricted.v1': restricting<DemandRow>(),
		'demand.registered.v1': kind<DemandRow, z.infer<typeof Registered>>({
			body: Registered,
			numbered: 'SQ',
			may(actor, said, row, refs) {
				if (!isField(actor.role) && !isDesk(actor.role)) return 'not-allowed';
				if (row !== null && row.org !== actor.org) return 'other-organisation';
				// What a desk took out of its ledger only a desk may bring back (A2).
				if (row !== null && !isDesk(actor.role)) return 'already-exists';
				return mayName(said.body.household, actor, refs);
			},
			happenedAt: (said) => said.body.raisedAt ?? said.at,
			given: (said, _row, moment, settings) =>
				registrationClocks(said.body.type, said.body.urgency, said.body.category, moment, settings),
			apply(row, said, stamp) {
				if (row !== null && !mayComeBack(row, said.body.sourceNo))
					return { noted: 'already-exists' };
				const first = firstRow('demand', said, said.org, stamp);
				const step: DemandStep = { state: 'registered', at: stamp.at, by: stamp.actor.person };
				const { person, role } = saidBy(stamp.actor);
				return {
					...first,
					family: 'demand',
					state: 'registered',
					...said.body,
					raisedBy: person,
					raiserIsField: isField(role),
					...(row === null ? {} : asFirstSaid(row)),
					...clocksOf(stamp.given),
					steps: [...(row?.steps ?? []), step]
				};
			}
		}),
		'demand.declined.v1': kind<DemandRow, z.infer<typeof Declined>>({
			body: Declined,
			ends: true,
			may: (actor, _said, row) => mayDecide(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'registered') return { noted: 'illegal-transition' };
				return {
					...moved(row, 'declined', stamp),
					declineCode: said.body.code,
					reply: said.body.reply
				};
			}
		}),
		'demand.merged.v1': kind<DemandRow, z.infer<typeof Merged>>({
			body: Merged,
			ends: true,
			may(actor, said, row, refs) {
				const into = refs.get(said.body.into);
				if (into === undefined || !isDemand(into)) return 'no-such-reference';
				if (into.org !== actor.org) return 'other-organisation';
				return mayDecide(actor, row);
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'registered' && row.state !== 'accepted')
					return { noted: 'illegal-transition' };
				if (said.body.into === row.record) return { noted: 'contradiction' };
				return { ...moved(row, 'merged', stamp), mergedInto: said.body.into };
			}
		}),
		'demand.unmerged.v1': kind<DemandRow, WithReason>({
			body: WithReason,
			may: (actor, _said, row) => mayDecide(actor, row),
			apply(row, _said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'merged') return { noted: 'illegal-transition' };
				const back = row.acceptedAt === undefined ? 'registered' : 'accepted';
				return { ...moved(row, back, stamp), mergedInto: undefined };
			}
		}),
		'demand.handled.v1': kind<DemandRow, z.infer<typeof Handled>>({
			body: Handled,
			ends: true,
			may: (actor, _said, row) =>
				isOffice(actor.role) ? mayAtOffice(actor, row) : mayHandle(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (!isInHandOf(stamp.actor, row)) return { noted: 'illegal-transition' };
				return {
					...moved(row, 'handled', stamp),
					handledAt: stamp.at,
					outcome: said.body.outcome,
					reply: said.body.reply
				};
			}
		}),
		'demand.corrected.v1': kind<DemandRow, z.infer<typeof DemandCorrected>>({
			body: DemandCorrected,
			may(actor, said, row, refs) {
				const may = mayCorrect(actor, row);
				return may === true ? mayName(said.body.household, actor, refs) : may;
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (!isCorrectable(row)) return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ofDoor, ...fields } = said.body;
				const corrected = correct(row, fields, said.rev, stamp, settles);
				const isElsewhere = corrected.household !== row.household;
				return isElsewhere ? { ...corrected, ...toldAnew(row, ofDoor) } : corrected;
			}
		}),
		'demand.withdrawn.v1': kind<DemandRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayCorrect(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state !== 'registered') return { noted: 'illegal-transition' };
				return { ...moved(row, 'withdrawn', stamp), closedReason: said.body.reason };
			}
		}),
		'demand.voided.v1': kind<DemandRow, WithReason>({
			body: WithReason,
			ends: true,
			may: (actor, _said, row) => mayDecide(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided' || row.state === 'escalatedSub')
					return { noted: 'illegal-transition' };
				return { ...moved(row, 'voided', stamp), closedReason: said.body.reason };
			}
		}),
		...answerKinds,
		...assigningKinds,
		...demandPlanningKinds,
		...officeKinds
	},
	reads(entry) {
		// An organisation's record id is its code.
		return [entry.body.household, entry.body.into, entry.body.office].flatMap((id) => {
			const parsed = RecordId.safeParse(id);
			return parsed.success ? [parsed.data] : [];
		});
	},
	leansOn: (row) => (isDemand(row) && row.household !== undefined ? [row.household] : []),
	audience(row, refs) {
		if (!isDemand(row)) return [];
		const tale = { ...row, by: row.raisedBy, isField: row.raiserIsField };
		const assignee = assignedReader(row);
		const members = [...doorReaders(tale, refs), ...(assignee === undefined ? [] : [assignee])];
		const ofMembers = [...new Set(members)].map((member) =>
			memberLedger(member, row.org, row.period)
		);
		const ofOffice = row.office === undefined ? [] : [officeLedger(row.office, row.period)];
		return [deskLedger(row.org, row.period), ...ofMembers, ...ofOffice];
	},
	passed: (row, now) => (isDemand(row) ? reassignmentPassed(row, now) : null),
	fact(row) {
		if (!isDemand(row)) throw new Error('demand: a fact of another family');
		return {
			family: 'demand',
			state: row.state,
			date: dayOf(row.raisedAt ?? row.createdAt),
			type: row.type,
			...(row.category === undefined ? {} : { category: row.category }),
			urgency: row.urgency,
			channel: row.channel,
			...(row.signDueAt === undefined ? {} : { signDueAt: row.signDueAt }),
			...(row.resolveDueAt === undefined ? {} : { resolveDueAt: row.resolveDueAt }),
			...(row.acceptedAt === undefined ? {} : { acceptedAt: row.acceptedAt }),
			...(row.handledAt === undefined ? {} : { handledAt: row.handledAt }),
			...(row.outcome === undefined ? {} : { outcome: row.outcome }),
			...(row.office === undefined ? {} : { level: 'subdistrict' })
		};
	},
	indexes(row) {
		if (!isDemand(row)) return {};
		return {
			state: row.state,
			person: row.raisedBy,
			...(row.household === undefined ? {} : { on: row.household }),
			sort: dueSort(row),
			words: [row.title, row.no ?? '', row.sourceNo ?? ''].filter(Boolean)
		};
	}
};

export function isDemand(row: Row | null | undefined): row is DemandRow {
	return row?.family === 'demand';
}

/** Is it neither answered nor closed, whoever has it? */
export function isOpenState(state: DemandState): boolean {
	return state === 'registered' || state === 'accepted' || state === 'escalatedSub';
}

/** What the office has stays as it was handed up, until it is answered or comes back. */
const CLOSED_TO_CORRECTION: ReadonlySet<DemandState> = new Set([
	'voided',
	'withdrawn',
	'escalatedSub'
]);

export function isCorrectable({ state }: Pick<DemandRow, 'state'>): boolean {
	return !CLOSED_TO_CORRECTION.has(state);
}

/** A door of the own community, or none. */
function mayName(
	door: RecordId | undefined,
	actor: Actor,
	refs: Refs
): true | 'no-such-reference' | 'other-organisation' {
	if (door === undefined) return true;
	const home = refs.get(door);
	if (home === undefined || home.family !== 'household') return 'no-such-reference';
	return home.org === actor.org ? true : 'other-organisation';
}

/** When what comes next is due: 签收 while registered, 办结 until it is answered; nothing is due after that. */
function nextDue(row: DemandRow): Instant | undefined {
	if (!isOpenState(row.state)) return undefined;
	return row.state === 'registered' ? row.signDueAt : row.resolveDueAt;
}

export function isOverdue(row: DemandRow, now: Instant): boolean {
	const due = nextDue(row);
	return due !== undefined && now > due;
}

/** A queue is sorted by what is due first, and by time once it is over. */
export function dueSort(row: DemandRow): number {
	return isOpenState(row.state) ? (nextDue(row) ?? row.createdAt) : row.updatedAt;
}

/** What a demand that comes back keeps of its first registration. */
function asFirstSaid({ no, period, raisedBy, raiserIsField }: DemandRow) {
	return { no, period, raisedBy, raiserIsField };
}

/** An undone import may bring the same source row again; nothing else returns from 作废. */
function mayComeBack(row: DemandRow, sourceNo: string | undefined): boolean {
	return row.state === 'voided' && sourceNo !== undefined && row.sourceNo === sourceNo;
}
