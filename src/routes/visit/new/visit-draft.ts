/** What the visit form holds while it is filled in, and how it starts: plain JSON, kept as a draft (O1). */
import type { RecordId } from '#domain/ids.ts';
import type { Group, HouseholdRow } from '#domain/kinds/household.ts';
import type { MajorChange } from '#domain/kinds/household-changing.ts';
import type { Relation, ResidentRow } from '#domain/kinds/resident.ts';
import type { Location, Residence, VisitMode, VisitPurpose } from '#domain/kinds/visit.ts';
import type { DemandType, Urgency } from '#domain/settings.ts';
import type { DoorBegun } from '#lib/drafts/begun-visit.ts';
import type { CompanionDraft } from '#lib/visits/companions.ts';
import type { PhotoDraft, SignatureDraft, VoiceDraft } from '#lib/visits/correcting.ts';
import type { HazardDraft } from '#lib/visits/hazards.ts';

export type Met = 'self' | 'other' | 'notHome' | 'declined';
/** The two short ways of today's page. */
export type Shortcut = 'notHome' | 'allWell';

export interface DemandDraft {
	readonly record: RecordId;
	text: string;
	type: DemandType;
	urgency: Urgency;
	/** The refused entry that this one stands for. */
	replaces?: string;
}

export interface VisitDraft {
	step: number;
	readonly visit: RecordId;
	/** 座谈或院落会: no door, but a place. */
	readonly isMeeting: boolean;
	/** What the form needs of the door when the register of this device tells it no more. */
	readonly door?: DoorBegun;
	readonly startedAt: number;
	/** When all was filled in; the last look before handing in is no part of the visit. */
	endedAt?: number;
	/** 哪天、几点, as far as the visitor has said it. */
	day?: string;
	startTime?: string;
	endTime?: string;
	met?: Met;
	interviewee: string;
	/** 与户主关系 of another who spoke, and of whom it was filled in; absent in drafts from before it was asked. */
	relation?: Relation | '';
	relationOf?: string;
	/** 常住情况; absent likewise. */
	residence?: Residence | '';
	mode?: VisitMode;
	place: string;
	attendance: number;
	purpose: VisitPurpose[];
	companions: CompanionDraft[];
	consent: boolean;
	allWell: boolean;
	groups: Group[];
	size: number;
	/** What the register told of the home; absent in drafts from before it was kept. */
	readonly opened?: Told;
	changes: string;
	/** 重大变化; absent in drafts from before it was asked. */
	change?: MajorChange | '';
	changeReplaces?: string;
	hardships: string;
	demands: DemandDraft[];
	/** The demand being written, and its place among the others. */
	writing: DemandDraft | null;
	writingAt: number;
	photos: PhotoDraft[];
	/** 语音备注; absent in drafts from before it was asked. */
	voiceNotes?: VoiceDraft;
	intervieweeSignature: SignatureDraft | null;
	confirmedOrally: boolean;
	visitorSignature: SignatureDraft | null;
	policyTold: string;
	suggestions: string;
	hazards: HazardDraft[];
	solvedOnSpot: string;
	/** 备注; absent in drafts from before it was asked. */
	note?: string;
	nextDueOn: string;
	location: Location | null;
	replaces?: string;
}

/** Raised when the form's fields change their meaning. */
export const DRAFT_VERSION = 2;
export const LAST_STEP = 5;
const HOME_STEP = 2;
/** A commit holds twenty entries: the visit itself, a major change, and these. */
export const MOST_DEMANDS = 18;

type Told = Pick<HouseholdRow, 'groups' | 'size'>;
/** The door as the register knows it; null for a meeting. */
export type Home = Pick<HouseholdRow, 'head' | 'groups' | 'size'> | null;

export interface Fresh {
	readonly visit: RecordId;
	readonly firstDemand: RecordId;
	readonly startedAt: number;
	readonly shortcut?: Shortcut | undefined;
}

/** An empty form; what the register knows of the door is filled in. */
export function freshVisit(
	home: Home,
	{ visit, firstDemand, startedAt, shortcut }: Fresh
): VisitDraft {
	return {
		step: 1,
		visit,
		isMeeting: home === null,
		startedAt,
		...metBy(home, shortcut),
		interviewee: '',
		mode: home === null ? 'courtyard' : 'home',
		place: '',
		attendance: 0,
		purpose: [],
		companions: [],
		consent: false,
		allWell: shortcut === 'allWell',
		...homeTold(home),
		changes: '',
		hardships: '',
		demands: [],
		writing: blankDemand(firstDemand),
		writingAt: 0,
		photos: [],
		intervieweeSignature: null,
		confirmedOrally: false,
		visitorSignature: null,
		policyTold: '',
		suggestions: '',
		hazards: [],
		solvedOnSpot: '',
		nextDueOn: '',
		location: null
	};
}

/** The home as the register tells it, to be changed. */
export function homeTold(home: Home): Pick<VisitDraft, 'groups' | 'size' | 'opened'> {
	const { groups = [], size = 0 } = home ?? {};
	return { groups: [...groups], size, opened: { groups: [...groups], size } };
}

export function blankDemand(record: RecordId): DemandDraft {
	return { record, text: '', type: 'help', urgency: 'normal' };
}

function metBy(home: Home, shortcut: Shortcut | undefined): { met?: Met } {
	if (home === null) return { met: 'other' };
	if (shortcut === 'notHome') return { met: 'notHome' };
	if (shortcut === 'allWell') return { met: home.head === undefined ? 'other' : 'self' };
	return {};
}

/** Nobody spoke: the first page is all there is to say. */
export function isAway(form: Pick<VisitDraft, 'met'>): boolean {
	return form.met === 'notHome' || form.met === 'declined';
}

/** The pages of the form in their order; a meeting has no home to describe, and nobody who spoke nothing else. */
export function stepsOf(form: Pick<VisitDraft, 'isMeeting' | 'met'>): readonly number[] {
	if (isAway(form)) return [1, LAST_STEP];
	const all = Array.from({ length: LAST_STEP }, (_, at) => at + 1);
	return form.isMeeting ? all.filter((step) => step !== HOME_STEP) : all;
}

export function stepAfter(form: Pick<VisitDraft, 'isMeeting' | 'met' | 'step'>): number {
	return stepsOf(form).find((step) => step > form.step) ?? LAST_STEP;
}

export function stepBefore(form: Pick<VisitDraft, 'isMeeting' | 'met' | 'step'>): number {
	return [...stepsOf(form)].reverse().find((step) => step < form.step) ?? 1;
}

/** Whom the register knows by the name that was typed is related as it says; asked once for each name. */
export function layRelation(
	form: VisitDraft,
	residents: readonly Pick<ResidentRow, 'name' | 'relationToHead'>[]
): void {
	const name = form.interviewee.trim();
	if (form.met !== 'other' || form.relationOf === name) return;
	const known = residents.find((resident) => resident.name === name);
	form.relation = known?.relationToHead ?? '';
	form.relationOf = name;
}

/** 与户主关系 of whoever spoke, as far as it is known. */
export function relationTold(
	form: Pick<VisitDraft, 'met' | 'isMeeting' | 'relation'>
): Relation | undefined {
	if (form.isMeeting) return undefined;
	if (form.met === 'self') return 'head';
	return form.met === 'other' ? form.relation || undefined : undefined;
}

/** The demands with what stands in the open card, in their order. */
export function writtenDemands(
	form: Pick<VisitDraft, 'demands' | 'writing' | 'writingAt'>
): readonly DemandDraft[] {
	const { demands, writing, writingAt } = form;
	if (writing === null || writing.text.trim() === '') return demands;
	return [...demands.slice(0, writingAt), writing, ...demands.slice(writingAt)];
}

/** Closes the open card: what was written in it joins the list. */
export function putDown(form: VisitDraft): void {
	form.demands = [...writtenDemands(form)];
	form.writing = null;
	form.writingAt = form.demands.length;
}

/** Opens a demand of the list again; one that was being written is kept. */
export function takeUp(form: VisitDraft, record: RecordId): void {
	putDown(form);
	const at = form.demands.findIndex((each) => each.record === record);
	const found = form.demands[at];
	if (found === undefined) return;
	form.demands = form.demands.filter((each) => each.record !== record);
	form.writing = found;
	form.writingAt = at;
}
