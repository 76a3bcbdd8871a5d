/** A household in words: its name, who lives there, and how its next visit stands. */
import { dayOf } from '#domain/calendar.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m } from '#lib/i18n/index.ts';
import { dayWords, dueDayStatus } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';
import type { DueLine } from './due-list.ts';

export function householdName(row: Pick<HouseholdRow, 'head'>): string {
	return row.head ?? m.member.noName;
}

/** 82岁·独居; whatever of it is known. */
export function householdNote(
	row: Pick<HouseholdRow, 'headBorn' | 'groups' | 'state'>,
	now: number
): string | undefined {
	if (row.state === 'unconfirmed') return m.member.home.unconfirmed;
	const [first] = row.groups;
	const group = first && m.group[first];
	if (row.headBorn === undefined) return group;
	const years = Number(dayOf(now).slice(0, 4)) - row.headBorn;
	return group === undefined ? m.place.age(years) : m.place.ageAndGroup(years, group);
}

/** How a door stands today: done, overdue, due, or in how many days. */
export function dueStatus({ household, group, known, dueOn, by }: DueLine, now: number): Status {
	const words = m.member.today;
	if (group === 'lent')
		return { is: 'presence', words: m.round.lent.mine(dayWords(household.lentUntil ?? '')) };
	if (group !== 'done' || known.latest === null) {
		if (by !== null) return changeStatus(by, now);
		const status = dueDayStatus(dueOn, now);
		if (known.last !== null || group === 'later') return status;
		return group === 'overdue'
			? { ...status, words: words.neverLate(status.words) }
			: { is: 'notStarted', words: words.never };
	}
	if (known.latest.stage === 'waiting') return { is: 'onDevice', words: m.status.onDevice };
	if (known.latest.row.outcome === 'notHome') return { is: 'closed', words: words.notHomeToday };
	return { is: 'done', words: words.visitedToday };
}

function changeStatus(by: number, now: number): Status {
	const { isDue, isLate } = m.round.change;
	return by < now ? { is: 'overdue', words: isLate } : { is: 'dueSoon', words: isDue };
}
