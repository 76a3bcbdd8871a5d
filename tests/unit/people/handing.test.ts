/** 交接: what somebody has in hand, what is said of each kind, and that it can be gone on with after it stopped. */
import { expect, test } from 'vitest';
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import { gridsRecord } from '#domain/grids.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import { isDuty } from '#domain/kinds/duty.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { GridsRow } from '#domain/kinds/grids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { goingTo, handOver } from '#lib/handing/hand-over.ts';
import { leftBehind, mattersOf, type Asked, type Matter } from '#lib/handing/matters.ts';
import { tookOver } from '#lib/handing/took-over.ts';
import { namedSuccessor, takersOf, type Taker } from '#lib/handing/takers.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import {
	accepted,
	COMMUNITY,
	DAY,
	demand,
	foundedWorld,
	household,
	MORNING,
	people,
	SUBDISTRICT,
	visit,
	type Said,
	type World
} from '../../support/tell.ts';

const today = dayOf(MORNING);
const tomorrow = addDays(today, 1);
const secretary = { role: 'communitySecretary', org: COMMUNITY } as const;
const officer = { role: 'subdistrictOfficer', org: SUBDISTRICT } as const;
const reason = '超出社区权限';
const next: Taker = { person: people.secondMember, name: '李某', roles: ['member'] };
const atDesk: Taker = { person: people.worker, name: '王某', roles: ['communityWorker'] };

/** The rows of a told world, asked as a screen asks. */
function rowsOf(world: World) {
	const seen = (row: unknown) => ({ row, pending: false, stage: 'folded' });
	const all = (filter: Record<string, unknown>) => async () =>
		[...world.rows.values()]
			.filter((row) => {
				const { family, org, state, person, on } = filter;
				const of = row as unknown as Record<string, unknown>;
				const states = [state ?? of.state].flat();
				return (
					row.family === family &&
					(org === undefined || row.org === org) &&
					states.includes(of.state) &&
					(person === undefined || of.linkedMember === person || of.visitor === person) &&
					(on === undefined || ([on].flat() as unknown[]).includes(of.mergedInto ?? of.org))
				);
			})
			.map(seen);
	const many = (family: string, records: readonly RecordId[]) => async () =>
		new Map(
			records
				.map((record) => [record, world.rows.get(record)] as const)
				.filter(([, row]) => row?.family === family)
				.map(([record, row]) => [record, seen(row)])
		);
	const one = (family: string, record: RecordId) => async () =>
		(await many(family, [record])()).get(record) ?? null;
	return { all, many, one } as unknown as Pick<RowQueries, 'all' | 'many' | 'one'>;
}

function says(world: World, who: PersonId, ...all: readonly Said[]): void {
	for (const said of all)
		expect([said.kind, world.says(who, said).verdict]).toEqual([said.kind, 'accepted']);
}

const inHand = (world: World, person: PersonId, by: Asked['by'] = secretary) =>
	mattersOf(rowsOf(world), { person, by, now: world.now })();
const kindsOf = (open: readonly Matter[]) => open.map(({ kind, record }) => `${kind} ${record}`);

/** Says what is to be said as the desk, or stops after so many commits as a phone that is switched off does. */
async function hands(
	world: World,
	{
		to = next,
		from = today,
		commits = Infinity,
		by = secretary as Asked['by'],
		as = people.secretary,
		of = people.member,
		seen = null as readonly Matter[] | null
	}
) {
	const open = seen ?? (await inHand(world, of, by)).open;
	const handing = { of: { person: of, name: '张某' }, to, from, now: world.now };
	const stopping = new AbortController();
	let left = commits;
	return handOver(rowsOf(world), goingTo(open, to), handing, {
		signal: stopping.signal,
		onProgress: () => undefined,
		say: async (said) => {
			if (left === 0) return { ok: false, reason: 'killed' };
			left -= 1;
			says(world, as, ...said.map((each) => ({ ...each, org: by.org })));
			return { ok: true };
		}
	});
}

/** One of each kind in the hands of the member who leaves. */
function full(): World {
	const world = foundedWorld();
	says(
		world,
		people.secretary,
		household('door-1'),
		household('door-2', people.worker),
		household('door-3', people.secondMember),
		{
			kind: 'household.lent.v1',
			record: 'door-2',
			body: { to: people.member, until: addDays(today, 5) }
		},
		{
			kind: 'household.link-planned.v1',
			record: 'door-3',
			body: { member: people.member, from: addDays(today, 3) }
		},
		demand('d-1', { household: 'door-1' }),
		accepted('d-1', { assignee: people.member }),
		demand('d-2'),
		accepted('d-2', { assignee: people.member }),
		{ kind: 'demand.escalated.v1', record: 'd-2', body: { office: SUBDISTRICT, reason } },
		{
			kind: 'grids.divided.v1',
			record: gridsRecord(COMMUNITY),
			body: {
				grids: [
					{ no: '1', chief: people.member, ranges: [{ estate: '梧桐里小区' }] },
					{ no: '2', chief: people.worker, ranges: [] }
				]
			}
		}
	);
	says(world, people.member, visit('v-1', 'door-1'));
	says(world, people.secretary, { kind: 'visit.returned.v1', record: 'v-1', body: { reason } });
	return world;
}

test('everything that is somebody’s is found, by kind; what others have is not', async () => {
	const { open, planned } = await inHand(full(), people.member);
	expect(kindsOf(open)).toEqual([
		'home door-1',
		'home door-3',
		'demand d-1',
		'standIn door-2',
		`grid ${gridsRecord(COMMUNITY)}`,
		'withOffice d-2',
		'returned v-1'
	]);
	expect(planned).toBe(0);
	expect(kindsOf((await inHand(full(), people.secondMember)).open)).toEqual([]);
});

test('[A2] who looks from another unit is told of nothing', async () => {
	const above = { role: 'districtOfficer', org: COMMUNITY } as const;
	expect((await inHand(full(), people.member, above)).open).toEqual([]);
	expect((await inHand(full(), people.member, officer)).open).toEqual([]);
});

test('each kind goes over at once, says from whom, and is offered no more', async () => {
	const world = full();
	expect(await hands(world, {})).toEqual({ is: 'done', said: 5 });
	expect(world.row('door-1')).toMatchObject({
		linkedMember: people.secondMember,
		handedBy: '张某'
	});
	// What was only planned for who leaves stays with the one who has it.
	expect(world.row<HouseholdRow>('door-3').nextMember).toBeUndefined();
	expect(world.row('door-3')).toMatchObject({ linkedMember: people.secondMember });
	expect(world.row('door-2')).toMatchObject({ lentTo: people.secondMember });
	expect(world.row('d-1')).toMatchObject({
		assignee: people.secondMember,
		handedBy: '张某',
		assignedRequester: '某户主'
	});
	const table = world.row<GridsRow>(gridsRecord(COMMUNITY));
	expect(table.grids.map(({ chief }) => chief)).toEqual([people.secondMember, people.worker]);
	expect(kindsOf((await inHand(world, people.member)).open)).toEqual([
		'withOffice d-2',
		'returned v-1'
	]);
	expect(await hands(world, {})).toEqual({ is: 'done', said: 0 });
});

test('[F4] from a day to come doors and demands wait for it, planned; what stands in goes at once', async () => {
	const world = full();
	await hands(world, { from: tomorrow });
	expect(world.row('door-1')).toMatchObject({
		linkedMember: people.member,
		nextMember: people.secondMember,
		nextMemberFrom: tomorrow
	});
	expect(world.row('d-1')).toMatchObject({
		assignee: people.member,
		nextAssignee: people.secondMember,
		nextAssigneeFrom: tomorrow
	});
	const { open, planned } = await inHand(world, people.member);
	expect([kindsOf(open), planned]).toEqual([['withOffice d-2', 'returned v-1'], 2]);
});

test('a later plan keeps its later day, for whoever it goes to', async () => {
	const world = full();
	says(world, people.secretary, {
		kind: 'household.linked.v1',
		record: 'door-3',
		body: { member: null, from: MORNING }
	});
	says(world, people.secretary, {
		kind: 'household.link-planned.v1',
		record: 'door-3',
		body: { member: people.member, from: addDays(today, 3) }
	});
	await hands(world, {});
	expect(world.row('door-3')).toMatchObject({
		nextMember: people.secondMember,
		nextMemberFrom: addDays(today, 3)
	});
});

test('who can go on with a demand or a grid only is given nothing else', async () => {
	const world = full();
	expect(await hands(world, { to: atDesk })).toEqual({ is: 'done', said: 2 });
	expect(world.row<DemandRow>('d-1')).toMatchObject({ assignee: people.worker });
	// The desk's people read the register: they are told nothing of the door.
	expect(world.row<DemandRow>('d-1').assignedPlace).toBeUndefined();
	expect(kindsOf((await inHand(world, people.member)).open)).toEqual([
		'home door-1',
		'home door-3',
		'standIn door-2',
		'withOffice d-2',
		'returned v-1'
	]);
});

test('300 doors stopped half way: what went over stays, and only the rest is offered and said again', async () => {
	const world = foundedWorld();
	for (let at = 0; at < 300; at += 1) says(world, people.secretary, household(`door-${at}`));
	says(world, people.secretary, {
		kind: 'household.merged.v1',
		record: 'door-0',
		body: { into: 'door-1' }
	});
	expect(await hands(world, { commits: 7 })).toEqual({ is: 'failed', said: 140, reason: 'killed' });
	expect((await inHand(world, people.member)).open).toHaveLength(299 - 139);
	expect(await hands(world, {})).toEqual({ is: 'done', said: 160 });
	expect((await inHand(world, people.member)).open).toEqual([]);
	// A door that was merged into another goes along with it.
	expect(world.row('door-0')).toMatchObject({ linkedMember: people.secondMember });
});

test('what somebody else was given while the list lay open is not taken from them', async () => {
	const world = full();
	const { open: seen } = await inHand(world, people.member);
	await hands(world, { to: { ...next, person: people.officer } });
	expect(await hands(world, { seen })).toEqual({ is: 'done', said: 0 });
	expect(world.row('door-1')).toMatchObject({ linkedMember: people.officer });
	expect(world.row('d-1')).toMatchObject({ assignee: people.officer });
	const table = world.row<GridsRow>(gridsRecord(COMMUNITY));
	expect(table.grids[0]).toMatchObject({ chief: people.officer });
});

test('at the office a colleague takes what was taken there, from the office alone', async () => {
	const world = full();
	const more = { record: 'd-2', org: SUBDISTRICT };
	says(world, people.officer, {
		...more,
		kind: 'demand.taken.v1',
		body: { assignee: people.officer }
	});
	const to: Taker = { person: people.district, name: '赵某', roles: ['subdistrictOfficer'] };
	const at = { to, by: officer, as: people.officer, of: people.officer };
	expect(kindsOf((await inHand(world, people.officer, officer)).open)).toEqual(['office d-2']);
	expect(await hands(world, at)).toEqual({ is: 'done', said: 1 });
	expect(world.row('d-2')).toMatchObject({ officeAssignee: people.district, handedBy: '张某' });
});

test('who has no duty any more but something in hand is named with how much', async () => {
	const world = full();
	const current = new Set([people.secondMember, people.worker]);
	const left = leftBehind(rowsOf(world), { by: secretary, now: world.now, current });
	expect([...(await left())]).toEqual([[people.member, 5]]);
	await hands(world, {});
	expect((await left()).size).toBe(0);
});

test('the one named at the end of a duty begins the next morning and can be chosen for that day', () => {
	const world = foundedWorld();
	const to = startOfDay(tomorrow);
	says(world, people.secretary, {
		kind: 'duty.ended.v1',
		record: `duty-${people.member}`,
		body: { to, reason: '调动', successor: people.officer }
	});
	says(world, people.secretary, {
		kind: 'duty.assigned.v1',
		record: 'duty-next',
		body: {
			person: people.officer,
			displayName: '赵某',
			role: 'member',
			at: COMMUNITY,
			from: to
		}
	});
	const duties = [...world.rows.values()].filter(isDuty);
	expect(namedSuccessor(duties, { org: COMMUNITY, person: people.member })).toEqual({
		successor: people.officer,
		to
	});
	const asked = {
		org: COMMUNITY,
		except: people.member,
		away: new Set([people.worker]),
		names: new Map(),
		now: MORNING
	};
	const on = (from: string) => takersOf(duties, { ...asked, from }).map(({ person }) => person);
	expect(new Set(on(today))).toEqual(new Set([people.secondMember, people.secretary]));
	expect(on(dayOf(to))).toContain(people.officer);
});

test('the successor is told for two weeks how many doors came from whom', async () => {
	const world = full();
	await hands(world, {});
	const homes = [...world.rows.values()].filter(
		(row): row is HouseholdRow =>
			row.family === 'household' && (row as HouseholdRow).linkedMember === people.secondMember
	);
	const told = (now: number) => tookOver(homes, now).map(({ name, count }) => [name, count]);
	expect(told(world.now)).toEqual([['张某', 1]]);
	expect(told(world.now + 16 * DAY)).toEqual([]);
});
