/** What was registered of a demand, and what the community answered. */
import type { PersonId } from '#domain/ids.ts';
import { isOpenState, type DemandRow } from '#domain/kinds/demand.ts';
import type { Settings } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import { categoryWords } from '#lib/ui/demand-options.ts';
import { responsible } from '#lib/ui/demand-words.ts';
import type { Speaking } from '#lib/ui/record-words.ts';
import { momentWords } from '#lib/ui/format.ts';

interface Fact {
	readonly term: string;
	readonly words: string;
}

export function demandFacts(
	row: DemandRow,
	door: string | undefined,
	{
		names,
		now,
		categories,
		me
	}: Speaking & Pick<Settings, 'categories'> & { readonly me: PersonId }
): readonly Fact[] {
	const words = m.member.demands;
	const number = row.no ?? (row.draftNo && m.member.record.draftNumber(row.draftNo));
	const kind = [
		row.category && categoryWords(categories, row.category),
		m.demandType[row.type],
		m.urgency[row.urgency]
	];
	const whose = responsible(row);
	const assignee =
		whose === me ? m.member.given.me : whose && (names.get(whose) ?? m.records.someone);
	const told: readonly (readonly [string, string | undefined])[] = [
		[words.number, number],
		[words.assigneeTerm, assignee],
		[words.due, dueWords(row, now)],
		[words.reply, row.reply],
		[words.text, row.description === row.title ? undefined : row.description],
		[words.kind, kind.filter(Boolean).join(m.records.separator)],
		[words.requester, row.requester ?? row.assignedRequester],
		[words.place, door === undefined ? (row.assignedPlace ?? row.place) : (row.place ?? door)]
	];
	return told.flatMap(([term, said]) => (said ? [{ term, words: said }] : []));
}

function dueWords(row: DemandRow, now: number): string | undefined {
	const words = m.member.demands;
	if (row.state === 'registered' && row.signDueAt !== undefined)
		return words.signBy(momentWords(row.signDueAt, now));
	if (isOpenState(row.state) && row.resolveDueAt !== undefined)
		return words.resolveBy(momentWords(row.resolveDueAt, now));
	return undefined;
}
