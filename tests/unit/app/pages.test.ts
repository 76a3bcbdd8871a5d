/** Pages of rows: whole and in order by whatever cursor, when other communities and states lie between. */
import { expect, test } from 'vitest';
import { RecordId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import { columnsOf } from '#lib/rows/columns.ts';
import type { Cursor, PageFilter } from '#lib/rows/queries.ts';
import { COMMUNITY, demand, foundedWorld, OTHER_COMMUNITY, people } from '../../support/tell.ts';
import { makePhone, type Phone } from './phone.ts';

const DEMANDS = 40;
const mine = (n: number) => n % 4 === 0;

/** Forty demands, one after another; every fourth is of this community, every eighth of those accepted. */
async function tablet(): Promise<Phone> {
	const world = foundedWorld();
	world.says(people.secretary, demand('one'));
	// The world's rows are what the families made of them.
	const one = world.row('one') as DemandRow;
	const phone = await makePhone({ person: people.secretary, role: 'communitySecretary' });
	const rows = Array.from({ length: DEMANDS }, (_, n) => ({
		...one,
		record: RecordId.parse(`demand-${String(n).padStart(2, '0')}`),
		org: mine(n) ? COMMUNITY : OTHER_COMMUNITY,
		state: n % 8 === 0 ? ('accepted' as const) : ('registered' as const),
		resolveDueAt: 1_000 + n,
		signDueAt: 1_000 + n
	}));
	await phone.rows.rows.bulkPut(
		rows.map((row) => ({ ...columnsOf(row), history: '[]', ledgers: ['desk'] }))
	);
	return phone;
}

async function walk(phone: Phone, filter: PageFilter<'demand'>): Promise<readonly string[]> {
	const found: string[] = [];
	let from: Cursor | undefined;
	do {
		const page = await phone.ask.page({ ...filter, from })();
		found.push(...page.items.map(({ row }) => row.record));
		from = page.next ?? undefined;
	} while (from !== undefined);
	return found;
}

function named(of: (n: number) => boolean): readonly string[] {
	const numbers = Array.from({ length: DEMANDS }, (_, n) => n).filter(of);
	return numbers.map((n) => `demand-${String(n).padStart(2, '0')}`);
}

test.each([true, false])(
	'a walk by pages of two meets each row once, newest first: %s',
	async (newestFirst) => {
		const phone = await tablet();
		const all = await walk(phone, { family: 'demand', org: COMMUNITY, newestFirst, limit: 2 });
		const expected = named(mine);
		expect(all).toEqual(newestFirst ? [...expected].reverse() : expected);
		await phone.close();
	}
);

test('states are told apart within a community and in all of them', async () => {
	const phone = await tablet();
	const { ask } = phone;
	const here = { family: 'demand', org: COMMUNITY } as const;
	const open = named((n) => mine(n) && n % 8 !== 0);
	const accepted = named((n) => n % 8 === 0);
	const registered = { ...here, state: 'registered', newestFirst: false, limit: 3 } as const;
	expect(await walk(phone, registered)).toEqual(open);
	expect(await ask.count({ ...here, state: ['registered'] })()).toBe(open.length);
	expect(await ask.count({ ...here, state: ['registered', 'accepted'] })()).toBe(DEMANDS / 4);
	expect(await ask.count(here)()).toBe(DEMANDS / 4);
	expect(await ask.count({ family: 'demand', state: 'accepted' })()).toBe(accepted.length);
	const all = await ask.all({ family: 'demand', state: 'registered' })();
	expect(all.map(({ row }) => row.record)).toEqual(named((n) => n % 8 !== 0));
	await phone.close();
});
