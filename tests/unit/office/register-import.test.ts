/** Importing a register: nothing doubles, half-way goes on, one press undoes, what is here stays as it is. */
import { expect, test } from 'vitest';
import { gridsRecord } from '#domain/grids.ts';
import type { ImportedHome } from '#domain/import/parse-register.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isGrids } from '#domain/kinds/grids.ts';
import { isResident } from '#domain/kinds/resident.ts';
import {
	importRegister,
	pastRegisters,
	planRegister,
	undoRegister,
	type PlannedEntry
} from '#lib/homes/register-import.ts';
import { makePhone } from '../app/phone.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import { COMMUNITY, foundedWorld, household, people } from '../../support/tell.ts';

function home(n: number, part: Partial<ImportedHome> = {}): ImportedHome {
	const person = (name: string, row: number) => ({ row, name, groups: [], birth: '1970-01' });
	return {
		row: n * 2,
		estate: '梧桐里小区',
		building: '3',
		unit: '2',
		room: String(100 + n),
		head: `户主${n}`,
		groups: [],
		people: [person(`户主${n}`, n * 2), person(`家人${n}`, n * 2 + 1)],
		...part
	};
}

const homes = (n: number) => Array.from({ length: n }, (_, i) => home(i + 1));
const members = [
	{ person: people.member, name: '王素芬' },
	{ person: people.secondMember, name: '同名' },
	{ person: people.worker, name: '同名' }
];

/** A tablet whose commits are judged at once and folded into its own rows. */
async function tablet() {
	const world = foundedWorld();
	const phone = await makePhone({ person: people.secretary, role: 'communitySecretary' });
	const commits: number[] = [];
	const telling = (most = Infinity) => {
		const stopping = new AbortController();
		return {
			signal: stopping.signal,
			onProgress: () => {
				if (commits.length >= most) stopping.abort();
			},
			say: async (said: readonly { kind: string; record: string; body: object }[]) => {
				commits.push(said.length);
				for (const { kind, record, body } of said) {
					const judged = world.says(people.secretary, { kind, record, body: { ...body } });
					expect(judged.verdict, kind).toBe('accepted');
					const row = world.row(record);
					await phone.rows.rows.put({ ...columnsOf(row), history: '[]', ledgers: ['desk'] });
				}
				return { ok: true as const };
			}
		};
	};
	const rows = () => [...world.rows.values()];
	const grids = () => rows().find(isGrids)?.grids ?? [];
	const plan = (list: readonly ImportedHome[]) =>
		planRegister(list, {
			realm: 'realm-of-tests',
			org: COMMUNITY,
			doors: rows().filter(isHousehold),
			people: rows().filter(isResident),
			members,
			grids: grids()
		});
	const imports = (entries: readonly PlannedEntry[], importId: string, most?: number) =>
		importRegister(entries, importId, phone.ask, telling(most));
	const undoes = () => {
		const [past] = pastRegisters(rows().filter(isHousehold), rows().filter(isResident));
		return undoRegister(past?.records ?? [], '撤销', phone.ask, telling());
	};
	const kept = () =>
		rows().filter(
			(row) => (isHousehold(row) || isResident(row)) && row.importId && row.state !== 'voided'
		).length;
	return { world, phone, commits, grids, plan, imports, undoes, kept };
}

test('a register goes in by commits of at most twenty, each door before its people, and never twice', async () => {
	const { plan, imports, commits, kept, phone } = await tablet();
	const first = await plan(homes(15));
	expect(first.fresh).toEqual({ homes: 15, people: 30 });
	expect(await imports(first.entries, 'import-1')).toEqual({ is: 'done', said: 45 });
	expect(commits).toEqual([20, 20, 5]);
	expect(kept()).toBe(45);
	const again = await plan(homes(15));
	expect(again).toMatchObject({ entries: [], here: { homes: 15, people: 30 } });
	// Also when the plan was made before: what is here by then is passed over.
	expect(await imports(first.entries, 'import-1')).toEqual({ is: 'done', said: 0 });
	await phone.close();
});

/** Who lives behind the first door, as a sheet with or without dates of birth has it. */
function livingThere(births: readonly (string | undefined)[], name = '陈桂香'): ImportedHome {
	const list = births.map((birth, at) => ({
		row: at + 2,
		name,
		groups: [],
		...(birth === undefined ? {} : { birth })
	}));
	return home(1, { people: list });
}

test.each([
	['a sheet without dates of birth, then one with them', [undefined], ['1944-03-05'], 0],
	['a sheet with dates of birth, then one without', ['1944-03-05'], [undefined], 0],
	['two years of birth, which are two people', ['1944'], ['1980'], 1],
	['two of one name, of whom nobody knows which is meant', ['1944', '1980'], [undefined], 1],
	['two of one name, one of them known by the year', [undefined], ['1944', '1980'], 2]
])('%s: nobody is doubled who may be the same', async (_, before, after, fresh) => {
	const { plan, imports, phone } = await tablet();
	await imports((await plan([livingThere(before)])).entries, 'import-1');
	const next = await plan([livingThere(after)]);
	expect(next.fresh.people).toBe(fresh);
	await phone.close();
});

test('a date of birth that a second sheet adds is shown as what differs', async () => {
	const { plan, imports, phone } = await tablet();
	await imports((await plan([livingThere([undefined], '陈 刚')])).entries, 'import-1');
	const { differing, fresh } = await plan([livingThere(['1944-03-05'], '陈刚')]);
	expect(fresh.people).toBe(0);
	expect(differing.map(({ changes }) => changes)).toEqual([{ birthDate: '1944-03-05' }]);
	await phone.close();
});

test('stopped half-way it goes on where it was', async () => {
	const { plan, imports, kept, phone } = await tablet();
	const { entries } = await plan(homes(15));
	expect(await imports(entries, 'import-1', 1)).toEqual({ is: 'cancelled', said: 20 });
	const rest = await plan(homes(15));
	expect(rest.entries).toHaveLength(25);
	expect(await imports(rest.entries, 'import-1')).toEqual({ is: 'done', said: 25 });
	expect(kept()).toBe(45);
	await phone.close();
});

test('[F5] one press voids it, people and doors; the same file brings them back under the same records', async () => {
	const { plan, imports, undoes, kept, world, phone } = await tablet();
	const first = await plan(homes(3));
	await imports(first.entries, 'import-1');
	expect(await undoes()).toEqual({ is: 'done', said: 9 });
	expect(kept()).toBe(0);
	const again = await plan(homes(3));
	expect(again.entries.map(({ record }) => record)).toEqual(
		first.entries.map(({ record }) => record)
	);
	await imports(again.entries, 'import-2');
	expect(kept()).toBe(9);
	expect([...world.rows.values()].filter(isHousehold)).toHaveLength(3);
	await phone.close();
});

test('a door that is here takes in its people and stays as it is', async () => {
	const { plan, world, phone } = await tablet();
	world.says(people.secretary, household('door-1'));
	const { entries, here, fresh } = await plan([home(401, { head: '别的写法' })]);
	expect({ here, fresh }).toEqual({
		here: { homes: 1, people: 0 },
		fresh: { homes: 0, people: 2 }
	});
	expect(entries.map(({ body }) => body.household)).toEqual(['door-1', 'door-1']);
	await phone.close();
});

test('a door that was registered as 3栋2单元501室 is the one the sheet means', async () => {
	const { plan, world, phone } = await tablet();
	const said = household('door-1');
	const written = { building: '3栋', unit: '二单元', room: '501室' };
	world.says(people.secretary, { ...said, body: { ...said.body, ...written } });
	const { here, fresh } = await plan([home(401)]);
	expect([here.homes, fresh.homes]).toEqual([1, 0]);
	await phone.close();
});

test('people of a door that was merged go to the household it turned out to be', async () => {
	const { plan, world, phone } = await tablet();
	world.says(people.secretary, household('door-1'));
	const other = household('door-2');
	world.says(people.secretary, { ...other, body: { ...other.body, room: '502' } });
	world.says(people.secretary, {
		kind: 'household.merged.v1',
		record: 'door-1',
		body: { into: 'door-2' }
	});
	const { entries } = await plan([home(401)]);
	expect(entries.map(({ body }) => body.household)).toEqual(['door-2', 'door-2']);
	await phone.close();
});

/** The household of a door that an import brought moves out. */
function movesOut({ world }: Awaited<ReturnType<typeof tablet>>): void {
	const [door] = [...world.rows.values()].filter(isHousehold);
	const record = door?.record ?? '';
	const said = { kind: 'household.moved-out.v1', record, body: { reason: '搬走了' } };
	expect(world.says(people.secretary, said).verdict).toBe('accepted');
}

test('a new family at an address gets a door of its own; who moved out keeps theirs, and nothing doubles', async () => {
	const on = await tablet();
	const { plan, imports, undoes, kept, world, phone } = on;
	await imports((await plan([home(1)])).entries, 'import-1');
	movesOut(on);
	world.now += 1;
	const family = ['新户主', '新家人'].map((name, at) => ({ row: 2 + at, name, groups: [] }));
	const sheet = [home(1, { head: '新户主', people: family })];
	const next = await plan(sheet);
	expect(next).toMatchObject({ fresh: { homes: 1, people: 2 }, here: { homes: 0, people: 0 } });
	const [door] = next.entries;
	expect(next.entries.map(({ body }) => body.household)).toEqual([
		undefined,
		door?.record,
		door?.record
	]);
	expect(await imports(next.entries, 'import-2')).toEqual({ is: 'done', said: 3 });
	const homesOf = () => [...world.rows.values()].filter(isHousehold);
	expect(homesOf().map(({ head, state }) => [head, state])).toEqual([
		['户主1', 'movedOut'],
		['新户主', 'active']
	]);
	expect(await plan(sheet)).toMatchObject({ entries: [], here: { homes: 1, people: 2 } });
	expect(await imports(next.entries, 'import-2')).toEqual({ is: 'done', said: 0 });
	// [F5] undone and imported again it is the same door.
	expect(kept()).toBe(6);
	await undoes();
	expect((await plan(sheet)).entries[0]?.record).toBe(door?.record);
	await phone.close();
});

test('a sheet that still lists who moved out adds nothing, and says so', async () => {
	const on = await tablet();
	const { plan, imports, phone } = on;
	await imports((await plan([home(1)])).entries, 'import-1');
	movesOut(on);
	for (const again of [home(1), home(1, { head: '改了户主' }), home(1, { head: '', people: [] })]) {
		const { entries, here, notes } = await plan([again]);
		expect([entries, here.homes, here.people]).toEqual([[], 1, again.people.length]);
		expect(notes).toEqual([{ row: 2, code: 'home-moved-out', value: again.head }]);
	}
	await phone.close();
});

test('a door that was renumbered after its import is not brought a second time', async () => {
	const { plan, imports, world, phone } = await tablet();
	const first = await plan([home(1)]);
	await imports(first.entries, 'import-1');
	const [door] = first.entries;
	world.says(people.secretary, {
		kind: 'household.corrected.v1',
		record: door?.record ?? '',
		body: { room: '1101', reason: '门牌抄错' }
	});
	expect(await plan([home(1)])).toMatchObject({ entries: [], here: { homes: 1, people: 2 } });
	await phone.close();
});

test('包联党员 is found by a name that only one member has', async () => {
	const { plan, phone } = await tablet();
	const { entries, notes } = await plan([
		home(1, { member: '王素芬', people: [] }),
		home(2, { member: '同名', people: [] }),
		home(3, { member: '没有这个人', people: [] })
	]);
	expect(entries.map(({ body }) => body.linkedMember)).toEqual([
		people.member,
		undefined,
		undefined
	]);
	expect(notes.map(({ row, code }) => [row, code])).toEqual([
		[4, 'member-unknown'],
		[6, 'member-unknown']
	]);
	await phone.close();
});

test('a column of grids divides the buildings once; a building that has a grid stays in it', async () => {
	const { plan, imports, grids, world } = await tablet();
	world.says(people.worker, {
		kind: 'grids.divided.v1',
		record: gridsRecord(COMMUNITY),
		body: {
			grids: [{ no: '01', name: '东片', ranges: [{ estate: '梧桐里小区', buildings: ['10'] }] }]
		}
	});
	const sheet = [
		home(1, { building: '10', grid: '02' }),
		home(2, { building: '10', grid: '02' }),
		home(3, { building: '9', grid: '东片' }),
		home(4, { building: '3', grid: '02' }),
		home(5, { building: '4' })
	];
	const first = await plan(sheet);
	expect(first.placed).toBe(2);
	expect(first.notes).toEqual([{ row: 2, code: 'grid-differs', value: '02' }]);
	expect(first.entries.map(({ family }) => family)[first.entries.length - 1]).toBe('grids');
	await imports(first.entries, 'import-1');
	expect(grids()).toEqual([
		{ no: '01', name: '东片', ranges: [{ estate: '梧桐里小区', buildings: ['9', '10'] }] },
		{ no: '02', ranges: [{ estate: '梧桐里小区', buildings: ['3'] }] }
	]);
	const again = await plan(sheet);
	expect([again.placed, again.entries]).toEqual([0, []]);
});
