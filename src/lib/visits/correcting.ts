/** 更正 of a visit: which fields the form offers, and that only what was changed is said. */
import type { Day } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Group } from '#domain/kinds/household.ts';
import type { Hazard, HazardKind, VisitMode, VisitOutcome, VisitRow } from '#domain/kinds/visit.ts';
import type { Photo } from '#domain/media.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import {
	hazardErrors,
	lineErrors,
	NAME_MAX,
	PLACE_MAX,
	POLICY_LINES,
	POLICY_LONGEST,
	TEXT_MAX
} from './checks.ts';
import { linesOf } from './lines.ts';

export const textFields = ['changes', 'hardships', 'suggestions', 'solvedOnSpot'] as const;
type TextField = (typeof textFields)[number];

export interface HazardDraft {
	kind: HazardKind | undefined;
	text: string;
}

export interface VisitCorrecting extends Record<TextField, string> {
	household: RecordId | '';
	outcome: VisitOutcome;
	mode: VisitMode;
	place: string;
	attendance: number;
	interviewee: string;
	groups: Group[];
	size: number;
	policyTold: string;
	hazards: HazardDraft[];
	nextDueOn: string;
	photos: Photo[];
	dropSignature: boolean;
	dropVisitorSignature: boolean;
	dropLocation: boolean;
	reason: string;
}

export function correctingFrom(row: VisitRow): VisitCorrecting {
	return {
		household: row.household ?? '',
		outcome: row.outcome,
		mode: row.mode,
		place: row.place ?? '',
		attendance: row.attendance ?? 0,
		interviewee: row.interviewee ?? '',
		groups: [...(row.groups ?? [])],
		size: row.size ?? 0,
		changes: row.changes ?? '',
		hardships: row.hardships ?? '',
		policyTold: (row.policyTold ?? []).join('\n'),
		suggestions: row.suggestions ?? '',
		hazards: (row.hazards ?? []).map((hazard) => ({ ...hazard })),
		solvedOnSpot: row.solvedOnSpot ?? '',
		nextDueOn: row.nextDueOn ?? '',
		photos: [...(row.photos ?? [])],
		dropSignature: false,
		dropVisitorSignature: false,
		dropLocation: false,
		reason: ''
	};
}

/** The body of `visit.corrected.v1`, or null when nothing differs from what the form began with. */
export function correctedBody(
	row: VisitRow,
	form: VisitCorrecting,
	base: VisitCorrecting = correctingFrom(row)
): Record<string, unknown> | null {
	const before = saidBy(base);
	const changed = Object.entries(saidBy(form)).filter(
		([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field])
	);
	if (changed.length === 0) return null;
	// What was written is no longer nothing.
	const isWritten = textFields.some((field) => form[field].trim() !== '');
	const isWell = row.allWell === true && (isWritten || form.hazards.length > 0);
	return {
		...Object.fromEntries(changed),
		...(isWell ? { allWell: false } : {}),
		reason: form.reason.trim()
	};
}

/** An old visit without a name may stay so; one that is said to have met somebody says whom. */
export function correctingErrors(
	row: VisitRow,
	form: VisitCorrecting,
	today: Day
): readonly FieldError[] {
	const errors: FieldError[] = [];
	const { reasonMissing, reasonTooLong } = m.secretary.correct;
	const reason = form.reason.trim();
	const isAsBefore = form.outcome === row.outcome && form.interviewee === (row.interviewee ?? '');
	const isMeeting = form.household === '';
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
		...lineErrors('policyTold', form.policyTold, POLICY_LINES, POLICY_LONGEST),
		...hazardErrors(form.hazards)
	);
	if (form.nextDueOn !== (row.nextDueOn ?? '') && form.nextDueOn !== '' && form.nextDueOn < today)
		errors.push({ field: 'nextDueOn', message: m.member.visit.other.nextPast });
	if (reason === '') errors.push({ field: 'reason', message: reasonMissing });
	if (reason.length > 200) errors.push({ field: 'reason', message: reasonTooLong });
	return errors;
}

/** The form's values as a body says them; a field that says nothing is left out. */
function saidBy(form: VisitCorrecting): Readonly<Record<string, unknown>> {
	const { household, place, attendance, size, nextDueOn, hazards, policyTold } = form;
	return {
		...(household === '' ? {} : { household }),
		outcome: form.outcome,
		mode: form.mode,
		...(place.trim() === '' ? {} : { place: place.trim() }),
		...(attendance > 0 ? { attendance } : {}),
		interviewee: form.interviewee.trim(),
		groups: form.groups,
		...(size > 0 ? { size } : {}),
		...Object.fromEntries(textFields.map((field) => [field, form[field].trim()])),
		policyTold: linesOf(policyTold),
		hazards: spokenHazards(hazards),
		nextDueOn: nextDueOn === '' ? null : nextDueOn,
		photos: form.photos,
		...(form.dropSignature ? { intervieweeSignature: null } : {}),
		...(form.dropVisitorSignature ? { visitorSignature: null } : {}),
		...(form.dropLocation ? { location: null } : {})
	};
}

/** What was chosen and written of the hazards; a card left empty is none. */
export function spokenHazards(hazards: readonly HazardDraft[]): readonly Hazard[] {
	return hazards.flatMap(({ kind, text }) =>
		kind === undefined || text.trim() === '' ? [] : [{ kind, text: text.trim() }]
	);
}
