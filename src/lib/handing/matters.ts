/** 交接: what somebody still has in hand here, by kind. */
import { dayOf, type Day } from '#domain/calendar.ts';
import { gridsRecord, type Grid } from '#domain/grids.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { isTaken } from '#domain/kinds/demand-office.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import type { VisitRow } from '#domain/kinds/visit.ts';
import { isDesk, isField, isOffice, type Role } from '#domain/people.ts';
import { gridName } from '#lib/homes/grid-words.ts';
import { byDoor } from '#lib/homes/buildings.ts';
import { m } from '#lib/i18n/index.ts';
import type { Query, RowQueries } from '#lib/rows/queries.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import { dayWords } from '#lib/ui/format.ts';

/** Those that can be handed over from here, in the order the screen shows them. */
export const movable = ['home', 'demand', 'standIn', 'grid', 'office'] as const;
/** Those that stay, with the words that say why. */
export const staying = ['withOffice', 'returned'] as const;
export type Movable = (typeof movable)[number];
export type Staying = (typeof staying)[number];

export interface Matter {
	readonly kind: Movable | Staying;
	readonly record: RecordId;
	/** Which grid of the record that is their table. */
	readonly grid?: string | undefined;
	readonly title: string;
	readonly note?: string | undefined;
}

export interface InHand {
	readonly open: readonly Matter[];
	/** What changes hands on a day to come: there is nothing more to do about it. */
	readonly planned: number;
}

export const nothingInHand: InHand = { open: [], planned: 0 };

/** Whose matters, and under which duty somebody looks at them. */
export interface Asked {
	readonly person: PersonId;
	readonly by: { readonly role: Role; readonly org: OrgId };
	readonly now: number;
}

type Rows = Pick<RowQueries, 'all' | 'one'>;

export function mattersOf(rows: Rows, { person, by, now }: Asked): Query<InHand> {
	return async () => mattersIn(await heldBy(rows, by), { person, now });
}

/** Those who have no duty here any more and still have something in hand that can be handed over, with how much. */
export function leftBehind(
	rows: Rows,
	{ by, now, current }: Omit<Asked, 'person'> & { readonly current: ReadonlySet<PersonId> }
): Query<ReadonlyMap<PersonId, number>> {
	return async () => {
		const held = await heldBy(rows, by);
		const people = new Set(
			[
				...held.homes.flatMap((row) => [row.nextMember ?? row.linkedMember, row.lentTo]),
				...held.tasks.flatMap((row) => [row.nextAssignee ?? row.assignee, row.officeAssignee]),
				...held.grids.map(({ chief }) => chief)
			].filter((person) => person !== undefined)
		);
		const gone = [...people].filter((person) => !current.has(person));
		return new Map(
			gone
				.map((person) => {
					const { open } = mattersIn(held, { person, now });
					return [person, open.filter(isMovable).length] as const;
				})
				.filter(([, count]) => count > 0)
		);
	};
}

/** A door of theirs counts until a plan gives it to somebody else; one that a plan gives to them counts already. */
export function isHomeOf(row: HouseholdRow, person: PersonId): boolean {
	if (!isLive(row)) return false;
	return row.nextMemberFrom === undefined ? row.linkedMember === person : row.nextMember === person;
}

export function isDemandOf(row: DemandRow, person: PersonId): boolean {
	return row.state === 'accepted' && (row.nextAssignee ?? row.assignee) === person;
}

export function isStandIn(row: HouseholdRow, person: PersonId, today: Day): boolean {
	return isLive(row) && row.lentTo === person && (row.lentUntil ?? today) >= today;
}

export function isOfficeDemandOf(row: DemandRow, person: PersonId): boolean {
	return isTaken(row) && row.officeAssignee === person;
}

/** What of all matters whoever looks may hand over; elsewhere nobody's are seen. */
interface Held {
	readonly by: Asked['by'];
	readonly homes: readonly HouseholdRow[];
	readonly tasks: readonly DemandRow[];
	readonly returned: readonly VisitRow[];
	readonly grids: readonly Grid[];
}

async function heldBy(rows: Rows, by: Asked['by']): Promise<Held> {
	const { org } = by;
	const none = { by, homes: [], tasks: [], returned: [], grids: [] };
	if (isOffice(by.role)) {
		const up = await rows.all({ family: 'demand', state: 'escalatedSub' })();
		return { ...none, tasks: up.map(({ row }) => row) };
	}
	if (!isDesk(by.role)) return none;
	const [doors, demands, visits, division] = await Promise.all([
		rows.all({ family: 'household', org })(),
		rows.all({ family: 'demand', org, state: ['accepted', 'escalatedSub'] })(),
		rows.all({ family: 'visit', org, state: 'returned' })(),
		rows.one('grids', gridsRecord(org))()
	]);
	return {
		by,
		homes: doors.map(({ row }) => row).sort((a, b) => byDoor({ row: a }, { row: b })),
		tasks: demands.map(({ row }) => row),
		returned: visits.map(({ row }) => row),
		grids: division?.row.grids ?? []
	};
}

function mattersIn(held: Held, { person, now }: Pick<Asked, 'person' | 'now'>): InHand {
	const { by, homes, tasks, returned, grids } = held;
	if (isOffice(by.role)) {
		const theirs = tasks.filter((row) => isOfficeDemandOf(row, person));
		return { open: theirs.map((row) => demandMatter('office', row, new Map())), planned: 0 };
	}
	const today = dayOf(now);
	const nameOf = new Map(homes.map((row) => [row.record, doorWords(row)]));
	const demandsOf = (kind: 'demand' | 'withOffice', rows: readonly DemandRow[]) =>
		rows.map((row) => demandMatter(kind, row, nameOf));
	const assigned = tasks.filter(({ assignee }) => assignee === person);
	return {
		open: [
			...homes.filter((row) => isHomeOf(row, person)).map(homeMatter),
			...demandsOf(
				'demand',
				tasks.filter((row) => isDemandOf(row, person))
			),
			...homes.filter((row) => isStandIn(row, person, today)).map(standInMatter),
			...grids.filter(({ chief }) => chief === person).map((grid) => gridMatter(grid, by.org)),
			...demandsOf(
				'withOffice',
				assigned.filter(({ state }) => state === 'escalatedSub')
			),
			...returned
				.filter(({ visitor }) => visitor === person)
				.map((row) => returnedMatter(row, nameOf))
		],
		planned:
			homes.filter((row) => row.linkedMember === person && isPlannedAway(row, person)).length +
			assigned.filter((row) => row.state === 'accepted' && !isDemandOf(row, person)).length
	};
}

function isPlannedAway(row: HouseholdRow, person: PersonId): boolean {
	return isLive(row) && row.nextMemberFrom !== undefined && row.nextMember !== person;
}

function homeMatter(row: HouseholdRow): Matter {
	const head = row.head ?? m.member.noName;
	const coming = row.nextMemberFrom && m.handing.coming(dayWords(row.nextMemberFrom));
	return {
		kind: 'home',
		record: row.record,
		title: doorWords(row),
		note: [head, coming].filter(Boolean).join(m.secretary.comma)
	};
}

function demandMatter(
	kind: 'demand' | 'office' | 'withOffice',
	row: DemandRow,
	nameOf: ReadonlyMap<RecordId, string>
): Matter {
	const place = (row.household && nameOf.get(row.household)) ?? row.place;
	return { kind, record: row.record, title: row.title, note: place };
}

function standInMatter(row: HouseholdRow): Matter {
	const until = row.lentUntil === undefined ? undefined : m.handing.until(dayWords(row.lentUntil));
	return { kind: 'standIn', record: row.record, title: doorWords(row), note: until };
}

function gridMatter(grid: Grid, org: OrgId): Matter {
	return { kind: 'grid', record: gridsRecord(org), grid: grid.no, title: gridName(grid) };
}

function returnedMatter(row: VisitRow, nameOf: ReadonlyMap<RecordId, string>): Matter {
	const { record, household, place, returnedReason: note } = row;
	const title = (household && nameOf.get(household)) ?? place ?? m.sync.kinds.visit;
	return { kind: 'returned', record, title, note };
}

/** Who could go on with a kind of matter. */
export function mayTake(kind: Movable, roles: readonly Role[]): boolean {
	return roles.some((role) => takes[kind](role));
}

const takes: Readonly<Record<Movable, (role: Role) => boolean>> = {
	home: isField,
	standIn: isField,
	demand: (role) => isField(role) || isDesk(role),
	grid: (role) => isField(role) || isDesk(role),
	office: isOffice
};

/** Does it change hands on a day to come, or at once whatever the day? */
export function waits(kind: Matter['kind']): boolean {
	return kind === 'home' || kind === 'demand';
}

export function isMovable(matter: Matter): matter is Matter & { readonly kind: Movable } {
	return movable.some((kind) => kind === matter.kind);
}
