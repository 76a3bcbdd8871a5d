/** What an erasure reaches: the record asked for, and all that speaks of the same people. */
import type { RecordId } from '#domain/ids.ts';
import { isDemand, type DemandRow } from '#domain/kinds/demand.ts';
import { isHandling, type HandlingRow } from '#domain/kinds/handling.ts';
import { isHousehold, type HouseholdRow } from '#domain/kinds/household.ts';
import { isResident, type ResidentRow } from '#domain/kinds/resident.ts';
import { isVisit, type VisitRow } from '#domain/kinds/visit.ts';
import { doorsOf } from '#lib/homes/doors-of.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';

export type Subject =
	| { readonly is: 'home'; readonly row: HouseholdRow }
	| { readonly is: 'person'; readonly row: ResidentRow }
	| { readonly is: 'demand'; readonly row: DemandRow }
	| { readonly is: 'visit'; readonly row: VisitRow };
export type Erasable = HouseholdRow | ResidentRow | DemandRow | VisitRow | HandlingRow;

export interface Reach {
	readonly subject: Subject;
	/** What goes in any case, in the order in which it goes: what others hang on comes last. */
	readonly sure: readonly Erasable[];
	/** What else names the person: the secretary looks at each. */
	readonly maybe: readonly (VisitRow | DemandRow)[];
	/** The door whose own words name the person: erasing the person alone would leave them there. */
	readonly namedIn: HouseholdRow | null;
	/** The desk's notes of each demand: they go with it. */
	readonly notes: ReadonlyMap<RecordId, readonly HandlingRow[]>;
}

type Rows = Pick<RowQueries, 'one' | 'all' | 'many' | 'history' | 'search'>;

export function reachOf(rows: Rows, record: RecordId): Query<Reach | null> {
	return async () => {
		const subject = await subjectOf(rows, record);
		switch (subject?.is) {
			case undefined:
				return null;
			case 'home':
				return ofHome(rows, subject.row);
			case 'person':
				return ofPerson(rows, subject.row);
			case 'demand':
				return withNotes(rows, { subject, sure: [subject.row], maybe: [], namedIn: null });
			case 'visit':
				return ofVisit(rows, subject.row);
		}
	};
}

async function subjectOf(rows: Rows, record: RecordId): Promise<Subject | null> {
	for (const family of ['household', 'resident', 'demand', 'visit'] as const) {
		const row = (await rows.one(family, record)())?.row;
		if (isHousehold(row)) return { is: 'home', row };
		if (isResident(row)) return { is: 'person', row };
		if (isDemand(row)) return { is: 'demand', row };
		if (isVisit(row)) return { is: 'visit', row };
	}
	return null;
}

/** A door with everything said at it, and the doors that turned out to be the same. */
async function ofHome(rows: Rows, row: HouseholdRow): Promise<Reach> {
	const on = await doorsOf(rows, row.record)();
	const doors = await rows.many('household', on)();
	const residents = await rows.all({ family: 'resident', on })();
	const visits = await rows.all({ family: 'visit', on })();
	const demands = await rows.all({ family: 'demand', on })();
	const merged = [...doors.values()].filter((door) => door.row.record !== row.record);
	const sure = [...demands, ...visits, ...residents, ...merged].map((seen) => seen.row);
	return withNotes(rows, {
		subject: { is: 'home', row },
		sure: [...sure, row],
		maybe: [],
		namedIn: null
	});
}

async function ofPerson(rows: Rows, row: ResidentRow): Promise<Reach> {
	const on = await doorsOf(rows, row.household)();
	const near = [
		...(await rows.all({ family: 'visit', on })()),
		...(await rows.all({ family: 'demand', on })()),
		...(await rows.search({ family: 'demand', words: row.name, limit: 200 })())
	].map((seen) => seen.row);
	const byRecord = new Map(near.map((each) => [each.record, each]));
	const named = await Promise.all(
		[...byRecord.values()].map(async (each) => ((await names(rows, row, each)) ? [each] : []))
	);
	const home = (await rows.one('household', row.household)())?.row ?? null;
	const namedIn = home !== null && (await names(rows, row, home)) ? home : null;
	return withNotes(rows, {
		subject: { is: 'person', row },
		sure: [row],
		maybe: named.flat(),
		namedIn
	});
}

/** The demands raised in a visit are records of their own: they may name the same people. */
async function ofVisit(rows: Rows, row: VisitRow): Promise<Reach> {
	const raised = await rows.many('demand', row.demands)();
	return withNotes(rows, {
		subject: { is: 'visit', row },
		sure: [row],
		maybe: [...raised.values()].map((seen) => seen.row),
		namedIn: null
	});
}

/** Also by what was corrected away: the history holds it still. */
async function names(
	rows: Rows,
	{ name, phone }: ResidentRow,
	row: HouseholdRow | VisitRow | DemandRow
): Promise<boolean> {
	const told = JSON.stringify([row, await rows.history(row.record)()]);
	return told.includes(name) || (phone !== undefined && told.includes(phone));
}

async function withNotes(rows: Rows, reach: Omit<Reach, 'notes'>): Promise<Reach> {
	const demands = [...reach.sure, ...reach.maybe].filter(isDemand);
	const notes = await Promise.all(
		demands.map(async ({ record }) => {
			const held = await rows.all({ family: 'handling', on: record })();
			return [record, held.map(({ row }) => row).filter(isHandling)] as const;
		})
	);
	return { ...reach, notes: new Map(notes) };
}
