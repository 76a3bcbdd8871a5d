/** What somebody whose duty ends still has in hand. */
import { expect, test } from 'vitest';
import { isDemand } from '#domain/kinds/demand.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import { mattersInHand } from '../../../src/routes/people/[record]/in-hand.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	foundedWorld,
	people,
	SUBDISTRICT
} from '../../support/tell.ts';

test('counts what is accepted and what is with the office, asked of their community alone', async () => {
	const world = foundedWorld();
	for (const record of ['d-1', 'd-2', 'd-3', 'd-4']) world.says(people.member, demand(record));
	for (const record of ['d-1', 'd-2', 'd-3']) world.says(people.secretary, accepted(record));
	const body = { office: SUBDISTRICT, reason: '超出社区权限' };
	world.says(people.secretary, { kind: 'demand.escalated.v1', record: 'd-2', body });
	const done = { outcome: 'solved', reply: '换了灯泡' };
	world.says(people.worker, { kind: 'demand.handled.v1', record: 'd-3', body: done });
	const asked: unknown[] = [];
	const all = ({ org, state }: { org?: string; state?: string | readonly string[] }) => {
		asked.push(org);
		const rows = [...world.rows.values()].filter(isDemand);
		return async () =>
			rows
				.filter((row) => row.org === org && (state ?? []).includes(row.state))
				.map((row) => ({ row, pending: false, stage: 'folded' }));
	};
	const rows = { all } as unknown as Pick<RowQueries, 'all'>;
	expect(await mattersInHand(rows, { person: people.worker, org: COMMUNITY })()).toBe(2);
	expect(await mattersInHand(rows, { person: people.secretary, org: COMMUNITY })()).toBe(0);
	expect(asked).toEqual([COMMUNITY, COMMUNITY]);
});
