/** Who can look after doors, and who else has a duty here: those who are not 暂停, each once, by name. */
import type { PersonId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { isCurrent, isField, type Role } from '#domain/people.ts';

export interface Member {
	readonly person: PersonId;
	readonly name: string;
}

export function membersAmong(
	duties: readonly DutyRow[],
	{
		names,
		away,
		now,
		is = isField
	}: {
		readonly names: ReadonlyMap<string, string>;
		readonly away: ReadonlySet<PersonId>;
		readonly now: number;
		/** The roles that count; those in the field if nothing else is said. */
		readonly is?: (role: Role) => boolean;
	}
): readonly Member[] {
	const found = new Map<PersonId, string>();
	for (const duty of duties)
		if (is(duty.role) && isCurrent(duty, now) && !away.has(duty.person))
			found.set(duty.person, names.get(duty.person) ?? duty.displayName);
	return [...found]
		.map(([person, name]) => ({ person, name }))
		.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

/** How many doors each member looks after. */
export function doorsByMember(
	doors: readonly { readonly row: HouseholdRow }[]
): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { row } of doors)
		if (isLive(row) && row.linkedMember !== undefined)
			counts.set(row.linkedMember, (counts.get(row.linkedMember) ?? 0) + 1);
	return counts;
}
