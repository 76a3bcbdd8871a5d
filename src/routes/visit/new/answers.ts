/** The filled-in form once more in words, for the check before 上报. */
import { dayOf } from '#domain/calendar.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { Settings } from '#domain/settings.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { nextByTier } from '#lib/field/due-list.ts';
import { m } from '#lib/i18n/index.ts';
import { clock, dayWords } from '#lib/ui/format.ts';
import { writtenDemands, type VisitDraft } from './visit-draft.ts';
import { isAllWell, whoMet } from './visit-said.ts';

export interface Answer {
	/** The step it is changed in. */
	readonly id: '1' | '2' | '3' | '4' | 'next';
	readonly question: string;
	readonly words: string | readonly string[];
}

export function answersOf(
	form: VisitDraft,
	home: HouseholdRow,
	{ now, cadenceDays }: { now: number; cadenceDays: Settings['cadenceDays'] }
): readonly Answer[] {
	const words = m.member.visit.check;
	const demands = writtenDemands(form);
	return [
		{ id: '1', question: words.who, words: whoWords(form, home, now) },
		{ id: '2', question: words.home, words: homeWords(form) },
		{
			id: '3',
			question: demands.length === 0 ? words.demands : words.demandsN(demands.length),
			words: demands.length === 0 ? noDemands(form) : demands.map((each) => titleOf(each.text))
		},
		{
			id: '4',
			question: words.other,
			words: [form.suggestions, form.hazards, form.solvedOnSpot].map(trim).filter(Boolean)
		},
		{ id: 'next', question: words.next, words: nextWords(form, home, cadenceDays) }
	];
}

/** The day of the next visit if none is named. */
export function nextByRule(
	form: Pick<VisitDraft, 'startedAt'>,
	home: HouseholdRow,
	cadenceDays: Settings['cadenceDays']
): string {
	return dayWords(nextByTier(home, dayOf(form.startedAt), cadenceDays));
}

function whoWords(form: VisitDraft, home: HouseholdRow, now: number): string {
	const words = m.member.visit.check;
	const met = whoMet(form, home) ?? '';
	const who = form.met === 'self' ? m.member.visit.who.self(met) : met;
	const span = words.span(clock(form.startedAt), clock(form.endedAt ?? now));
	return words.whoWords(who, m.visitMode[form.mode ?? 'home'], span);
}

function homeWords(form: VisitDraft): readonly string[] {
	const words = m.member.visit.check;
	const people = [
		form.groups.map((group) => m.group[group]).join(m.records.separator),
		form.size > 0 ? words.size(form.size) : ''
	].filter(Boolean);
	const lines = [people.join(m.member.semicolon), trim(form.changes), trim(form.hardships)];
	return lines.filter(Boolean);
}

function noDemands(form: VisitDraft): string {
	const words = m.member.visit.check;
	return isAllWell(form) ? words.allWell : words.noDemands;
}

function nextWords(
	form: VisitDraft,
	home: HouseholdRow,
	cadenceDays: Settings['cadenceDays']
): string {
	if (form.nextDueOn !== '') return dayWords(form.nextDueOn);
	const day = nextByRule(form, home, cadenceDays);
	return m.member.visit.check.nextBy(day, m.careTier[home.tier], cadenceDays[home.tier]);
}

function trim(text: string): string {
	return text.trim();
}
