/** What the accept form is filled with before anybody touches it, and what it says. */
import { dueAt, endOfDay, type Reached } from '#domain/calendar.ts';
import type { PersonId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { OfDoor } from '#domain/kinds/demand-office.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import { isCurrent, isDesk, isField } from '#domain/people.ts';
import {
	deadlineClass,
	holidayTable,
	type Category,
	type DemandType,
	type Settings,
	type Urgency
} from '#domain/settings.ts';
import { guessCategory } from '#lib/office/category-lexicon.ts';

export interface Accepting {
	category: Category;
	type: DemandType;
	urgency: Urgency;
	assignee: string;
	/** `rule`: the moment the district's table gives; `other`: a day the desk sets. */
	due: 'rule' | 'other';
	dueDay: string;
}

export function acceptingFrom(row: DemandRow, self: string): Accepting {
	return {
		category: row.category ?? guessCategory(`${row.title} ${row.description}`),
		type: row.type,
		urgency: row.urgency,
		assignee: row.assignee ?? self,
		due: 'rule',
		dueDay: ''
	};
}

/** When it falls due by the table; the judge gives the same moment. */
export function ruledDue(
	row: Pick<DemandRow, 'createdAt' | 'receivedAt' | 'clockOff'>,
	{ type, urgency, category }: Pick<Accepting, 'type' | 'urgency' | 'category'>,
	settings: Settings
): Reached<number> {
	const from = row.clockOff === true ? row.receivedAt : row.createdAt;
	const clock = settings.deadlines[deadlineClass(type, urgency, category)].resolve;
	return dueAt(from, clock, settings.officeHours, holidayTable(settings));
}

/** The body of `demand.accepted.v1`; a day the desk sets ends at 24:00. */
export function acceptedBody(
	form: Accepting & { readonly ofDoor?: OfDoor }
): Record<string, unknown> {
	const { category, type, urgency, assignee, ofDoor } = form;
	const body = { category, type, urgency, assignee, ...ofDoor };
	if (form.due === 'rule' || form.dueDay === '') return body;
	return { ...body, resolveDueAt: endOfDay(form.dueDay) };
}

export interface Assignee {
	readonly person: string;
	readonly name: string;
	readonly role: DutyRow['role'];
}

/** Who can be given a demand: the desk first, then members; each person once, and nobody who is 暂停. */
export function assignees(
	duties: readonly DutyRow[],
	away: readonly PersonId[],
	now: number
): readonly Assignee[] {
	const fits = duties.filter(
		(duty) =>
			(isDesk(duty.role) || isField(duty.role)) &&
			isCurrent(duty, now) &&
			!away.includes(duty.person)
	);
	const first = fits.filter(({ role }) => isDesk(role));
	const all = [...first, ...fits.filter(({ role }) => isField(role))];
	const seen = new Set<string>();
	return all
		.filter(({ person }) => !seen.has(person) && seen.add(person))
		.map(({ person, displayName, role }) => ({ person, name: displayName, role }));
}
