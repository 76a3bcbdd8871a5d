/** 代录 from paper: what the form holds, what must be mended, and the one commit it says for who walked. */
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { Group, HouseholdRow } from '#domain/kinds/household.ts';
import type { Relation } from '#domain/kinds/resident.ts';
import {
	isFromAfar,
	isMeetingMode,
	type Residence,
	type VisitMode,
	type VisitOutcome,
	type VisitPurpose
} from '#domain/kinds/visit.ts';
import type { DemandType, Urgency } from '#domain/settings.ts';
import type { Utterance } from '#lib/app.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { typedMoment } from '#lib/field/typed-moment.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import {
	lineErrors,
	NAME_MAX,
	PLACE_MAX,
	POLICY_LINES,
	POLICY_LONGEST,
	TEXT_MAX
} from '#lib/visits/checks.ts';
import { companionErrors, spokenCompanions, type CompanionDraft } from '#lib/visits/companions.ts';
import { textFields } from '#lib/visits/correcting.ts';
import { hazardErrors, spokenHazards, type HazardDraft } from '#lib/visits/hazards.ts';
import { linesOf } from '#lib/visits/lines.ts';
import { firstWhenErrors, type When } from '#lib/visits/when.ts';

export interface Recording extends Record<(typeof textFields)[number], string>, When {
	household: RecordId | '';
	mode: VisitMode;
	place: string;
	attendance: number;
	outcome: VisitOutcome | undefined;
	interviewee: string;
	relation: Relation | '';
	allWell: boolean;
	signedOnPaper: boolean;
	consent: boolean;
	groups: Group[];
	size: number;
	residence: Residence | '';
	purpose: VisitPurpose[];
	companions: CompanionDraft[];
	hazards: HazardDraft[];
	policyTold: string;
	demands: PaperDemand[];
	nextDueOn: string;
}

export interface PaperDemand {
	text: string;
	type: DemandType;
	urgency: Urgency;
}

export function emptyDemand(): PaperDemand {
	return { text: '', type: 'help', urgency: 'normal' };
}

export function emptyRecording(household: RecordId | '', day: string): Recording {
	return {
		household,
		mode: 'home',
		place: '',
		attendance: 0,
		day,
		startTime: '',
		endTime: '',
		outcome: undefined,
		interviewee: '',
		relation: '',
		allWell: false,
		signedOnPaper: false,
		consent: false,
		groups: [],
		size: 0,
		residence: '',
		purpose: [],
		companions: [],
		changes: '',
		hardships: '',
		suggestions: '',
		solvedOnSpot: '',
		note: '',
		hazards: [],
		policyTold: '',
		demands: [emptyDemand()],
		nextDueOn: ''
	};
}

/** Written by this form before it asked for all that is on the paper. */
export function migratedRecording(older: unknown, household: RecordId | ''): Recording {
	const { time = '', demands, ...kept } = older as Partial<Recording> & { readonly time?: string };
	const empty = emptyRecording(household, '');
	return {
		...empty,
		startTime: time,
		...kept,
		demands: (demands ?? empty.demands).map((demand) => ({ ...emptyDemand(), ...demand }))
	};
}

const DEMAND_MAX = 10_000;

/** 座谈 and 院落会 are at no door here, and somebody always speaks. */
export function isMeeting({ mode }: Pick<Recording, 'mode'>): boolean {
	return isMeetingMode(mode);
}

export function isMet(form: Pick<Recording, 'mode' | 'outcome'>): boolean {
	return isMeeting(form) || form.outcome === 'met';
}

/** There is a sheet that somebody could have signed. */
export function maySign(form: Pick<Recording, 'mode' | 'outcome'>): boolean {
	return isMet(form) && !isMeeting(form) && !isFromAfar(form.mode);
}

/** What was written is no longer nothing. */
export function isWritten(form: Recording): boolean {
	const texts = [
		...textFields.map((field) => form[field]),
		...form.demands.map(({ text }) => text)
	];
	return texts.some((text) => text.trim() !== '') || spokenHazards(form.hazards).length > 0;
}

/** Something stands in the part that is folded away. */
export function isRestFilled(form: Recording): boolean {
	const { hardships, suggestions, solvedOnSpot, note, policyTold, residence } = form;
	const texts = [hardships, suggestions, solvedOnSpot, note, policyTold, residence];
	const lists = [form.hazards, form.companions, form.purpose, form.groups];
	return (
		texts.some((text) => text.trim() !== '') ||
		lists.some((list) => list.length > 0) ||
		form.size > 0 ||
		form.consent
	);
}

export function recordingErrors(form: Recording, now: number): readonly FieldError[] {
	const words = m.round.record;
	const atDoor = !isMeeting(form);
	const isMissing = (text: string) => text.trim() === '';
	const isLong = (text: string, most: number) => text.trim().length > most;
	const { place, interviewee, household, outcome, nextDueOn, day } = form;
	const checks: readonly (readonly [string, boolean, string])[] = [
		['household', atDoor && household === '', words.doorMissing],
		['place', !atDoor && isMissing(place), m.visit.meeting.placeMissing],
		['place', !atDoor && isLong(place, PLACE_MAX), words.tooLong(PLACE_MAX)],
		...firstWhenErrors(form, now).map(({ field, message }) => [field, true, message] as const),
		['outcome', atDoor && outcome === undefined, words.outcomeMissing],
		['interviewee', atDoor && isMet(form) && isMissing(interviewee), words.intervieweeMissing],
		['interviewee', isLong(interviewee, NAME_MAX), words.tooLong(NAME_MAX)],
		...shownTexts(form).map(
			(field) => [field, isLong(form[field], TEXT_MAX), words.tooLong(TEXT_MAX)] as const
		),
		['nextDueOn', atDoor && nextDueOn !== '' && nextDueOn < day, words.nextPast]
	];
	return [
		...checks.flatMap(([field, isWrong, message]) => (isWrong ? [{ field, message }] : [])),
		...(isMet(form) ? metErrors(form) : [])
	];
}

/** What is asked only of whoever was met: what was written before the outcome was another is not said. */
function metErrors({ companions, hazards, policyTold, demands }: Recording): readonly FieldError[] {
	const tooLong = demands.flatMap(({ text }, at) =>
		text.trim().length > DEMAND_MAX
			? [{ field: `demand-${at}`, message: m.round.record.demandTooLong }]
			: []
	);
	return [
		...companionErrors(companions),
		...hazardErrors(hazards),
		...lineErrors('policyTold', policyTold, POLICY_LINES, POLICY_LONGEST),
		...tooLong
	];
}

function shownTexts(form: Recording): readonly (typeof textFields)[number][] {
	if (isMeeting(form)) return ['suggestions', 'solvedOnSpot', 'note'];
	return isMet(form) ? textFields : ['changes'];
}

export interface Clerk {
	readonly visitor: PersonId;
	/** Null for a meeting. */
	readonly home: Pick<HouseholdRow, 'record' | 'phone'> | null;
	readonly newRecord: () => RecordId;
	readonly draftNo: () => Promise<string>;
}

/** The visit and its demands, each said for the member who walked (J6). */
export async function recordingSays(
	form: Recording,
	{ visitor, home, newRecord, draftNo }: Clerk
): Promise<readonly Utterance[]> {
	const startedAt = typedMoment(form.day, form.startTime);
	if (startedAt === null) throw new Error('recording: said before it was checked');
	const endedAt = typedMoment(form.day, form.endTime);
	const visit = newRecord();
	const where = home === null ? { place: form.place.trim() } : { household: home.record };
	const interviewee = isMet(form) ? form.interviewee.trim() : '';
	const demands = isMet(form)
		? form.demands
				.map((each) => ({ ...each, text: each.text.trim(), record: newRecord() }))
				.filter(({ text }) => text !== '')
		: [];
	const says: Utterance[] = [
		{
			kind: 'visit.recorded.v1',
			record: visit,
			onBehalfOf: visitor,
			body: {
				...where,
				outcome: isMeeting(form) ? 'met' : form.outcome,
				mode: form.mode,
				startedAt,
				...(endedAt === null ? {} : { endedAt }),
				typed: endedAt === null ? ['startedAt'] : ['startedAt', 'endedAt'],
				...filled({ interviewee }),
				...(isMet(form) ? toldOf(form) : filled({ changes: form.changes.trim() })),
				...(home === null ? {} : filled({ nextDueOn: form.nextDueOn })),
				draftNo: await draftNo(),
				demands: demands.map(({ record }) => record)
			}
		}
	];
	for (const { record, text, type, urgency } of demands)
		says.push({
			kind: 'demand.registered.v1',
			record,
			onBehalfOf: visitor,
			body: {
				title: titleOf(text),
				description: text,
				type,
				urgency,
				channel: 'visit',
				...where,
				visit,
				raisedAt: startedAt,
				...filled({ requester: interviewee, phone: home?.phone ?? '' }),
				draftNo: await draftNo()
			}
		});
	return says;
}

/** What whoever was met told, and how the visit was. */
function toldOf(form: Recording): Record<string, unknown> {
	const companions = spokenCompanions(form.companions);
	const hazards = spokenHazards(form.hazards);
	const policyTold = linesOf(form.policyTold);
	return {
		...(isMeeting(form) ? ofMeeting(form) : ofHome(form)),
		...(form.purpose.length > 0 ? { purpose: [...form.purpose] } : {}),
		...(companions.length > 0 ? { companions } : {}),
		...filled({
			suggestions: form.suggestions.trim(),
			solvedOnSpot: form.solvedOnSpot.trim(),
			note: form.note.trim()
		}),
		...(hazards.length > 0 ? { hazards } : {}),
		...(policyTold.length > 0 ? { policyTold } : {})
	};
}

function ofMeeting({ attendance }: Recording): Record<string, unknown> {
	return attendance > 0 ? { attendance } : {};
}

function ofHome(form: Recording): Record<string, unknown> {
	return {
		...(form.groups.length > 0 ? { groups: [...form.groups] } : {}),
		...(form.size > 0 ? { size: form.size } : {}),
		...filled({
			relation: form.relation,
			residence: form.residence,
			changes: form.changes.trim(),
			hardships: form.hardships.trim()
		}),
		...(form.allWell && !isWritten(form) ? { allWell: true } : {}),
		...(form.consent ? { consent: true } : {}),
		...(form.signedOnPaper && maySign(form) ? { signedOnPaper: true } : {})
	};
}

function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
