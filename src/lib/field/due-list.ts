/** Which doors are due: the last visit and the tier's cadence say when, the walker's order says where. */
import { visitBy } from '#domain/after-change.ts';
import { addDays, dayOf, type Day } from '#domain/calendar.ts';
import type { Instant, PersonId, RecordId } from '#domain/ids.ts';
import { isOpenState, type DemandRow } from '#domain/kinds/demand.ts';
import { doorStandingFor, type HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import type { Settings, VisitRules } from '#domain/settings.ts';
import { groupBy } from '#lib/group-by.ts';
import { byDoor } from '#lib/homes/buildings.ts';
import type { Seen } from '#lib/rows/queries.ts';

/** `lent`: somebody else walks there for now. */
export type DueGroup = 'overdue' | 'today' | 'later' | 'done' | 'lent';

export interface DueLine {
	readonly household: HouseholdRow;
	readonly group: DueGroup;
	readonly dueOn: Day;
	/** 重大变化: the moment by which somebody is to be met for it, while nobody was. */
	readonly by: Instant | null;
	readonly known: KnownOfDoor;
}

/** What to know of a household before knocking. */
export interface KnownOfDoor {
	/** The last time somebody was met, or did not want to be written down. */
	readonly last: VisitRow | null;
	/** The last time of all, 未遇 too. */
	readonly latest: Seen<VisitRow> | null;
	/** When somebody was last met. */
	readonly metAt: Instant | undefined;
	/** Demands that are not done yet. */
	readonly open: readonly DemandRow[];
}

export interface Round {
	/** Also those that were merged into one of them: what was told there is known of the one that stands. */
	readonly households: readonly Seen<HouseholdRow>[];
	readonly visits: readonly Seen<VisitRow>[];
	readonly demands: readonly Seen<DemandRow>[];
	readonly rules: VisitRules;
	/** The member whose round it is. */
	readonly whose: PersonId;
	readonly now: number;
}

const order: readonly DueGroup[] = ['overdue', 'today', 'later', 'done', 'lent'];

/** After a major change first, then overdue, today, later, done; within each as a walker meets the doors. */
export function dueList(round: Round): DueLine[] {
	const { households, visits, demands, rules, whose, now } = round;
	const today = dayOf(now);
	const doors = new Map(households.map(({ row }) => [row.record, row]));
	const visitsOf = byHousehold(visits, doors);
	const demandsOf = byHousehold(demands, doors);
	return [...doors.values()]
		.filter(isLive)
		.map((household) => {
			const known = knownOfDoor(
				visitsOf.get(household.record) ?? [],
				demandsOf.get(household.record) ?? []
			);
			const by = dueBy(household, known, rules);
			const dueOn = sooner(dueDay(household, known, rules.cadenceDays, today), by);
			const isLent = isLentOn(household, today) && household.lentTo !== whose;
			const group = isLent ? 'lent' : groupOf({ household, known, dueOn, by }, now);
			return { household, known, dueOn, by, group };
		})
		.sort((a, b) => rankOf(a) - rankOf(b) || byDoor({ row: a.household }, { row: b.household }));
}

export function knownOfDoor(
	visits: readonly Seen<VisitRow>[],
	demands: readonly Seen<DemandRow>[]
): KnownOfDoor {
	const kept = visits
		.filter((seen) => seen.row.state !== 'voided')
		.sort((a, b) => b.row.startedAt - a.row.startedAt);
	return {
		last: kept.find((seen) => foundSomebody(seen.row))?.row ?? null,
		latest: kept[0] ?? null,
		metAt: kept.find((seen) => seen.row.outcome === 'met')?.row.startedAt,
		open: demands.map((seen) => seen.row).filter(({ state }) => isOpenState(state))
	};
}

/** Somebody was met, or did not want to be written down; 未遇 and 作废 are no visit of the door. */
export function foundSomebody({ state, outcome }: Pick<VisitRow, 'state' | 'outcome'>): boolean {
	return state !== 'voided' && outcome !== 'notHome';
}

/** 代班 holds through its last day, whether or not the relay has said yet that it is over (F4). */
export function isLentOn(
	{ lentTo, lentUntil }: Pick<HouseholdRow, 'lentTo' | 'lentUntil'>,
	day: Day
): boolean {
	return lentTo !== undefined && lentUntil !== undefined && day <= lentUntil;
}

/** The visit was put off, and nobody has knocked since. */
export function isPostponed(
	{ nextDueOn, postponedAt }: Pick<HouseholdRow, 'nextDueOn' | 'postponedAt'>,
	latest: Pick<VisitRow, 'startedAt'> | undefined
): boolean {
	return nextDueOn !== undefined && (postponedAt ?? 0) > (latest?.startedAt ?? 0);
}

/**
 * The day of the next visit: what was last said of it, by putting it off or at the door; else by the tier.
 * A door where nobody was ever met is due each day from the first, and overdue once its tier's days have passed
 * since it was entered or came to this member, whichever was later; 未遇 does not begin them anew.
 */
export function dueDay(
	household: Pick<HouseholdRow, 'tier' | 'nextDueOn' | 'postponedAt' | 'createdAt' | 'linkedFrom'>,
	{ last, latest }: Pick<KnownOfDoor, 'last' | 'latest'>,
	cadenceDays: Settings['cadenceDays'],
	today: Day
): Day {
	if (household.nextDueOn !== undefined && isPostponed(household, latest?.row))
		return household.nextDueOn;
	// 未遇 moves the visit only to a day that was named.
	const isAway = latest !== null && latest.row.record !== last?.record;
	if (isAway && latest.row.nextDueOn !== undefined) return latest.row.nextDueOn;
	if (last === null) {
		const since = Math.max(household.createdAt, household.linkedFrom ?? 0);
		const latestDay = nextByTier(household, dayOf(since), cadenceDays);
		return latestDay < today ? latestDay : today;
	}
	return last.nextDueOn ?? nextByTier(household, dayOf(last.startedAt), cadenceDays);
}

/** Until when somebody is to be met for what changed there; putting the visit off after it says another day. */
export function dueBy(
	household: HouseholdRow,
	{ latest, metAt }: Pick<KnownOfDoor, 'latest' | 'metAt'>,
	{ afterChangeHours }: Pick<VisitRules, 'afterChangeHours'>
): Instant | null {
	const { changedAt = 0, postponedAt = 0 } = household;
	if (postponedAt > changedAt && isPostponed(household, latest?.row)) return null;
	return visitBy(household, metAt, afterChangeHours);
}

export function nextByTier(
	household: Pick<HouseholdRow, 'tier'>,
	from: Day,
	cadenceDays: Settings['cadenceDays']
): Day {
	return addDays(from, cadenceDays[household.tier]);
}

/** The door to knock at next: the first that is due and not done. */
export function nextDoor(lines: readonly DueLine[]): DueLine | null {
	return lines.find(isDue) ?? null;
}

export function isDue(line: DueLine): boolean {
	return line.group === 'overdue' || line.group === 'today';
}

/** The door whose day comes first among those that are not due yet. */
export function soonest(lines: readonly DueLine[]): DueLine | null {
	const later = lines.filter((line) => line.group === 'later');
	return later.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0] ?? null;
}

function sooner(day: Day, by: Instant | null): Day {
	return by !== null && dayOf(by) < day ? dayOf(by) : day;
}

/** What changed cannot wait for its day: it is due from the moment it is known. */
function rankOf(line: DueLine): number {
	return line.by !== null && isDue(line) ? -1 : order.indexOf(line.group);
}

function groupOf(
	{ household, known: { latest }, dueOn, by }: Omit<DueLine, 'group'>,
	now: number
): DueGroup {
	const today = dayOf(now);
	const isSeen = latest !== null && dayOf(latest.row.startedAt) === today;
	// Who was there before anybody told of the change has not been there for it.
	if (isSeen && (by === null || latest.row.createdAt >= (household.changedAt ?? 0))) return 'done';
	if (dueOn < today || (by !== null && by < now)) return 'overdue';
	return dueOn === today || by !== null ? 'today' : 'later';
}

function byHousehold<R extends { readonly household?: RecordId | undefined }>(
	seen: readonly Seen<R>[],
	doors: ReadonlyMap<RecordId, HouseholdRow>
): ReadonlyMap<RecordId, readonly Seen<R>[]> {
	return groupBy(seen, ({ row: { household } }) => {
		const door = household === undefined ? undefined : doors.get(household);
		return door && doorStandingFor(door, doors).record;
	});
}
