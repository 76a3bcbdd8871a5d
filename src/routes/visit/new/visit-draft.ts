/** What the visit form holds while it is filled in, and how it starts: plain JSON, kept as a draft (O1). */
import type { RecordId } from '#domain/ids.ts';
import type { Group, HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitMode } from '#domain/kinds/visit.ts';
import type { DemandType, Urgency } from '#domain/settings.ts';

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
	readonly startedAt: number;
	/** When all was filled in; the last look before handing in is no part of the visit. */
	endedAt?: number;
	met?: Met;
	interviewee: string;
	mode?: VisitMode;
	allWell: boolean;
	groups: Group[];
	size: number;
	changes: string;
	hardships: string;
	demands: DemandDraft[];
	/** The demand being written, and its place among the others. */
	writing: DemandDraft | null;
	writingAt: number;
	suggestions: string;
	hazards: string;
	solvedOnSpot: string;
	nextDueOn: string;
	replaces?: string;
}

export const LAST_STEP = 5;
/** A commit holds twenty entries: the visit itself and these. */
export const MOST_DEMANDS = 19;

export interface Fresh {
	readonly visit: RecordId;
	readonly firstDemand: RecordId;
	readonly startedAt: number;
	readonly shortcut?: Shortcut | undefined;
}

/** An empty form for one door; what the register knows of it is filled in. */
export function freshVisit(
	home: Pick<HouseholdRow, 'head' | 'groups' | 'size'>,
	{ visit, firstDemand, startedAt, shortcut }: Fresh
): VisitDraft {
	return {
		step: 1,
		visit,
		startedAt,
		...metBy(home, shortcut),
		interviewee: '',
		mode: 'home',
		allWell: shortcut === 'allWell',
		groups: [...home.groups],
		size: home.size ?? 0,
		changes: '',
		hardships: '',
		demands: [],
		writing: blankDemand(firstDemand),
		writingAt: 0,
		suggestions: '',
		hazards: '',
		solvedOnSpot: '',
		nextDueOn: ''
	};
}

export function blankDemand(record: RecordId): DemandDraft {
	return { record, text: '', type: 'help', urgency: 'normal' };
}

function metBy(home: Pick<HouseholdRow, 'head'>, shortcut: Shortcut | undefined): { met?: Met } {
	if (shortcut === 'notHome') return { met: 'notHome' };
	if (shortcut === 'allWell') return { met: home.head === undefined ? 'other' : 'self' };
	return {};
}

/** Nobody spoke: the first page is all there is to say. */
export function isAway(form: Pick<VisitDraft, 'met'>): boolean {
	return form.met === 'notHome' || form.met === 'declined';
}

/** The first page says everything: nobody there, or 家里都好. */
export function isShort(form: Pick<VisitDraft, 'met' | 'allWell'>): boolean {
	return isAway(form) || (form.met !== undefined && form.allWell);
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
