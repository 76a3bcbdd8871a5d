/** A filled-in visit form as what is said: one commit of the visit, a major change and every demand (E7). */
import { EntryId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { MajorChange } from '#domain/kinds/household-changing.ts';
import type { Utterance } from '#lib/app.ts';
import { asksForChange, changeSaid } from '#lib/field/major-change.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { spokenCompanions } from '#lib/visits/companions.ts';
import { noVoice } from '#lib/visits/correcting.ts';
import { spokenHazards } from '#lib/visits/hazards.ts';
import { linesOf } from '#lib/visits/lines.ts';
import { isShort } from './short-way.ts';
import { endOf, isToday, startOf, typedOf } from './when.ts';
import {
	isAway,
	relationTold,
	writtenDemands,
	type DemandDraft,
	type VisitDraft
} from './visit-draft.ts';

/** The door that was knocked at; null for a meeting. */
type Door = Pick<HouseholdRow, 'record' | 'head' | 'phone' | 'tier' | 'state'> | null;

/** Asks for one 临时编号 after another, the visit's first. */
export async function visitSaid(
	form: VisitDraft,
	home: Door,
	{ now, draftNo }: { now: number; draftNo: () => Promise<string | undefined> }
): Promise<readonly Utterance[]> {
	const demands = isShort(form) ? [] : writtenDemands(form);
	const met = whoMet(form, home);
	const relation = relationTold(form);
	const visit: Utterance = {
		kind: 'visit.recorded.v1',
		record: form.visit,
		...replacing(form.replaces),
		body: {
			...(home === null ? {} : { household: home.record }),
			outcome: isAway(form) ? form.met : 'met',
			mode: form.mode ?? 'home',
			startedAt: startOf(form),
			...ended(endOf(form, now)),
			...typedSaid(form),
			...(met === undefined ? {} : { interviewee: met }),
			...(relation === undefined ? {} : { relation }),
			...arrivalOf(form),
			...contentOf(form, demands.length),
			...mediaOf(form),
			...(form.location === null || isAway(form) ? {} : { location: form.location }),
			...numbered(await draftNo()),
			demands: demands.map((each) => each.record)
		}
	};
	const said: Utterance[] = [visit];
	const change = changeTold(form, home);
	if (change !== undefined && home !== null)
		said.push({
			...changeSaid(home.record, change, { visit: form.visit }),
			...replacing(form.changeReplaces)
		});
	for (const demand of demands)
		said.push(demandSaid(demand, { form, home, met, now, draftNo: await draftNo() }));
	return said;
}

/** Who spoke, as the visit and its demands name them; at a meeting nobody need be named. */
export function whoMet(
	form: VisitDraft,
	home: Pick<HouseholdRow, 'head'> | null
): string | undefined {
	if (form.met === 'self') return home?.head;
	if (form.met !== 'other') return undefined;
	const name = form.interviewee.trim();
	return form.isMeeting && name === '' ? undefined : name;
}

/** 重大变化, where it was asked for; it needs somebody who spoke, be it the neighbours. */
export function changeTold(
	form: VisitDraft,
	home: Pick<HouseholdRow, 'tier' | 'state'> | null
): MajorChange | undefined {
	const isSilent = form.met === 'declined' || (isShort(form) && !isAway(form));
	if (home === null || !asksForChange(home) || isSilent) return undefined;
	return form.change || undefined;
}

/** Nothing was written at all: 家里都好. */
export function isAllWell(form: VisitDraft): boolean {
	if (isAway(form) || form.isMeeting) return false;
	if (isShort(form)) return true;
	const { changes, hardships, suggestions, solvedOnSpot, note = '' } = form;
	const written = [changes, hardships, suggestions, solvedOnSpot, note].some(
		(text) => text.trim() !== ''
	);
	const { photos, voiceNotes = noVoice() } = form;
	const seen = spokenHazards(form.hazards).length + photos.length + voiceNotes.kept.length;
	return !written && !form.change && seen === 0 && writtenDemands(form).length === 0;
}

/** How one came: to a meeting, with whom, what for. */
function arrivalOf(form: VisitDraft): Record<string, unknown> {
	const companions = spokenCompanions(form.companions);
	return {
		...(form.isMeeting ? { place: form.place.trim() } : {}),
		...(form.isMeeting && form.attendance > 0 ? { attendance: form.attendance } : {}),
		...(form.purpose.length > 0 ? { purpose: [...form.purpose] } : {}),
		...(companions.length > 0 ? { companions } : {})
	};
}

function contentOf(form: VisitDraft, demands: number): Record<string, unknown> {
	const next = form.nextDueOn === '' ? {} : { nextDueOn: form.nextDueOn };
	if (form.met === 'declined') return {};
	if (form.met === 'notHome') return { ...textsOf({ changes: form.changes }), ...next };
	if (isShort(form)) return { allWell: true };
	const policyTold = linesOf(form.policyTold);
	const hazards = spokenHazards(form.hazards);
	return {
		...(isAllWell(form) && demands === 0 ? { allWell: true } : {}),
		...(form.isMeeting ? {} : homeOf(form)),
		...textsOf({
			suggestions: form.suggestions,
			solvedOnSpot: form.solvedOnSpot,
			note: form.note ?? ''
		}),
		...(policyTold.length > 0 ? { policyTold } : {}),
		...(hazards.length > 0 ? { hazards } : {}),
		...next
	};
}

function homeOf(form: VisitDraft): Record<string, unknown> {
	return {
		groups: [...form.groups],
		...(form.size > 0 ? { size: form.size } : {}),
		...(form.residence ? { residence: form.residence } : {}),
		...(form.consent ? { consent: true } : {}),
		...textsOf({ changes: form.changes, hardships: form.hardships })
	};
}

function mediaOf(form: VisitDraft): Record<string, unknown> {
	if (isShort(form)) return {};
	const { photos, voiceNotes = noVoice(), confirmedOrally } = form;
	const { intervieweeSignature, visitorSignature } = form;
	const named = photos.map(({ sha256, caption }) => ({ sha256, ...textsOf({ caption }) }));
	const signed = intervieweeSignature !== null;
	return {
		...(named.length > 0 ? { photos: named } : {}),
		...(voiceNotes.kept.length > 0 ? { voiceNotes: [...voiceNotes.kept] } : {}),
		...(signed ? { intervieweeSignature: intervieweeSignature.sha256 } : {}),
		...(confirmedOrally && !signed ? { confirmedOrally: true } : {}),
		...(visitorSignature === null ? {} : { visitorSignature: visitorSignature.sha256 })
	};
}

function demandSaid(
	demand: DemandDraft,
	about: {
		readonly form: VisitDraft;
		readonly home: Door;
		readonly met: string | undefined;
		readonly now: number;
		readonly draftNo: string | undefined;
	}
): Utterance {
	const { form, home, met, now, draftNo } = about;
	return {
		kind: 'demand.registered.v1',
		record: demand.record,
		...replacing(demand.replaces),
		body: {
			title: titleOf(demand.text),
			description: demand.text.trim(),
			type: demand.type,
			urgency: demand.urgency,
			channel: 'visit',
			...(home === null ? { place: form.place.trim() } : { household: home.record }),
			visit: form.visit,
			...(isToday(form, now) ? {} : { raisedAt: startOf(form) }),
			...(met === undefined ? {} : { requester: met }),
			...(home?.phone === undefined ? {} : { phone: home.phone }),
			...numbered(draftNo)
		}
	};
}

function ended(endedAt: number | undefined): { endedAt?: number } {
	return endedAt === undefined ? {} : { endedAt };
}

function typedSaid(form: VisitDraft): { typed?: ReturnType<typeof typedOf> } {
	const typed = typedOf(form);
	return typed.length > 0 ? { typed } : {};
}

function numbered(draftNo: string | undefined): { draftNo?: string } {
	return draftNo === undefined ? {} : { draftNo };
}

function replacing(entry: string | undefined): { replaces?: EntryId } {
	return entry === undefined ? {} : { replaces: EntryId.parse(entry) };
}

function textsOf(texts: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(texts)
			.map(([field, text]) => [field, text.trim()] as const)
			.filter(([, text]) => text !== '')
	);
}
