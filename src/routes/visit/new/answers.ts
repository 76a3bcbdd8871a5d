/** The filled-in form once more in words, for the check before 上报. */
import { dayOf } from '#domain/calendar.ts';
import type { DoorBegun } from '#lib/drafts/begun-visit.ts';
import type { VisitRules } from '#domain/settings.ts';
import { titleOf } from '#lib/field/demand-title.ts';
import { nextByTier } from '#lib/field/due-list.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords } from '#lib/ui/format.ts';
import { spokenHazards } from '#lib/visits/hazards.ts';
import { linesOf } from '#lib/visits/lines.ts';
import { hazardWords } from '#lib/visits/value-words.ts';
import { mediaWords } from './media-words.ts';
import { relationTold, writtenDemands, type VisitDraft } from './visit-draft.ts';
import { changeTold, isAllWell, whoMet } from './visit-said.ts';
import { startOf, whenWords } from './when.ts';

export interface Answer {
	/** The step it is changed in. */
	readonly id: '1' | '2' | '3' | '4' | 'other' | 'next';
	readonly question: string;
	readonly words: string | readonly string[];
}

export function answersOf(
	form: VisitDraft,
	home: DoorBegun | null,
	{ now, rules }: { now: number; rules: VisitRules }
): readonly Answer[] {
	const words = m.member.visit.check;
	const demands = writtenDemands(form);
	const isHome = home !== null;
	return [
		{
			id: '1',
			question: isHome ? words.who : m.visit.meeting.step,
			words: [whoWords(form, home, now), ...arrivalWords(form)]
		},
		...(isHome ? [{ id: '2' as const, question: words.home, words: homeWords(form, home) }] : []),
		{
			id: '3',
			question: demands.length === 0 ? words.demands : words.demandsN(demands.length),
			words: demands.length === 0 ? noDemands(form) : demands.map((each) => titleOf(each.text))
		},
		{ id: '4', question: m.visit.check.media, words: mediaWords(form) },
		{ id: 'other', question: words.other, words: otherWords(form) },
		...(isHome
			? [{ id: 'next' as const, question: words.next, words: nextWords(form, home, rules) }]
			: [])
	];
}

/** The day of the next visit if none is named. */
export function nextByRule(
	form: Pick<VisitDraft, 'startedAt' | 'day' | 'startTime'>,
	home: DoorBegun,
	rules: VisitRules
): string {
	return dayWords(nextByTier(home, dayOf(startOf(form)), rules.cadenceDays));
}

function whoWords(form: VisitDraft, home: DoorBegun | null, now: number): string {
	const words = m.member.visit.check;
	if (home === null) {
		const people = form.attendance > 0 ? m.visit.check.people(form.attendance) : '';
		return m.visit.check.meeting(trim(form.place), people, whenWords(form, now));
	}
	const met = whoMet(form, home) ?? '';
	const who = form.met === 'self' ? m.member.visit.who.self(met) : met;
	return words.whoWords(who, m.visitMode[form.mode ?? 'home'], whenWords(form, now));
}

function arrivalWords(form: VisitDraft): readonly string[] {
	const words = m.visit.check;
	const relation = relationTold(form);
	const named = form.companions.filter(({ name }) => trim(name) !== '');
	const companions = named.map(({ name, post }) => m.visit.companion(trim(name), trim(post)));
	const purposes = form.purpose.map((each) => m.visit.purpose[each]);
	return [
		...(form.isMeeting ? [m.visitMode[form.mode ?? 'courtyard'], trim(form.interviewee)] : []),
		form.met === 'other' && relation !== undefined ? m.relation[relation] : '',
		...(purposes.length > 0 ? [words.purpose(purposes.join(m.records.separator))] : []),
		...(companions.length > 0 ? [words.companions(companions.join(m.records.separator))] : [])
	].filter(Boolean);
}

function otherWords(form: VisitDraft): readonly string[] {
	const policy = linesOf(form.policyTold);
	return [
		policy.length > 0 ? m.visit.check.policy(policy.join(m.records.separator)) : '',
		trim(form.suggestions),
		...spokenHazards(form.hazards).map(hazardWords),
		trim(form.solvedOnSpot),
		trim(form.note ?? ''),
		form.location === null ? '' : m.visit.check.located
	].filter(Boolean);
}

function homeWords(form: VisitDraft, home: DoorBegun): readonly string[] {
	const words = m.member.visit.check;
	const people = [
		form.groups.map((group) => m.group[group]).join(m.records.separator),
		form.size > 0 ? words.size(form.size) : '',
		form.residence ? m.residence[form.residence] : ''
	].filter(Boolean);
	const consent = form.consent ? m.visit.check.consent : '';
	const change = changeTold(form, home);
	const lines = [
		people.join(m.member.semicolon),
		change === undefined ? '' : m.round.change.what[change],
		trim(form.changes),
		trim(form.hardships),
		consent
	];
	return lines.filter(Boolean);
}

function noDemands(form: VisitDraft): string {
	const words = m.member.visit.check;
	return isAllWell(form) ? words.allWell : words.noDemands;
}

function nextWords(form: VisitDraft, home: DoorBegun, rules: VisitRules): string {
	if (changeTold(form, home) !== undefined) return m.round.change.next(rules.afterChangeHours);
	if (form.nextDueOn !== '') return dayWords(form.nextDueOn);
	const day = nextByRule(form, home, rules);
	return m.member.visit.check.nextBy(day, m.careTier[home.tier], rules.cadenceDays[home.tier]);
}

function trim(text: string): string {
	return text.trim();
}
