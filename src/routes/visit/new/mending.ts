/** A refused visit as a form again: what was said fills it, and the new entries stand for the old. */
import { z } from 'zod';
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { Group } from '#domain/kinds/household.ts';
import { MajorChange } from '#domain/kinds/household-changing.ts';
import {
	Companion,
	Hazard,
	Location,
	Residence,
	TypedMoment,
	VisitMode,
	VisitOutcome,
	VisitPurpose
} from '#domain/kinds/visit.ts';
import { Relation } from '#domain/kinds/resident.ts';
import { MediaName, Photo, VoiceNote } from '#domain/media.ts';
import { DemandType, Urgency } from '#domain/settings.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { clock } from '#lib/ui/format.ts';
import { companionDrafts } from '#lib/visits/companions.ts';
import type { SignatureDraft } from '#lib/visits/correcting.ts';
import { homeTold, type DemandDraft, type Home, type Met, type VisitDraft } from './visit-draft.ts';

type Body = AttentionItem['body'];

export function refusedVisit(items: readonly AttentionItem[]): AttentionItem | undefined {
	return items.find((item) => item.kind === 'visit.recorded.v1');
}

export function householdOf(item: AttentionItem): RecordId | null {
	const parsed = RecordId.safeParse(item.body.household);
	return parsed.success ? parsed.data : null;
}

/** `items` are the refused entries of one commit. */
export function mendedVisit(
	visit: AttentionItem,
	items: readonly AttentionItem[],
	home: Home
): VisitDraft {
	const { body } = visit;
	const interviewee = textOf(body, 'interviewee');
	const told = homeTold(home);
	const groups = Group.array().safeParse(body.groups);
	const mode = VisitMode.safeParse(body.mode);
	const location = Location.safeParse(body.location);
	const signature = (field: string): SignatureDraft | null => {
		const name = MediaName.safeParse(body[field]);
		return name.success ? { sha256: name.data, at: ended ?? visit.at } : null;
	};
	const ended = numberOf(body, 'endedAt');
	const change = items.find((item) => item.kind === 'household.changed.v1');
	return {
		step: 1,
		visit: visit.record,
		isMeeting: home === null,
		replaces: visit.entry,
		...whenSaid(visit),
		met: metOf(body, interviewee, home),
		interviewee,
		relation: Relation.safeParse(body.relation).data ?? '',
		relationOf: interviewee,
		residence: Residence.safeParse(body.residence).data ?? '',
		...(mode.success ? { mode: mode.data } : {}),
		place: textOf(body, 'place'),
		attendance: numberOf(body, 'attendance') ?? 0,
		purpose: VisitPurpose.array().safeParse(body.purpose).data ?? [],
		companions: companionDrafts(Companion.array().safeParse(body.companions).data),
		consent: body.consent === true,
		allWell: body.allWell === true,
		...told,
		groups: groups.success ? groups.data : told.groups,
		size: numberOf(body, 'size') ?? told.size,
		changes: textOf(body, 'changes'),
		...(change === undefined
			? {}
			: {
					change: MajorChange.safeParse(change.body.what).data ?? 'other',
					changeReplaces: change.entry
				}),
		hardships: textOf(body, 'hardships'),
		demands: items.filter((item) => item.kind === 'demand.registered.v1').map(demandOf),
		writing: null,
		writingAt: 0,
		photos: (Photo.array().safeParse(body.photos).data ?? []).map(({ sha256, caption = '' }) => ({
			sha256,
			caption
		})),
		voiceNotes: { kept: VoiceNote.array().safeParse(body.voiceNotes).data ?? [], recording: null },
		intervieweeSignature: signature('intervieweeSignature'),
		confirmedOrally: body.confirmedOrally === true,
		visitorSignature: signature('visitorSignature'),
		policyTold: (z.array(z.string()).safeParse(body.policyTold).data ?? []).join('\n'),
		suggestions: textOf(body, 'suggestions'),
		hazards: Hazard.array().safeParse(body.hazards).data ?? [],
		solvedOnSpot: textOf(body, 'solvedOnSpot'),
		note: textOf(body, 'note'),
		nextDueOn: textOf(body, 'nextDueOn'),
		location: location.success ? location.data : null
	};
}

function demandOf(item: AttentionItem): DemandDraft {
	const type = DemandType.safeParse(item.body.type);
	const urgency = Urgency.safeParse(item.body.urgency);
	return {
		record: item.record,
		text: textOf(item.body, 'description') || textOf(item.body, 'title'),
		type: type.success ? type.data : 'help',
		urgency: urgency.success ? urgency.data : 'normal',
		replaces: item.entry
	};
}

function metOf(body: Body, interviewee: string, home: Home): Met {
	const outcome = VisitOutcome.safeParse(body.outcome);
	if (outcome.success && outcome.data !== 'met') return outcome.data;
	return interviewee !== '' && interviewee === home?.head ? 'self' : 'other';
}

function textOf(body: Body, field: string): string {
	const value = body[field];
	return typeof value === 'string' ? value : '';
}

/** What a person had written stays theirs, and the moments of the device stay its own (E3). */
function whenSaid({
	body,
	at
}: AttentionItem): Pick<VisitDraft, 'startedAt' | 'endedAt' | 'day' | 'startTime' | 'endTime'> {
	const startedAt = numberOf(body, 'startedAt') ?? at;
	const endedAt = numberOf(body, 'endedAt');
	const typed = TypedMoment.array().safeParse(body.typed).data ?? [];
	const start = typed.includes('startedAt')
		? { startedAt: at, day: dayOf(startedAt), startTime: clock(startedAt) }
		: { startedAt };
	if (endedAt === undefined) return { ...start, endTime: '' };
	return { ...start, ...(typed.includes('endedAt') ? { endTime: clock(endedAt) } : { endedAt }) };
}

function numberOf(body: Body, field: string): number | undefined {
	const value = body[field];
	return typeof value === 'number' ? value : undefined;
}
