/** A new person: which roles and places may be given, what is missing, and what is said. */
import { dayOf, startOfDay } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import { invites } from '#domain/invites.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import { isDesk, isOfficial, orgTree, roleLevel, type Role } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface NewPerson {
	name: string;
	phone: string;
	role: Role | '';
	org: string;
}

const NAME_LIMIT = 40;
const PHONE = /^[\d -]{5,20}$/;

export function emptyPerson(): NewPerson {
	return { name: '', phone: '', role: '', org: '' };
}

/** An office sees officials alone: members are registered by their own desk. */
export function rolesToGive({ role }: Pick<DutyOnWire, 'role'>): readonly Role[] {
	const given: readonly Role[] = invites[role];
	return isDesk(role) ? given : given.filter(isOfficial).filter((each) => each !== role);
}

/** The organisations in care at the level where a role stands. */
export function placesFor(
	role: Role | '',
	organisations: readonly OrganisationRow[],
	own: Pick<DutyOnWire, 'org'>
): readonly OrganisationRow[] {
	if (role === '') return [];
	const tree = orgTree(organisations);
	return organisations.filter(
		({ org, level, state }) =>
			level === roleLevel[role] &&
			state === 'active' &&
			(org === own.org || tree.ancestors(org).includes(own.org))
	);
}

export function personErrors(
	{ name, phone, role }: NewPerson,
	place: OrganisationRow | undefined
): readonly FieldError[] {
	const { need } = m.setup.invitations.person;
	const errors: FieldError[] = [];
	if (name.trim() === '') errors.push({ field: 'name', message: need.name });
	if (name.trim().length > NAME_LIMIT) errors.push({ field: 'name', message: need.shorter });
	if (phone.trim() !== '' && !PHONE.test(plain(phone)))
		errors.push({ field: 'phone', message: need.phone });
	if (role === '') errors.push({ field: 'role', message: need.role });
	else if (place === undefined) errors.push({ field: 'org', message: need.org });
	return errors;
}

/** The card and the duty, in one commit; the duty counts from the morning, whatever the clocks say. */
export function personSays(
	{ name, phone }: NewPerson,
	as: {
		readonly role: Role;
		readonly place: OrganisationRow;
		readonly person: RecordId;
		readonly duty: RecordId;
		readonly now: number;
	}
): readonly Utterance[] {
	const { role, place, person, duty, now } = as;
	const digits = plain(phone);
	const card = { name: name.trim(), home: place.org, ...(digits === '' ? {} : { phone: digits }) };
	const from = startOfDay(dayOf(now));
	return [
		{ kind: 'person.registered.v1', record: person, body: card },
		{
			kind: 'duty.assigned.v1',
			record: duty,
			body: { person, displayName: name.trim(), role, at: place.org, from }
		}
	];
}

/** Full-width digits are digits. */
function plain(phone: string): string {
	return phone.normalize('NFKC').trim();
}
