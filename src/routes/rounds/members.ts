/** The field people of a community with what they have in their care. */
import type { PersonId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isCurrent, isField } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';

export interface Member {
	readonly person: PersonId;
	readonly name: string;
	readonly doors: number;
	readonly lentOut: number;
	readonly standsIn: number;
}

export function membersOf(
	duties: readonly DutyRow[],
	households: readonly HouseholdRow[],
	now: number
): readonly Member[] {
	const members = new Map(
		duties
			.filter((duty) => isField(duty.role) && isCurrent(duty, now))
			.map(({ person, displayName }) => [person, displayName])
	);
	const count = (has: (row: HouseholdRow) => boolean) => households.filter(has).length;
	return [...members]
		.map(([person, name]) => ({
			person,
			name,
			doors: count((row) => row.linkedMember === person),
			lentOut: count((row) => row.linkedMember === person && row.lentTo !== undefined),
			standsIn: count((row) => row.lentTo === person)
		}))
		.sort((a, b) => b.doors - a.doors || a.name.localeCompare(b.name, 'zh-CN'));
}

export function memberLine({ doors, lentOut, standsIn }: Member): string {
	const words = m.round.rounds;
	return [
		doors === 0 ? words.noDoors : words.doors(doors),
		...(lentOut === 0 ? [] : [words.lentOut(lentOut)]),
		...(standsIn === 0 ? [] : [words.standsIn(standsIn)])
	].join(m.secretary.comma);
}
