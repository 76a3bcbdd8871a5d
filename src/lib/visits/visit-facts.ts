/** One visit line by line, in the order it was told; what was not said is left out. */
import type { Addition } from '#domain/kinds/visit-adding.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { spanWords } from '#lib/field/visit-words.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords, momentWords, nearDayWords } from '#lib/ui/format.ts';
import { companionWords, hazardWords, locationWords } from './value-words.ts';

export interface VisitFact {
	readonly term: string;
	readonly words: string;
}

export interface Telling {
	readonly now: number;
	/** Who is who; absent where the reader is the visitor. */
	readonly names?: ReadonlyMap<string, string>;
}

export function visitFacts(row: VisitRow, { now, names }: Telling): readonly VisitFact[] {
	const fields = m.records.fieldWords;
	const record = m.member.record;
	const number = row.no ?? (row.draftNo && record.draftNumber(row.draftNo));
	const told: readonly (readonly [string, string | readonly string[] | undefined])[] = [
		[record.number, number],
		[fields.visitor, names && (names.get(row.visitor) ?? m.records.someone)],
		[fields.createdBy, writtenWords(row, names)],
		[record.outcome, row.allWell ? record.allWell : m.visitOutcome[row.outcome]],
		[fields.place, row.place],
		[fields.attendance, row.attendance === undefined ? undefined : m.records.size(row.attendance)],
		[fields.interviewee, row.interviewee],
		[fields.relation, row.relation && m.relation[row.relation]],
		[record.when, m.when.at(nearDayWords(row.startedAt, now), spanWords(row))],
		[record.mode, m.visitMode[row.mode]],
		[fields.purpose, row.purpose?.map((each) => m.visit.purpose[each])],
		[fields.companions, row.companions?.map(companionWords)],
		[fields.consent, row.consent ? m.records.yes : undefined],
		[fields.groups, row.groups?.map((group) => m.group[group])],
		[m.member.home.size, row.size === undefined ? undefined : m.records.size(row.size)],
		[fields.residence, row.residence && m.residence[row.residence]],
		[fields.changes, row.changes],
		[fields.hardships, row.hardships],
		[fields.policyTold, row.policyTold],
		[fields.suggestions, row.suggestions],
		[fields.hazards, row.hazards?.map(hazardWords)],
		[fields.solvedOnSpot, row.solvedOnSpot],
		[fields.note, row.note],
		[fields.confirmedOrally, row.confirmedOrally ? m.records.yes : undefined],
		[fields.signedOnPaper, row.signedOnPaper ? m.records.yes : undefined],
		[fields.nextDueOn, row.nextDueOn && dayWords(row.nextDueOn)],
		[fields.location, row.location && locationWords(row.location)],
		[fields.reviewedBy, reviewedWords(row, { now, names: names ?? new Map() })],
		[fields.voidedReason, row.voidedReason]
	];
	return told.flatMap(([term, said]) => {
		const words = typeof said === 'string' ? said : said?.join(m.records.separator);
		return words ? [{ term, words }] : [];
	});
}

/** [J6] 代录: who wrote it down, where that was not who walked. */
function writtenWords(
	{ createdBy, visitor }: VisitRow,
	names: ReadonlyMap<string, string> | undefined
): string | undefined {
	if (createdBy === visitor) return undefined;
	const clerk = names?.get(createdBy);
	return clerk === undefined ? m.round.record.written : m.round.record.by(clerk);
}

/** What was added, in one line. */
export function additionWords({ note, photos, voiceNotes = 0 }: Addition): string {
	const words = [
		note,
		photos > 0 ? m.visit.add.photos(photos) : undefined,
		voiceNotes > 0 ? m.visit.voice.count(voiceNotes) : undefined
	];
	return words.filter(Boolean).join(m.member.comma);
}

function reviewedWords(
	{ reviewedBy, reviewedAt, reviewNote }: VisitRow,
	{ now, names }: Required<Telling>
): string | undefined {
	if (reviewedBy === undefined || reviewedAt === undefined) return undefined;
	const who = names.get(reviewedBy) ?? m.roles.communitySecretary;
	const by = m.visit.review.by(who, momentWords(reviewedAt, now));
	return [by, reviewNote].filter(Boolean).join(m.member.comma);
}
