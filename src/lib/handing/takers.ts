/** 交接: who could go on with what somebody leaves, those whose duty begins on the day of it as well. */
import { startOfDay, type Day } from '#domain/calendar.ts';
import type { OrgId, PersonId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import { isCurrent, type Role } from '#domain/people.ts';
import { groupBy } from '#lib/group-by.ts';

export interface Taker {
	readonly person: PersonId;
	readonly name: string;
	readonly roles: readonly Role[];
}

export function takersOf(
	duties: readonly DutyRow[],
	asked: {
		readonly org: OrgId;
		readonly except: PersonId;
		readonly away: ReadonlySet<PersonId>;
		readonly names: ReadonlyMap<string, string>;
		readonly now: number;
		readonly from: Day | '';
	}
): readonly Taker[] {
	const { org, except, away, names, now, from } = asked;
	const moment = from === '' ? now : Math.max(now, startOfDay(from));
	const fit = duties.filter(
		(duty) =>
			duty.org === org &&
			duty.person !== except &&
			!away.has(duty.person) &&
			isCurrent(duty, moment)
	);
	return [...groupBy(fit, ({ person }) => person)]
		.map(([person, held]) => ({
			person,
			name: names.get(person) ?? held[0]?.displayName ?? '',
			roles: held.map(({ role }) => role)
		}))
		.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
}

/** The one who was named as going on when the last of somebody's duties here ended, and the first day without them. */
export function namedSuccessor(
	duties: readonly DutyRow[],
	{ org, person }: { readonly org: OrgId; readonly person: PersonId }
): { readonly successor: PersonId | undefined; readonly to: number } | null {
	const ended = duties
		.filter((duty) => duty.org === org && duty.person === person && duty.voidedReason === undefined)
		.flatMap(({ successor, to }) => (to === undefined ? [] : [{ successor, to }]))
		.sort((a, b) => b.to - a.to);
	return ended[0] ?? null;
}
