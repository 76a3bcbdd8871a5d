/** A filled-in visit form as what is said: one commit of the visit and every demand raised in it (E7). */
import { dayOf } from '#domain/calendar.ts';
import { EntryId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { Utterance } from '#lib/app.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import {
	isAway,
	isShort,
	writtenDemands,
	type DemandDraft,
	type VisitDraft
} from './visit-draft.ts';

/** Asks for one 临时编号 after another, the visit's first. */
export async function visitSaid(
	form: VisitDraft,
	home: Pick<HouseholdRow, 'record' | 'head' | 'phone'>,
	{ now, draftNo }: { now: number; draftNo: () => Promise<string | undefined> }
): Promise<readonly Utterance[]> {
	const demands = isShort(form) ? [] : writtenDemands(form);
	const met = whoMet(form, home);
	const visit: Utterance = {
		kind: 'visit.recorded.v1',
		record: form.visit,
		...replacing(form.replaces),
		body: {
			household: home.record,
			outcome: isAway(form) ? form.met : 'met',
			mode: form.mode ?? 'home',
			startedAt: form.startedAt,
			...endOf(form, now),
			...(met === undefined ? {} : { interviewee: met }),
			...contentOf(form, demands.length),
			...numbered(await draftNo()),
			demands: demands.map((each) => each.record)
		}
	};
	const said: Utterance[] = [visit];
	for (const demand of demands)
		said.push(demandSaid(demand, { form, home, met, draftNo: await draftNo() }));
	return said;
}

/** Who spoke, as the visit and its demands name them. */
export function whoMet(form: VisitDraft, home: Pick<HouseholdRow, 'head'>): string | undefined {
	if (form.met === 'self') return home.head;
	return form.met === 'other' ? form.interviewee.trim() : undefined;
}

/** Nothing was written at all: 家里都好. */
export function isAllWell(form: VisitDraft): boolean {
	if (isAway(form)) return false;
	if (isShort(form)) return true;
	const written = [
		form.changes,
		form.hardships,
		form.suggestions,
		form.hazards,
		form.solvedOnSpot
	].some((text) => text.trim() !== '');
	return !written && writtenDemands(form).length === 0;
}

function contentOf(form: VisitDraft, demands: number): Record<string, unknown> {
	const next = form.nextDueOn === '' ? {} : { nextDueOn: form.nextDueOn };
	if (form.met === 'declined') return {};
	if (form.met === 'notHome') return { ...textsOf({ changes: form.changes }), ...next };
	if (isShort(form)) return { allWell: true };
	return {
		...(isAllWell(form) && demands === 0 ? { allWell: true } : {}),
		groups: [...form.groups],
		...(form.size > 0 ? { size: form.size } : {}),
		...textsOf({
			changes: form.changes,
			hardships: form.hardships,
			suggestions: form.suggestions,
			hazards: form.hazards,
			solvedOnSpot: form.solvedOnSpot
		}),
		...next
	};
}

function demandSaid(
	demand: DemandDraft,
	about: {
		readonly form: VisitDraft;
		readonly home: Pick<HouseholdRow, 'record' | 'phone'>;
		readonly met: string | undefined;
		readonly draftNo: string | undefined;
	}
): Utterance {
	const { form, home, met, draftNo } = about;
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
			household: home.record,
			visit: form.visit,
			...(met === undefined ? {} : { requester: met }),
			...(home.phone === undefined ? {} : { phone: home.phone }),
			...numbered(draftNo)
		}
	};
}

/** A visit handed in on another day has no known end. */
function endOf(form: VisitDraft, now: number): { endedAt?: number } {
	const endedAt = form.endedAt ?? now;
	const isSameDay = dayOf(endedAt) === dayOf(form.startedAt);
	return isSameDay && endedAt >= form.startedAt ? { endedAt } : {};
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
