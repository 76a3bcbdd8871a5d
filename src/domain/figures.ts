/** Figures from facts: the one place where a number shown at any level is counted. */
import type { FactBody } from './element.ts';
import { dayOf, type Day } from './calendar.ts';
import { isOpenState, type DemandState } from './kinds/demand.ts';

/** The latest fact of one record; `record` is a pseudonym upstairs and the record's own id on its device. */
export interface Counted {
	readonly record: string;
	readonly fact: FactBody;
}

/** Days of a statistical period, both included. */
export interface Span {
	readonly from: Day;
	readonly to: Day;
}

export interface Figures {
	/** 走访次数 in the span, 未遇 and 拒绝登记 included, 作废 not. */
	readonly visits: number;
	readonly met: number;
	readonly notHome: number;
	readonly refused: number;
	/** 走到户数: different households met in the span. */
	readonly householdsReached: number;
	/** 在册户数 at the moment of the facts. */
	readonly households: number;
	/** 受理数: demands registered in the span, by present state; 作废 apart. */
	readonly demands: Readonly<Record<DemandState, number>>;
	readonly registered: number;
	/** 办结数 by closing date. */
	readonly closed: number;
	/** Of the demands registered in the span and handled: how many in time. */
	readonly inTime: number;
	readonly handled: number;
	/** 上期结转: open demands registered before the span. */
	readonly carriedOver: number;
	/** Open now, whenever registered: waiting, at the community or with the office. */
	readonly open: number;
	/** 上报办事处: of those, how many the office has. */
	readonly escalated: number;
	/** 由办事处办结, by closing date. */
	readonly closedAbove: number;
	readonly signOverdue: number;
	readonly resolveOverdue: number;
}

const noDemands: Readonly<Record<DemandState, number>> = {
	registered: 0,
	accepted: 0,
	escalatedSub: 0,
	declined: 0,
	merged: 0,
	handled: 0,
	withdrawn: 0,
	voided: 0
};

/** Counts the latest fact of each record, in order of arrival; `now` colours what is overdue (F4). */
export function figures(facts: Iterable<Counted>, span: Span, now: number): Figures {
	const latest = latestFacts(facts);
	const outcomes = { met: 0, notHome: 0, declined: 0 };
	const reached = new Set<string>();
	const demands = { ...noDemands };
	const count = {
		visits: 0,
		households: 0,
		registered: 0,
		closed: 0,
		inTime: 0,
		handled: 0,
		carriedOver: 0,
		open: 0,
		escalated: 0,
		closedAbove: 0,
		signOverdue: 0,
		resolveOverdue: 0
	};
	for (const fact of latest.values())
		switch (fact.family) {
			case 'household':
				if (fact.state === 'active') count.households += 1;
				break;
			case 'visit':
				if (fact.state === 'voided' || !isWithin(fact.date, span)) break;
				count.visits += 1;
				outcomes[fact.outcome] += 1;
				// A meeting in a courtyard reaches no door in particular.
				if (fact.outcome === 'met' && fact.household !== undefined)
					reached.add(doorOf(fact.household, latest));
				break;
			case 'demand':
				countDemand(fact, span, now, demands, count);
				break;
		}
	return {
		...count,
		met: outcomes.met,
		notHome: outcomes.notHome,
		refused: outcomes.declined,
		householdsReached: reached.size,
		demands
	};
}

/** Of each record, its latest fact, in order of arrival. */
export function latestFacts(facts: Iterable<Counted>): ReadonlyMap<string, FactBody> {
	const latest = new Map<string, FactBody>();
	for (const { record, fact } of facts) latest.set(record, fact);
	return latest;
}

/** A door that was merged into another is the same household reached, not one more. */
export function doorOf(household: string, latest: ReadonlyMap<string, FactBody>): string {
	const met = new Set<string>();
	let at = household;
	for (;;) {
		met.add(at);
		const fact = latest.get(at);
		const next = fact?.family === 'household' ? fact.household : undefined;
		if (next === undefined || met.has(next)) return at;
		at = next;
	}
}

function countDemand(
	fact: Extract<FactBody, { family: 'demand' }>,
	span: Span,
	now: number,
	demands: Record<DemandState, number>,
	count: {
		registered: number;
		closed: number;
		inTime: number;
		handled: number;
		carriedOver: number;
		open: number;
		escalated: number;
		closedAbove: number;
		signOverdue: number;
		resolveOverdue: number;
	}
): void {
	if (isOpenState(fact.state)) {
		count.open += 1;
		if (fact.state === 'escalatedSub') count.escalated += 1;
		if (fact.date < span.from) count.carriedOver += 1;
		if (fact.state === 'registered' && isPast(fact.signDueAt, now)) count.signOverdue += 1;
		if (isPast(fact.resolveDueAt, now)) count.resolveOverdue += 1;
	}
	if (fact.state === 'handled' && fact.handledAt !== undefined)
		if (isWithin(dayOf(fact.handledAt), span)) {
			count.closed += 1;
			if (fact.level === 'subdistrict') count.closedAbove += 1;
		}
	if (!isWithin(fact.date, span)) return;
	demands[fact.state] += 1;
	if (fact.state === 'voided') return;
	count.registered += 1;
	if (fact.state !== 'handled') return;
	count.handled += 1;
	if (fact.resolveDueAt === undefined || (fact.handledAt ?? 0) <= fact.resolveDueAt)
		count.inTime += 1;
}

function isWithin(day: Day, span: Span): boolean {
	return span.from <= day && day <= span.to;
}

function isPast(due: number | undefined, now: number): boolean {
	return due !== undefined && due < now;
}

/** Sums figures of different communities; households reached never overlap between communities. */
export function sumFigures(parts: readonly Figures[]): Figures {
	return parts.reduce<Figures>(
		(sum, part) => ({
			visits: sum.visits + part.visits,
			met: sum.met + part.met,
			notHome: sum.notHome + part.notHome,
			refused: sum.refused + part.refused,
			householdsReached: sum.householdsReached + part.householdsReached,
			households: sum.households + part.households,
			demands: {
				registered: sum.demands.registered + part.demands.registered,
				accepted: sum.demands.accepted + part.demands.accepted,
				escalatedSub: sum.demands.escalatedSub + part.demands.escalatedSub,
				declined: sum.demands.declined + part.demands.declined,
				merged: sum.demands.merged + part.demands.merged,
				handled: sum.demands.handled + part.demands.handled,
				withdrawn: sum.demands.withdrawn + part.demands.withdrawn,
				voided: sum.demands.voided + part.demands.voided
			},
			registered: sum.registered + part.registered,
			closed: sum.closed + part.closed,
			inTime: sum.inTime + part.inTime,
			handled: sum.handled + part.handled,
			carriedOver: sum.carriedOver + part.carriedOver,
			open: sum.open + part.open,
			escalated: sum.escalated + part.escalated,
			closedAbove: sum.closedAbove + part.closedAbove,
			signOverdue: sum.signOverdue + part.signOverdue,
			resolveOverdue: sum.resolveOverdue + part.resolveOverdue
		}),
		noFigures
	);
}

const noFigures: Figures = {
	visits: 0,
	met: 0,
	notHome: 0,
	refused: 0,
	householdsReached: 0,
	households: 0,
	demands: noDemands,
	registered: 0,
	closed: 0,
	inTime: 0,
	handled: 0,
	carriedOver: 0,
	open: 0,
	escalated: 0,
	closedAbove: 0,
	signOverdue: 0,
	resolveOverdue: 0
};
