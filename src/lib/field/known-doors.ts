/** What a device knows of the doors of a round, also by those that turned out to be one of them. */
import type { PersonId, RecordId } from '#domain/ids.ts';
import { doorStandingFor, type HouseholdRow } from '#domain/kinds/household.ts';
import { carersOf, isLive } from '#domain/kinds/household-round.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { doorsOfEach } from '#lib/homes/doors-of.ts';
import type { Query, RowQueries, Seen } from '#lib/rows/queries.ts';
import { foundSomebody, type Round } from './due-list.ts';

/** The doors in somebody's care, and every door that was merged into one of them. */
export function doorsInCare(
	rows: Pick<RowQueries, 'all'>,
	person: PersonId
): Query<readonly Seen<HouseholdRow>[]> {
	const all = rows.all({ family: 'household', state: ['active', 'unconfirmed', 'merged'] });
	return async () => {
		const seen = await all();
		const doors = new Map(seen.map(({ row }) => [row.record, row]));
		return seen.filter(({ row }) => {
			const standing = doorStandingFor(row, doors);
			return isLive(standing) && carersOf(standing).includes(person);
		});
	};
}

/** All visits to these doors and all demands from them. */
export function toldOfDoors(
	rows: Pick<RowQueries, 'all'>,
	doors: readonly RecordId[]
): Query<Pick<Round, 'visits' | 'demands'>> {
	return async () => {
		const [visits, demands] = await Promise.all([
			Promise.all(doors.map((on) => rows.all({ family: 'visit', on })())),
			Promise.all(doors.map((on) => rows.all({ family: 'demand', on })()))
		]);
		return { visits: visits.flat(), demands: demands.flat() };
	};
}

/** The last visit of each household that found somebody there, whichever of its doors it was told of. */
export function lastVisits(
	rows: Pick<RowQueries, 'all' | 'lastOn'>,
	households: readonly RecordId[]
): Query<ReadonlyMap<RecordId, VisitRow>> {
	return async () => {
		const standing = await doorsOfEach(rows, households)();
		const visits = await rows.lastOn('visit', [...standing.keys()], foundSomebody)();
		const last = new Map<RecordId, VisitRow>();
		for (const [door, household] of standing) {
			const visit = visits.get(door);
			const before = last.get(household);
			if (visit && (before === undefined || before.startedAt < visit.startedAt))
				last.set(household, visit);
		}
		return last;
	};
}
