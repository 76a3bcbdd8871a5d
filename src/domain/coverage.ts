/** 走访覆盖 by tier: how many doors were met as often as their tier asks for; the one place where it is counted. */
import { visitBy } from './after-change.ts';
import { addDays, dayOf, startOfDay, type Day } from './calendar.ts';
import type { FactBody } from './element.ts';
import { doorOf, latestFacts, type Counted } from './figures.ts';
import type { Instant } from './ids.ts';
import { CareTier, type VisitRules } from './settings.ts';

export interface Share {
	/** Met within the days of the tier, and within the hours after a major change, up to the moment asked about. */
	readonly met: number;
	/** 在册户 of the tier. */
	readonly doors: number;
}

export type Coverage = Readonly<Record<CareTier, Share>>;

const none: Coverage = {
	high: { met: 0, doors: 0 },
	key: { met: 0, doors: 0 },
	general: { met: 0, doors: 0 }
};

interface Met {
	readonly day: Day;
	readonly at: Instant;
}

/** Of the latest fact of each record, in order of arrival. */
export function coverageOf(
	facts: Iterable<Counted>,
	{ cadenceDays, afterChangeHours }: VisitRules,
	now: Instant
): Coverage {
	const latest = latestFacts(facts);
	const today = dayOf(now);
	const lastMet = lastMetOf(latest, today);
	const counts = { high: { ...none.high }, key: { ...none.key }, general: { ...none.general } };
	for (const [door, fact] of latest) {
		if (fact.family !== 'household' || fact.state !== 'active') continue;
		// A tier of a later version is walked as the least.
		const tier = CareTier.safeParse(fact.tier).data ?? 'general';
		counts[tier].doors += 1;
		const met = lastMet.get(door);
		if (met === undefined || met.day < addDays(today, -cadenceDays[tier])) continue;
		const by = visitBy(fact, met.at, afterChangeHours);
		if (by === null || now <= by) counts[tier].met += 1;
	}
	return counts;
}

/** When somebody was last met behind each door. */
function lastMetOf(latest: ReadonlyMap<string, FactBody>, today: Day): ReadonlyMap<string, Met> {
	const lastMet = new Map<string, Met>();
	for (const fact of latest.values()) {
		if (fact.family !== 'visit' || fact.state === 'voided' || fact.outcome !== 'met') continue;
		if (fact.household === undefined || fact.date > today) continue;
		const door = doorOf(fact.household, latest);
		const met = { day: fact.date, at: fact.startedAt ?? startOfDay(fact.date) };
		const before = lastMet.get(door);
		if (before === undefined || before.at < met.at) lastMet.set(door, met);
	}
	return lastMet;
}

/** A door belongs to one community: shares of several add up. */
export function sumCoverage(parts: readonly Coverage[]): Coverage {
	const sum = (tier: CareTier): Share => ({
		met: parts.reduce((n, part) => n + part[tier].met, 0),
		doors: parts.reduce((n, part) => n + part[tier].doors, 0)
	});
	return { high: sum('high'), key: sum('key'), general: sum('general') };
}
