/** One visit line by line, in the order it was told. */
import type { VisitRow } from '#domain/kinds/visit.ts';
import { spanWords } from '#lib/field/visit-words.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords, nearDayWords } from '#lib/ui/format.ts';

interface Fact {
	readonly term: string;
	readonly words: string;
}

export function visitFacts(row: VisitRow, now: number): readonly Fact[] {
	const fields = m.records.fieldWords;
	const record = m.member.record;
	const number = row.no ?? (row.draftNo && record.draftNumber(row.draftNo));
	const groups = (row.groups ?? []).map((group) => m.group[group]).join(m.records.separator);
	const told: readonly (readonly [string, string | undefined])[] = [
		[record.number, number],
		[record.outcome, row.allWell ? record.allWell : m.visitOutcome[row.outcome]],
		[fields.interviewee, row.interviewee],
		[record.when, m.when.at(nearDayWords(row.startedAt, now), spanWords(row))],
		[record.mode, m.visitMode[row.mode]],
		[fields.groups, groups],
		[m.member.home.size, row.size === undefined ? undefined : m.records.size(row.size)],
		[fields.changes, row.changes],
		[fields.hardships, row.hardships],
		[fields.suggestions, row.suggestions],
		[fields.hazards, row.hazards],
		[fields.solvedOnSpot, row.solvedOnSpot],
		[fields.nextDueOn, row.nextDueOn && dayWords(row.nextDueOn)]
	];
	return told.flatMap(([term, words]) => (words ? [{ term, words }] : []));
}
