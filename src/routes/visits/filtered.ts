/** Visits that fit a filter the index does not know: pages are read until enough are found. */
import { endOfDay, startOfDay } from '#domain/calendar.ts';
import type { Span } from '#domain/figures.ts';
import type { OrgId } from '#domain/ids.ts';
import type { VisitOutcome, VisitRow, VisitState } from '#domain/kinds/visit.ts';
import type { Cursor, Page, Query, Seen } from '#lib/rows/queries.ts';

export type ReviewState = Exclude<VisitState, 'voided'>;

export interface VisitFilter {
	readonly org: OrgId;
	readonly person: string | undefined;
	readonly outcome: VisitOutcome | 'voided' | undefined;
	/** How far the desk has come with it. */
	readonly review?: ReviewState | undefined;
	readonly span: Span | undefined;
	readonly limit: number;
}

export interface Found {
	readonly items: readonly Seen<VisitRow>[];
	readonly hasMore: boolean;
}

export const noneFound: Found = { items: [], hasMore: false };

type PageOfVisits = (asked: {
	readonly family: 'visit';
	readonly org: OrgId;
	readonly person?: string;
	readonly from?: Cursor;
	readonly limit: number;
	readonly newestFirst: true;
}) => Query<Page<VisitRow>>;

const PAGE = 200;

/** The newest first; a quarter's pages end with its first day. */
export function visitsWhere(page: PageOfVisits, filter: VisitFilter): Query<Found> {
	const { org, person, span, limit } = filter;
	const first = span === undefined ? -Infinity : startOfDay(span.from);
	return async () => {
		const items: Seen<VisitRow>[] = [];
		let from: Cursor | undefined;
		for (;;) {
			const asked = { family: 'visit', org, limit: PAGE, newestFirst: true } as const;
			const { items: read, next } = await page({
				...asked,
				...(person === undefined ? {} : { person }),
				...(from === undefined ? {} : { from })
			})();
			for (const seen of read) {
				if (!fits(seen.row, filter)) continue;
				if (items.length === limit) return { items, hasMore: true };
				items.push(seen);
			}
			if (next === null || next.sort < first) return { items, hasMore: false };
			from = next;
		}
	};
}

function fits(row: VisitRow, { outcome, review, span }: VisitFilter): boolean {
	if (review !== undefined && row.state !== review) return false;
	if (outcome === 'voided') return row.state === 'voided' && isWithin(row, span);
	if (outcome !== undefined && (row.outcome !== outcome || row.state === 'voided')) return false;
	return isWithin(row, span);
}

function isWithin({ startedAt }: VisitRow, span: Span | undefined): boolean {
	if (span === undefined) return true;
	return startOfDay(span.from) <= startedAt && startedAt <= endOfDay(span.to);
}
