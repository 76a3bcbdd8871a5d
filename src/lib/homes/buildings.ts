/** The register as it stands in the street: estates, their buildings, units and doors, each counted. */
import { plainPart } from '#domain/door-parts.ts';
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { carersOf, isLive } from '#domain/kinds/household-round.ts';
import { fnv1a } from '#lib/fnv1a.ts';
import { groupBy } from '#lib/group-by.ts';
import type { Seen } from '#lib/rows/queries.ts';

/** 没人包联: nobody was ever given the door, or whoever was does not serve here now. */
export type Gap = 'nobody' | 'left';

export interface Door extends Seen<HouseholdRow> {
	/** Null where somebody looks after it, and out of the register. */
	readonly gap: Gap | null;
}

export interface Unit {
	readonly unit: string;
	readonly doors: readonly Door[];
}

export interface Building {
	/** Names the building in an address, without saying where it is. */
	readonly at: string;
	readonly estate: string;
	readonly building: string;
	readonly units: readonly Unit[];
	readonly doors: readonly Door[];
	readonly count: DoorCount;
}

export interface Estate {
	readonly estate: string;
	readonly buildings: readonly Building[];
}

export interface DoorCount {
	readonly doors: number;
	/** 待核 */
	readonly unconfirmed: number;
	/** Doors that no member looks after now. */
	readonly gaps: number;
	/** Those of them whose member has gone or is 暂停. */
	readonly left: number;
	/** 高风险户 and 重点户 */
	readonly cared: number;
}

/** A door lent to somebody who serves is looked after, whoever it belongs to. */
export function gapOf(row: HouseholdRow, serving: readonly string[]): Gap | null {
	if (!isLive(row)) return null;
	const carers = carersOf(row);
	if (carers.length === 0) return 'nobody';
	return carers.some((person) => serving.includes(person)) ? null : 'left';
}

/** Doors of the register in walking order; those that left it stand apart. */
export function estatesOf(seen: readonly Door[]): readonly Estate[] {
	const live = seen.filter(({ row }) => isLive(row)).sort(byDoor);
	return [...groupBy(live, ({ row }) => row.estate)].map(([estate, doors]) => ({
		estate,
		buildings: [...groupBy(doors, ({ row }) => plainPart(row.building))].map(
			([building, inside]) => ({
				at: fnv1a(JSON.stringify([estate, building])),
				estate,
				building,
				units: [...groupBy(inside, ({ row }) => plainPart(row.unit))].map(([unit, of]) => ({
					unit,
					doors: of
				})),
				doors: inside,
				count: countDoors(inside)
			})
		)
	}));
}

export function doorsByRecord(doors: readonly Door[]): ReadonlyMap<RecordId, Door> {
	return new Map(doors.map((door) => [door.row.record, door]));
}

export function countDoors(doors: readonly Door[]): DoorCount {
	const how = (is: (row: HouseholdRow) => boolean) => doors.filter(({ row }) => is(row)).length;
	return {
		doors: doors.length,
		unconfirmed: how(({ state }) => state === 'unconfirmed'),
		gaps: doors.filter(({ gap }) => gap !== null).length,
		left: doors.filter(({ gap }) => gap === 'left').length,
		cared: how(({ tier }) => tier !== 'general')
	};
}

/** How many doors stand beside each other on the floors of a unit, where rooms are numbered by floor. */
export function doorsAFloor(doors: readonly Pick<Door, 'row'>[]): number {
	const floors = new Map<string, number>();
	for (const { row } of doors) {
		const [, floor] = /^(\d{1,2})\d\d$/.exec(plainPart(row.room)) ?? [];
		if (floor === undefined) return 0;
		floors.set(floor, (floors.get(floor) ?? 0) + 1);
	}
	return Math.max(0, ...floors.values());
}

export const collator = new Intl.Collator('zh-CN', { numeric: true });

/** Numbers in a text count as numbers: 2 stands before 10. */
export function byDoor(a: Pick<Door, 'row'>, b: Pick<Door, 'row'>): number {
	return (
		collator.compare(a.row.estate, b.row.estate) ||
		compareParts(a.row.building, b.row.building) ||
		compareParts(a.row.unit, b.row.unit) ||
		compareParts(a.row.room, b.row.room)
	);
}

function compareParts(one: string, other: string): number {
	return collator.compare(plainPart(one), plainPart(other));
}
