/** A new person: which roles and places may be given, what is missing, and what is said. */
import { dayOf, startOfDay } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { Role } from '#domain/people.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { cardBody, cardErrors, emptyCard, type CardForm } from '#lib/people/card-form.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface NewPerson extends CardForm {
	role: Role | '';
	org: string;
}

export function emptyPerson(): NewPerson {
	return { ...emptyCard(), role: '', org: '' };
}

/** Begun where somebody is missing: the role and the place are those that a link asks for. */
export function askedPerson(asked: URLSearchParams, roles: readonly Role[]): NewPerson {
	const role = roles.find((each) => each === asked.get('role')) ?? '';
	return { ...emptyPerson(), role, org: asked.get('org') ?? '' };
}

export function personErrors(
	form: NewPerson,
	place: OrganisationRow | undefined
): readonly FieldError[] {
	const { need } = m.people.card;
	const errors = [...cardErrors(form)];
	if (form.role === '') errors.push({ field: 'role', message: need.role });
	else if (place === undefined) errors.push({ field: 'org', message: need.org });
	return errors;
}

/** The card and the duty, in one commit; the duty counts from the morning, whatever the clocks say. */
export function personSays(
	form: CardForm,
	as: {
		readonly role: Role;
		readonly place: Pick<OrganisationRow, 'org'>;
		readonly person: RecordId;
		readonly duty: RecordId;
		readonly now: number;
	}
): readonly Utterance[] {
	const { role, place, person, duty, now } = as;
	const card = { ...cardBody(form), home: place.org };
	const from = startOfDay(dayOf(now));
	const displayName = form.name.trim();
	return [
		{ kind: 'person.registered.v1', record: person, body: card },
		{
			kind: 'duty.assigned.v1',
			record: duty,
			body: { person, displayName, role, at: place.org, from }
		}
	];
}
