/** A person of the roster in the words of a row: what they are, where, what they can do. */
import type { OrgId } from '#domain/ids.ts';
import { m } from '#lib/i18n/index.ts';
import type { RosterEntry } from '#lib/people/roster.ts';
import type { Status } from '#lib/ui/status.ts';

/** Where one organisation looks at its own people, it is not named in every line. */
export function entryNote({ duties, card }: RosterEntry, own: OrgId): string {
	const held = duties.map(({ role, org, orgName }) =>
		m.people.duty.at(m.roles[role], org === own ? '' : orgName)
	);
	const known = [
		...(held.length > 0 ? held : [m.people.duty.none]),
		card?.branch,
		card?.skills.join(m.records.separator)
	];
	return known.filter(Boolean).join(m.setup.comma);
}

export function entryStatuses({ state, card }: RosterEntry): readonly Status[] {
	const statuses: Status[] = [];
	if (state === 'suspended') statuses.push({ is: 'late', words: m.people.states.suspended });
	if (state === 'left' || state === 'voided')
		statuses.push({ is: 'closed', words: m.people.states[state] });
	if (card?.isLeadingCadre) statuses.push({ is: 'listed', words: m.people.card.cadre });
	return statuses;
}
