/** 交接: what is said of each matter that goes to somebody else. Asked again, only what is still open is said. */
import { dayOf, startOfDay, type Day } from '#domain/calendar.ts';
import { gridsRecord } from '#domain/grids.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import { isDemand, type DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLinkable } from '#domain/kinds/household-planning.ts';
import { isDesk, type Role } from '#domain/people.ts';
import type { App } from '#lib/app.ts';
import { toldTo } from '#lib/demands/of-door.ts';
import { groupBy } from '#lib/group-by.ts';
import { deskJobOf } from '#lib/homes/desk-job.svelte.ts';
import { doorsOfEach } from '#lib/homes/doors-of.ts';
import { m } from '#lib/i18n/index.ts';
import { inCommits, type Ended, type Saying, type Telling } from '#lib/office/in-commits.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import {
	isDemandOf,
	isMovable,
	isOfficeDemandOf,
	isStandIn,
	mayTake,
	type Matter,
	type Movable
} from './matters.ts';
import type { Taker } from './takers.ts';

export interface Handing {
	readonly of: { readonly person: PersonId; readonly name: string };
	readonly to: Taker;
	readonly from: Day;
	readonly now: number;
}

type Rows = Pick<RowQueries, 'all' | 'one' | 'many'>;
type Moving = Pick<Matter, 'record' | 'grid'> & { readonly kind: Movable };

/** Begins the work behind the pages; answers in words why it was not begun. */
export function beginHandingOver(
	app: App,
	matters: readonly Matter[],
	handing: Handing
): string | null {
	const going = goingTo(matters, handing.to);
	const begun = deskJobOf(app).begin({
		label: m.handing.running(going.length, handing.to.name),
		total: going.length,
		start: (telling) => handOver(app.rows, going, handing, telling)
	});
	return begun === null ? m.homes.job.busy : null;
}

/** Of some matters those that somebody can go on with. */
export function goingTo(matters: readonly Matter[], to: Taker): readonly Moving[] {
	return matters.filter(isMovable).filter(({ kind }) => mayTake(kind, to.roles));
}

/** The matters, and before each door those that were merged into it: stopped in between, the door is still offered. */
export async function handOver<Why extends string>(
	rows: Rows,
	matters: readonly Moving[],
	handing: Handing,
	telling: Telling<Why>
): Promise<Ended<Why>> {
	const records = matters.filter(({ kind }) => kind === 'home').map(({ record }) => record);
	const doors = await doorsOfEach(rows, records)();
	const merged = groupBy(
		[...doors].filter(([record, standing]) => record !== standing),
		([, standing]) => standing
	);
	const all = matters.flatMap((matter): readonly Moving[] => {
		const into = matter.kind === 'home' ? (merged.get(matter.record) ?? []) : [];
		return [...into.map(([record]) => ({ kind: 'home' as const, record })), matter];
	});
	return inCommits(all, (chunk) => sayingOf(rows, chunk, handing), telling);
}

async function sayingOf(
	rows: Rows,
	chunk: readonly Moving[],
	handing: Handing
): Promise<readonly Saying[]> {
	const records = chunk.map(({ record }) => record);
	const demands = await rows.many('demand', records)();
	const doors = await rows.many('household', [
		...records,
		...[...demands.values()].flatMap(({ row }) => row.household ?? [])
	])();
	const door = (record: RecordId | undefined) => record && doors.get(record)?.row;
	const said = chunk.map(({ kind, record }) => {
		const task = demands.get(record)?.row;
		const home = door(record);
		if (isDemand(task)) return ofDemand(kind, task, door(task.household), handing);
		if (home === undefined) return null;
		return kind === 'standIn' ? ofStandIn(home, handing) : ofHome(home, handing);
	});
	return [...said.filter((each) => each !== null), ...(await ofGrids(rows, chunk, handing))];
}

function ofHome(row: HouseholdRow, { of, to, from, now }: Handing): Saying | null {
	if (!isLinkable(row)) return null;
	const { record, nextMember, nextMemberFrom } = row;
	const member = to.person;
	const body = { member, handedBy: of.name };
	if (nextMemberFrom !== undefined && nextMember === of.person) {
		if (row.linkedMember === member) return { kind: 'household.plan-dropped.v1', record, body: {} };
		return {
			kind: 'household.link-planned.v1',
			record,
			body: { ...body, from: later(from, nextMemberFrom) }
		};
	}
	if (nextMemberFrom !== undefined || row.linkedMember !== of.person) return null;
	return from > dayOf(now)
		? { kind: 'household.link-planned.v1', record, body: { ...body, from } }
		: { kind: 'household.linked.v1', record, body: { ...body, from: startOfDay(from) } };
}

function ofStandIn(row: HouseholdRow, { of, to, now }: Handing): Saying | null {
	const { record, lentUntil: until } = row;
	if (!isStandIn(row, of.person, dayOf(now))) return null;
	return row.linkedMember === to.person
		? { kind: 'household.lending-ended.v1', record, body: {} }
		: { kind: 'household.lent.v1', record, body: { to: to.person, until } };
}

function ofDemand(
	kind: Movable,
	row: DemandRow,
	door: HouseholdRow | undefined,
	{ of, to, from, now }: Handing
): Saying | null {
	const { record } = row;
	const assignee = to.person;
	const handed = { assignee, handedBy: of.name };
	if (kind === 'office')
		return isOfficeDemandOf(row, of.person)
			? { kind: 'demand.reassigned.v1', record, body: handed }
			: null;
	if (!isDemandOf(row, of.person)) return null;
	const body = { ...handed, ...toldTo(workingAs(to.roles), row, door) };
	// What only a plan was to bring them stays where it is, or waits for another.
	const day = row.nextAssigneeFrom === undefined ? from : later(from, row.nextAssigneeFrom);
	return day > dayOf(now) && row.assignee !== assignee
		? { kind: 'demand.reassign-planned.v1', record, body: { ...body, from: day } }
		: { kind: 'demand.reassigned.v1', record, body };
}

/** One table, said whole, whichever of its grids change hands. */
async function ofGrids(
	rows: Rows,
	chunk: readonly Moving[],
	{ of, to }: Handing
): Promise<readonly Saying[]> {
	const asked = chunk.filter(({ kind }) => kind === 'grid');
	const record = asked[0]?.record;
	const division = record && (await rows.one('grids', record)());
	if (!division) return [];
	const isAsked = (no: string) => asked.some(({ grid }) => grid === no);
	const { grids } = division.row;
	const next = grids.map((grid) =>
		isAsked(grid.no) && grid.chief === of.person ? { ...grid, chief: to.person } : grid
	);
	const isSame = next.every((grid, at) => grid === grids[at]);
	const { org } = division.row;
	return isSame
		? []
		: [{ kind: 'grids.divided.v1', record: gridsRecord(org), body: { grids: next } }];
}

/** The desk's people read the register of doors; of others what they need is told. */
function workingAs(roles: readonly Role[]): Role | undefined {
	return roles.find(isDesk) ?? roles[0];
}

function later(one: Day, other: Day): Day {
	return one > other ? one : other;
}
