/** The facts of a demand in the order that whoever works on it asks for them. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { Settings } from '#domain/settings.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m } from '#lib/i18n/index.ts';
import { categoryWords } from '#lib/ui/demand-options.ts';
import { doorWords, responsible } from '#lib/ui/demand-words.ts';
import { dayWords, momentWords } from '#lib/ui/format.ts';
import type { Speaking } from '#lib/ui/record-words.ts';

export interface Fact {
	readonly term: string;
	readonly words: string;
}

/** Who is who, and what the district calls its categories. */
type Knowing = Speaking & Pick<Settings, 'categories'>;

export function demandFacts(
	row: DemandRow,
	door: HouseholdRow | undefined,
	{ names, now, categories }: Knowing
): readonly Fact[] {
	const f = m.secretary.facts;
	const comma = m.secretary.comma;
	const said = (parts: readonly (string | undefined)[]): string =>
		parts.filter((part) => part !== undefined && part !== '').join(comma);
	const moment = (at: number | undefined): string | undefined =>
		at === undefined ? undefined : momentWords(at, now);
	const person = (id: string | undefined): string | undefined =>
		id === undefined ? undefined : (names.get(id) ?? m.records.someone);
	const facts: readonly (readonly [string, string])[] = [
		[f.requester, said([row.requester ?? door?.head ?? row.escalatedRequester])],
		[f.place, said(door ? [doorWords(door), row.place] : [row.escalatedPlace ?? row.place])],
		[
			f.kind,
			said([m.demandType[row.type], row.category && categoryWords(categories, row.category)])
		],
		[f.due, said(dueWords(row, now))],
		[f.assignee, said([person(responsible(row))])],
		[m.handing.next, said([nextWords(row, person)])],
		[f.handedBackWhy, said([row.handedBackWhy])],
		[f.source, said([m.channel[row.channel], person(row.raisedBy)])],
		[f.sourceNo, said([row.sourceNo])],
		[f.raisedAt, said([moment(row.raisedAt)])],
		[f.outcome, said([row.outcome && m.outcome[row.outcome]])],
		[f.declined, said([row.declineCode && m.declineReason[row.declineCode]])],
		[f.reply, said([row.reply])],
		[f.reason, said([row.closedReason])]
	];
	return facts.filter(([, words]) => words !== '').map(([term, words]) => ({ term, words }));
}

function nextWords(
	{ nextAssignee, nextAssigneeFrom: day }: DemandRow,
	person: (id: string | undefined) => string | undefined
): string | undefined {
	const who = person(nextAssignee);
	return who && day && m.handing.nextWho(who, dayWords(day));
}

function dueWords(row: DemandRow, now: number): readonly (string | undefined)[] {
	const f = m.secretary.facts;
	const by = (due: number | undefined, say: (when: string) => string): string | undefined =>
		due === undefined ? undefined : say(momentWords(due, now));
	switch (row.state) {
		case 'registered':
			return [by(row.signDueAt, f.signBy), by(row.resolveDueAt, f.resolveBy)];
		case 'accepted':
		case 'escalatedSub':
			return [by(row.resolveDueAt, f.resolveBy)];
		default:
			return [];
	}
}

/** The number people say on the phone: the official one once there is one. */
export function numberWords(row: DemandRow): string | undefined {
	if (row.no !== undefined) return m.secretary.facts.officialNo(row.no);
	return row.draftNo === undefined ? undefined : m.secretary.facts.draftNo(row.draftNo);
}

/** 0312-SQ-2026Q4-0187，11月20日登记，已受理 */
export function aboutWords(row: DemandRow): string {
	const day = dayWords(row.raisedAt ?? row.createdAt);
	const state = m.demandState[row.state];
	return row.no === undefined
		? m.secretary.duplicate.aboutNoNumber(day, state)
		: m.secretary.duplicate.about(row.no, day, state);
}

export interface Compared {
	readonly term: string;
	readonly one: string;
	readonly other: string;
}

/** The facts of two demands in one list of lines; a line that neither has is left out. */
export function comparison(
	[one, oneDoor]: readonly [DemandRow, HouseholdRow | undefined],
	[other, otherDoor]: readonly [DemandRow, HouseholdRow | undefined],
	speaking: Knowing
): readonly Compared[] {
	const fields = m.records.fieldWords;
	const lines = (row: DemandRow, door: HouseholdRow | undefined): ReadonlyMap<string, string> =>
		new Map([
			[fields.title, row.title],
			[fields.description, row.description],
			[fields.state, m.demandState[row.state]],
			[fields.no, row.no ?? row.draftNo ?? ''],
			[fields.createdAt, momentWords(row.createdAt, speaking.now)],
			...demandFacts(row, door, speaking).map(({ term, words }) => [term, words] as const)
		]);
	const [left, right] = [lines(one, oneDoor), lines(other, otherDoor)];
	return [...new Set([...left.keys(), ...right.keys()])]
		.map((term) => ({ term, one: left.get(term) ?? '', other: right.get(term) ?? '' }))
		.filter((line) => line.one !== '' || line.other !== '');
}
