/** How the figures moved week by week; counted by the same rules as the figures of a span. */
import { addDays, dayOf, type Day } from './calendar.ts';
import { latestFacts, type Counted } from './figures.ts';

export interface Week {
	/** Both included; the last week ends on the day asked about. */
	readonly from: Day;
	readonly to: Day;
	readonly visits: number;
	readonly registered: number;
	readonly closed: number;
}

const DAYS = 7;

/** The last weeks until `today`, the oldest first, from the latest fact of each record in order of arrival. */
export function weeksUntil(today: Day, facts: Iterable<Counted>, count = 12): readonly Week[] {
	const weeks = Array.from({ length: count }, (_, at) => {
		const to = addDays(today, (at + 1 - count) * DAYS);
		return { from: addDays(to, 1 - DAYS), to, visits: 0, registered: 0, closed: 0 };
	});
	const weekOf = (day: Day) => weeks.find(({ from, to }) => from <= day && day <= to);

	for (const fact of latestFacts(facts).values()) {
		if (fact.family === 'household' || fact.state === 'voided') continue;
		const week = weekOf(fact.date);
		if (fact.family === 'visit') {
			if (week) week.visits += 1;
			continue;
		}
		if (week) week.registered += 1;
		if (fact.state !== 'handled' || fact.handledAt === undefined) continue;
		const closing = weekOf(dayOf(fact.handledAt));
		if (closing) closing.closed += 1;
	}
	return weeks;
}
