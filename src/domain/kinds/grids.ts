/** 网格划分: one table a community, said whole; its desk divides the buildings and names who leads a grid. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { Grid, gridProblems, gridsRecord } from '../grids.ts';
import { deskLedger, STANDING } from '../ledgers.ts';
import { isDesk } from '../people.ts';

export interface GridsRow extends Row {
	readonly family: 'grids';
	/** In the order of their numbers as the desk set them. */
	readonly grids: readonly Grid[];
}

const Divided = z.strictObject({
	grids: z.array(Grid).max(100),
	/** Where it decides between two versions. */
	reason: z.string().min(1).max(200).optional(),
	settles: z.array(z.string()).max(1).optional()
});

export const grids: Family = {
	name: 'grids',
	storage: 'standing',
	kinds: {
		'grids.divided.v1': kind<GridsRow, z.infer<typeof Divided>>({
			body: Divided,
			may(actor, said) {
				if (!isDesk(actor.role)) return 'not-allowed';
				if (said.record !== gridsRecord(actor.org)) return 'other-organisation';
				return gridProblems(said.body.grids).length === 0 || 'contradiction';
			},
			apply(row, said, stamp) {
				const { grids: divided, settles } = said.body;
				const isSame = JSON.stringify(row?.grids) === JSON.stringify(divided);
				if (isSame && settles === undefined) return { noted: 'nothing-changed' };
				const before = row ?? {
					...firstRow('grids', said, said.org, stamp),
					family: 'grids' as const,
					grids: []
				};
				return correct(before, { grids: divided }, said.rev, stamp, settles);
			}
		})
	},
	reads: () => [],
	audience: (row) => [deskLedger(row.org, STANDING)],
	indexes: () => ({})
};

export function isGrids(row: Row | null | undefined): row is GridsRow {
	return row?.family === 'grids';
}
