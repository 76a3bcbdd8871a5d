/** Giving a duty, ending one, and handing one over: what is asked, and what is said. */
import { addDays, dayOf, startOfDay, type Day } from '#domain/calendar.ts';
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import { orgTree, type Role } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { isBelow, type RosterEntry } from '#lib/people/roster.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Ending {
	/** The last day the duty covers. */
	lastDay: string;
	/** Who goes on; empty: nobody yet. */
	successor: string;
	reason: string;
}

const REASON_LIMIT = 200;

export function endingErrors(
	{ lastDay, reason }: Ending,
	duty: Pick<DutyRow, 'from'>
): readonly FieldError[] {
	const { need } = m.people.duty;
	const errors: FieldError[] = [];
	if (lastDay === '') errors.push({ field: 'lastDay', message: need.lastDay });
	else if (afterDay(lastDay) < duty.from)
		errors.push({ field: 'lastDay', message: need.afterStart });
	if (reason.trim() === '') errors.push({ field: 'reason', message: need.reason });
	if (reason.length > REASON_LIMIT)
		errors.push({ field: 'reason', message: m.secretary.reason.tooLong });
	return errors;
}

/** The duty ends with its last day; whoever goes on begins the next morning, unless they hold it already. */
export function handoverSays(
	duty: DutyRow,
	{ lastDay, successor, reason }: Ending,
	{ next, newDuty }: { readonly next: RosterEntry | undefined; readonly newDuty: RecordId }
): readonly Utterance[] {
	const to = afterDay(lastDay);
	const goesOn = successor === '' ? {} : { successor };
	const ended = {
		kind: 'duty.ended.v1',
		record: duty.record,
		body: { to, reason: reason.trim(), ...goesOn }
	};
	if (next === undefined || holds(next, duty)) return [ended];
	return [
		ended,
		assignSays({
			person: next.person,
			displayName: next.name,
			role: duty.role,
			at: duty.org,
			from: to,
			record: newDuty
		})
	];
}

export function assignSays(asked: {
	readonly person: PersonId;
	readonly displayName: string;
	readonly role: Role;
	readonly at: OrgId;
	readonly from: number;
	readonly record: RecordId;
}): Utterance {
	const { record, ...body } = asked;
	return { kind: 'duty.assigned.v1', record, body };
}

/** Who takes duties, when and why. */
interface Taking {
	readonly own: readonly Pick<DutyOnWire, 'role' | 'org'>[];
	readonly organisations: readonly OrganisationRow[];
	readonly now: number;
	readonly reason: string;
}

/** Ends at once every open duty of a person that the one here may take. */
export function endingSays(duties: readonly DutyRow[], by: Taking): readonly Utterance[] {
	return openTo(duties, by).map((duty) => ({
		kind: 'duty.ended.v1',
		record: duty.record,
		body: { to: Math.max(by.now, duty.from), reason: by.reason }
	}));
}

/** 作废 of every open duty of a person who was registered by mistake. */
export function voidingSays(duties: readonly DutyRow[], by: Taking): readonly Utterance[] {
	return openTo(duties, by).map(({ record }) => ({
		kind: 'duty.voided.v1',
		record,
		body: { reason: by.reason }
	}));
}

function openTo(duties: readonly DutyRow[], by: Taking): readonly DutyRow[] {
	const tree = orgTree(by.organisations);
	return duties.filter((duty) => duty.to === undefined && isBelow(duty, by.own, tree));
}

/** Who could go on with a duty: those of the same organisation, in the roster and not the one who leaves. */
export function successorsOf(
	duty: DutyRow,
	roster: readonly RosterEntry[]
): readonly RosterEntry[] {
	return roster.filter(
		({ person, state, duties, card }) =>
			person !== duty.person &&
			state === 'active' &&
			(card?.org === duty.org || duties.some(({ org }) => org === duty.org))
	);
}

export function today(now: number): Day {
	return dayOf(now);
}

function holds({ duties }: RosterEntry, { role, org }: DutyRow): boolean {
	return duties.some((held) => held.role === role && held.org === org);
}

function afterDay(day: string): number {
	return startOfDay(addDays(day, 1));
}
