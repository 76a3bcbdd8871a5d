/** The register narrowed to one grid, or to what no grid has. */
import { gridOf, type Grid, type InBuilding } from '#domain/grids.ts';
import type { Door, Estate } from '#lib/homes/buildings.ts';

export const ALL = 'all';
export const NONE = 'none';
export type InGrid = typeof ALL | typeof NONE | `no:${string}`;

export function inGridOf(no: string): InGrid {
	return `no:${no}`;
}

export function doorsIn(
	doors: readonly Door[],
	grids: readonly Grid[],
	inGrid: InGrid
): readonly Door[] {
	return doors.filter(({ row }) => isIn(row, grids, inGrid));
}

export function estatesIn(
	estates: readonly Estate[],
	grids: readonly Grid[],
	inGrid: InGrid
): readonly Estate[] {
	return estates
		.map(({ estate, buildings }) => ({
			estate,
			buildings: buildings.filter((building) => isIn(building, grids, inGrid))
		}))
		.filter(({ buildings }) => buildings.length > 0);
}

function isIn(door: InBuilding, grids: readonly Grid[], inGrid: InGrid): boolean {
	if (inGrid === ALL) return true;
	const grid = gridOf(grids, door);
	return inGrid === (grid === undefined ? NONE : inGridOf(grid.no));
}
