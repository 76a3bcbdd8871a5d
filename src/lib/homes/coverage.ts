/** Who looks after which doors: by building and unit with its gaps, and by member. */
import type { PersonId } from '#domain/ids.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { groupBy } from '#lib/group-by.ts';
import { countDoors, type Door, type DoorCount } from './buildings.ts';
import type { Member } from './members.ts';

export interface Load extends Member {
	readonly doors: readonly Door[];
	readonly count: DoorCount;
	/** Doors are still theirs, but they have no duty here any more. */
	readonly isGone: boolean;
}

/** Those who are gone but still have doors first, then members by how many doors they have. */
export function loadsOf(
	all: readonly Door[],
	members: readonly Member[],
	names: ReadonlyMap<string, string>
): readonly Load[] {
	const doors = byMember(all.filter(({ row }) => isLive(row)));
	const known = new Set(members.map(({ person }) => person));
	const gone = [...doors.keys()]
		.filter((person) => !known.has(person))
		.map((person) => ({ person, name: names.get(person) ?? '' }));
	const loads = [...gone, ...members].map((member) => {
		const own = doors.get(member.person) ?? [];
		return { ...member, doors: own, count: countDoors(own), isGone: !known.has(member.person) };
	});
	return loads.sort(
		(a, b) => Number(b.isGone) - Number(a.isGone) || b.doors.length - a.doors.length
	);
}

/** The members of some doors, who has most of them first. */
export function membersOn(doors: readonly Door[]): readonly PersonId[] {
	return [...byMember(doors)].sort(([, a], [, b]) => b.length - a.length).map(([person]) => person);
}

function byMember(doors: readonly Door[]): ReadonlyMap<PersonId, readonly Door[]> {
	return groupBy(doors, ({ row }) => row.linkedMember);
}
