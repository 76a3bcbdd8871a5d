/** Which doors are due: the last visit and the tier's cadence say when, the walker's order says where. */
import { addDays, dayOf, type Day } from '#domain/calendar.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import { isOpenState, type DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import type { Settings } from '#domain/settings.ts';
import type { Seen } from '#lib/rows/queries.ts';

/** `lent`: somebody else walks there for now. */
export type DueGroup = 'overdue' | 'today' | 'later' | 'done' | 'lent';

export interface DueLine {
	readonly household: HouseholdRow;
	readonly group: DueGroup;
	readonly dueOn: Day;
	readonly known: KnownOfDoor;
}

/** What to know of a household before knocking. */
export interface KnownOfDoor {
	/** The last time somebody was met, or did not want to be written down. */
	readonly last: VisitRow | null;
	/** The last time of all, 未遇 too. */
	readonly latest: Seen<VisitRow> | null;
	/** Demands that are not done yet. */
	readonly open: readonly DemandRow[];
}

export interface Round {
	readonly households: readonly Seen<HouseholdRow>[];
	readonly visits: readonly Seen<VisitRow>[];
	readonly demands: readonly Seen<DemandRow>[];
	readonly cadenceDays: Settings['cadenceDays'];
	/** The member whose round it is. */
	readonly whose: PersonId;
	readonly now: number;
}

const order: readonly DueGroup[] = ['overdue', 'today', 'later', 'done', 'lent'];

/** Overdue first, then today, later, done; within each as a walker meets the doors. */
export function dueList(round: Round): DueLine[] {
	const { households, visits, demands, cadenceDays, whose, now } = round;
	const today = dayOf(now);
	const visitsOf = byHousehold(visits);
	const demandsOf = byHousehold(demands);
	return households
		.map((seen) => seen.row)
		.filter(isLive)
		.map((household) => {
			const known = knownOfDoor(
				visitsOf.get(household.record) ?? [],
				demandsOf.get(household.record) ?? []
			);
			const dueOn = dueDay(household, known, cadenceDays, today);
			const isLent = isLentOn(household, today) && household.lentTo !== whose;
			const group = isLent ? 'lent' : groupOf(known, dueOn, today);
			return { household, known, dueOn, group };
		})
		.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || byDoor(a, b));
}

export function knownOfDoor(
	visits: readonly Seen<VisitRow>[],
	demands: readonly Seen<DemandRow>[]
): KnownOfDoor {
	const kept = visits
		.filter((seen) => seen.row.state !== 'voided')
		.sort((a, b) => b.row.startedAt - a.row.startedAt);
	return {
		last: kept.find((seen) => seen.row.outcome !== 'notHome')?.row ?? null,
		latest: kept[0] ?? null,
		open: demands.map((seen) => seen.row).filter(({ state }) => isOpenState(state))
	};
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
 * A door never visited is due now.
 */
export function dueDay(
	household: Pick<HouseholdRow, 'tier' | 'nextDueOn' | 'postponedAt'>,
	{ last, latest }: Pick<KnownOfDoor, 'last' | 'latest'>,
	cadenceDays: Settings['cadenceDays'],
	today: Day
): Day {
	if (household.nextDueOn !== undefined && isPostponed(household, latest?.row))
		return household.nextDueOn;
	// 未遇 moves the visit only to a day that was named.
	const isAway = latest !== null && latest.row.record !== last?.record;
	if (isAway && latest.row.nextDueOn !== undefined) return latest.row.nextDueOn;
	if (last === null) return today;
	return last.nextDueOn ?? nextByTier(household, dayOf(last.startedAt), cadenceDays);
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

function groupOf({ latest }: KnownOfDoor, dueOn: Day, today: Day): DueGroup {
	if (latest !== null && dayOf(latest.row.startedAt) === today) return 'done';
	if (dueOn < today) return 'overdue';
	return dueOn === today ? 'today' : 'later';
}

/** By hand: `Map.groupBy` is younger than the oldest browsers this must work in. */
function byHousehold<R extends { readonly household?: RecordId | undefined }>(
	seen: readonly Seen<R>[]
): ReadonlyMap<RecordId, readonly Seen<R>[]> {
	const groups = new Map<RecordId, Seen<R>[]>();
	for (const each of seen) {
		const { household } = each.row;
		if (household === undefined) continue;
		const group = groups.get(household);
		if (group === undefined) groups.set(household, [each]);
		else group.push(each);
	}
	return groups;
}

function byDoor(a: DueLine, b: DueLine): number {
	return (
		compare(a.household.estate, b.household.estate) ||
		compare(a.household.building, b.household.building) ||
		compare(a.household.unit, b.household.unit) ||
		compare(a.household.room, b.household.room)
	);
}

/** Numbers in a text count as numbers: 2 stands before 10. */
function compare(a: string, b: string): number {
	return a.localeCompare(b, 'zh-CN', { numeric: true });
}
