/** 网格 over the register: the doors of each grid, what no grid has, and the table with one grid changed. */
import { gridOf, type Grid } from '#domain/grids.ts';
import type { ImportedHome } from '#domain/import/parse-register.ts';
import type { ImportNote } from '#domain/import/problem.ts';
import { collator, countDoors, type Door, type DoorCount, type Estate } from './buildings.ts';

export interface GridDoors {
	readonly grid: Grid;
	readonly doors: readonly Door[];
	readonly count: DoorCount;
}

export interface Divided {
	readonly grids: readonly GridDoors[];
	/** Doors of buildings that stand in no grid, as the register has them. */
	readonly outside: readonly Estate[];
	/** How many buildings those are. */
	readonly outsideCount: number;
}

export function dividedBy(grids: readonly Grid[], estates: readonly Estate[]): Divided {
	const within = new Map<Grid, Door[]>(grids.map((grid) => [grid, []]));
	const outside: Estate[] = [];
	for (const { estate, buildings } of estates) {
		const left = buildings.filter((building) => {
			const grid = gridOf(grids, building);
			if (grid !== undefined) within.get(grid)?.push(...building.doors);
			return grid === undefined;
		});
		if (left.length > 0) outside.push({ estate, buildings: left });
	}
	return {
		grids: [...within].map(([grid, doors]) => ({ grid, doors, count: countDoors(doors) })),
		outside,
		outsideCount: outside.reduce((sum, { buildings }) => sum + buildings.length, 0)
	};
}

/** The table with `grid` in the place of the one numbered `before`, or without that one. */
export function withGrid(
	grids: readonly Grid[],
	before: string | undefined,
	grid: Grid | null
): readonly Grid[] {
	const others = grids.filter(({ no }) => no !== before);
	return (grid === null ? others : [...others, grid]).sort((a, b) => collator.compare(a.no, b.no));
}

/** What the 网格 column of a register adds to the table: a building that has a grid stays in it. */
export function gridsFrom(
	homes: readonly ImportedHome[],
	known: readonly Grid[]
): {
	readonly grids: readonly Grid[];
	/** How many buildings it puts into a grid. */
	readonly placed: number;
	readonly notes: readonly ImportNote[];
} {
	const notes: ImportNote[] = [];
	const differing = new Set<string>();
	let grids = known;
	let placed = 0;
	for (const home of homes) {
		if (home.grid === undefined) continue;
		const named = grids.find(({ no, name }) => no === home.grid || name === home.grid);
		const stands = gridOf(grids, home);
		if (stands === undefined) {
			const grid = named ?? { no: home.grid, ranges: [] };
			grids = withGrid(grids, named?.no, withBuilding(grid, home));
			placed += 1;
		} else if (stands !== named) {
			const key = JSON.stringify([home.estate, home.building, home.grid]);
			if (!differing.has(key))
				notes.push({ row: home.row, code: 'grid-differs', value: home.grid });
			differing.add(key);
		}
	}
	return { grids, placed, notes };
}

function withBuilding(grid: Grid, { estate, building }: ImportedHome): Grid {
	const range = grid.ranges.find((each) => each.estate === estate);
	const buildings = [...(range?.buildings ?? []), building].sort(collator.compare);
	const others = grid.ranges.filter((each) => each !== range);
	return { ...grid, ranges: [...others, { estate, buildings }] };
}
