/** A visit in words: when it was, how it went, and where it is now. */
import type { VisitRow } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { clock } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';

/** 14:02—14:13, or the start alone. */
export function spanWords(row: Pick<VisitRow, 'startedAt' | 'endedAt'>): string {
	if (row.endedAt === undefined) return clock(row.startedAt);
	return m.member.visit.check.span(clock(row.startedAt), clock(row.endedAt));
}

/** What a list says of a visit besides its line: 作废, or that it is still here. */
export function visitStatuses({ row, stage }: Seen<VisitRow>): readonly Status[] {
	const statuses: Status[] = [];
	if (row.state === 'voided')
		statuses.push({ is: 'closed', words: m.records.stateWords.voided ?? '' });
	if (row.state === 'returned') statuses.push({ is: 'dueSoon', words: m.visit.state.returned });
	if (row.state === 'reviewed') statuses.push({ is: 'done', words: m.visit.state.reviewed });
	if (stage === 'waiting') statuses.push({ is: 'onDevice', words: m.status.onDevice });
	if (row.clockOff) statuses.push({ is: 'late', words: m.status.clock });
	if (row.late) statuses.push({ is: 'late', words: m.records.fieldWords.late });
	if (row.createdBy !== row.visitor)
		statuses.push({ is: 'presence', words: m.round.record.written });
	if (row.conflicts && row.conflicts.length > 0)
		statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}
