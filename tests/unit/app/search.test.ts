/** Finding doors and people: by character, by initials of pinyin, by the code of a door. */
import { expect, test } from 'vitest';
import type { RecordId } from '#domain/ids.ts';
import { findDoors, personWords } from '#lib/field/find-doors.ts';
import { doorsByRecord } from '#lib/homes/buildings.ts';
import { readyInitials } from '#lib/rows/initials.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import { tokensOf } from '#lib/rows/tokens.ts';
import { searchRegister } from '../../../src/routes/residents/search-register.ts';
import { foundedWorld, household, people, type Said } from '../../support/tell.ts';
import { makePhone } from './phone.ts';

const doors: readonly (readonly [string, string, string])[] = [
	['door-1', '3-2-501', '陈桂香'],
	['door-2', '3-2-502', '单国强'],
	['door-3', '2-3-501', '曾小贤'],
	['door-4', '13-2-501', '陈国庆'],
	['door-5', '3-1-201', '欧阳春']
];

function doorSaid([record, code, head]: (typeof doors)[number]): Said {
	const [building = '', unit = '', room = ''] = code.split('-');
	const said = household(record);
	return { ...said, body: { ...said.body, building, unit, room, head } };
}

/** A tablet that has folded the doors; `pending` ones lie in its outbox alone. */
async function tablet({ pending = [] }: { pending?: readonly Said[] } = {}) {
	await readyInitials();
	const world = foundedWorld();
	for (const door of doors) world.says(people.secretary, doorSaid(door));
	const phone = await makePhone({ person: people.secretary, role: 'communitySecretary' });
	const rows = doors.map(([record]) => world.row(record));
	await phone.rows.rows.bulkPut(
		rows.map((row) => ({ ...columnsOf(row), history: '[]', ledgers: ['desk'] }))
	);
	for (const said of pending) await phone.says([said]);
	const finds = async (words: string) =>
		(await phone.ask.search({ family: 'household', words })()).map(({ row }) => row.record).sort();
	return { world, phone, finds };
}

test.each([
	['cgx', ['door-1']],
	['CG', ['door-1', 'door-4']],
	['gx', ['door-1']],
	// A surname is read as a surname: 单 is shan, 曾 is zeng.
	['sgq', ['door-2']],
	['zxx', ['door-3']],
	['oyc', ['door-5']],
	['桂香', ['door-1']],
	['陈', ['door-1', 'door-4']],
	['3-2-501', ['door-1']],
	['3-2', ['door-1', 'door-2']],
	['3-', ['door-1', 'door-2', 'door-5']],
	['3栋2单元501室', ['door-1']],
	['03栋2单元0501室', ['door-1']],
	['3 栋', ['door-1', 'door-2', 'door-5']],
	['３－２－５０１', ['door-1']],
	['501', ['door-1', 'door-3', 'door-4']],
	['陈 13-2', ['door-4']],
	['王', []]
])('%s finds %j', async (words, expected) => {
	const { phone, finds } = await tablet();
	expect(await finds(words)).toEqual(expected);
	await phone.close();
});

test('a door that was said but not handed in yet is found by initials too', async () => {
	const { phone, finds } = await tablet({ pending: [doorSaid(['door-9', '7-1-101', '马建军'])] });
	expect(await finds('mjj')).toEqual(['door-9']);
	await phone.close();
});

test('of many as many are found as were asked for, each once, in the place of those that changed', async () => {
	const moved = {
		kind: 'household.corrected.v1',
		record: 'door-1',
		body: { room: '9', reason: '写错' }
	};
	const { phone, finds } = await tablet({ pending: [moved] });
	// Two words of one door begin with what is asked for.
	const door = await phone.rows.rows.get('door-2');
	await phone.rows.rows.update('door-2', {
		words: [...(door?.words ?? []), 'household/3-1', 'household/3-2']
	});
	const first = async (limit: number) => {
		const found = await phone.ask.search({ family: 'household', words: '3-', limit })();
		return found.map(({ row }) => row.record).sort();
	};
	expect(await first(2)).toHaveLength(2);
	expect(await first(3)).toEqual(['door-1', 'door-2', 'door-5']);
	expect(await first(4)).toEqual(['door-1', 'door-2', 'door-5']);
	expect(await finds('3-2-501')).toEqual([]);
	expect(await finds('3-2-9')).toEqual(['door-1']);
	await phone.close();
});

test('a door that was written with its words is found by its numbers', async () => {
	const { phone, finds } = await tablet({
		pending: [doorSaid(['door-9', '7栋-1单元-101室', '马建军'])]
	});
	for (const words of ['7-1-101', '7栋1单元', '7-']) expect(await finds(words)).toEqual(['door-9']);
	await phone.close();
});

/** Said by the secretary, and folded on the tablet. */
async function settle(
	{ world, phone }: Awaited<ReturnType<typeof tablet>>,
	living: readonly Said[]
): Promise<void> {
	for (const said of living) expect(world.says(people.secretary, said).verdict).toBe('accepted');
	await phone.rows.rows.bulkPut(
		living.map(({ record }) => ({
			...columnsOf(world.row(record)),
			history: '[]',
			ledgers: ['own']
		}))
	);
}

function lives(record: string, name: string, household: string, more: object = {}): Said {
	return { kind: 'resident.registered.v1', record, body: { household, name, ...more } };
}

test('who lives behind a door leads to it, once, and is named where they are not its head', async () => {
	const on = await tablet();
	const { phone } = on;
	await settle(on, [
		lives('p-1', '陈桂香', 'door-1', { relationToHead: 'head' }),
		lives('p-2', '陈小明', 'door-1', { relationToHead: 'child' }),
		lives('p-3', '吴翠兰', 'door-2', { relationToHead: 'spouse' }),
		lives('p-4', '吴小兰', 'door-3'),
		{ kind: 'resident.left.v1', record: 'p-4', body: { why: 'movedAway' } }
	]);
	const finds = async (words: string) =>
		(await findDoors(phone.ask, { words })()).map(({ row, person }) => [
			row.record,
			person && personWords(person)
		]);
	expect(await finds('小明')).toEqual([['door-1', '陈小明（子女）']]);
	expect(await finds('wcl')).toEqual([['door-2', '吴翠兰（配偶）']]);
	expect(await finds('吴')).toEqual([['door-2', '吴翠兰（配偶）']]);
	expect((await finds('陈')).sort()).toEqual([
		['door-1', undefined],
		['door-4', undefined]
	]);
	expect(await finds('3-2-501')).toEqual([['door-1', undefined]]);
	await phone.close();
});

test('the register finds doors and people at once, with the homes of those whose door it does not hold', async () => {
	const on = await tablet();
	const { phone } = on;
	await settle(on, [lives('p-1', '陈小明', 'door-1'), lives('p-2', '陈小兰', 'door-5')]);
	const asked = { words: '陈', limit: 10 };
	const finds = async (held: readonly string[]) => {
		const all = await phone.ask.all({ family: 'household' })();
		const known = doorsByRecord(
			all.filter(({ row }) => held.includes(row.record)).map((seen) => ({ ...seen, gap: null }))
		);
		const register = { door: (record: RecordId) => known.get(record) };
		const { doors, people: living, homes } = await searchRegister(phone.ask, register, asked)();
		return [doors, living, [...homes.values()]].map((seen) =>
			seen.map(({ row }) => row.record).sort()
		);
	};
	const doors = ['door-1', 'door-4'];
	const living = ['p-1', 'p-2'];
	expect(await finds([])).toEqual([doors, living, ['door-1', 'door-5']]);
	expect(await finds(['door-1'])).toEqual([doors, living, ['door-5']]);
	expect(await finds(['door-1', 'door-5'])).toEqual([doors, living, []]);
	await phone.close();
});

test('doors that are not meant take up no place among those that are', async () => {
	const { phone } = await tablet();
	const meant = ['door-3', 'door-4'];
	const finds = async (limit: number) => {
		const isMeant = ({ record }: { record: string }) => meant.includes(record);
		const found = await findDoors(phone.ask, { words: '501', limit, isMeant })();
		return found.map(({ row }) => row.record).sort();
	};
	expect(await finds(1)).toHaveLength(1);
	expect(await finds(2)).toEqual(meant);
	expect(await finds(8)).toEqual(meant);
	await phone.close();
});

test('a title is found as before, and by the door it names', () => {
	const tokens = tokensOf(['3栋2单元楼道灯不亮', '1000-SQ-2026Q4-0187']);
	for (const token of ['楼道', '道灯', '3-2-', '0187', 'sq']) expect(tokens).toContain(token);
});
