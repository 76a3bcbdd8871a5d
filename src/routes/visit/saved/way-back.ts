/** Where a visit that is taken back goes on: its form, with the short way chosen if nothing else was typed there. */
import type { VisitRow } from '#domain/kinds/visit.ts';

export function wayBack(row: Pick<VisitRow, 'household' | 'outcome' | 'allWell'>): string {
	if (row.household === undefined) return '/visit/new?as=meeting';
	const form = `/visit/new?household=${row.household}`;
	if (row.outcome === 'notHome') return `${form}&as=notHome`;
	return row.allWell ? `${form}&as=allWell` : form;
}
