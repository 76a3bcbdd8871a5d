/** The board's lines: figures of each unit in the officer's care, and their total. */
import {
	addDays,
	quarterEnd,
	quarterOf,
	quarterStart,
	startOfDay,
	type Quarter
} from '#domain/calendar.ts';
import { coverageOf, sumCoverage, type Coverage } from '#domain/coverage.ts';
import { figures, sumFigures, type Counted, type Figures, type Span } from '#domain/figures.ts';
import type { OrgId } from '#domain/ids.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import { orgTree } from '#domain/people.ts';
import type { VisitRules } from '#domain/settings.ts';
import { DAY, HOUR } from '#domain/spans.ts';
import { groupBy } from '#lib/group-by.ts';

export interface OrgFact extends Counted {
	readonly org: string;
}

export interface BoardRow {
	readonly org: OrgId | 'total';
	readonly name: string;
	readonly level: OrganisationRow['level'];
	readonly figures: Figures;
}

export interface Board {
	readonly rows: readonly BoardRow[];
	readonly total: Figures;
	/** Communities in care without a visit in the span. */
	readonly quiet: readonly string[];
	/** Communities in care with a 签收 or a 办结 overdue. */
	readonly signLate: number;
	readonly resolveLate: number;
}

export function spanOf(quarter: Quarter): Span {
	return { from: quarterStart(quarter), to: quarterEnd(quarter) };
}

/** As many days of the quarter before as have passed of this one, to compare like with like. */
export function sameStretchOf(before: Quarter, quarter: Quarter, now: number): Span {
	const passed = Math.floor((now - startOfDay(quarterStart(quarter))) / DAY);
	const whole = spanOf(before);
	const to = addDays(whole.from, passed);
	return { from: whole.from, to: to < whole.to ? to : whole.to };
}

/** This quarter and the three before it, newest first. */
export function recentQuarters(now: number): readonly Quarter[] {
	const quarters: Quarter[] = [];
	let moment = now;
	for (let i = 0; i < 4; i++) {
		const quarter = quarterOf(moment);
		quarters.push(quarter);
		moment = Date.parse(`${quarterStart(quarter)}T00:00:00Z`) - 12 * HOUR;
	}
	return quarters;
}

/**
 * Lines for the units directly under `under`: a district's sub-districts, or a sub-district's
 * communities. A community counts by the facts of its own ledger, so every level counts alike.
 */
export function boardOf(
	organisations: readonly OrganisationRow[],
	facts: readonly OrgFact[],
	under: OrgId,
	span: Span,
	now: number
): Board {
	const factsByOrg = groupBy(facts, (fact) => fact.org);
	const childrenOf = groupBy(organisations, (unit) => unit.parent);
	const byCommunity = new Map<string, Figures>();

	function figuresOf(unit: OrganisationRow): Figures {
		if (unit.level !== 'community')
			return sumFigures((childrenOf.get(unit.org) ?? []).map(figuresOf));
		const counted = figures(factsByOrg.get(unit.org) ?? [], span, now);
		if (unit.state === 'active') byCommunity.set(unit.name, counted);
		return counted;
	}

	const rows = unitsUnder(childrenOf, under).map((unit) => ({
		org: unit.org,
		name: unit.name,
		level: unit.level,
		figures: figuresOf(unit)
	}));
	const communities = [...byCommunity];
	return {
		rows,
		total: sumFigures(rows.map((row) => row.figures)),
		quiet: communities.filter(([, each]) => each.visits === 0).map(([name]) => name),
		signLate: communities.filter(([, each]) => each.signOverdue > 0).length,
		resolveLate: communities.filter(([, each]) => each.resolveOverdue > 0).length
	};
}

export interface CoverageRow {
	readonly org: OrgId | 'total';
	readonly name: string;
	readonly coverage: Coverage;
}

/** How often the doors of each unit directly under `under` were met, as it stands at that moment. */
export function coverageUnder(
	organisations: readonly OrganisationRow[],
	facts: readonly OrgFact[],
	under: OrgId,
	rules: VisitRules,
	now: number
): readonly CoverageRow[] {
	const factsByOrg = groupBy(facts, (fact) => fact.org);
	const childrenOf = groupBy(organisations, (unit) => unit.parent);

	function coverageIn(unit: OrganisationRow): Coverage {
		if (unit.level !== 'community')
			return sumCoverage((childrenOf.get(unit.org) ?? []).map(coverageIn));
		return coverageOf(factsByOrg.get(unit.org) ?? [], rules, now);
	}

	return unitsUnder(childrenOf, under).map((unit) => ({
		org: unit.org,
		name: unit.name,
		coverage: coverageIn(unit)
	}));
}

/** Of all communities below `under`, and of itself. */
export function factsUnder(
	organisations: readonly OrganisationRow[],
	facts: readonly OrgFact[],
	under: OrgId
): readonly OrgFact[] {
	const communities: ReadonlySet<string> = new Set(orgTree(organisations).communitiesOf(under));
	return facts.filter(({ org }) => communities.has(org));
}

function unitsUnder(
	childrenOf: ReadonlyMap<OrgId, readonly OrganisationRow[]>,
	under: OrgId
): readonly OrganisationRow[] {
	return (childrenOf.get(under) ?? [])
		.filter((unit) => unit.level !== 'departmentUnit')
		.sort((a, b) => (a.org < b.org ? -1 : 1));
}
