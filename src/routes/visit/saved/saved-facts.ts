/** What was saved, in a few lines: whom, when, which demands, and where it is now. */
import type { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { householdName } from '#lib/field/household-words.ts';
import { spanWords } from '#lib/field/visit-words.ts';
import { m } from '#lib/i18n/index.ts';
import type { Seen } from '#lib/rows/queries.ts';
import type { Status } from '#lib/ui/status.ts';

interface Fact {
	readonly term: string;
	readonly words?: string;
	readonly status?: Status;
}

export function savedFacts(
	{ row, stage }: Seen<VisitRow>,
	home: HouseholdRow | undefined,
	demands: ReadonlyMap<RecordId, Seen<DemandRow>>
): readonly Fact[] {
	const words = m.member.saved;
	const who = row.interviewee ?? (home ? householdName(home) : '');
	const how = row.outcome === 'met' ? spanWords(row) : m.visitOutcome[row.outcome];
	const titles = row.demands.flatMap((id) => demands.get(id)?.row.title ?? []);
	return [
		{ term: words.visit, words: [who, how].filter(Boolean).join(m.member.comma) },
		{
			term: words.demands,
			words:
				row.demands.length === 0
					? words.noDemands
					: words.demandsWords(row.demands.length, titles.join(words.titles))
		},
		...(row.draftNo === undefined ? [] : [{ term: words.draftNo, words: row.draftNo }]),
		{
			term: words.state,
			status:
				stage === 'waiting'
					? { is: 'onDevice', words: m.status.onDevice }
					: { is: 'sent', words: words.received }
		}
	];
}
