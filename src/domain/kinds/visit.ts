/** 民情走访台账: one visit to one door, by phone or video, or a meeting in a room or a courtyard. */
import { z } from 'zod';
import { dayOf } from '../calendar.ts';
import { correct, emptiable } from '../correction.ts';
import { doorReaders, type DoorTale } from '../door-readers.ts';
import { firstRow, kind, type Family, type Refs, type Row, type Stamp } from '../family.ts';
import { RecordId, type Instant, type PersonId } from '../ids.ts';
import { deskLedger, memberLedger } from '../ledgers.ts';
import { MediaName } from '../media.ts';
import { hasPart, isDesk, isField, saidBy, type Actor } from '../people.ts';
import { restricting } from '../restricting.ts';
import { InstantShape, LooseDayShape, WithReason } from '../shapes.ts';
import { Group, type HouseholdRow } from './household.ts';
import { Relation } from './resident.ts';
import { added, AdditionDropped, dropped, type Addition } from './visit-adding.ts';
import { Added, mediaFields, mediaIn, VoiceNotes } from './visit-media.ts';

export const VisitMode = z.enum(['home', 'phone', 'video', 'talk', 'courtyard']);
export type VisitMode = z.infer<typeof VisitMode>;
/** 座谈 and 院落会, which may have no door. */
export const MeetingMode = VisitMode.extract(['talk', 'courtyard']);
export const VisitOutcome = z.enum(['met', 'notHome', 'declined']);
export type VisitOutcome = z.infer<typeof VisitOutcome>;
export const VisitPurpose = z.enum(['routine', 'condolence', 'policy', 'inspection', 'followUp']);
export type VisitPurpose = z.infer<typeof VisitPurpose>;
export const HazardKind = z.enum(['security', 'fire', 'sanitation', 'other']);
export type HazardKind = z.infer<typeof HazardKind>;

/** The moments of a visit, each of which a person may have written. */
export const TypedMoment = z.enum(['startedAt', 'endedAt']);
export type TypedMoment = z.infer<typeof TypedMoment>;

/** 常住情况: who of the household lives there. */
export const Residence = z.enum(['permanent', 'floating', 'vacant', 'apart']);
export type Residence = z.infer<typeof Residence>;

/** 安全隐患 seen on the spot. */
export const Hazard = z.strictObject({ kind: HazardKind, text: z.string().min(1).max(300) });
export type Hazard = z.infer<typeof Hazard>;
export const Companion = z.strictObject({
	name: z.string().min(1).max(40),
	post: z.string().min(1).max(40).optional()
});
export type Companion = z.infer<typeof Companion>;

/** Coarse on purpose: a thousandth of a degree, about a hundred metres. */
const Degree = z.number().refine((value) => Math.round(value * 1000) / 1000 === value);
export const Location = z.strictObject({
	lat: Degree.min(-90).max(90),
	lng: Degree.min(-180).max(180),
	/** Metres, as the device said. */
	accuracy: z.int().min(0).max(100_000),
	datum: z.literal('WGS-84')
});
export type Location = z.infer<typeof Location>;

const text = z.string().max(1000);

const fields = {
	outcome: VisitOutcome,
	mode: VisitMode,
	startedAt: InstantShape,
	endedAt: InstantShape.optional(),
	/** 座谈/院落会: where it was and how many came. */
	place: z.string().min(1).max(60).optional(),
	attendance: z.int().min(1).max(1000).optional(),
	/** Whom the visitor met; absent when 未遇 or 拒绝登记. */
	interviewee: z.string().max(40).optional(),
	/** 与户主关系 of whoever was met. */
	relation: Relation.optional(),
	companions: z.array(Companion).max(10).optional(),
	purpose: z.array(VisitPurpose).max(5).optional(),
	/** 采集信息告知: told what is written down and why, and agreed. */
	consent: z.boolean().optional(),
	/** 家里都好: nothing to report, said in one tap. */
	allWell: z.boolean().optional(),
	groups: z.array(Group).max(Group.options.length).optional(),
	size: z.int().min(0).max(30).optional(),
	residence: Residence.optional(),
	changes: text.optional(),
	hardships: text.optional(),
	policyTold: z.array(z.string().min(1).max(60)).max(10).optional(),
	suggestions: text.optional(),
	hazards: z.array(Hazard).max(10).optional(),
	solvedOnSpot: text.optional(),
	/** 备注: whatever none of the other fields asks for. */
	note: text.optional(),
	nextDueOn: LooseDayShape.optional(),
	...mediaFields,
	/** 口头确认: said aloud instead of signed. */
	confirmedOrally: z.boolean().optional(),
	/** Signed on the sheet that the desk keeps; there is no image of it. */
	signedOnPaper: z.boolean().optional(),
	location: Location.optional()
};

const Recorded = z
	.strictObject({
		...fields,
		/** Of the moments those that a person wrote, by the clock on the wall; the others are the device's (E3). */
		typed: z.array(TypedMoment).max(TypedMoment.options.length).optional(),
		voiceNotes: VoiceNotes.optional(),
		household: RecordId.optional(),
		/** 临时编号, made on the phone. */
		draftNo: z.string().max(20).optional(),
		/** The demands raised in this visit, each a record of its own. */
		demands: z.array(RecordId).max(19)
	})
	// Only a meeting has no door; it says where it was.
	.refine(
		({ household, mode, place }) =>
			household !== undefined || (isMeetingMode(mode) && place !== undefined)
	);
export const VisitCorrected = z.strictObject({
	...z.strictObject(fields).partial().shape,
	/** It was another door. */
	household: RecordId.optional(),
	// What was said by mistake may be taken back; the history keeps that it was.
	...emptiable({
		endedAt: fields.endedAt,
		attendance: fields.attendance,
		size: fields.size,
		relation: Relation,
		residence: Residence,
		nextDueOn: LooseDayShape,
		intervieweeSignature: MediaName,
		visitorSignature: MediaName,
		location: Location
	}),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(12).optional()
});
const Reviewed = z.strictObject({ note: z.string().min(1).max(200).optional() });

export type VisitState = 'done' | 'reviewed' | 'returned' | 'voided';

/** What was told of a visit, as its entries left it. */
type Told = Readonly<z.infer<z.ZodObject<typeof fields>>>;

export interface VisitRow extends Row, Told {
	readonly family: 'visit';
	readonly state: VisitState;
	readonly visitor: PersonId;
	readonly visitorIsField: boolean;
	/** Absent for a meeting. */
	readonly household?: RecordId | undefined;
	readonly draftNo?: string | undefined;
	readonly demands: readonly RecordId[];
	readonly additions?: readonly Addition[] | undefined;
	readonly reviewedBy?: PersonId | undefined;
	readonly reviewedAt?: Instant | undefined;
	readonly reviewNote?: string | undefined;
	/** 退回补正: why, until it is corrected. */
	readonly returnedBy?: PersonId | undefined;
	readonly returnedAt?: Instant | undefined;
	readonly returnedReason?: string | undefined;
	readonly voidedReason?: string | undefined;
}

export const visit: Family = {
	name: 'visit',
	storage: 'period',
	kinds: {
		'visit.restricted.v1': restricting<VisitRow>(),
		'visit.recorded.v1': kind<VisitRow, z.infer<typeof Recorded>>({
			body: Recorded,
			numbered: 'ZF',
			may: (actor, said, _row, refs) => mayVisit(actor, said.body.household, refs),
			happenedAt: (said) => said.body.startedAt,
			apply(row, said, stamp) {
				if (row !== null) return { noted: 'already-exists' };
				const { person, role } = saidBy(stamp.actor);
				const { typed = [], ...told } = said.body;
				const { startedAt, endedAt } = told;
				// [E3] A clock that was off moves what it told, not what a person wrote.
				const right = (of: TypedMoment, at: Instant) =>
					typed.includes(of) ? at : at + (stamp.given.offset ?? 0);
				return {
					...firstRow('visit', said, said.org, stamp),
					family: 'visit',
					state: 'done',
					visitor: person,
					visitorIsField: isField(role),
					...told,
					startedAt: right('startedAt', startedAt),
					...(endedAt === undefined ? {} : { endedAt: right('endedAt', endedAt) })
				};
			}
		}),
		'visit.corrected.v1': kind<VisitRow, z.infer<typeof VisitCorrected>>({
			body: VisitCorrected,
			may(actor, said, row, refs) {
				const may = mayChange(actor, row);
				const door = said.body.household;
				return may !== true || door === undefined ? may : mayVisit(actor, door, refs);
			},
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const { reason: _reason, settles, ...changed } = said.body;
				const corrected = correct(row, changed, said.rev, stamp, settles);
				return answered(corrected, stamp);
			}
		}),
		'visit.added.v1': kind<VisitRow, z.infer<typeof Added>>({
			body: Added,
			may: (actor, _said, row) => mayAdd(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const next = added(row, said, stamp);
				if (next === null) return { noted: 'too-large' };
				return { ...again(row), n: stamp.n, updatedAt: stamp.receivedAt, ...next };
			}
		}),
		'visit.addition-dropped.v1': kind<VisitRow, z.infer<typeof AdditionDropped>>({
			body: AdditionDropped,
			may: (actor, _said, row) => mayChange(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				const next = dropped(row, said.body);
				if (typeof next === 'string') return { noted: next };
				return answered({ ...row, n: stamp.n, updatedAt: stamp.receivedAt, ...next }, stamp);
			}
		}),
		'visit.reviewed.v1': kind<VisitRow, z.infer<typeof Reviewed>>({
			body: Reviewed,
			may: (actor, _said, row) => mayReview(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				if (row.state === 'reviewed') return { noted: 'nothing-changed' };
				return {
					...again(row),
					n: stamp.n,
					updatedAt: stamp.receivedAt,
					state: 'reviewed',
					reviewedBy: stamp.actor.person,
					reviewedAt: stamp.at,
					reviewNote: said.body.note
				};
			}
		}),
		'visit.returned.v1': kind<VisitRow, WithReason>({
			body: WithReason,
			may: (actor, _said, row) => mayReview(actor, row),
			apply(row, said, stamp) {
				if (row === null) return { noted: 'no-such-record' };
				if (row.state === 'returned') return { noted: 'nothing-changed' };
				if (row.state === 'voided') return { noted: 'illegal-transition' };
				return {
					...again(row),
					n: stamp.n,
					updatedAt: stamp.receivedAt,
					state: 'returned',
					returnedBy: stamp.actor.person,
					returnedAt: stamp.at,
					returnedReason: said.body.reason
				};
			}
		}),
		'visit.voided.v1': kind<VisitRow, WithReason>({
			body: WithReason,
			ends: true,
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
	media: (entry) => mediaIn(entry.body),
	audience(row, refs) {
		if (!isVisit(row)) return [];
		const ofMembers = doorReaders(taleOf(row), refs).map((member) =>
			memberLedger(member, row.org, row.period)
		);
		return [deskLedger(row.org, row.period), ...ofMembers];
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
			startedAt: row.startedAt,
			...(row.household === undefined ? {} : { household: row.household })
		};
	},
	indexes(row) {
		if (!isVisit(row)) return {};
		return {
			state: row.state,
			person: row.visitor,
			...(row.household === undefined ? {} : { on: row.household }),
			sort: row.startedAt
		};
	}
};

export function isVisit(row: Row | null | undefined): row is VisitRow {
	return row?.family === 'visit';
}

export function isMeetingMode(mode: VisitMode): boolean {
	return MeetingMode.safeParse(mode).success;
}

/** Nobody stood at a door, so that nobody signs and there is no place to note. */
export function isFromAfar(mode: VisitMode): boolean {
	return mode === 'phone' || mode === 'video';
}

/** [A1] The door went to somebody else, and the visit with it: whoever was there cannot complete it any more. */
export function isOutOfReach(row: VisitRow, home: HouseholdRow | undefined): boolean {
	if (!row.visitorIsField || home === undefined) return false;
	return !doorReaders(taleOf(row), new Map([[home.record, home]])).includes(row.visitor);
}

function taleOf(row: VisitRow): DoorTale {
	return { ...row, by: row.visitor, isField: row.visitorIsField };
}

/** The photos, signatures and voice notes that stand in a visit. */
export function mediaOfVisit(row: VisitRow): readonly MediaName[] {
	return mediaIn(row);
}

/** A visit that was answered waits to be looked at again. */
function again(row: VisitRow): VisitRow {
	return {
		...row,
		state: 'done',
		reviewedBy: undefined,
		reviewedAt: undefined,
		reviewNote: undefined,
		returnedBy: undefined,
		returnedAt: undefined,
		returnedReason: undefined
	};
}

/** By whoever looks visits over, that one stays reviewed. */
function answered(row: VisitRow, { actor }: Stamp): VisitRow {
	return isDesk(actor.role) && row.state === 'reviewed' ? row : again(row);
}

type May = true | 'no-such-record' | 'no-such-reference' | 'other-organisation' | 'not-allowed';

function mayVisit(actor: Actor, door: RecordId | undefined, refs: Refs): May {
	if (door !== undefined) {
		const home = refs.get(door);
		if (home === undefined || home.family !== 'household') return 'no-such-reference';
		if (home.org !== actor.org) return 'other-organisation';
	}
	return isField(actor.role) || isDesk(actor.role) ? true : 'not-allowed';
}

function mayChange(actor: Actor, row: VisitRow | null): May {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return row.visitor === actor.person || isDesk(actor.role) ? true : 'not-allowed';
}

/** Only who was there adds to it, or a desk for them (J6). */
function mayAdd(actor: Actor, row: VisitRow | null): May {
	const may = mayChange(actor, row);
	if (may !== true || row === null) return may;
	return hasPart(actor, row.visitor) ? true : 'not-allowed';
}

/** A desk looks at what others wrote; nobody passes their own visit. */
function mayReview(actor: Actor, row: VisitRow | null): May {
	const may = mayChange(actor, row);
	if (may !== true || row === null) return may;
	// [J6] who walked and who wrote it down alike
	const isOwn = hasPart(actor, row.visitor) || hasPart(actor, row.createdBy);
	return isDesk(actor.role) && !isOwn ? true : 'not-allowed';
}
