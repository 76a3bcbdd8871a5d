/** 更正 of a visit: which fields the form offers, and that only what was changed is said. */
import { dayOf } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Group, HouseholdRow } from '#domain/kinds/household.ts';
import type { Relation } from '#domain/kinds/resident.ts';
import {
	VisitCorrected,
	type Residence,
	type VisitMode,
	type VisitOutcome,
	type VisitPurpose,
	type VisitRow
} from '#domain/kinds/visit.ts';
import type { MediaName, Photo, VoiceNote } from '#domain/media.ts';
import { differing } from '#lib/drafts/changed-since.ts';
import { typedMoment } from '#lib/field/typed-moment.ts';
import { m } from '#lib/i18n/index.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { clock } from '#lib/ui/format.ts';
import {
	captionErrors,
	lineErrors,
	NAME_MAX,
	PLACE_MAX,
	POLICY_LINES,
	POLICY_LONGEST,
	TEXT_MAX
} from './checks.ts';
import {
	companionDrafts,
	companionErrors,
	spokenCompanions,
	type CompanionDraft
} from './companions.ts';
import { hazardErrors, spokenHazards, type HazardDraft } from './hazards.ts';
import { linesOf } from './lines.ts';
import { whenErrors, type When } from './when.ts';

export const textFields = ['changes', 'hardships', 'suggestions', 'solvedOnSpot', 'note'] as const;
type TextField = (typeof textFields)[number];

export interface PhotoDraft {
	readonly sha256: MediaName;
	caption: string;
}

export interface VoiceDraft {
	kept: VoiceNote[];
	/** Being spoken, or cut off: what there is of it becomes a note when the form is opened anew. */
	recording: string | null;
}

export interface SignatureDraft {
	readonly sha256: MediaName;
	readonly at: number;
}

export interface VisitCorrecting extends Record<TextField, string>, When {
	household: RecordId | '';
	outcome: VisitOutcome;
	mode: VisitMode;
	allWell: boolean;
	purpose: VisitPurpose[];
	companions: CompanionDraft[];
	consent: boolean;
	place: string;
	attendance: number;
	interviewee: string;
	groups: Group[];
	size: number;
	relation: Relation | '';
	residence: Residence | '';
	policyTold: string;
	hazards: HazardDraft[];
	nextDueOn: string;
	photos: PhotoDraft[];
	voiceNotes: VoiceDraft;
	confirmedOrally: boolean;
	signedOnPaper: boolean;
	/** Signed anew in this form. */
	signature: SignatureDraft | null;
	visitorSignature: SignatureDraft | null;
	dropSignature: boolean;
	dropVisitorSignature: boolean;
	dropLocation: boolean;
	reason: string;
}

export function correctingFrom(
	row: Partial<VisitRow> & Pick<VisitRow, 'startedAt' | 'outcome' | 'mode'>
): VisitCorrecting {
	return {
		household: row.household ?? '',
		day: dayOf(row.startedAt),
		startTime: clock(row.startedAt),
		endTime: row.endedAt === undefined ? '' : clock(row.endedAt),
		outcome: row.outcome,
		mode: row.mode,
		allWell: row.allWell ?? false,
		purpose: [...(row.purpose ?? [])],
		companions: companionDrafts(row.companions),
		consent: row.consent ?? false,
		place: row.place ?? '',
		attendance: row.attendance ?? 0,
		interviewee: row.interviewee ?? '',
		groups: [...(row.groups ?? [])],
		size: row.size ?? 0,
		relation: row.relation ?? '',
		residence: row.residence ?? '',
		changes: row.changes ?? '',
		hardships: row.hardships ?? '',
		policyTold: (row.policyTold ?? []).join('\n'),
		suggestions: row.suggestions ?? '',
		hazards: (row.hazards ?? []).map((hazard) => ({ ...hazard })),
		solvedOnSpot: row.solvedOnSpot ?? '',
		note: row.note ?? '',
		nextDueOn: row.nextDueOn ?? '',
		photos: (row.photos ?? []).map(({ sha256, caption = '' }) => ({ sha256, caption })),
		voiceNotes: { kept: [...(row.voiceNotes ?? [])], recording: null },
		confirmedOrally: row.confirmedOrally ?? false,
		signedOnPaper: row.signedOnPaper ?? false,
		signature: null,
		visitorSignature: null,
		dropSignature: false,
		dropVisitorSignature: false,
		dropLocation: false,
		reason: ''
	};
}

/** 拒绝登记 keeps the visit with its door: who came, when and what for, nothing that was told, seen or signed there. */
export function keptOf(row: VisitRow, form: VisitCorrecting): VisitCorrecting {
	if (!isDeclined(form)) return form;
	const { household, day, startTime, endTime, outcome, mode, purpose, companions, reason } = form;
	return {
		...correctingFrom({ startedAt: row.startedAt, outcome, mode }),
		...{ household, day, startTime, endTime, purpose, companions, reason },
		dropSignature: row.intervieweeSignature !== undefined,
		dropVisitorSignature: row.visitorSignature !== undefined,
		dropLocation: row.location !== undefined
	};
}

export function isDeclined({ outcome, household }: VisitCorrecting): boolean {
	return outcome === 'declined' && household !== '';
}

/** Would it take more away than the form says by itself? */
export function isEmptying(row: VisitRow, form: VisitCorrecting): boolean {
	return Object.keys(differing(saidBy(keptOf(row, form)), saidBy(form))).length > 0;
}

export function noVoice(): VoiceDraft {
	return { kept: [], recording: null };
}

/** A correction that was not taken, as a form again. */
export function correctingOver(row: VisitRow, refused: AttentionItem | null): VisitCorrecting {
	const said = VisitCorrected.safeParse(refused?.body);
	if (refused === null || !said.success) return correctingFrom(row);
	const signed = (name: MediaName | null | undefined): SignatureDraft | null =>
		name ? { sha256: name, at: refused.at } : null;
	const { reason, settles: _settles, ...fields } = said.data;
	const told = Object.entries(fields).map(([field, value]) => [field, value ?? undefined]);
	return {
		...correctingFrom({ ...row, ...Object.fromEntries(told) }),
		signature: signed(fields.intervieweeSignature),
		visitorSignature: signed(fields.visitorSignature),
		dropSignature: fields.intervieweeSignature === null,
		dropVisitorSignature: fields.visitorSignature === null,
		dropLocation: fields.location === null,
		reason
	};
}

type OfHome = Pick<VisitCorrecting, 'interviewee' | 'relation' | 'groups' | 'size'>;

export function homeIn({ interviewee, relation, groups, size }: VisitCorrecting): OfHome {
	return { interviewee, relation, groups: [...groups], size };
}

/** Behind another door live others: what the register had filled in for the former is asked of this one. */
export function askedAgain(
	row: VisitRow,
	form: VisitCorrecting,
	{ from, to }: Readonly<Record<'from' | 'to', HouseholdRow | undefined>>
): Partial<OfHome> {
	if (from === undefined || to === undefined) return {};
	// A short visit says nothing of who lives there.
	const isTold = row.groups !== undefined;
	return {
		...(form.interviewee === from.head ? { interviewee: '', relation: '' } : {}),
		...(isTold && isSame(form.groups, from.groups) ? { groups: [...to.groups] } : {}),
		...(isTold && form.size === (from.size ?? 0) ? { size: to.size ?? 0 } : {})
	};
}

function isSame(some: readonly Group[], others: readonly Group[]): boolean {
	return [...some].sort().join() === [...others].sort().join();
}

/** The body of `visit.corrected.v1`, or null when nothing differs from what the form began with. */
export function correctedBody(
	form: VisitCorrecting,
	base: VisitCorrecting
): Record<string, unknown> | null {
	const changed = differing(saidBy(form), saidBy(base));
	if (Object.keys(changed).length === 0) return null;
	return { ...changed, reason: form.reason.trim() };
}

/** An old visit without a name may stay so; one that is said to have met somebody says whom. */
export function correctingErrors(
	row: VisitRow,
	form: VisitCorrecting,
	now: number
): readonly FieldError[] {
	const errors: FieldError[] = [];
	const { reasonMissing, reasonTooLong } = m.secretary.correct;
	const reason = form.reason.trim();
	const isAsBefore = form.outcome === row.outcome && form.interviewee === (row.interviewee ?? '');
	const isMeeting = form.household === '';
	errors.push(...whenErrors(form, now));
	if (form.outcome === 'met' && form.interviewee.trim() === '' && !isAsBefore && !isMeeting)
		errors.push({ field: 'interviewee', message: m.member.visit.who.nameMissing });
	if (isMeeting && form.place.trim() === '')
		errors.push({ field: 'place', message: m.visit.meeting.placeMissing });
	const tooLong = (field: 'place' | 'interviewee' | TextField, longest: number): void => {
		if (form[field].trim().length > longest)
			errors.push({ field, message: m.member.textTooLong(longest) });
	};
	tooLong('place', PLACE_MAX);
	tooLong('interviewee', NAME_MAX);
	for (const field of textFields) tooLong(field, TEXT_MAX);
	errors.push(
		...companionErrors(form.companions),
		...captionErrors(form.photos),
		...lineErrors('policyTold', form.policyTold, POLICY_LINES, POLICY_LONGEST),
		...hazardErrors(form.hazards)
	);
	if (
		form.nextDueOn !== (row.nextDueOn ?? '') &&
		form.nextDueOn !== '' &&
		form.nextDueOn < dayOf(now)
	)
		errors.push({ field: 'nextDueOn', message: m.member.visit.other.nextPast });
	if (reason === '') errors.push({ field: 'reason', message: reasonMissing });
	if (reason.length > 200) errors.push({ field: 'reason', message: reasonTooLong });
	return errors;
}

/** The form's values as a body says them; `null` where a field is empty that has no empty value. */
function saidBy(form: VisitCorrecting): Readonly<Record<string, unknown>> {
	const { household, day, place, attendance, size, nextDueOn, policyTold } = form;
	const isMeeting = household === '';
	const hazards = spokenHazards(form.hazards);
	// What was written is no longer nothing.
	const isWritten = textFields.some((field) => form[field].trim() !== '') || hazards.length > 0;
	const isMet = form.outcome === 'met';
	return {
		...(isMeeting ? {} : { household }),
		startedAt: typedMoment(day, form.startTime),
		endedAt: typedMoment(day, form.endTime),
		outcome: form.outcome,
		mode: form.mode,
		allWell: form.allWell && isMet && !isMeeting && !isWritten,
		purpose: form.purpose,
		companions: spokenCompanions(form.companions),
		consent: form.consent,
		...(place.trim() === '' ? {} : { place: place.trim() }),
		attendance: attendance > 0 ? attendance : null,
		interviewee: form.interviewee.trim(),
		groups: form.groups,
		size: size > 0 ? size : null,
		relation: (isMet && form.relation) || null,
		residence: form.residence || null,
		...Object.fromEntries(textFields.map((field) => [field, form[field].trim()])),
		policyTold: linesOf(policyTold),
		hazards,
		nextDueOn: nextDueOn === '' ? null : nextDueOn,
		photos: form.photos.map(spokenPhoto),
		voiceNotes: form.voiceNotes.kept,
		// Whoever has signed need not say it aloud.
		confirmedOrally: form.confirmedOrally && form.signature === null,
		signedOnPaper: form.signedOnPaper,
		...signatureSaid('intervieweeSignature', form.signature, form.dropSignature),
		...signatureSaid('visitorSignature', form.visitorSignature, form.dropVisitorSignature),
		...(form.dropLocation ? { location: null } : {})
	};
}

function signatureSaid(
	field: 'intervieweeSignature' | 'visitorSignature',
	signed: SignatureDraft | null,
	isDropped: boolean
): Readonly<Record<string, MediaName | null>> {
	if (signed !== null) return { [field]: signed.sha256 };
	return isDropped ? { [field]: null } : {};
}

function spokenPhoto({ sha256, caption }: PhotoDraft): Photo {
	return caption.trim() === '' ? { sha256 } : { sha256, caption: caption.trim() };
}
