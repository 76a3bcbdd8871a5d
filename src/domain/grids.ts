/** 网格: the buildings of a community, divided among those who lead a grid (网格长). A door's grid follows from its building. */
import { z } from 'zod';
import { plainPart } from './door-parts.ts';
import { orgRecord, PersonId, RecordId, type OrgId } from './ids.ts';

const BuildingRange = z.strictObject({
	estate: z.string().min(1).max(40),
	/** As the doors name them, 3栋 and 3 being one; absent where the whole estate is meant, with what is built there later. */
	buildings: z.array(z.string().max(10)).min(1).max(200).optional()
});
export type BuildingRange = z.infer<typeof BuildingRange>;

export const Grid = z.strictObject({
	/** 网格号 */
	no: z.string().min(1).max(20),
	name: z.string().min(1).max(40).optional(),
	/** 网格长 */
	chief: PersonId.optional(),
	/** 楼栋范围 */
	ranges: z.array(BuildingRange).max(40)
});
export type Grid = z.infer<typeof Grid>;

export interface InBuilding {
	readonly estate: string;
	readonly building: string;
}

/** What of a division contradicts itself: a number given twice, a building in two ranges. */
export type GridProblem =
	| { readonly code: 'same-number'; readonly no: string }
	| {
			readonly code: 'overlap';
			/** The two grids; one and the same where its own ranges overlap. */
			readonly nos: readonly [string, string];
			readonly estate: string;
			/** Absent where both mean the whole estate. */
			readonly building?: string;
	  };

/** The one record of a community's division. */
export function gridsRecord(org: OrgId): RecordId {
	return RecordId.parse(`grids-${orgRecord(org)}`);
}

export function gridOf(grids: readonly Grid[], door: InBuilding): Grid | undefined {
	return grids.find(({ ranges }) => ranges.some((range) => isWithin(range, door)));
}

export function gridProblems(grids: readonly Grid[]): readonly GridProblem[] {
	const problems: GridProblem[] = [];
	const met: { readonly no: string; readonly range: BuildingRange }[] = [];
	const numbers = new Set<string>();
	for (const { no, ranges } of grids) {
		if (numbers.has(no)) problems.push({ code: 'same-number', no });
		numbers.add(no);
		for (const range of ranges) {
			for (const before of met) {
				const shared = sharedBy(before.range, range);
				if (shared !== null)
					problems.push({ code: 'overlap', nos: [before.no, no], estate: range.estate, ...shared });
			}
			met.push({ no, range });
		}
	}
	return problems;
}

function isWithin({ estate, buildings }: BuildingRange, door: InBuilding): boolean {
	if (estate !== door.estate) return false;
	const building = plainPart(door.building);
	return buildings?.some((each) => plainPart(each) === building) ?? true;
}

/** Where two ranges meet; null where they do not. */
function sharedBy(one: BuildingRange, other: BuildingRange): { building?: string } | null {
	if (one.estate !== other.estate) return null;
	const { estate, buildings = other.buildings } = one;
	if (buildings === undefined) return {};
	const building = buildings.find((each) =>
		[one, other].every((range) => isWithin(range, { estate, building: each }))
	);
	return building === undefined ? null : { building };
}
